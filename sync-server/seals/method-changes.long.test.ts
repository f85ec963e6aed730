import { describe, expect, it, vi } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { readHeads } from '#domain/replica/heads.ts'
import { readEntries } from '#domain/replica/journal.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { openFold } from '#domain/fold/fold.ts'
import { businessDateOf, monthOf, nextMonth } from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import { headSeq, type TestDevice } from '../testing/test-device.ts'
import { call, type TestServer } from '../testing/test-server.ts'
import { openWorld, patience } from '../testing/world.ts'
import { endOfMonth } from './closable.ts'

const world = openWorld()
const china = { offsetMinutes: 480, cutOffMinutes: 0 }
const path = '/api/company/cost-method'
const thisMonth = monthOf(businessDateOf(instant(Date.now()), china))
const comingMonth = nextMonth(thisMonth)

/** Goods that came now, made durable. */
async function received(device: TestDevice, at: number): Promise<void> {
  const id = uuidv7()
  const docId = uuidv7()
  const leg = { leg: '1', sku: 'apple', warehouse: 'shop', quantity: 10_000, class: 'receipt' }
  const body = {
    ...{ docId, postingId: uuidv7(), number: docId, part: 'goods', lead: 'goods' },
    ...{ type: 'goods-receipt', header: {}, lines: [], parts: { goods: id }, legs: [leg] },
  }
  const sealed = await device.seal('goods', [body], { kind: 'posted.v1', id, at })
  device.append(sealed)
  device.open(sealed.journal)
  const heads = device.open(device.headsName())
  await vi.waitFor(() => expect(headSeq(heads.doc, sealed.journal)).toBe(sealed.tail.seq), patience)
}

function change(server: TestServer, { token }: TestDevice, month: string, method = 'fifo') {
  return call(server, path, { body: { month, method }, token })
}

function close(server: TestServer, { branch, token }: TestDevice, month: string) {
  const accepted = [
    'device-unseen',
    'negative-stock',
    'cost-provisional',
    'goods-under-way',
    'finding-open',
  ]
  return call(server, `/api/branches/${branch}/close`, { body: { month, accepted }, token })
}

/** The policy as a device reads it in the company's journals. */
async function policyOf(device: TestDevice) {
  const heads = device.open(device.headsName('all'))
  await heads.synced
  const fold = openFold()
  for (const [journal, { seq }] of readHeads(heads.doc)) {
    const { doc } = device.open(journal)
    await vi.waitFor(() => expect(readEntries(doc, 0).at(-1)?.seq).toBe(seq), patience)
    for (const { bytes } of readEntries(doc, 0)) {
      const stored = decodeRecord(bytes)
      if (stored.ok) fold.apply([{ journal, ...stored.value }])
    }
  }
  return fold.stock.policy()
}

describe('change of the cost method 成本方法转换', () => {
  it('[MTC1] [MTC3] waits for the months before where goods have moved since, and reaches every device', async () => {
    const server = await world.server()
    const owner = await world.device(server)
    await received(owner, Date.now())
    const open = { code: 'method-months-open', branches: [owner.branch] }
    const offered = await call(server, path, { token: owner.token })
    expect(offered.body['months']).toMatchObject([
      ...[{ problem: open }, { month: thisMonth, problem: open, methods: [] }],
      { month: comingMonth, from: endOfMonth(thisMonth, china), methods: ['fifo', 'month-end'] },
    ])
    expect(await change(server, owner, thisMonth)).toMatchObject({ status: 409, body: open })
    server.advance(endOfMonth(comingMonth, china) - Date.now() + 1_000)
    const afterwards = await world.device(server)
    expect((await close(server, afterwards, comingMonth)).status).toBe(200)
    expect(await change(server, afterwards, comingMonth)).toMatchObject({
      ...{ status: 409, body: { code: 'method-month-closed' } },
    })
    const month = nextMonth(comingMonth)
    expect((await change(server, afterwards, month)).status).toBe(200)
    expect(await change(server, afterwards, month, 'month-end')).toMatchObject({
      ...{ status: 409, body: { code: 'method-change-stated' } },
    })
    const from = endOfMonth(comingMonth, china)
    expect(await policyOf(afterwards)).toMatchObject({
      ...{ method: 'moving-average', changes: [{ from, method: 'fifo' }] },
    })
  })

  it('[MTC2] says what would change nothing, or part goods by batch', async () => {
    const server = await world.server()
    const owner = await world.device(server)
    expect(await change(server, owner, thisMonth, 'moving-average')).toMatchObject({
      ...{ status: 409, body: { code: 'method-holds-already' } },
    })
    expect(await change(server, owner, thisMonth, 'batch')).toMatchObject({
      ...{ status: 409, body: { code: 'method-not-offered' } },
    })
  })

  it('[MTC4] is for finance and owners of the whole company', async () => {
    const server = await world.server()
    const owner = await world.device(server)
    const roles = [{ branch: owner.branch, role: 'finance' }]
    const person = { login: 'finance', name: 'F', password: 'long enough', roles }
    await call(server, '/api/users', { body: person, token: owner.token })
    const finance = await world.device(server, { login: 'finance', password: 'long enough' })
    expect(await change(server, finance, comingMonth)).toMatchObject({ status: 403 })
    expect((await call(server, path, { token: finance.token })).status).toBe(403)
  })
})
