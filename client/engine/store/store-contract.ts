/** The promises of `Store`, as tests that each implementation runs. */
import { expect, it } from 'vitest'
import { glanceName } from '../start/glance.ts'
import type { Change, JournalAppend, RecordRow, Store, UpdateRow } from './store.ts'

const journal = 'j/o/b/goods/2026-11/d1'

/** `make` opens an empty store; `reopen` gives what a new process would find. */
export function describeStore(make: () => Promise<StoreUnderTest>): void {
  it('[STO1] keeps all of a change', async () => {
    const { store } = await make()
    const { term } = await store.takeTerm()
    await store.commit(posting(term, 0))
    expect(await store.engine()).toEqual({ term, hlc: 1_000, counters: { shipment: 1 } })
    expect(await store.journals()).toEqual([tail(0)])
    expect(await store.recordsOf(journal, 0, 10)).toEqual([record(0)])
    expect(await store.updatesOf(journal, -1)).toEqual([update(0, 0)])
    expect(await store.commands(5)).toEqual([{ id: 'c0', result: { ok: true } }])
  })

  it('[STO1] keeps nothing of a change that is refused', async () => {
    const { store } = await make()
    const { term } = await store.takeTerm()
    await store.commit(posting(term, 0))
    const clash: Change = { ...posting(term, 1), appends: [append(1, 1), append(0, 0)] }
    await expect(store.commit(clash)).rejects.toMatchObject({ code: 'record-exists' })
    expect(await store.engine()).toMatchObject({ hlc: 1_000, counters: { shipment: 1 } })
    expect(await store.journals()).toEqual([tail(0)])
    expect(await store.updatesOf(journal, -1)).toHaveLength(1)
    expect(await store.commands(5)).toHaveLength(1)
  })

  it('[STO2] what was committed is there for the next process', async () => {
    const { store, reopen } = await make()
    const { term } = await store.takeTerm()
    await store.commit(posting(term, 0))
    store.close()
    const next = await reopen()
    expect(await next.open()).toEqual({ term, hlc: 1_000, counters: { shipment: 1 } })
    expect(await next.recordsOf(journal, 0, 10)).toEqual([record(0)])
    const { term: following } = await next.takeTerm()
    await next.commit(posting(following, 1))
    expect(await next.journals()).toEqual([tail(1)])
  })

  it('[STO3] an engine of an older term cannot write', async () => {
    const { store } = await make()
    const before = await store.takeTerm()
    const after = await store.takeTerm()
    expect(after.term).toBe(before.term + 1)
    await expect(store.commit(posting(before.term, 0))).rejects.toMatchObject({ code: 'term-lost' })
    expect(await store.recordsOf(journal, 0, 10)).toEqual([])
    expect(await store.engine()).toMatchObject({ term: after.term, hlc: 0 })
    await store.commit(posting(after.term, 0))
  })

  it('[STO4] a record is never overwritten', async () => {
    const { store } = await make()
    const { term } = await store.takeTerm()
    await store.commit(posting(term, 0))
    await expect(store.commit(posting(term, 0))).rejects.toMatchObject({ code: 'record-exists' })
    const received: Change = { term, appends: [append(0, 0)] }
    await expect(store.commit(received)).rejects.toMatchObject({ code: 'record-exists' })
    expect(await store.recordsOf(journal, 0, 10)).toEqual([record(0)])
  })

  it('[STO5] reads records by journal, document and id, in order and in pages', async () => {
    const { store } = await make()
    const { term } = await store.takeTerm()
    await store.commit({ term, appends: [append(0, 1)] })
    await store.commit(posting(term, 2))
    expect(await store.recordsOf(journal, 1, 10)).toEqual([record(1), record(2)])
    expect(await store.recordsOf(journal, 0, 2)).toEqual([record(0), record(1)])
    expect(await store.recordsOfDocuments(['doc1', 'none'])).toEqual([record(1)])
    expect(await store.recordsOf('nothing', 0, 2)).toEqual([])
  })

  it('[STO2] keeps the order of changes however they are mixed', async () => {
    const { store, reopen } = await make()
    const { term } = await store.takeTerm()
    await store.commit(posting(term, 0))
    await store.commit({ term, engine: { hlc: 5_000, counters: { shipment: 1 } } })
    expect(await store.engine()).toMatchObject({ hlc: 5_000 })
    await store.commit(posting(term, 1))
    await store.commit(posting(term, 2))
    store.close()
    const next = await reopen()
    expect(await next.open()).toMatchObject({ hlc: 1_002, counters: { shipment: 3 } })
    expect(await next.journals()).toEqual([tail(2)])
  })

  it('[STO6] compaction puts one row in the place of the rows it covers', async () => {
    const { store } = await make()
    const { term } = await store.takeTerm()
    await store.commit(posting(term, 0))
    await store.commit({ term, appends: [append(1, 2)] })
    await store.commit(posting(term, 3))
    expect(await store.updatesOf(journal, 0)).toEqual([update(1, 2), update(3, 3)])
    await store.commit({ term, compacted: update(0, 2) })
    expect(await store.updatesOf(journal, -1)).toEqual([update(0, 2), update(3, 3)])
  })

  it('[STO5] keeps heads, blobs and named values, and forgets a value set to undefined', async () => {
    const { store } = await make()
    const { term } = await store.takeTerm()
    const head = { journal, seq: 3, hash: 'h', signature: 's' }
    const blob = { name: 'checkpoint', version: 'v', bytes: new Uint8Array([1, 2]) }
    await store.commit({ term, heads: [head], blobs: [blob], values: { session: { user: 'u' } } })
    expect(await store.heads()).toEqual([head])
    expect(await store.blob('checkpoint')).toEqual(blob)
    expect(await store.value('session')).toEqual({ user: 'u' })
    await store.commit({ term, values: { session: undefined } })
    expect(await store.value('session')).toBeUndefined()
    expect(await store.blob('nothing')).toBeUndefined()
  })

  it('[STO5] gives the newest commands first', async () => {
    const { store } = await make()
    const { term } = await store.takeTerm()
    await store.commit({ term, commands: [command('b'), command('a')] })
    await store.commit({ term, commands: [command('c')] })
    expect((await store.commands(2)).map((row) => row.id)).toEqual(['c', 'a'])
    await store.commit({ term, commandsKept: 2 })
    expect((await store.commands(5)).map((row) => row.id)).toEqual(['c', 'a'])
  })

  it('[STO10] takes a journal out whole, and what comes in its place in the same change', async () => {
    const { store, reopen } = await make()
    const { term } = await store.takeTerm()
    await store.commit(posting(term, 0))
    await store.commit({ term, appends: [append(1, 3)] })
    const other = { ...tail(0), hash: 'other' }
    const bytes = new Uint8Array([9])
    const row = { journal, seq: 0, docId: 'doc0', bytes }
    const updates = [{ journal, fromSeq: 0, toSeq: 0, bytes }]
    await store.commit({
      term,
      dropped: [journal],
      appends: [{ journal: other, updates, records: [row] }],
    })
    expect(await store.journals()).toEqual([other])
    expect(await store.recordsOf(journal, 0, 10)).toEqual([row])
    expect(await store.updatesOf(journal, -1)).toEqual(updates)
    expect(await store.recordsOfDocuments(['doc0', 'doc1'])).toEqual([row])
    await store.commit({ term, appends: [append(1, 1)] })
    await store.commit({ term, dropped: [journal] })
    expect([await store.journals(), await store.recordsOf(journal, 0, 10)]).toEqual([[], []])
    store.close()
    const next = await reopen()
    await next.open()
    expect(await next.journals()).toEqual([])
    expect(await next.engine()).toMatchObject({ hlc: 1_000 })
  })

  it('[STO11] a glance goes with the next change of anything else, and outlives what is derived', async () => {
    const { store, reopen } = await make()
    const { term } = await store.takeTerm()
    const changes: Change[] = [
      posting(term, 0),
      { term, heads: [{ journal, seq: 0, hash: 'h', signature: 's' }] },
      { term, values: { session: 1 } },
      { term, appends: [append(1, 1)] },
      { term, appends: [append(2, 200)] },
    ]
    for (const change of changes) {
      await store.commit({ term, values: { [glanceName]: 'seen' } })
      const blob = { name: 'checkpoint', version: 'v', bytes: new Uint8Array([1]) }
      await store.commit({ term, blobs: [blob], commandsKept: 5 })
      expect(await store.value(glanceName)).toBe('seen')
      await store.commit(change)
      expect(await store.value(glanceName)).toBeUndefined()
    }
    store.close()
    expect(await (await reopen()).value(glanceName)).toBeUndefined()
  })

  it('[STO7] wipes everything except the term', async () => {
    const { store } = await make()
    const { term } = await store.takeTerm()
    await store.commit({ ...posting(term, 0), values: { identity: 1 } })
    await store.wipe()
    expect(await store.journals()).toEqual([])
    expect(await store.value('identity')).toBeUndefined()
    expect(await store.engine()).toEqual({ term, hlc: 0, counters: {} })
  })
}

export interface StoreUnderTest {
  readonly store: Store
  readonly reopen: () => Promise<Store>
}

function posting(term: number, seq: number): Change {
  return {
    term,
    engine: { hlc: 1_000 + seq, counters: { shipment: seq + 1 } },
    appends: [append(seq, seq)],
    commands: [{ id: `c${seq}`, result: { ok: true } }],
  }
}

function append(fromSeq: number, toSeq: number): JournalAppend {
  const records = Array.from({ length: toSeq - fromSeq + 1 }, (_, index) => record(fromSeq + index))
  return { journal: tail(toSeq), updates: [update(fromSeq, toSeq)], records }
}

function tail(seq: number) {
  return { journal, firstSeq: 0, firstPrev: '', seq, hash: `h${seq}`, hlc: 1_000 + seq }
}

function record(seq: number): RecordRow {
  return { journal, seq, docId: `doc${seq}`, bytes: new Uint8Array([seq]) }
}

function update(fromSeq: number, toSeq: number): UpdateRow {
  return { journal, fromSeq, toSeq, bytes: new Uint8Array([fromSeq, toSeq]) }
}

function command(id: string) {
  return { id, result: { ok: true } }
}
