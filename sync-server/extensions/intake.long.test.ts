import { describe, expect, it, vi } from 'vitest'
import { appendEntries, createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import type { SealedJournal } from '#domain/records/seal-commit.ts'
import { makeSigningKey, webCryptoSigner } from '#domain/records/signature.ts'
import type { Store } from '../storage/store.ts'
import { kinds, RawClient } from '../testing/raw-client.ts'
import { categoryBody, headSeq, type TestDevice } from '../testing/test-device.ts'
import type { TestServer } from '../testing/test-server.ts'
import { withCommit } from '../testing/with-commit.ts'
import { openWorld, patience } from '../testing/world.ts'

const world = openWorld()

/** A store whose commits of updates can be held up, or fail. */
function gatedStore() {
  let release: (() => void) | undefined
  let held: Promise<void> | undefined
  const gate = {
    commits: 0,
    isFull: false,
    hold() {
      held = new Promise((resolve) => {
        release = resolve
      })
    },
    release() {
      release?.()
      held = undefined
    },
  }
  const around = (store: Store): Store =>
    withCommit(store, async (changes) => {
      const isOurs = changes.some(
        (change) => change.put === 'update' && change.document === journal,
      )
      if (!isOurs) return store.commit(changes)
      if (gate.isFull) throw new Error('database or disk is full')
      gate.commits += 1
      await held
      return store.commit(changes)
    })
  let journal = ''
  return { gate, around, watch: (name: string) => void (journal = name) }
}

/** A device that speaks raw on its own journal, and somebody who reads heads and journal. */
async function scene() {
  const { gate, around, watch } = gatedStore()
  const server = await world.server({ around })
  const [writer, reader] = [await world.device(server), await world.device(server)]
  const first = await writer.seal('goods', [categoryBody('first')])
  const { journal } = first
  watch(journal)
  const heads = reader.open(reader.headsName())
  const copy = reader.open(journal)
  const client = await openClient(server, writer, journal)
  // Only once something was taken is it sure that the document is open.
  client.update(journal, writer.append(first))
  await vi.waitFor(() => expect(acks(client)).toBe(1), patience)
  await vi.waitFor(() => expect(readEntries(copy.doc, 0)).toHaveLength(1), patience)
  gate.commits = 0
  return { server, writer, reader, journal, heads, copy, client, gate }
}

async function openClient(server: TestServer, writer: TestDevice, journal: string) {
  const client = new RawClient(server)
  world.later(() => client.leave())
  await client.opened()
  client.authenticate(journal, writer.token)
  return client
}

function statuses(client: RawClient): readonly string[] {
  return client.heard.filter(({ kind }) => kind === kinds.status).map(({ text }) => text)
}

function heardSync(client: RawClient): number {
  return client.heard.filter(({ kind }) => kind === kinds.sync).length
}

/** y-protocols/sync: a question of somebody who has nothing. */
const askForAll = new Uint8Array([0, 1, 0])

function acks(client: RawClient): number {
  return statuses(client).filter((text) => text === '1').length
}

/** Commits of one record each, as the updates of one page load. */
async function updatesOf(writer: TestDevice, ...names: readonly string[]): Promise<Uint8Array[]> {
  const updates: Uint8Array[] = []
  for (const name of names) {
    updates.push(writer.append(await writer.seal('goods', [categoryBody(name)])))
  }
  return updates
}

/** The same entries from another page load. */
function fromElsewhere({ entries }: Pick<SealedJournal, 'entries'>): Uint8Array {
  return appendEntries(createJournalDoc(), entries)
}

async function forged(writer: TestDevice): Promise<Uint8Array> {
  const stranger = await makeSigningKey(crypto.subtle)
  const signer = webCryptoSigner(crypto.subtle, stranger.privateKey)
  return fromElsewhere(
    await writer.seal('goods', [categoryBody('forged')], { signer, isKept: false }),
  )
}

const names = Array.from({ length: 20 }, (_, i) => `tea ${i}`)

describe('updates that come together', () => {
  it('[WAL6] share commits, and each is acknowledged only after its own', async () => {
    const { writer, journal, heads, copy, client, gate } = await scene()
    const updates = await updatesOf(writer, ...names)
    gate.hold()
    for (const update of updates) client.update(journal, update)
    await vi.waitFor(() => expect(gate.commits).toBe(1), patience)
    // The server answers while the disk is busy: with what was kept before.
    const answers = heardSync(client)
    client.raw(journal, kinds.sync, askForAll)
    await vi.waitFor(() => expect(heardSync(client)).toBeGreaterThan(answers), patience)
    expect(acks(client)).toBe(1)
    expect(readEntries(copy.doc, 0)).toHaveLength(1)
    gate.release()
    await vi.waitFor(() => expect(acks(client)).toBe(21), patience)
    expect(gate.commits).toBeLessThan(5)
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(20), patience)
    await vi.waitFor(() => expect(readEntries(copy.doc, 0)).toHaveLength(21), patience)
  })

  it('[WAL6] may repeat each other and hold nothing: acknowledged, and kept once', async () => {
    const { writer, journal, heads, copy, client } = await scene()
    const [one, two] = (await updatesOf(writer, 'a', 'b')) as [Uint8Array, Uint8Array]
    const nothing = new Uint8Array([0, 0])
    for (const update of [nothing, one, one, nothing, two, one, nothing]) {
      client.update(journal, update)
    }
    await vi.waitFor(() => expect(acks(client)).toBe(8), patience)
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(2), patience)
    await vi.waitFor(() => expect(readEntries(copy.doc, 0)).toHaveLength(3), patience)
  })

  it('[WAL7] lose exactly the bad one and what stands behind it', async () => {
    const { server, writer, journal, heads, client } = await scene()
    const [one, two] = (await updatesOf(writer, 'a', 'b')) as [Uint8Array, Uint8Array]
    const bad = await forged(writer)
    const [three] = (await updatesOf(writer, 'c')) as [Uint8Array]
    for (const update of [one, two, bad, three]) client.update(journal, update)
    await vi.waitFor(() => expect(client.heardOf(kinds.close, journal)).toBeDefined(), patience)
    expect(client.heardOf(kinds.close, journal)?.text).toBe('refused:bad-signature')
    expect(statuses(client)).toEqual(['1', '1', '1'])
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(2), patience)

    const again = await openClient(server, writer, journal)
    again.update(journal, three)
    await vi.waitFor(() => expect(acks(again)).toBe(1), patience)
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(3), patience)
  })

  it('[WAL7] show a fork among themselves', async () => {
    const { writer, journal, heads, client } = await scene()
    const other = await writer.seal('goods', [categoryBody('other')], { isKept: false })
    const [one] = (await updatesOf(writer, 'a')) as [Uint8Array]
    for (const update of [one, fromElsewhere(other)]) client.update(journal, update)
    await vi.waitFor(() => expect(client.heardOf(kinds.close, journal)).toBeDefined(), patience)
    expect(client.heardOf(kinds.close, journal)?.text).toBe('refused:fork')
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(1), patience)
    expect(acks(client)).toBe(2)
  })

  it('[WAL7] are "not applied" where one before them is missing, and taken when it came', async () => {
    const { writer, journal, heads, client } = await scene()
    const [one, two, three] = (await updatesOf(writer, 'a', 'b', 'c')) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    for (const update of [one, three, two]) client.update(journal, update)
    await vi.waitFor(() => expect(statuses(client)).toEqual(['1', '1', '0', '1']), patience)
    expect(client.heardOf(kinds.close, journal)).toBeUndefined()
    client.update(journal, three)
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(3), patience)
  })

  it('[WAL8] are not acknowledged when the store fails, and can all come again', async () => {
    const { server, writer, journal, heads, client, gate } = await scene()
    const updates = await updatesOf(writer, ...names)
    gate.isFull = true
    for (const update of updates) client.update(journal, update)
    expect(await client.closed).toEqual({ code: 4503, reason: 'retry:store-failing' })
    expect(acks(client)).toBe(1)
    gate.isFull = false
    const again = await openClient(server, writer, journal)
    for (const update of updates) again.update(journal, update)
    await vi.waitFor(() => expect(acks(again)).toBe(20), patience)
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(20), patience)
  })

  it('[WAL9] are taken though their device left the document right after them', async () => {
    const { reader, writer, journal, heads, client, gate } = await scene()
    reader.leave()
    const updates = await updatesOf(writer, ...names)
    gate.hold()
    for (const update of updates) client.update(journal, update)
    client.raw(journal, kinds.close, new Uint8Array())
    await vi.waitFor(() => expect(gate.commits).toBe(1), patience)
    gate.release()
    const again = reader.open(reader.headsName(), heads.doc)
    await again.synced
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(20), patience)
  })
})
