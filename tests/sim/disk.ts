/**
 * The disk of one machine: the store in memory behind latencies and faults. A crash may come at any
 * operation, before a commit is kept or after it was kept and before that was heard; a full or failing
 * disk refuses, reads too; a handle closed under a commit refuses what was kept all the same.
 */
import { type Fold, openFold } from '#domain/fold/fold.ts'
import type { Random } from '#domain/demonstration/random.ts'
import type { KeptIdentity } from '#client/engine/people/identity.ts'
import {
  type MemoryStore,
  openMemoryStore,
  type StoreDump,
} from '#client/engine/store/memory-store.ts'
import {
  type Change,
  type EngineRow,
  type RecordRow,
  type Store,
  StoreFailure,
} from '#client/engine/store/store.ts'
import type { Scheduler } from './clock.ts'
import { CrashPoints } from './crash-points.ts'
import { keptRecord } from './decoded.ts'
import type { FaultBook } from './fault-book.ts'
import { type Climate, happens, within } from './faults.ts'

export interface DiskOptions {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly faults: FaultBook
  climate(): Climate
  /** Records that the disk holds from now on, whatever the engine will hear. */
  onKept(rows: readonly RecordRow[]): void
  /** The store says from now on that the machine is this device. */
  onIdentity(identity: KeptIdentity): void
  /** The moment for which a crash was armed has come. */
  onArmed(): void
  /** A commit of an engine that had lost its term was kept. */
  onOldTerm(): void
}

/** `flaky`: every operation may fail, reads too. */
export type DiskTrouble = 'full' | 'failing' | 'closing' | 'flaky'

export class Disk {
  readonly #options: DiskOptions
  #base: MemoryStore = openMemoryStore()
  #lane: Promise<unknown> = Promise.resolve()
  #fold: Fold = openFold()
  /** Kept, and not folded yet: folded when somebody looks. */
  #unfolded: RecordRow[] = []
  /** A commit is under way and not kept yet. */
  #isKeeping = false
  #term = 0
  trouble: DiskTrouble | undefined
  readonly points = new CrashPoints()

  constructor(options: DiskOptions) {
    this.#options = options
  }

  /** What lies on it, without delay or fault: for those who check. */
  get content(): MemoryStore {
    return this.#base
  }

  /** Everything that was kept, folded as it came. */
  get fold(): Fold {
    const rows = this.#unfolded.splice(0)
    if (rows.length > 0) this.#fold.apply(rows.map(keptRecord))
    return this.#fold
  }

  /** Power is lost: what is kept is kept. */
  crash(): void {
    const before = this.#base
    if (this.#isKeeping) this.#options.faults.met('device-crash-before-keep')
    this.#become(before.dump())
  }

  /** Another image lies on it from now on; an empty one where none is given. */
  load(image: StoreDump | undefined): void {
    this.#become(image)
    this.#foldAnew()
  }

  #become(image: StoreDump | undefined): void {
    this.#base = openMemoryStore(image)
    this.#lane = Promise.resolve()
    this.#isKeeping = false
    this.points.disarm()
  }

  /** After the disk has lost something that it had, or was made to let go of. */
  #foldAnew(): void {
    this.#fold = openFold()
    this.#unfolded = this.#base.dump().journals.flatMap(({ records }) => records)
  }

  /** The store as one run of the engine sees it; never answers again after its crash. */
  open(isAlive: () => boolean): Store {
    const base = this.#base
    const read = <Value>(ask: () => Promise<Value>) => this.#read(isAlive, ask)
    const store: Store = {
      open: () => read(() => base.open()),
      close: () => undefined,
      takeTerm: () => this.#takeTerm(base, isAlive),
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
    return store
  }

  /**
   * Transactions follow each other, reads come after the writes before them. A process that died in one
   * hears nothing more, and whoever comes after it goes on.
   */
  async #inLane<Value>(
    isAlive: () => boolean,
    task: () => Promise<Value | typeof died>,
  ): Promise<Value> {
    const done = this.#lane.then(() => (isAlive() ? task() : died))
    this.#lane = done.catch(() => undefined)
    const outcome = await done
    return outcome === died ? never() : outcome
  }

  async #read<Value>(isAlive: () => boolean, ask: () => Promise<Value>): Promise<Value> {
    const { random, faults } = this.#options
    await this.#lane
    if (happens(random, 50)) await this.#spin()
    if (!isAlive() || this.#crashes('read')) return never()
    if (this.trouble === 'flaky' && happens(random, 350)) {
      faults.met('disk-read-failed')
      throw new StoreFailure('store-failed', 'simulated: a read failed')
    }
    return ask()
  }

  #takeTerm(base: MemoryStore, isAlive: () => boolean): Promise<EngineRow> {
    return this.#inLane(isAlive, async () => {
      if (this.#crashes('before')) return died
      const row = await base.takeTerm()
      this.#term = row.term
      if (this.#crashes('after')) return died
      return row
    })
  }

  #commit(base: MemoryStore, isAlive: () => boolean, change: Change): Promise<void> {
    return this.#inLane<void>(isAlive, async () => {
      this.#isKeeping = true
      await this.#spin()
      if (!isAlive() || this.#crashes('before')) return died
      this.#isKeeping = false
      const isSpared = happens(this.#options.random, 300)
      if (!isSpared) this.#refuse()
      await base.commit(change)
      if (change.term !== this.#term) this.#options.onOldTerm()
      const identity = change.values?.['identity']
      if (identity !== undefined) this.#options.onIdentity(identity as KeptIdentity)
      this.#noteKept(change)
      if ((change.dropped ?? []).length > 0) this.#foldAnew()
      if (this.trouble === 'closing' && !isSpared) {
        this.#options.faults.met('disk-closed')
        throw new StoreFailure('store-closed', 'simulated: kept, and not heard')
      }
      await this.#spin()
      return !isAlive() || this.#crashes('after') ? died : undefined
    })
  }

  #refuse(): void {
    const { faults } = this.#options
    if (this.trouble === 'full') {
      faults.met('disk-full')
      throw new StoreFailure('store-full', 'simulated: disk full')
    }
    if (this.trouble === 'failing' || this.trouble === 'flaky') {
      faults.met('disk-failing')
      throw new StoreFailure('store-failed', 'simulated: disk failing')
    }
  }

  #crashes(point: 'read' | 'before' | 'after'): boolean {
    if (!this.points.isHere(point)) return false
    const { faults, onArmed } = this.#options
    if (point === 'read') faults.met('device-crash-at-read')
    if (point === 'after') faults.met('device-crash-after-keep')
    onArmed()
    return true
  }

  #spin(): Promise<void> {
    const { scheduler, random, climate } = this.#options
    return scheduler.pause(within(random, climate().diskMs))
  }

  #noteKept(change: Change): void {
    const kept = (change.appends ?? []).flatMap((append) => append.records)
    if (kept.length === 0) return
    this.#unfolded.push(...kept)
    this.#options.onKept(kept)
  }
}

/** The end of an operation whose process died in it. */
const died = Symbol('died')

/** What a crashed process hears. */
export function never<Value>(): Promise<Value> {
  return new Promise(() => undefined)
}
