import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDexieStore } from './dexie-store.ts'
import { openMemoryStore } from './memory-store.ts'
import type { Change, Store } from './store.ts'
import { describeStore } from './store-contract.ts'

let count = 0

describe('the store in IndexedDB', () => {
  describeStore(async () => {
    count += 1
    const name = `contract-${count}`
    const store = openDexieStore(name)
    await store.open()
    return { store, reopen: async () => openDexieStore(name) }
  })

  it('[STO2] asks for strict durability in each transaction that writes', async () => {
    const { transaction } = IDBDatabase.prototype
    const asked: unknown[] = []
    IDBDatabase.prototype.transaction = function (names, mode, options) {
      if (mode === 'readwrite') asked.push(options?.durability)
      return transaction.call(this, names, mode, options)
    }
    try {
      const store = openDexieStore('strict')
      await store.open()
      const { term } = await store.takeTerm()
      await store.commit({ term, appends: [], commands: [{ id: 'c', result: 1 }] })
      await store.commit({ term, values: { a: 1 } })
      await store.wipe()
    } finally {
      IDBDatabase.prototype.transaction = transaction
    }
    expect(asked.length).toBeGreaterThan(3)
    expect(new Set(asked)).toEqual(new Set(['strict']))
  })

  it('[STO12] reads a blob that an older build kept as plain bytes; an unreadable one is none', async () => {
    const store = openDexieStore('old-blob')
    await store.open()
    const { term } = await store.takeTerm()
    const blob = { name: 'checkpoint', version: 'v', bytes: new Uint8Array([1, 2, 3]) }
    await store.commit({ term, blobs: [blob] })
    const { arrayBuffer } = Blob.prototype
    Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    try {
      expect(await store.blob('checkpoint')).toBeUndefined()
    } finally {
      Blob.prototype.arrayBuffer = arrayBuffer
    }
    expect(await store.blob('checkpoint')).toEqual(blob)
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('old-blob')
      request.onsuccess = () => resolve(request.result)
    })
    const transaction = database.transaction('blobs', 'readwrite')
    transaction.objectStore('blobs').put({ ...blob, version: 'old' })
    await new Promise<void>((resolve) => {
      transaction.oncomplete = () => resolve()
    })
    database.close()
    expect(await store.blob('checkpoint')).toEqual({ ...blob, version: 'old' })
  })

  it('[STO8] opens again by itself after its handle was closed', async () => {
    const store = openDexieStore('closed')
    await store.open()
    const { term } = await store.takeTerm()
    store.close()
    await store.commit({ term, values: { a: 1 } })
    store.close()
    await store.commit({ term, appends: [], commands: [{ id: 'c', result: 1 }] })
    store.close()
    expect(await store.value('a')).toBe(1)
    expect(await store.commands(1)).toEqual([{ id: 'c', result: 1 }])
  })

  it('[STO8] opens again by itself where an opening failed, as on a full disk', async () => {
    const { open } = indexedDB
    const refuse = () => {
      throw new DOMException('Internal error opening backing store', 'UnknownError')
    }
    for (const act of ['commit', 'read', 'term'] as const) {
      const store = fresh().open()
      await store.open()
      const { term } = await store.takeTerm()
      const change: Change = { term, appends: [], commands: [{ id: 'c', result: 1 }] }
      const acts = {
        commit: () => store.commit(change),
        read: () => store.value('a'),
        term: () => store.takeTerm(),
      }
      store.close()
      indexedDB.open = refuse
      await expect(acts[act]()).rejects.toMatchObject({ code: 'store-failed' })
      await expect(store.engine()).rejects.toMatchObject({ name: 'StoreFailure' })
      indexedDB.open = open
      await acts[act]()
      expect(await store.journals()).toEqual([])
      store.close()
    }
  })

  it('[STO9] reads say the same wherever a change lies, in the log or in its tables', async () => {
    const steps = fc.array(fc.constantFrom('post', 'heads', 'value', 'large', 'blob', 'reopen'), {
      minLength: 5,
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const ours = fresh()
        const plain = openMemoryStore()
        let store = ours.open()
        let [{ term }] = await Promise.all([store.takeTerm(), plain.takeTerm()])
        const history = makeHistory()
        for (const step of given) {
          if (step === 'reopen') {
            store.close()
            store = ours.open()
            term = (await store.takeTerm()).term
            await plain.takeTerm()
          } else {
            const change = history.next(step, term)
            await Promise.all([store.commit(change), plain.commit(change)])
          }
          expect(await everythingIn(store)).toEqual(await everythingIn(plain))
        }
        store.close()
      }),
      { numRuns: 25 },
    )
  }, 30_000)

  it('[STO9] a read beside the moving of rows misses none and doubles none', async () => {
    const store = fresh().open()
    const { term } = await store.takeTerm()
    const history = makeHistory()
    const reads: Promise<void>[] = []
    for (let round = 0; round < 30; round++) {
      for (let post = 0; post < 7; post++) await store.commit(history.next('post', term))
      const known = history.seq
      const moving = store.commit(history.next('blob', term))
      const posted = store.commit(history.next('post', term))
      reads.push(
        store.recordsOf(journal, 0, 1_000).then((rows) => {
          expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index))
          expect(rows.length).toBeGreaterThan(known)
        }),
      )
      await Promise.all([moving, posted])
    }
    await Promise.all(reads)
    store.close()
  }, 20_000)
})

const journal = 'j/o/b/goods/2026-11/d1'

function fresh(): { open(): Store } {
  count += 1
  const name = `fresh-${count}`
  return { open: () => openDexieStore(name) }
}

/** Changes as an engine would commit them, one after the other. */
function makeHistory() {
  let seq = -1
  function append(bytes: number): Pick<Change, 'appends'> {
    seq += 1
    const row = { journal, seq, docId: `doc${seq % 5}`, bytes: new Uint8Array(bytes).fill(seq) }
    const update = { journal, fromSeq: seq, toSeq: seq, bytes: new Uint8Array([seq % 256]) }
    const tail = { journal, firstSeq: 0, firstPrev: '', seq, hash: `h${seq}`, hlc: seq }
    return { appends: [{ journal: tail, updates: [update], records: [row] }] }
  }
  return {
    get seq() {
      return seq
    },
    next(step: string, term: number): Change {
      switch (step) {
        case 'post':
          return {
            ...{ term, ...append(10), engine: { hlc: seq, counters: { sale: seq } } },
            commands: [{ id: `c${seq}`, result: seq }],
          }
        case 'heads':
          return { term, heads: [{ journal, seq, hash: `h${seq}`, signature: `s${seq}` }] }
        case 'value':
          return { term, values: { name: seq % 3 === 0 ? undefined : seq } }
        case 'large':
          return { term, ...append(100_000) }
        default:
          return { term, blobs: [{ name: 'b', version: '1', bytes: new Uint8Array([1]) }] }
      }
    },
  }
}

async function everythingIn(store: Store) {
  const docIds = ['doc0', 'doc3', 'none']
  const places = (rows: readonly { readonly seq: number }[]) => rows.map(({ seq }) => seq)
  return {
    engine: await store.engine(),
    value: await store.value('name'),
    journals: await store.journals(),
    heads: await store.heads(),
    updates: await store.updatesOf(journal, 2),
    records: [
      places(await store.recordsOf(journal, 0, 4)),
      places(await store.recordsOf(journal, 3, 100)),
    ],
    documents: places(await store.recordsOfDocuments(docIds)).sort((a, b) => a - b),
    commands: await store.commands(3),
    blob: (await store.blob('b'))?.version,
  }
}
