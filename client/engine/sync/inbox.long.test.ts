import { applyUpdate } from 'yjs'
import { describe, expect, it } from 'vitest'
import { readEntries } from '#domain/replica/journal.ts'
import { type Inbox, type JournalTrouble, makeInbox, type ReceivedRecord } from './inbox.ts'
import { type MemoryStore, openMemoryStore } from '../store/memory-store.ts'
import { type Store, StoreFailure } from '../store/store.ts'
import { penOf, type Written } from './test-journals.ts'

const neighbour = '01900000-0000-7000-8000-00000000000a'
const stranger = '01900000-0000-7000-8000-00000000000b'

type Said = { readonly seq: number; readonly hash: string }

async function desk(
  memory: MemoryStore = openMemoryStore(),
  around?: (store: Store) => Store,
  head?: Said,
  heads: readonly (Said & { readonly journal: string })[] = [],
) {
  const store = around?.(memory) ?? memory
  await store.open()
  const { term } = await store.takeTerm()
  const received: ReceivedRecord[] = []
  const troubles: JournalTrouble[] = []
  const failures: unknown[] = []
  const inbox = makeInbox({
    store,
    term,
    journals: await store.journals(),
    ...{ headOf: () => head, heads: () => heads },
    onReceived: (records) => received.push(...records),
    onTrouble: (trouble) => troubles.push(trouble),
    onStoreFailure: (error) => failures.push(error),
  })
  return {
    memory,
    inbox,
    received,
    troubles,
    failures,
    seqs: () => received.map(({ record }) => record.seq),
  }
}

/** What the server answers with: all that it has. */
async function deliver(inbox: Inbox, ...written: readonly Written[]): Promise<void> {
  for (const each of written) {
    await announce(inbox, each)
    inbox.answered(each.journal)
  }
  await inbox.settled()
}

/** What comes without being asked for. */
async function announce(inbox: Inbox, { journal, update }: Written): Promise<void> {
  applyUpdate(await inbox.open(journal), update)
  await inbox.settled()
}

describe('what comes in from other devices', () => {
  it('[INB1] is kept and then handed on, each record once, in order', async () => {
    const pen = penOf(neighbour)
    const [one, two] = [await pen.write(3), await pen.write(2)]
    const { inbox, memory, seqs } = await desk()
    await deliver(inbox, one, one, two)
    expect(seqs()).toEqual([0, 1, 2, 3, 4])
    const rows = await memory.recordsOf(one.journal, 0, 10)
    expect(rows.map((row) => row.bytes)).toEqual(
      [one, two].flatMap(({ sealed }) => sealed.entries.map(({ bytes }) => bytes)),
    )
    expect(inbox.rowOf(one.journal)).toMatchObject({ firstSeq: 0, seq: 4 })
  })

  it('[INB2] waits in memory while the store fails, and is kept when it answers', async () => {
    let isFailing = true
    const { inbox, failures, seqs, memory } = await desk(openMemoryStore(), (memory) => ({
      ...memory,
      commit: async (change) => {
        if (isFailing) throw new StoreFailure('store-full', 'disk full')
        return memory.commit(change)
      },
    }))
    const pen = penOf(neighbour)
    await deliver(inbox, await pen.write(1))
    await deliver(inbox, await pen.write(1))
    expect(failures).toHaveLength(1)
    expect(seqs()).toEqual([])
    isFailing = false
    inbox.retry(await memory.journals())
    await inbox.settled()
    expect(seqs()).toEqual([0, 1])
  })

  it('[INB2] is not forgotten when nothing more comes after the failure', async () => {
    let isFailing = true
    const { inbox, seqs, memory } = await desk(openMemoryStore(), (memory) => ({
      ...memory,
      commit: async (change) => {
        if (isFailing) throw new StoreFailure('store-full', 'disk full')
        return memory.commit(change)
      },
    }))
    const written = await penOf(neighbour).write(2)
    await deliver(inbox, written)
    isFailing = false
    inbox.retry(await memory.journals())
    await inbox.settled()
    expect(seqs()).toEqual([0, 1])
    expect(await memory.recordsOf(written.journal, 0, 10)).toHaveLength(2)
  })

  it('[INB3] is used no further where it does not chain', async () => {
    const pen = penOf(neighbour)
    const other = penOf(neighbour)
    const [one, forged] = [await pen.write(2), (await other.write(2), await other.write(1))]
    const { inbox, troubles, seqs } = await desk()
    await deliver(inbox, one, forged)
    expect(seqs()).toEqual([0, 1])
    expect(troubles).toEqual([{ journal: one.journal, code: 'prev-differs', seq: 2 }])
    expect(inbox.isBroken(one.journal)).toBe(true)
    await deliver(inbox, await pen.write(1))
    expect(seqs()).toEqual([0, 1])
  })

  it('[INB3] is of the device that its journal is named after', async () => {
    const foreign = await penOf(stranger).write(1)
    const { inbox, troubles, received } = await desk()
    const name = foreign.journal.replace(stranger, neighbour)
    await deliver(inbox, { ...foreign, journal: name })
    expect(received).toEqual([])
    expect(troubles).toEqual([{ journal: name, code: 'envelope-differs', seq: 0 }])
  })

  it('[INB4] chains through months, whichever month comes first', async () => {
    const pen = penOf(neighbour)
    const [november, december] = [await pen.write(2, 0), await pen.write(2, 20)]
    expect(november.journal).not.toBe(december.journal)
    const inOrder = await desk()
    await deliver(inOrder.inbox, november, december)
    const backwards = await desk()
    await deliver(backwards.inbox, december, november)
    for (const { seqs, troubles } of [inOrder, backwards]) {
      expect([...seqs()].sort((one, other) => one - other)).toEqual([0, 1, 2, 3])
      expect(troubles).toEqual([])
    }
  })

  it('[INB4] a month that another history was written over is found out', async () => {
    const pen = penOf(neighbour)
    const [, december] = [await pen.write(2, 0), await pen.write(1, 20)]
    const other = await penOf(neighbour).write(2, 0, 'another history')
    const { inbox, troubles } = await desk()
    await deliver(inbox, december, other)
    expect(troubles.map(({ code }) => code)).toEqual(['prev-differs'])
  })

  it('[INB5] goes on after a restart where the store ends', async () => {
    const pen = penOf(neighbour)
    const [one, two] = [await pen.write(2), await pen.write(1)]
    const before = await desk()
    await deliver(before.inbox, one)
    const after = await desk(openMemoryStore(structuredClone(before.memory.dump())))
    const doc = await after.inbox.open(one.journal)
    expect(readEntries(doc, 0)).toHaveLength(2)
    await deliver(after.inbox, two)
    expect(after.seqs()).toEqual([2])
    after.inbox.close(one.journal)
    expect(readEntries(await after.inbox.open(one.journal), 0)).toHaveLength(3)
  })

  it('[INB6] takes nothing that differs from what the server has signed, whichever comes first', async () => {
    const [genuine, other] = [await penOf(neighbour).write(3), await penOf(neighbour).write(3)]
    const hash = genuine.sealed.tail.hash
    const { inbox, received, troubles } = await desk(undefined, undefined, { seq: 2, hash })
    await deliver(inbox, other)
    expect([received, troubles]).toEqual([
      [],
      [{ journal: other.journal, code: 'head-differs', seq: 2 }],
    ])
    const late = await desk()
    await deliver(late.inbox, other)
    late.inbox.compare({ journal: other.journal, seq: 2, hash: other.sealed.tail.hash })
    expect(late.inbox.isBroken(other.journal)).toBe(false)
    late.inbox.compare({ journal: other.journal, seq: 2, hash })
    expect(late.inbox.isBroken(other.journal)).toBe(true)
  })

  it('[INB7] comes in pieces when it is long, in order, and goes on after a crash', async () => {
    const pen = penOf(neighbour)
    const long = await pen.write(26_000)
    const sizes: number[] = []
    const { inbox, memory, seqs, failures } = await desk(openMemoryStore(), (memory) => ({
      ...memory,
      commit: async (change) => {
        if (sizes.length === 4) throw new StoreFailure('store-closed', 'killed')
        sizes.push((change.appends ?? []).reduce((sum, { records }) => sum + records.length, 0))
        return memory.commit(change)
      },
    }))
    await deliver(inbox, long)
    expect(failures).toHaveLength(1)
    expect(Math.max(...sizes)).toBe(2_000)
    expect(seqs()).toHaveLength(8_000)
    const next = await desk(openMemoryStore(memory.dump()))
    await deliver(next.inbox, long)
    const all = [...seqs(), ...next.seqs()]
    expect(all).toHaveLength(26_000)
    expect(all.every((seq, i) => seq === i)).toBe(true)
    expect(next.inbox.rowOf(long.journal)).toMatchObject({ firstSeq: 0, seq: 25_999 })
    const again = await desk(openMemoryStore(next.memory.dump()))
    const doc = await again.inbox.open(long.journal)
    expect(readEntries(doc, 0)).toHaveLength(26_000)
  }, 120_000)

  it('[INB9] waits for what a new record has overtaken, and is kept whole', async () => {
    const pen = penOf(neighbour)
    const [one, two] = [await pen.write(5), await pen.write(2)]
    const { inbox, seqs, troubles } = await desk()
    await announce(inbox, two)
    expect(seqs()).toEqual([])
    await deliver(inbox, one)
    expect([seqs(), troubles]).toEqual([[0, 1, 2, 3, 4, 5, 6], []])
    expect(inbox.rowOf(one.journal)).toMatchObject({ firstSeq: 0, seq: 6 })
  })

  it('[INB9] in a later month waits until all is here, or the month before is known to end there', async () => {
    const pen = penOf(neighbour)
    const november = await pen.write(2, 0)
    const [first, second] = [await pen.write(1, 20), await pen.write(1, 20)]
    const unknown = await desk()
    await announce(unknown.inbox, second)
    await announce(unknown.inbox, first)
    expect(unknown.seqs()).toEqual([])
    unknown.inbox.answered(first.journal)
    await unknown.inbox.settled()
    const { seq, hash } = november.sealed.tail
    const ends = [{ journal: november.journal, seq, hash }]
    const known = await desk(undefined, undefined, undefined, ends)
    await announce(known.inbox, second)
    expect(known.seqs()).toEqual([])
    await announce(known.inbox, first)
    for (const { seqs, troubles } of [unknown, known]) {
      expect([seqs(), troubles]).toEqual([[2, 3], []])
    }
  })

  it('[INB9] is used no further where something comes before what the server called all', async () => {
    const pen = penOf(neighbour)
    const [one, two] = [await pen.write(5), await pen.write(2)]
    const { inbox, troubles } = await desk()
    await deliver(inbox, two, one)
    expect(troubles.map(({ code }) => code)).toEqual(['entry-late'])
  })

  it('[INB8] lets go of what does not hold, also while more of it waits behind a slow store', async () => {
    const [good, bad] = [penOf(neighbour), penOf(stranger)]
    const [other, said] = [await good.write(1), await bad.write(2)]
    let release = () => {}
    const slow = new Promise<void>((resolve) => (release = resolve))
    const { inbox, received } = await desk(openMemoryStore(), (memory) => ({
      ...memory,
      commit: async (change) => {
        await slow
        return memory.commit(change)
      },
    }))
    applyUpdate(await inbox.open(other.journal), other.update)
    await Promise.resolve()
    await Promise.resolve()
    const spoilt = await inbox.open(said.journal)
    applyUpdate(spoilt, said.update)
    // The same number once more, with something else in it: another page load wrote it.
    applyUpdate(spoilt, (await penOf(stranger).write(1, 0, 'other')).update)
    expect(inbox.isBroken(said.journal)).toBe(true)
    inbox.close(said.journal)
    expect(inbox.isBroken(said.journal)).toBe(false)
    expect(await inbox.open(said.journal)).not.toBe(spoilt)
    applyUpdate(await inbox.open(said.journal), said.update)
    release()
    await inbox.settled()
    expect(received).toHaveLength(3)
  })

  it('[INB8] closes what holds when it is kept, and not before', async () => {
    const written = await penOf(neighbour).write(2)
    const { inbox, seqs } = await desk()
    const doc = await inbox.open(written.journal)
    applyUpdate(doc, written.update)
    inbox.close(written.journal)
    await inbox.settled()
    expect(seqs()).toEqual([0, 1])
    expect(await inbox.open(written.journal)).not.toBe(doc)
  })
})
