import { describe, expect, it } from 'vitest'
import { applyUpdate } from 'yjs'
import { createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { openProjector } from '#client/projections/projector.ts'
import { openMemoryStore } from '../store/memory-store.ts'
import type { Store } from '../store/store.ts'
import { penOf, type Written } from '../sync/test-journals.ts'
import { makeUpkeep } from './upkeep.ts'

const neighbour = '01900000-0000-7000-8000-00000000000a'

async function atRest(coveredSeq?: number, store = openMemoryStore()) {
  const { term } = await store.takeTerm()
  const projector = await openProjector(store, 'build', ['goods'])
  const failures: unknown[] = []
  let pass = async () => {}
  const upkeep = makeUpkeep({
    ...{ store, term, projector },
    timers: {
      after(_ms, act) {
        pass = async () => {
          act()
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
        return () => {}
      },
    },
    coveredSeq: () => coveredSeq,
    onFailure: (error) => failures.push(error),
    clock: { nowMs: () => 0 },
    prove: async () => {},
    onAudited: () => {},
  })
  return { store, term, projector, upkeep, failures, pass: () => pass() }
}

async function keep(store: Store, term: number, written: readonly Written[]): Promise<string> {
  for (const { journal, sealed, update } of written) {
    const [first] = sealed.entries
    const last = sealed.entries.at(-1)
    if (first === undefined || last === undefined) throw new Error('nothing was written')
    const row = { journal, firstSeq: 0, firstPrev: '', seq: last.seq, hash: last.hash, hlc: 1 }
    const updates = [{ journal, fromSeq: first.seq, toSeq: last.seq, bytes: update }]
    await store.commit({
      term,
      appends: [
        {
          journal: row,
          updates,
          records: sealed.entries.map(({ seq, bytes }) => ({ journal, seq, bytes })),
        },
      ],
    })
  }
  return written[0]?.journal ?? ''
}

async function write(commits: number, note = 'x'): Promise<Written[]> {
  const pen = penOf(neighbour)
  const written: Written[] = []
  for (let n = 0; n < commits; n++) written.push(await pen.write(1, 0, note))
  return written
}

async function entriesIn(store: Store, journal: string) {
  const doc = createJournalDoc()
  for (const { bytes } of await store.updatesOf(journal, -1)) applyUpdate(doc, bytes)
  return readEntries(doc, 0)
}

describe('upkeep', () => {
  it('[UPK1] puts many small updates together without losing an entry', async () => {
    const { store, term, upkeep, pass } = await atRest()
    const journal = await keep(store, term, await write(70))
    const before = await entriesIn(store, journal)
    expect(before).toHaveLength(70)
    upkeep.touch([journal])
    await pass()
    expect(await store.updatesOf(journal, -1)).toHaveLength(1)
    expect(await entriesIn(store, journal)).toEqual(before)
  })

  it('[UPK1] leaves large updates as they are', async () => {
    const { store, term, upkeep, pass } = await atRest()
    const pen = penOf(neighbour)
    const written = [await pen.write(40, 0, 'x'.repeat(4_000))]
    for (let n = 0; n < 70; n++) written.push(await pen.write(1))
    const journal = await keep(store, term, written)
    const before = await entriesIn(store, journal)
    upkeep.touch([journal])
    await pass()
    const rows = await store.updatesOf(journal, -1)
    expect(rows.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
      [0, 39],
      [40, 109],
    ])
    expect(await entriesIn(store, journal)).toEqual(before)
  })

  it('[UPK2] leaves what the server has not confirmed in the pieces that were signed', async () => {
    const { store, term, upkeep, pass } = await atRest(65)
    const journal = await keep(store, term, await write(70))
    upkeep.touch([journal])
    await pass()
    const rows = await store.updatesOf(journal, -1)
    expect(rows.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
      [0, 65],
      ...[66, 67, 68, 69].map((seq) => [seq, seq]),
    ])
  })

  it('[UPK3] keeps the fold for the next start, once there is enough to keep', async () => {
    const { store, upkeep, projector, pass } = await atRest()
    const [few, more] = [await write(1), await write(60)]
    projector.apply(foldable(few))
    upkeep.touch([])
    await pass()
    expect(await store.blob('checkpoint')).toBeUndefined()
    projector.apply(foldable(more))
    upkeep.touch([])
    await pass()
    expect(await store.blob('checkpoint')).toMatchObject({ version: 'build' })
    expect(projector.unsaved).toBe(0)
  })

  it('[UPK3] keeps what was folded at the start, also when nothing comes after it', async () => {
    const { store, term } = await atRest()
    await keep(store, term, await write(60))
    const next = await atRest(undefined, store)
    expect(next.projector.unsaved).toBe(60)
    await next.pass()
    expect(await store.blob('checkpoint')).toMatchObject({ version: 'build' })
  })

  it('[UPK4] a store that fails is told, and nothing is lost by it', async () => {
    const { store, term, upkeep, failures, pass } = await atRest()
    const journal = await keep(store, term, await write(70))
    await store.takeTerm()
    upkeep.touch([journal])
    await pass()
    expect(failures).toMatchObject([{ code: 'term-lost' }])
    expect(await entriesIn(store, journal)).toHaveLength(70)
  })
})

function foldable(written: readonly Written[]) {
  return written.flatMap(({ journal, sealed }) =>
    sealed.entries.map(({ record, hash }) => ({ journal, record, hash })),
  )
}
