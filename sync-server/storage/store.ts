/**
 * What the server needs from a disk, and nothing about how. Ground state is the update log of each
 * document; the rest are small tables that must change in the same transaction as the log.
 */

/**
 * Last durable record of one journal shard. `hlc` and times are the record's and the server's, in
 * their own units.
 */
export interface JournalTail {
  readonly journal: string
  readonly seq: number
  readonly hash: string
  readonly hlc: number
  readonly receivedAt: number
}

/** One row of the server's own registry, as canonical JSON text; `value` undefined removes it. */
export interface RegistryRow {
  readonly kind: string
  readonly id: string
  readonly value: string | undefined
}

/** A masters record that must reach the company journal once [J7]. */
export interface OpenRelay {
  readonly recordId: string
  readonly journal: string
  readonly bytes: Uint8Array
}

/** A journal whose receipt times are not yet written down up to `seq`. */
export interface OpenReceipt {
  readonly journal: string
  readonly seq: number
  readonly receivedAt: number
}

export type StoreChange =
  /** Appends to the log of a document. */
  | { readonly put: 'update'; readonly document: string; readonly bytes: Uint8Array }
  | { readonly put: 'tail'; readonly tail: JournalTail }
  | { readonly put: 'row'; readonly row: RegistryRow }
  /** Opens a relay; one whose record id was ever seen is ignored. */
  | { readonly put: 'relay'; readonly relay: OpenRelay }
  | { readonly put: 'relayed'; readonly recordId: string }
  | { readonly put: 'receipted'; readonly journal: string; readonly seq: number }

export interface StoredState {
  readonly rows: readonly RegistryRow[]
  readonly tails: readonly JournalTail[]
}

/** What a commit that was not kept, or a read, rejects with once the server watches the store. */
export class StoreFailure extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'StoreFailure'
  }
}

export interface Store {
  /**
   * Keeps all changes or none. Durable when it resolves; when it rejects, nothing was kept. Calls
   * are applied and resolved in call order; many calls share one transaction.
   */
  commit(changes: readonly StoreChange[]): Promise<void>
  /** The registry and all tails, read in one transaction. */
  readState(): Promise<StoredState>
  /** Snapshot first, then the updates after it, in commit order, read in one transaction. */
  loadDocument(name: string): Promise<readonly Uint8Array[]>
  /** Oldest first. */
  openRelays(limit: number): Promise<readonly OpenRelay[]>
  openReceipts(limit: number): Promise<readonly OpenReceipt[]>
  /** Re-encodes a document into one snapshot and swaps it in atomically. Safe at any moment. */
  compact(name: string): Promise<void>
  /** Waits for what was accepted, then lets go of the files. */
  close(): Promise<void>
}
