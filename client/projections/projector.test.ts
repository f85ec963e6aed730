import { describe, expect, it } from 'vitest'
import { turnBit } from '#tests/builders/turn-bit.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'
import type { RecordRow, Store } from '#client/engine/store/store.ts'
import { penOf, type Written } from '#client/engine/sync/test-journals.ts'
import { openProjector } from './projector.ts'

const neighbour = '01900000-0000-7000-8000-00000000000a'
const audiences = ['goods'] as const

async function storeWith(written: readonly Written[]) {
  const store = openMemoryStore()
  const { term } = await store.takeTerm()
  for (const each of written) await keep(store, term, each)
  return { store, term }
}

async function keep(store: Store, term: number, { journal, sealed }: Written): Promise<void> {
  const { entries } = sealed
  const last = entries.at(-1)
  if (last === undefined) throw new Error('nothing was written')
  const row = { journal, firstSeq: 0, firstPrev: '', seq: last.seq, hash: last.hash, hlc: 1 }
  const records = entries.map(({ seq, bytes }) => ({ journal, seq, bytes }))
  await store.commit({ term, appends: [{ journal: row, updates: [], records }] })
}

/** A source that counts the records read from it. */
function counting(store: Store) {
  let read = 0
  const source: Store = {
    ...store,
    async recordsOf(journal, fromSeq, limit) {
      const rows = await store.recordsOf(journal, fromSeq, limit)
      read += rows.length
      return rows
    },
  }
  return { source, read: () => read }
}

/** One bit of a record's text has turned. */
function turned(bytes: Uint8Array): Uint8Array {
  const rotten = bytes.slice()
  turnBit(rotten)
  return rotten
}

describe('the read model', () => {
  it('[PRJ1] starts from the blob and reads only what came after it', async () => {
    const pen = penOf(neighbour)
    const { store, term } = await storeWith([await pen.write(30)])
    const before = await openProjector(store, 'one', audiences)
    await store.commit({ term, blobs: [before.blob()] })
    const later = await pen.write(2)
    await keep(store, term, later)
    const { source, read } = counting(store)
    const after = await openProjector(source, 'one', audiences)
    expect(read()).toBe(2)
    expect([...after.fold.masters.list('category')]).toHaveLength(32)
    expect(after.fold.watermark().get(later.journal)).toMatchObject({ seq: 31 })
  })

  it('[PRJ2] trusts no blob of another build', async () => {
    const { store, term } = await storeWith([await penOf(neighbour).write(5)])
    const before = await openProjector(store, 'one', audiences)
    await store.commit({ term, blobs: [before.blob()] })
    const { source, read } = counting(store)
    const after = await openProjector(source, 'two', audiences)
    expect(read()).toBe(5)
    expect([...after.fold.masters.list('category')]).toHaveLength(5)
  })

  it('[PRJ2] trusts no blob that knows what the store does not, or knows it otherwise', async () => {
    const { store } = await storeWith([await penOf(neighbour).write(5)])
    const blob = (await openProjector(store, 'one', audiences)).blob()
    for (const other of [await penOf(neighbour).write(3), await penOf(neighbour).write(5)]) {
      const { store: behind, term } = await storeWith([other])
      await behind.commit({ term, blobs: [blob] })
      const rebuilt = await openProjector(behind, 'one', audiences)
      expect([...rebuilt.fold.masters.list('category')]).toHaveLength(other.sealed.entries.length)
    }
  })

  it('[PRJ2] a broken blob costs time and nothing else', async () => {
    const { store, term } = await storeWith([await penOf(neighbour).write(5)])
    const blob = (await openProjector(store, 'one', audiences)).blob()
    const half = { ...blob, bytes: blob.bytes.slice(0, blob.bytes.length >> 1) }
    await store.commit({ term, blobs: [half] })
    const rebuilt = await openProjector(store, 'one', audiences)
    expect([...rebuilt.fold.masters.list('category')]).toHaveLength(5)
  })

  it('[PRJ4] a record that rotted in the store, or is gone, is noticed, and nothing after it is folded', async () => {
    const { store } = await storeWith([await penOf(neighbour).write(9)])
    const harms: readonly ((rows: readonly RecordRow[]) => readonly RecordRow[])[] = [
      (rows) => rows.map((row) => (row.seq === 4 ? { ...row, bytes: turned(row.bytes) } : row)),
      (rows) => rows.filter((row) => row.seq !== 4),
      (rows) => rows.filter((row) => row.seq < 4),
    ]
    for (const harm of harms) {
      const recordsOf: Store['recordsOf'] = async (journal, fromSeq, limit) =>
        harm(await store.recordsOf(journal, fromSeq, limit))
      const projector = await openProjector({ ...store, recordsOf }, 'one', audiences)
      expect([...projector.fold.masters.list('category')]).toHaveLength(4)
      expect(projector.damaged).toMatchObject([{ seq: 4 }])
    }
    expect((await openProjector(store, 'one', audiences)).damaged).toEqual([])
  })

  it('[PRJ4] the last record is judged by the row of its journal', async () => {
    const { store } = await storeWith([await penOf(neighbour).write(3)])
    const recordsOf: Store['recordsOf'] = async (journal, fromSeq, limit) =>
      (await store.recordsOf(journal, fromSeq, limit)).map((row) =>
        row.seq === 2 ? { ...row, bytes: turned(row.bytes) } : row,
      )
    const projector = await openProjector({ ...store, recordsOf }, 'one', audiences)
    expect(projector.damaged).toMatchObject([{ seq: 2 }])
  })

  it('[PRJ3] says what may have changed', async () => {
    const { store } = await storeWith([])
    const projector = await openProjector(store, 'one', audiences)
    const { journal, sealed } = await penOf(neighbour).write(1)
    const entries = sealed.entries.map(({ record, hash }) => ({ journal, record, hash }))
    expect(projector.apply(entries)).toContain('masters:category')
    expect(projector.apply(entries)).not.toContain('masters:category')
  })
})
