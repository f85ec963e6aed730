import { describe, expect, it } from 'vitest'
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { verifySpan, webCryptoVerifier } from '#domain/records/signature.ts'
import { readHeads } from '#domain/replica/heads.ts'
import { readEntries } from '#domain/replica/journal.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import type { Doc } from 'yjs'
import { eventually } from '#tests/builders/eventually.ts'
import type { Store } from '../storage/store.ts'
import { categoryBody, headSeq, type TestDevice } from '../testing/test-device.ts'
import { openTestServer } from '../testing/test-server.ts'
import { withCommit } from '../testing/with-commit.ts'
import { openWorld } from '../testing/world.ts'

const world = openWorld()

/** The journals of the company, or of a branch, that heads name, opened by a device. */
async function journalsOf(device: TestDevice, branch = 'all'): Promise<Map<string, Doc>> {
  const heads = device.open(device.headsName(branch))
  await heads.synced
  const docs = new Map<string, Doc>()
  for (const journal of readHeads(heads.doc).keys()) {
    const copy = device.open(journal)
    await copy.synced
    docs.set(journal, copy.doc)
  }
  return docs
}

function recordsIn(doc: Doc, kind: string) {
  return readEntries(doc, 0).flatMap(({ bytes }) => {
    const decoded = decodeRecord(bytes)
    return decoded.ok && decoded.value.record.kind === kind ? [decoded.value] : []
  })
}

/** Ids of the records that were relayed there, over all journals. */
async function relayedIds(device: TestDevice, branch = 'all'): Promise<string[]> {
  const docs = await journalsOf(device, branch)
  return [...docs.values()].flatMap((doc) =>
    recordsIn(doc, 'relayed.v1').map(({ record }) => {
      const { record: inner } = record.body as { record: string }
      const decoded = decodeRecord(bytesOfBase64(inner))
      return decoded.ok ? decoded.value.record.id : 'unreadable'
    }),
  )
}

async function sendAll(device: TestDevice): Promise<void> {
  const heads = device.open(device.headsName())
  await heads.synced
  for (const [journal, doc] of device.docByJournal) {
    const last = readEntries(doc, 0).at(-1)?.seq ?? -1
    device.open(journal)
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(last))
  }
  device.leave()
}

describe('relays', () => {
  it('[RLY1] carry masters of a branch into the company journal of their audience, unchanged', async () => {
    const server = await world.server()
    const [a, reader] = [await world.device(server), await world.device(server)]
    const goods = await a.write('goods', 'Fruit')
    const sales = await a.write('sales', 'Price list')
    await sendAll(a)
    const ids = [...goods.entries, ...sales.entries].map(({ record }) => record.id)
    await eventually(async () => expect((await relayedIds(reader)).sort()).toEqual(ids.sort()))
    const docs = await journalsOf(reader)
    const audiences = [...docs].filter(([, doc]) => recordsIn(doc, 'relayed.v1').length > 0)
    const named = audiences.map(([journal]) => journal.split('/')[3])
    expect(new Set(named)).toEqual(new Set(['goods', 'sales']))
    const [, doc] = audiences.find(([journal]) => journal.includes('/goods/'))!
    const { record } = recordsIn(doc, 'relayed.v1')[0]!
    const { record: inner, from } = record.body as { record: string; from: string }
    expect(bytesOfBase64(inner)).toEqual(goods.entries[0]!.bytes)
    expect(from).toBe(goods.journal)
  })

  it('[RLY2] carry each record once, however often it comes and wherever the server falls', async () => {
    const first = await world.server({ around: failingRelays })
    const a = await world.device(first)
    const { entries } = await a.write('goods', 'Fruit', 'Tea', 'Milk')
    await sendAll(a)
    // The same record again, in another place of the chain: it was written down already.
    const again = await a.seal('goods', [categoryBody('Fruit')], { id: entries[0]!.record.id })
    a.append(again)
    await sendAll(a)
    await first.close()

    const second = await openTestServer({ folder: first.folder })
    world.later(() => second.close())
    a.server = second
    const ids = entries.map(({ record }) => record.id)
    await eventually(async () => expect((await relayedIds(a)).sort()).toEqual(ids.sort()))
    a.leave()
    await second.close()

    const third = await openTestServer({ folder: first.folder })
    world.later(() => third.close())
    a.server = third
    expect((await relayedIds(a)).sort()).toEqual(ids.sort())
    a.leave()
    await third.close()
  })
})

/**
 * A store that fails exactly the commits that would end a relay, as if the server fell just before.
 */
function failingRelays(store: Store): Store {
  return withCommit(store, (changes) =>
    changes.some(({ put }) => put === 'relayed')
      ? Promise.reject(new Error('fell'))
      : store.commit(changes),
  )
}

describe('relays to a branch', () => {
  it('[RLY4] carry what names another branch into its journal of the same audience, once', async () => {
    const first = await world.server({ around: failingRelays })
    const a = await world.device(first)
    const north = asUuid('north')
    const masters = await a.seal('goods', [branchBody(north), categoryBody('Fruit')])
    a.append(masters)
    const posted = { kind: 'posted.v1' } as const
    for (const alsoTo of [north, asUuid('nowhere'), undefined]) {
      a.append(
        await a.seal('goods', [dispatchBody(alsoTo)], { ...posted, id: asUuid(`${alsoTo}`) }),
      )
    }
    await sendAll(a)
    await first.close()

    const second = await openTestServer({ folder: first.folder })
    world.later(() => second.close())
    a.server = second
    const ids = [asUuid(north)]
    await eventually(async () => expect(await relayedIds(a, north)).toEqual(ids))
    const inCompany = await relayedIds(a)
    expect(inCompany).toHaveLength(2)
    a.leave()
    await second.close()
  })
})

function asUuid(name: string): string {
  return idOf('relay-test', name)
}

function branchBody(id: string): Json {
  return { changes: [{ entity: 'branch', id, fields: { code: '002', name: 'North' } }] }
}

function dispatchBody(alsoTo: string | undefined): Json {
  return {
    ...{ docId: `d-${alsoTo}`, postingId: 'p', type: 'transfer-dispatch', number: 'N1' },
    ...{ part: 'goods', lead: 'goods', parts: { goods: asUuid(`${alsoTo}`) } },
    ...{ header: {}, lines: [], legs: [], ...(alsoTo !== undefined && { alsoTo }) },
  }
}

describe('the server itself', () => {
  it('[RLY3] writes enrolments and grants into the company journal, chained and signed', async () => {
    const server = await world.server()
    const device = await world.device(server)
    const [[journal, doc]] = [...(await journalsOf(device))] as [[string, Doc]]
    expect(journal).toContain('/all/goods/')
    const decoded = readEntries(doc, 0).flatMap(({ bytes }) => {
      const one = decodeRecord(bytes)
      return one.ok ? [one.value] : []
    })
    expect(decoded.map(({ record }) => record.kind)).toEqual([
      'masters-changed.v1',
      'user-granted.v1',
      'device-enrolled.v1',
    ])
    const verifier = webCryptoVerifier(crypto.subtle)
    expect((await verifySpan(verifier, device.enrolled.serverKey, decoded)).ok).toBe(true)
    const { body } = decoded[2]!.record as { body: { device?: string; code?: string } }
    expect(body).toMatchObject({ device: device.enrolled.device, code: '01' })
  })
})
