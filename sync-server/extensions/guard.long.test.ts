import { describe, expect, it, vi } from 'vitest'
import { uuidv7 } from 'uuidv7'
import * as Y from 'yjs'
import { sha256Bytes } from '#domain/values/digest.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { appendEntries, createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { encodeRecord, packRecord, storedBytes } from '#domain/records/record-bytes.ts'
import type { SealedJournal } from '#domain/records/seal-commit.ts'
import { makeSigningKey, webCryptoSigner } from '#domain/records/signature.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { kinds, RawClient } from '../testing/raw-client.ts'
import { categoryBody, headSeq, type TestDevice } from '../testing/test-device.ts'
import { call, type TestServer } from '../testing/test-server.ts'
import { openWorld, patience } from '../testing/world.ts'

const world = openWorld()

/** A company with an honest device and one that is about to misbehave. */
async function scene() {
  const server = await world.server()
  const [honest, rogue] = [await world.device(server), await world.device(server)]
  return { server, honest, rogue }
}

/** Sends one update raw to the rogue's own journal and tells why it was refused. */
async function sendRaw(server: TestServer, rogue: TestDevice, journal: string, update: Uint8Array) {
  const client = new RawClient(server)
  world.later(() => client.leave())
  await client.opened()
  client.authenticate(journal, rogue.token)
  client.update(journal, update)
  await vi.waitFor(() => expect(client.heardOf(kinds.close, journal)).toBeDefined(), patience)
  return client.heardOf(kinds.close, journal)!.text
}

function updateOf({ entries }: Pick<SealedJournal, 'entries'>): Uint8Array {
  return appendEntries(createJournalDoc(), entries)
}

async function lastRefusal(server: TestServer, by: TestDevice, of: TestDevice) {
  const { body } = await call(server, '/api/devices', { token: by.token })
  const devices = body['devices'] as unknown as {
    id: string
    status: string
    lastRefusal?: object
  }[]
  return devices.find(({ id }) => id === of.enrolled.device)!
}

describe('an update', () => {
  it('[SGD1] that is no plain append is refused, whatever it is', async () => {
    const { server, rogue } = await scene()
    const { journal, entries } = await rogue.seal('goods', [categoryBody('Fruit')])
    const withDelete = new Y.Doc()
    withDelete.getMap('r').set('0', entries[0]!.bytes)
    withDelete.getMap('r').delete('0')
    const nested = new Y.Doc()
    nested.getMap('r').set('0', new Y.Map())
    const foreignRoot = new Y.Doc()
    foreignRoot.getMap('x').set('0', entries[0]!.bytes)
    const updates: [Uint8Array, string][] = [
      [Y.encodeStateAsUpdate(withDelete), 'refused:'],
      [Y.encodeStateAsUpdate(nested), 'refused:not-binary'],
      [Y.encodeStateAsUpdate(foreignRoot), 'refused:foreign-root'],
      [new Uint8Array([0xff, 0xff, 0xff, 0x0f, 1, 1, 1]), 'refused:'],
      [crypto.getRandomValues(new Uint8Array(200)), 'refused:'],
    ]
    for (const [update, reason] of updates) {
      expect(await sendRaw(server, rogue, journal, update)).toContain(reason)
    }
  })

  it('[SGD2] must say of itself what its journal says', async () => {
    const { server, honest, rogue } = await scene()
    const other = await rogue.seal('sales', [categoryBody('Fruit')], { isKept: false })
    const own = await rogue.seal('goods', [categoryBody('Fruit')], { isKept: false })
    const theirs = await honest.seal('goods', [categoryBody('Fruit')], { isKept: false })
    for (const sealed of [other, theirs]) {
      const reason = await sendRaw(server, rogue, own.journal, updateOf(sealed))
      expect(reason).toBe('refused:envelope-differs')
    }
    const [entry] = own.entries
    const others = { org: uuidv7(), branch: uuidv7(), shard: '2020-01', device: uuidv7() }
    for (const [field, value] of Object.entries(others)) {
      const bytes = encodeRecord({ ...entry!.record, [field]: value })
      const update = updateOf({ entries: [{ ...entry!, bytes }] })
      const reason = await sendRaw(server, rogue, own.journal, update)
      expect([field, reason]).toEqual([field, 'refused:envelope-differs'])
    }
  })

  it('[SGD3] must hold records that are well formed and that a device may write', async () => {
    const { server, honest, rogue } = await scene()
    const { user } = honest.enrolled
    const roles = [{ branch: 'all', role: 'owner' }]
    const body = { user: user.id, name: 'Rogue', roles }
    const grant = await rogue.seal('goods', [body], { kind: 'user-granted.v1', isKept: false })
    const refused = await sendRaw(server, rogue, grant.journal, updateOf(grant))
    expect(refused).toBe('refused:kind-not-allowed')
    const garbage = { entries: [{ ...grant.entries[0]!, bytes: new Uint8Array([1, 2, 3, 0]) }] }
    expect(await sendRaw(server, rogue, grant.journal, updateOf(garbage))).toMatch(/^refused:/)
    const [{ record }] = grant.entries as [SealedJournal['entries'][number]]
    const empty = { ...record, kind: 'masters-changed.v1', body: { changes: 'none' } }
    const malformed = { entries: [{ ...grant.entries[0]!, bytes: encodeRecord(empty) }] }
    expect(await sendRaw(server, rogue, grant.journal, updateOf(malformed))).toBe(
      'refused:malformed-record',
    )
  })

  it('[SGD4] must be signed by the device at its end', async () => {
    const { server, rogue } = await scene()
    const stranger = await makeSigningKey(crypto.subtle)
    const signer = webCryptoSigner(crypto.subtle, stranger.privateKey)
    const forged = await rogue.seal('goods', [categoryBody('Fruit')], { signer, isKept: false })
    expect(await sendRaw(server, rogue, forged.journal, updateOf(forged))).toBe(
      'refused:bad-signature',
    )
    const two = await rogue.seal('goods', [categoryBody('Fruit'), categoryBody('Tea')])
    const cut = { entries: two.entries.slice(0, 1) }
    expect(await sendRaw(server, rogue, two.journal, updateOf(cut))).toBe('refused:unsigned-tail')
  })

  it('[SGD5] that tells another history is a fork: refused, and the device is marked', async () => {
    const { server, honest, rogue } = await scene()
    const fork = await rogue.seal('goods', [categoryBody('Tea')], { isKept: false })
    const { journal } = await rogue.write('goods', 'Fruit')
    const heads = rogue.open(rogue.headsName())
    rogue.open(journal)
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(0))
    expect(await sendRaw(server, rogue, journal, updateOf(fork))).toBe('refused:fork')
    await eventually(async () => {
      expect(await lastRefusal(server, honest, rogue)).toMatchObject({
        status: 'forked',
        lastRefusal: { reason: 'fork', document: journal },
      })
    })
    await rogue.write('goods', 'Milk')
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(1))
  })

  it('[SGD5] that continues another history in a later month is a fork too', async () => {
    const { server, rogue } = await scene()
    const november = hlc(Date.UTC(2026, 10, 2), 0)
    const { journal } = await rogue.write('goods', 'Fruit')
    const heads = rogue.open(rogue.headsName())
    rogue.open(journal)
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(0))
    const clone = await world.device(server)
    Object.assign(clone, { enrolled: rogue.enrolled, signer: rogue.signer })
    await clone.seal('goods', [categoryBody('Tea')])
    const later = await clone.seal('goods', [categoryBody('Milk')], { hlc: november })
    expect(later.journal).not.toBe(journal)
    expect(await sendRaw(server, rogue, later.journal, updateOf(later))).toBe('refused:fork')
  })
})

describe('others', () => {
  it('[SGD6] go on while one device is refused again and again, and the owner sees why', async () => {
    const { server, honest, rogue } = await scene()
    const { journal } = await honest.write('goods', 'Fruit')
    const heads = honest.open(honest.headsName())
    honest.open(journal)
    const { journal: target } = await rogue.seal('goods', [categoryBody('x')], { isKept: false })
    for (let i = 0; i < 6; i++) {
      const reason = await sendRaw(server, rogue, target, new Uint8Array([9, 9, 9, 9]))
      expect(reason).toMatch(/^refused:/)
      await honest.write('goods', `Tea ${i}`)
    }
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(6))
    await eventually(async () => {
      const { lastRefusal: refusal } = await lastRefusal(server, honest, rogue)
      expect(refusal).toMatchObject({ document: target })
    })
    const { journal: fine } = await rogue.write('goods', 'Milk')
    rogue.open(fine)
    await eventually(() => expect(headSeq(heads.doc, fine)).toBe(0))
  })

  it('[SGD7] never get the bytes of a stranger, only what the server wrote itself', async () => {
    const { server, honest, rogue } = await scene()
    const { journal, entries } = await rogue.seal('goods', [categoryBody('Fruit')])
    const honestBytes = updateOf({ entries })
    const client = new RawClient(server)
    world.later(() => client.leave())
    await client.opened()
    client.authenticate(journal, rogue.token)
    client.update(journal, honestBytes)
    const copy = honest.open(journal)
    await eventually(() => expect(readEntries(copy.doc, 0)).toHaveLength(1))
    expect(readEntries(copy.doc, 0)[0]!.bytes).toEqual(entries[0]!.bytes)
  })
})

describe('a desk', () => {
  it('[SGD8] takes no update that would spoil it for others', async () => {
    const { server, honest, rogue } = await scene()
    const name = `desk/${rogue.enrolled.organizationId}/${rogue.branch}/stock/goods`
    const foreignRoot = new Y.Doc()
    foreignRoot.getMap('x').set('d1|h|note', { v: 1, hlc: 1 })
    const badKey = new Y.Doc()
    badKey.getMap('d').set('nonsense', { v: 1, hlc: 1 })
    for (const update of [Y.encodeStateAsUpdate(foreignRoot), Y.encodeStateAsUpdate(badKey)]) {
      expect(await sendRaw(server, rogue, name, update)).toMatch(/^refused:/)
    }
    const seen = honest.open(name)
    await seen.synced
    expect(seen.doc.getMap('d').size).toBe(0)
  })
})

describe('client ids of a desk', () => {
  it('[SGD10] stay with the device that wrote under them, also when everybody has left', async () => {
    const { server, honest, rogue } = await scene()
    const name = `desk/${rogue.enrolled.organizationId}/${rogue.branch}/stock/goods`
    const opened = honest.open(name)
    await opened.synced
    const client = opened.doc.clientID
    opened.doc.getMap('d').set(`d1|t|${honest.enrolled.device}`, { hlc: 1, v: 'shipment' })
    await eventually(() => expect(opened.provider.hasUnsyncedChanges).toBe(false))
    honest.leave()
    const thief = new Y.Doc()
    thief.clientID = client
    thief.getMap('d').set('x', 1)
    const before = Y.encodeStateVector(thief)
    thief.getMap('d').set(`d1|h|note|${rogue.enrolled.device}`, { hlc: 2, v: 'mine' })
    const update = Y.encodeStateAsUpdate(thief, before)
    expect(await sendRaw(server, rogue, name, update)).toBe('refused:foreign-client')
  })
})

describe('a record', () => {
  it('[SGD9] of a kind that is newer than the server is kept all the same', async () => {
    const { server, honest, rogue } = await scene()
    const sealed = await rogue.seal('goods', [categoryBody('x')], { isKept: false })
    const [{ record }] = sealed.entries as [SealedJournal['entries'][number]]
    const packed = packRecord({
      ...record,
      id: uuidv7() as never,
      kind: 'counted.v9',
      body: { a: 1 },
    })
    const bytes = storedBytes(packed, await rogue.signer.sign(sha256Bytes(packed)))
    const client = new RawClient(server)
    world.later(() => client.leave())
    await client.opened()
    client.authenticate(sealed.journal, rogue.token)
    client.update(sealed.journal, updateOf({ entries: [{ ...sealed.entries[0]!, bytes }] }))
    const heads = honest.open(honest.headsName())
    await eventually(() => expect(headSeq(heads.doc, sealed.journal)).toBe(0))
  })
})
