import { describe, expect, it, vi } from 'vitest'
import { openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { verifySpan, webCryptoVerifier } from '#domain/records/signature.ts'
import { readHeads } from '#domain/replica/heads.ts'
import { journalTail, readEntries } from '#domain/replica/journal.ts'
import { monthOf, businessDateOf } from '#domain/values/business-date.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { instant } from '#domain/values/instant.ts'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { headSeq, type TestDevice } from '../testing/test-device.ts'
import { foundCompany, kernelNowMs, openTestKernel } from '../testing/test-kernel.ts'
import { memoryShelf } from './checkpoint-shelf.ts'
import { endOfMonth } from './closable.ts'
import { closingOf } from './closing-fold.ts'
import { closingThread } from './closing-thread.ts'
import { coveredJournals } from './covered-records.ts'
import { closeOldMonths } from '../jobs/jobs.ts'
import { call, type TestServer } from '../testing/test-server.ts'
import { openWorld, patience } from '../testing/world.ts'

const world = openWorld()
const dayMs = 86_400_000
const china = { offsetMinutes: 480, cutOffMinutes: 0 }

/** Goods that came in or went out, made durable. */
async function moved(device: TestDevice, quantity: number, at: number): Promise<string> {
  const id = uuidv7()
  const docId = uuidv7()
  const leg = {
    ...{ leg: '1', sku: 'apple', warehouse: 'shop', quantity },
    class: quantity > 0 ? 'receipt' : 'issue',
  }
  const body = {
    ...{ docId, postingId: uuidv7(), number: docId, part: 'goods', lead: 'goods' },
    ...{ type: quantity > 0 ? 'goods-receipt' : 'shipment', header: {}, lines: [] },
    ...{ parts: { goods: id }, legs: [leg] },
  }
  const sealed = await device.seal('goods', [body], { kind: 'posted.v1', id, at })
  device.append(sealed)
  device.open(sealed.journal)
  const heads = device.open(device.headsName())
  await vi.waitFor(() => expect(headSeq(heads.doc, sealed.journal)).toBe(sealed.tail.seq), patience)
  return docId
}

const path = (device: TestDevice, act: string) => `/api/branches/${device.branch}/${act}`

/** A shop that has traded, when the month is over, with the owner's device of that day. */
async function aMonthLater(quantity = 100_000) {
  const server = await world.server()
  const tablet = await world.device(server)
  const month = monthOf(businessDateOf(instant(Date.now()), china))
  await moved(tablet, quantity, Date.now())
  server.advance(endOfMonth(month, china) - Date.now() + dayMs)
  const owner = await world.device(server)
  return { server, tablet, owner, month }
}

async function fileFor(server: TestServer, device: TestDevice): Promise<Uint8Array> {
  const named = await call(server, '/api/checkpoint', { token: device.token })
  const file = await fetch(`${server.url}/api/checkpoint/${String(named.body['hash'])}`, {
    headers: { authorization: `Bearer ${device.token}` },
  })
  return new Uint8Array(await file.arrayBuffer())
}

/** All records of the branch and the company that the device may read. */
async function recordsOf(device: TestDevice): Promise<FoldEntry[]> {
  const entries: FoldEntry[] = []
  for (const branch of ['all', device.branch]) {
    const heads = device.open(device.headsName(branch))
    await heads.synced
    for (const [journal, { seq }] of readHeads(heads.doc)) {
      const name = parseJournalName(journal)
      if (!name.ok || !device.enrolled.audiences.includes(name.value.audience)) continue
      const { doc } = device.open(journal)
      await vi.waitFor(() => expect(journalTail(doc)?.lastSeq).toBe(seq), patience)
      for (const { bytes } of readEntries(doc, 0)) {
        const stored = decodeRecord(bytes)
        if (stored.ok) entries.push({ journal, ...stored.value })
      }
    }
  }
  return entries
}

async function close(server: TestServer, owner: TestDevice, body: object) {
  return call(server, path(owner, 'close'), { body, token: owner.token })
}

describe('month close 月末结账', () => {
  it('[MCL1] [MCL2] closes a month once what is not in order was seen', async () => {
    const { server, owner, tablet, month } = await aMonthLater(-100_000)
    const state = await call(server, path(owner, 'closing'), { token: owner.token })
    expect(state.body).toMatchObject({ months: [month], seals: [] })
    const codes = (state.body['concerns'] as unknown as { code: string }[]).map(({ code }) => code)
    expect(codes).toEqual(['device-unseen', 'negative-stock', 'cost-provisional'])
    const [unseen] = state.body['concerns'] as unknown as object[]
    expect(unseen).toMatchObject({ devices: [{ id: tablet.enrolled.device }] })
    const refused = await close(server, owner, { month, accepted: ['device-unseen'] })
    expect(refused).toMatchObject({ status: 409, body: { code: 'not-in-order' } })
    expect(await close(server, owner, { month: '2020-01', accepted: codes })).toMatchObject({
      ...{ status: 409, body: { code: 'month-not-closable' } },
    })
    expect((await close(server, owner, { month, accepted: codes })).status).toBe(200)
    const after = await call(server, path(owner, 'closing'), { token: owner.token })
    expect(after.body).toMatchObject({ months: [], concerns: [], seals: [{ month }] })
    expect(after.body['seals']).toMatchObject([{ by: owner.enrolled.user.id, overridden: codes }])
  })

  it('[MCL3] is for finance and owners', async () => {
    const { server, owner, month } = await aMonthLater()
    const roles = [{ branch: owner.branch, role: 'manager' }]
    const person = { login: 'manager', name: 'M', password: 'long enough', roles }
    await call(server, '/api/users', { body: person, token: owner.token })
    const manager = await world.device(server, { login: 'manager', password: 'long enough' })
    for (const act of ['close', 'reopen'] as const) {
      const body = { month, accepted: [], seal: uuidv7(), reason: 'why' }
      const answer = await call(server, path(manager, act), { body, token: manager.token })
      expect(answer).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    }
  })

  it('[MCL4] only the last closing can be taken back, and then all is open again', async () => {
    const { server, owner, month } = await aMonthLater()
    await close(server, owner, { month, accepted: ['device-unseen', 'cost-provisional'] })
    const state = await call(server, path(owner, 'closing'), { token: owner.token })
    const [seal] = state.body['seals'] as unknown as { recordId: string }[]
    const reopen = (of: string) =>
      call(server, path(owner, 'reopen'), {
        body: { seal: of, reason: 'forgot one' },
        token: owner.token,
      })
    expect(await reopen(uuidv7())).toMatchObject({ status: 409, body: { code: 'not-last-seal' } })
    expect((await reopen(seal?.recordId ?? '')).status).toBe(200)
    const after = await call(server, path(owner, 'closing'), { token: owner.token })
    expect(after.body).toMatchObject({ months: [month], seals: [] })
  })

  it('[MCL6] hands out the state under the hash that a signed seal names, which folds on from there', async () => {
    const { server, owner, month } = await aMonthLater()
    await close(server, owner, { month, accepted: ['device-unseen', 'cost-provisional'] })
    const named = await call(server, '/api/checkpoint', { token: owner.token })
    const record = decodeRecord(bytesOfBase64(String(named.body['record'])))
    if (!record.ok) throw new Error('the seal cannot be read')
    const verifier = webCryptoVerifier(globalThis.crypto.subtle)
    const signed = await verifySpan(verifier, owner.enrolled.serverKey, [record.value])
    expect(signed.ok).toBe(true)
    const bytes = await fileFor(server, owner)
    expect(sha256Hex(bytes)).toBe(named.body['hash'])
    const fold = openFold({ checkpoint: bytes })
    const body = record.value.record.body as { states: { layer: 'goods'; hash: string }[] }
    for (const { layer, hash } of body.states) expect(fold.hash(layer, owner.branch)).toBe(hash)
    expect(fold.documents.count).toBe(1)
    const nobody = await call(server, '/api/checkpoint')
    expect(nobody.status).toBe(401)
  })

  it('[MCL7] a device that starts from the file agrees with one that folded everything', async () => {
    const { server, owner, month } = await aMonthLater()
    const roles = [{ branch: owner.branch, role: 'keeper' }]
    const person = { login: 'keeper', name: 'K', password: 'long enough', roles }
    await call(server, '/api/users', { body: person, token: owner.token })
    const keeper = await world.device(server, { login: 'keeper', password: 'long enough' })
    await close(server, owner, { month, accepted: ['device-unseen', 'cost-provisional'] })
    await moved(owner, -30_000, server.nowMs())
    await moved(owner, -20_000, Date.now())
    for (const device of [owner, keeper]) {
      const { audiences } = device.enrolled
      const entries = await recordsOf(device)
      const straight = openFold({ audiences })
      straight.apply(entries)
      const started = openFold({ audiences, checkpoint: await fileFor(server, device) })
      const marks = started.watermark()
      const tail = entries.filter(
        ({ journal, record }) => record.seq > (marks.get(journal)?.seq ?? -1),
      )
      started.apply(tail)
      expect(tail.length).toBeLessThan(entries.length)
      for (const layer of audiences) {
        expect(started.hash(layer, device.branch)).toBe(straight.hash(layer, device.branch))
      }
      expect(started.findings()).toEqual(straight.findings())
      expect(started.findings().map(({ code }) => code)).toContain('late-arrival')
    }
  })

  it('[MCL8] folds a closing in a thread of its own, to the same answer', async () => {
    const { kernel, remove } = await openTestKernel()
    world.later(remove)
    await foundCompany(kernel)
    const [branch = ''] = kernel.directory.branches.keys()
    const { journals } = await coveredJournals(kernel.store, kernel.journals.tails, [branch])
    const devices = [...kernel.directory.devices.values()]
    const question = { branch, nowMs: kernelNowMs + 90 * dayMs, devices, journals }
    let turns = 0
    const answered = closingThread()(question)
    let isOver = false
    void answered.finally(() => (isOver = true))
    while (!isOver) {
      turns += 1
      await setImmediate()
    }
    expect(await answered).toEqual(closingOf(question))
    expect(turns).toBeGreaterThan(10)
  })

  it('[MCL10] keeps the files of the last two closings of a branch', async () => {
    const shelf = memoryShelf()
    const hashes = await Promise.all([1, 2, 3].map((n) => shelf.put(new Uint8Array([n]))))
    await shelf.keepOnly(new Set(hashes.slice(1)))
    expect(await shelf.get(hashes[0] ?? '')).toBeUndefined()
    const { server } = await aMonthLater()
    for (let round = 0; round < 3; round++) {
      const owner = await world.device(server)
      const state = await call(server, path(owner, 'closing'), { token: owner.token })
      const [month = ''] = state.body['months'] as unknown as string[]
      const concerns = state.body['concerns'] as unknown as { code: string }[]
      const accepted = concerns.map(({ code }) => code)
      expect((await close(server, owner, { month, accepted })).status).toBe(200)
      const files = await readdir(join(server.folder, 'checkpoints'))
      expect(files.length).toBe(Math.min(round + 1, 2))
      server.advance(31 * dayMs)
    }
  })

  it('[MCL5] closes by itself what is older than three months, whatever its state', async () => {
    let now = kernelNowMs
    const { kernel, remove } = await openTestKernel({ nowMs: () => now })
    world.later(remove)
    await foundCompany(kernel)
    const [branch = ''] = kernel.directory.branches.keys()
    const parts = { goods: uuidv7() }
    const sold = { leg: '1', sku: 'apple', warehouse: 'shop', quantity: -10_000, class: 'issue' }
    const body = {
      ...{ docId: uuidv7(), postingId: uuidv7(), number: '1', type: 'shipment', part: 'goods' },
      ...{ lead: 'goods', parts, header: {}, lines: [], legs: [sold] },
    }
    const draft = { kind: 'posted.v1', id: parts.goods, body }
    await kernel.ownJournals.append({ branch, audience: 'goods' }, [draft])
    now += 95 * dayMs
    await closeOldMonths(kernel)
    expect((await kernel.seals.stateOf(branch)).seals).toEqual([])
    now += 35 * dayMs
    await closeOldMonths(kernel)
    await closeOldMonths(kernel)
    const { seals, months } = await kernel.seals.stateOf(branch)
    expect(seals).toMatchObject([{ by: 'server', isAutomatic: true }])
    expect(seals[0]?.overridden).toEqual(['negative-stock', 'cost-provisional'])
    expect(months).toHaveLength(3)
  })
})
