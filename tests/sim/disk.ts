/**
 * The disk of one tablet: the store in memory behind latencies and faults. A crash may come before a
 * commit is kept or after it was kept and before that was heard; a full or failing disk refuses; a
 * handle closed under a commit refuses what was kept all the same.
 */
import { type Fold, openFold } from '#domain/fold/fold.ts'
import type { Random } from '#domain/demonstration/random.ts'
import { type MemoryStore, openMemoryStore, type StoreDump } from '#client/engine/memory-store.ts'
import { type Change, type Store, StoreFailure } from '#client/engine/store.ts'
import type { Scheduler } from './clock.ts'
import { type KeptRecord, keptRecord } from './decoded.ts'
import { type Climate, happens, within } from './faults.ts'

export interface DiskOptions {
  readonly scheduler: Scheduler
  readonly random: Random
  climate(): Climate
  /** Records that the disk holds from now on, whatever the engine will hear. */
  onKept(records: readonly KeptRecord[]): void
  /** The moment for which a crash was armed has come. */
  onArmed(): void
  /** A fault that the simulator is to find: stands between the engine and its disk. */
  readonly plant?: (store: Store, disk: MemoryStore) => Store
  /** A fault of the same kind: a crash takes along the last commit that was kept. */
  readonly plantForgetting?: boolean | undefined
  /** A fault of the same kind: what the incremental fold gets to see of a record. */
  readonly plantEntry?: (record: KeptRecord, order: number) => KeptRecord
}

export type DiskTrouble = 'full' | 'failing' | 'closing'

export class Disk {
  readonly #options: DiskOptions
  #base: MemoryStore = openMemoryStore()
  #lane: Promise<unknown> = Promise.resolve()
  #fold: Fold = openFold()
  #folded = 0
  #beforeLast: StoreDump | undefined
  trouble: DiskTrouble | undefined
  /** Crash at the next commit, at this side of its being kept. */
  armed: 'before' | 'after' | undefined

  constructor(options: DiskOptions) {
    this.#options = options
  }

  /** What lies on it, without delay or fault: for those who check. */
  get content(): MemoryStore {
    return this.#base
  }

  /** Everything that was kept, folded as it came. */
  get fold(): Fold {
    return this.#fold
  }

  /** Power is lost: what is kept is kept. */
  crash(): void {
    const before = this.#base
    this.#base = openMemoryStore(this.#beforeLast ?? before.dump())
    if (this.#beforeLast !== undefined) this.#foldAnew()
    this.#lane = Promise.resolve()
    this.armed = undefined
  }

  /** After the disk has lost something that it had. */
  #foldAnew(): void {
    this.#fold = openFold()
    this.#folded = 0
    for (const { records } of this.#base.dump().journals) this.#take(records.map(keptRecord))
  }

  /** The store as one run of the engine sees it; never answers again after its crash. */
  open(isAlive: () => boolean): Store {
    const base = this.#base
    const read = <Value>(ask: () => Promise<Value>) => this.#read(isAlive, ask)
    const store: Store = {
      open: () => read(() => base.open()),
      close: () => undefined,
      takeTerm: () => this.#inLane(isAlive, () => base.takeTerm()),
      commit: (change) => this.#commit(base, isAlive, change),
      wipe: () => base.wipe(),
      engine: () => read(() => base.engine()),
      value: (name) => read(() => base.value(name)),
      journals: () => read(() => base.journals()),
      heads: () => read(() => base.heads()),
      updatesOf: (journal, afterSeq) => read(() => base.updatesOf(journal, afterSeq)),
      recordsOf: (journal, from, limit) => read(() => base.recordsOf(journal, from, limit)),
      recordsOfDocuments: (docIds) => read(() => base.recordsOfDocuments(docIds)),
      commands: (limit) => read(() => base.commands(limit)),
      blob: (name) => read(() => base.blob(name)),
    }
    return this.#options.plant?.(store, base) ?? store
  }

  /** Transactions follow each other, reads come after the writes before them. */
  #inLane<Value>(isAlive: () => boolean, task: () => Promise<Value>): Promise<Value> {
    const done = this.#lane.then(() => (isAlive() ? task() : never<Value>()))
    this.#lane = done.catch(() => undefined)
    return done
  }

  async #read<Value>(isAlive: () => boolean, ask: () => Promise<Value>): Promise<Value> {
    await this.#lane
    if (happens(this.#options.random, 50)) await this.#spin()
    return isAlive() ? ask() : never()
  }

  #commit(base: MemoryStore, isAlive: () => boolean, change: Change): Promise<void> {
    return this.#inLane(isAlive, async () => {
      await this.#spin()
      if (this.#crashes('before') || !isAlive()) return never()
      const { trouble } = this
      const isSpared = trouble !== undefined && happens(this.#options.random, 300)
      if (trouble === 'full') throw new StoreFailure('store-full', 'simulated: disk full')
      if (trouble === 'failing' && !isSpared) {
        throw new StoreFailure('store-failed', 'simulated: disk failing')
      }
      if (this.#options.plantForgetting === true) this.#beforeLast = base.dump()
      await base.commit(change)
      this.#noteKept(change)
      if (trouble === 'closing' && !isSpared) {
        throw new StoreFailure('store-closed', 'simulated: kept, and not heard')
      }
      await this.#spin()
      if (this.#crashes('after') || !isAlive()) return never()
    })
  }

  #crashes(side: 'before' | 'after'): boolean {
    if (this.armed !== side) return false
    this.armed = undefined
    this.#options.onArmed()
    return true
  }

  #spin(): Promise<void> {
    const { scheduler, random, climate } = this.#options
    return scheduler.pause(within(random, climate().diskMs))
  }

  #noteKept(change: Change): void {
    const kept = (change.appends ?? []).flatMap((append) => append.records.map(keptRecord))
    if (kept.length === 0) return
    this.#take(kept)
    this.#options.onKept(kept)
  }

  #take(records: readonly KeptRecord[]): void {
    const { plantEntry } = this.#options
    this.#fold.apply(
      records.map((record) => {
        this.#folded += 1
        return plantEntry === undefined ? record : plantEntry(record, this.#folded)
      }),
    )
  }
}

/** What a crashed process hears. */
export function never<Value>(): Promise<Value> {
  return new Promise(() => undefined)
}
