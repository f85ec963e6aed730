import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Act, acts, historyOf } from '#tests/builders/random-history.ts'
import { openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { encodeRecord } from '#domain/records/record-bytes.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'
import type { Store } from '#client/engine/store/store.ts'
import { lookName } from './news.ts'
import { openProjector, type Projector } from './projector.ts'

/** How many runs; more by FOLD_RUNS. */
const numRuns = Number(process.env['FOLD_RUNS'] ?? 25)
const audiences = ['goods', 'sales', 'buying', 'books'] as const
const history = acts({ skus: 2, branches: 1, acts: 24, actsMin: 6 })
/** What happens to a device beside records that come: each at a moment of its own. */
const step = fc.constantFrom('receive', 'receive', 'receive', 'keep', 'look', 'kill', 'update')

/** A device that is killed and started again; what it has folded may not be kept yet. */
class Device {
  readonly #store: Store
  readonly #term: number
  #build = 1
  #now = 1_000
  projector: Projector

  static async start(): Promise<Device> {
    const store = openMemoryStore()
    const { term } = await store.takeTerm()
    return new Device(store, term, await openProjector(store, '1', audiences))
  }

  private constructor(store: Store, term: number, projector: Projector) {
    this.#store = store
    this.#term = term
    this.projector = projector
  }

  async receive(entries: readonly FoldEntry[]): Promise<void> {
    for (const { journal, record, hash } of entries) {
      const row = { journal, firstSeq: 0, firstPrev: '', seq: record.seq, hash, hlc: 1 }
      const records = [{ journal, seq: record.seq, bytes: encodeRecord(record) }]
      await this.#store.commit({
        term: this.#term,
        appends: [{ journal: row, updates: [], records }],
      })
    }
    this.projector.apply(entries)
  }

  keep(): Promise<void> {
    const { news } = this.projector
    const blobs = [this.projector.blob(), ...news.blobs()]
    return this.#store.commit({ term: this.#term, blobs })
  }

  async look(): Promise<void> {
    const { kept, done } = this.projector.news.look(this.#now++)
    await this.#store.commit({ term: this.#term, values: { [lookName]: kept } })
    done()
  }

  async restart(): Promise<void> {
    const clock = { now: () => this.#now++ }
    this.projector = await openProjector(this.#store, String(this.#build), audiences, clock)
  }

  /** Started by another build, which trusts no blob. */
  update(): Promise<void> {
    this.#build += 1
    return this.restart()
  }
}

function told(changes: ReturnType<Projector['news']['changes']>): unknown {
  return changes
    .map((outline) => outline.detail())
    .map(({ documents, ...goods }) => ({
      ...goods,
      documents: documents
        .map(({ news, ...document }) => ({ ...document, what: news?.what, device: news?.device }))
        .sort((one, other) => (one.docId < other.docId ? -1 : 1)),
    }))
    .sort((one, other) => (one.sku < other.sku ? -1 : 1))
}

/** By the fold alone, in one go. */
function expected(seen: readonly FoldEntry[], later: readonly FoldEntry[]): unknown {
  const fold = openFold({ audiences })
  fold.apply(seen)
  const figures = fold.seen.take()
  fold.apply(later)
  return told(fold.seen.changesSince(figures))
}

describe('what differs since somebody looked', () => {
  it('[NEW4] survives kills and updates at any moment, and is never told twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.array(step, { minLength: 4, maxLength: 24 }),
        async (given, steps) => {
          const device = await Device.start()
          const groups = historyOf(given)
          let [taken, looked] = [0, 0]
          await device.look()
          for (const what of steps) {
            if (what === 'receive') await device.receive(groups[taken++] ?? [])
            if (what === 'keep') await device.keep()
            if (what === 'look') await device.look()
            if (what === 'look') looked = taken
            if (what === 'kill') await device.restart()
            if (what === 'update') await device.update()
          }
          expect(told(device.projector.news.changes())).toEqual(
            expected(groups.slice(0, looked).flat(), groups.slice(looked, taken).flat()),
          )
        },
      ),
      { numRuns },
    )
  })

  it('[NEW4] names the places of goods in one order, whichever was heard of first', async () => {
    const at = (device: number, sku: number) => ({ ...receipt, device, sku })
    const groups = historyOf([at(1, 1), at(0, 0), at(1, 0), at(0, 0)])
    const device = await Device.start()
    await device.look()
    for (const group of groups.slice(0, 3)) await device.receive(group)
    await device.restart()
    for (const group of groups.slice(3)) await device.receive(group)
    expect(told(device.projector.news.changes())).toEqual(expected([], groups.flat()))
  })

  it('[NEW4] says when a record came here, also after a start', async () => {
    const device = await Device.start()
    const [first = [], second = []] = historyOf([
      { ...receipt, at: 1 },
      { ...receipt, at: 2 },
    ])
    await device.look()
    await device.restart()
    const arrivals = () =>
      device.projector.news
        .changes()
        .flatMap(({ news }) => news.map((one) => device.projector.news.arrivedAt(one)))
    await device.receive(first)
    await device.receive(second)
    const before = arrivals()
    expect(new Set(before).size).toBe(2)
    await device.keep()
    await device.restart()
    expect(arrivals()).toEqual(before)
  })
})

const receipt: Act = {
  ...{ kind: 'receipt', device: 0, branch: 0, sku: 0 },
  ...{ quantity: 10, price: 200, at: 0, about: 0 },
}
