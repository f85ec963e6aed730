import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { appendEntries, createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { openSqliteStore } from './sqlite.ts'
import type { Store, StoreChange } from './store.ts'

let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liancang-store-'))
  store = await openSqliteStore(file(), () => undefined)
})

afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

function file(): string {
  return join(folder, 'test.sqlite')
}

async function reopen(): Promise<void> {
  await store.close()
  store = await openSqliteStore(file(), () => undefined)
}

function update(document: string, ...bytes: number[]): StoreChange {
  return { put: 'update', document, bytes: new Uint8Array(bytes) }
}

function row(id: string, value: string | undefined): StoreChange {
  return { put: 'row', row: { kind: 'user', id, value } }
}

/** A row that the schema refuses: what a bug in a caller would look like. */
const broken: StoreChange = { put: 'row', row: { kind: 'user', id: 'x', value: null as never } }

describe('a commit', () => {
  it('[SDB1] keeps everything, over a restart', async () => {
    const tail = { journal: 'j', seq: 7, hash: 'h', hlc: 1_800_000_000_000_000, receivedAt: 5 }
    await store.commit([update('d', 1), update('d', 2), { put: 'tail', tail }, row('a', '1')])
    await reopen()
    expect(await store.loadDocument('d')).toEqual([new Uint8Array([1]), new Uint8Array([2])])
    expect(await store.readState()).toEqual({
      rows: [{ kind: 'user', id: 'a', value: '1' }],
      tails: [tail],
    })
    await store.commit([row('a', undefined)])
    expect((await store.readState()).rows).toEqual([])
  })

  it('[SDB2] is all or nothing, and takes nobody else down with it', async () => {
    const before = store.commit([row('a', '1')])
    const wrong = store.commit([row('b', '2'), broken, row('c', '3')])
    const after = store.commit([row('d', '4')])
    await Promise.all([before, expect(wrong).rejects.toThrow(), after])
    expect((await store.readState()).rows.map(({ id }) => id)).toEqual(['a', 'd'])
  })

  it('[SDB3] resolves in the order of the calls, and many share a transaction', async () => {
    const order: number[] = []
    const commits = Array.from({ length: 500 }, (_, i) =>
      store.commit([update('d', i % 256)]).then(() => order.push(i)),
    )
    await Promise.all(commits)
    expect(order).toEqual(Array.from({ length: 500 }, (_, i) => i))
    const parts = await store.loadDocument('d')
    expect(parts.map(([byte]) => byte)).toEqual(Array.from({ length: 500 }, (_, i) => i % 256))
  })

  it('[SDB4] after the end is refused, and what came before it is kept', async () => {
    const last = store.commit([row('a', '1')])
    const closing = store.close()
    await expect(store.commit([row('b', '2')])).rejects.toThrow('store-closed')
    await Promise.all([last, closing])
    store = await openSqliteStore(file(), () => undefined)
    expect((await store.readState()).rows.map(({ id }) => id)).toEqual(['a'])
  })
})

describe('a file', () => {
  it('[SDB5] belongs to one process and one version', async () => {
    await expect(openSqliteStore(file(), () => undefined)).rejects.toThrow('data-in-use')
    await store.close()
    const db = new DatabaseSync(file())
    db.exec('PRAGMA user_version = 99')
    db.close()
    await expect(openSqliteStore(file(), () => undefined)).rejects.toThrow('data-too-new')
    const other = join(folder, 'other.sqlite')
    store = await openSqliteStore(other, () => undefined)
  })
})

describe('compaction', () => {
  it('[SDB6] swaps the log for one snapshot that says the same, and the tail goes on', async () => {
    const doc = createJournalDoc()
    const entry = (seq: number) => [{ seq, bytes: new Uint8Array([seq]) }]
    for (let seq = 0; seq < 20; seq++) {
      const bytes = appendEntries(doc, entry(seq))
      await store.commit([{ put: 'update', document: 'd', bytes }])
    }
    await store.compact('d')
    expect(await store.loadDocument('d')).toHaveLength(1)
    const bytes = appendEntries(doc, entry(20))
    await store.commit([{ put: 'update', document: 'd', bytes }])
    await reopen()
    const loaded = new Y.Doc()
    for (const part of await store.loadDocument('d')) Y.applyUpdate(loaded, part)
    expect(readEntries(loaded, 0)).toHaveLength(21)
    expect(Y.encodeStateVector(loaded)).toEqual(Y.encodeStateVector(doc))
    await store.compact('nothing there')
  })
})

describe('what is still to do', () => {
  it('[SDB7] a relay is open until it is done, and never opens again', async () => {
    const relay = { recordId: 'r1', journal: 'j', bytes: new Uint8Array([1]) }
    await store.commit([{ put: 'relay', relay }])
    await store.commit([{ put: 'relay', relay: { ...relay, journal: 'other' } }])
    expect(await store.openRelays(10)).toEqual([relay])
    await store.commit([{ put: 'relayed', recordId: 'r1' }])
    await store.commit([{ put: 'relay', relay }])
    expect(await store.openRelays(10)).toEqual([])
  })
})
