/** The server's store in memory, with the promises of `storage/store.ts` and the same kinds of fault. */
import * as Y from 'yjs'
import type { Random } from '#domain/demonstration/random.ts'
import type {
  JournalTail,
  OpenReceipt,
  OpenRelay,
  RegistryRow,
  Store,
  StoreChange,
} from '#server/storage/store.ts'
import type { Scheduler } from './clock.ts'
import { type CrashPoint, CrashPoints } from './crash-points.ts'
import { never } from './disk.ts'
import type { FaultBook } from './fault-book.ts'
import { happens, type Span, within } from './faults.ts'

/** Everything that outlives the process. */
export interface ServerTables {
  readonly rows: Map<string, RegistryRow>
  readonly tails: Map<string, JournalTail>
  readonly updates: Map<string, Uint8Array[]>
  /** By record id; undefined once it was relayed. */
  readonly relays: Map<string, OpenRelay | undefined>
  readonly receipted: Map<string, number>
}

export function emptyTables(): ServerTables {
  return {
    ...{ rows: new Map(), tails: new Map(), updates: new Map() },
    ...{ relays: new Map(), receipted: new Map() },
  }
}

export function copyTables(tables: ServerTables): ServerTables {
  return {
    rows: new Map(tables.rows),
    tails: new Map(tables.tails),
    updates: new Map([...tables.updates].map(([name, parts]) => [name, [...parts]])),
    relays: new Map(tables.relays),
    receipted: new Map(tables.receipted),
  }
}

/** The same without delay or fault. */
export function plainServerStore(tables: ServerTables): Store {
  return {
    commit: async (changes) => {
      for (const change of changes) apply(tables, change)
    },
    readState: async () => ({
      rows: [...tables.rows.values()],
      tails: [...tables.tails.values()],
    }),
    loadDocument: async (name) => [...(tables.updates.get(name) ?? [])],
    openRelays: async (limit) =>
      [...tables.relays.values()].filter((relay) => relay !== undefined).slice(0, limit),
    openReceipts: async (limit) => openReceipts(tables).slice(0, limit),
    compact: async (name) => compact(tables, name),
    close: async () => undefined,
  }
}

const slowMs: Span = { low: 300, high: 5_000 }

export interface ServerDiskOptions {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly faults: FaultBook
  diskMs(): Span
  onArmed(): void
}

export class ServerDisk {
  readonly #options: ServerDiskOptions
  tables: ServerTables
  isFailing = false
  /** Each commit takes seconds. */
  isSlow = false
  readonly points = new CrashPoints()

  constructor(options: ServerDiskOptions, tables: ServerTables) {
    this.#options = options
    this.tables = tables
  }

  /** The store as one run of the server sees it. */
  open(isAlive: () => boolean): Store {
    const plain = plainServerStore(this.tables)
    let lane: Promise<unknown> = Promise.resolve()
    const read = async <Value>(ask: () => Promise<Value>): Promise<Value> => {
      await lane
      return this.#read(isAlive, ask)
    }
    const keep = (changes: readonly StoreChange[]) => this.#commit(plain, isAlive, changes)
    return {
      commit(changes) {
        const done = lane.then(() => keep(changes))
        lane = done.catch(() => undefined)
        return done
      },
      readState: () => read(() => plain.readState()),
      loadDocument: (name) => read(() => plain.loadDocument(name)),
      openRelays: (limit) => read(() => plain.openRelays(limit)),
      openReceipts: (limit) => read(() => plain.openReceipts(limit)),
      compact: (name) => read(() => plain.compact(name)),
      close: () => lane.then(() => undefined),
    }
  }

  async #read<Value>(isAlive: () => boolean, ask: () => Promise<Value>): Promise<Value> {
    const { random, faults } = this.#options
    if (happens(random, 20)) await this.#spin()
    if (!isAlive() || this.#crashes('read')) return never()
    if (this.isFailing && happens(random, 400)) {
      faults.met('server-read-failed')
      throw new Error('simulated: the store cannot read')
    }
    return ask()
  }

  async #commit(
    plain: Store,
    isAlive: () => boolean,
    changes: readonly StoreChange[],
  ): Promise<void> {
    const { random, faults } = this.#options
    await this.#spin()
    if (!isAlive() || this.#crashes('before')) return never()
    if (this.isFailing && happens(random, 700)) {
      faults.met('server-store-failed')
      throw new Error('simulated: the store fails')
    }
    await plain.commit(changes)
    await this.#spin()
    if (!isAlive() || this.#crashes('after')) return never()
  }

  #crashes(point: CrashPoint): boolean {
    if (!this.points.isHere(point)) return false
    const { faults, onArmed } = this.#options
    if (point === 'read') faults.met('server-crash-at-read')
    if (point === 'before') faults.met('server-crash-before-keep')
    if (point === 'after') faults.met('server-crash-after-keep')
    onArmed()
    return true
  }

  #spin(): Promise<void> {
    const { scheduler, random, diskMs } = this.#options
    return scheduler.pause(within(random, this.isSlow ? slowMs : diskMs()))
  }
}

function apply(tables: ServerTables, change: StoreChange): void {
  switch (change.put) {
    case 'update': {
      const parts = tables.updates.get(change.document) ?? []
      tables.updates.set(change.document, parts)
      parts.push(change.bytes)
      return
    }
    case 'tail':
      tables.tails.set(change.tail.journal, change.tail)
      return
    case 'row':
      putRow(tables, change.row)
      return
    case 'relay':
      if (!tables.relays.has(change.relay.recordId)) {
        tables.relays.set(change.relay.recordId, change.relay)
      }
      return
    case 'relayed':
      tables.relays.set(change.recordId, undefined)
      return
    case 'receipted':
      tables.receipted.set(change.journal, change.seq)
  }
}

function putRow(tables: ServerTables, row: RegistryRow): void {
  const key = `${row.kind}|${row.id}`
  if (row.value === undefined) tables.rows.delete(key)
  else tables.rows.set(key, row)
}

function openReceipts(tables: ServerTables): OpenReceipt[] {
  return [...tables.tails.values()]
    .filter(({ journal, seq }) => seq > (tables.receipted.get(journal) ?? -1))
    .map(({ journal, seq, receivedAt }) => ({ journal, seq, receivedAt }))
}

function compact(tables: ServerTables, name: string): void {
  const doc = new Y.Doc()
  Y.transact(doc, () => {
    for (const part of tables.updates.get(name) ?? []) Y.applyUpdate(doc, part)
  })
  tables.updates.set(name, [Y.encodeStateAsUpdate(doc)])
  doc.destroy()
}
