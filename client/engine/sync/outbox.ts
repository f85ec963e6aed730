/**
 * [E3] Own journals on their way out. What is durable here and not yet confirmed by the server's heads is
 * given to the wire in pieces, a window at a time; what it may send lies in the store, so a lost socket
 * loses nothing and queues nothing.
 *
 * INVARIANT: a wire document begins with what heads confirm and never holds more than one window beyond it.
 * So a reconnect makes the provider send nothing in one large frame.
 */
import type { Doc } from 'yjs'
import { applyUpdate, transact } from 'yjs'
import { createJournalDoc, journalTail } from '#domain/replica/journal.ts'
import type { Channel, Wire } from '../ports.ts'
import type { Store, UpdateRow } from '../store/store.ts'

export interface OutboxOptions {
  readonly store: Store
  readonly wire: Wire
  /** Up to where the server has confirmed a journal; −1 when nothing. */
  covered(journal: string): number
  /** The server does not take a journal of ours. */
  onRefused(journal: string, reason: string): void
  onFailure(error: unknown): void
}

export interface Outbox {
  /** Sends what a journal holds beyond its heads, and from then on whatever is offered. */
  open(journal: string): void
  isOpen(journal: string): boolean
  /** A commit has made these rows durable. */
  offer(rows: readonly UpdateRow[]): void
  /** Heads have moved. */
  advance(journal: string): void
  /** The store may hold more than was heard of. */
  reread(): void
  /** From now on one update at a time: something in the journal was refused. */
  beCareful(journal: string): void
  close(journal: string): void
  /** The socket is gone, and every channel with it. */
  closeAll(): void
}

/** Bytes on the way and not confirmed, per journal. */
const limitWindow = 262_144
/** Of one frame, where a single commit is not longer: what a bad line carries before it is torn. */
const limitFrame = 32_768

interface Outgoing {
  readonly journal: string
  readonly doc: Doc
  channel: Channel | undefined
  /** The server's copy has arrived: what it lacks may be sent. */
  isSynced: boolean
  /** Last seq that lies in the document. */
  appliedSeq: number
  /** Rows in the document above heads, oldest first. */
  readonly onTheWay: UpdateRow[]
  isPumping: boolean
  /** Something changed while pumping. */
  isAskedAgain: boolean
  isClosed: boolean
}

export function makeOutbox(options: OutboxOptions): Outbox {
  return new WireOutbox(options)
}

class WireOutbox implements Outbox {
  readonly #options: OutboxOptions
  readonly #outgoing = new Map<string, Outgoing>()
  readonly #careful = new Set<string>()

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  open(journal: string): void {
    if (this.#outgoing.has(journal)) return
    const out: Outgoing = {
      ...{ journal, doc: createJournalDoc(), channel: undefined, isSynced: false },
      ...{ appliedSeq: -1, onTheWay: [], isPumping: false, isAskedAgain: false, isClosed: false },
    }
    this.#outgoing.set(journal, out)
    this.#connect(out).catch((error: unknown) => {
      this.close(journal)
      this.#options.onFailure(error)
    })
  }

  /** The document starts with what heads confirm, so that the server does not send it all back. */
  async #connect(out: Outgoing): Promise<void> {
    const { store, wire, covered, onRefused } = this.#options
    const confirmed = covered(out.journal)
    const rows = confirmed < 0 ? [] : await store.updatesOf(out.journal, -1)
    if (out.isClosed) return
    apply(
      out,
      rows.filter((row) => row.toSeq <= confirmed),
    )
    out.channel = wire.open(out.journal, out.doc, {
      onSynced: () => {
        out.isSynced = true
        out.appliedSeq = Math.max(out.appliedSeq, journalTail(out.doc)?.lastSeq ?? -1)
        this.#pump(out)
      },
      onRefused: (reason) => {
        this.close(out.journal)
        onRefused(out.journal, reason)
      },
    })
  }

  #pump(out: Outgoing): void {
    out.isAskedAgain = true
    if (out.isPumping || !out.isSynced) return
    this.#fill(out).catch(this.#options.onFailure)
  }

  /** Gives the wire rows until the window is full or nothing is left. */
  async #fill(out: Outgoing): Promise<void> {
    out.isPumping = true
    try {
      while (out.isAskedAgain && !out.isClosed) {
        out.isAskedAgain = false
        const waiting = await this.#options.store.updatesOf(out.journal, out.appliedSeq)
        if (!out.isClosed) this.#send(out, waiting)
      }
    } finally {
      out.isPumping = false
    }
  }

  #send(out: Outgoing, rows: readonly UpdateRow[]): void {
    const covered = this.#options.covered(out.journal)
    while (out.onTheWay[0] !== undefined && out.onTheWay[0].toSeq <= covered) out.onTheWay.shift()
    const isCareful = this.#careful.has(out.journal)
    const piece = isCareful ? nextSingle(rows, out) : nextPiece(rows, out)
    if (piece.length === 0) return
    for (const frame of framesOf(piece)) apply(out, frame)
    out.onTheWay.push(...piece)
  }

  isOpen(journal: string): boolean {
    return this.#outgoing.has(journal)
  }

  offer(rows: readonly UpdateRow[]): void {
    for (const out of this.#outgoing.values()) {
      const own = rows.filter((row) => row.journal === out.journal)
      if (own.length > 0) this.#take(out, own)
    }
  }

  /** The common case: the post just made, with everything before it already on its way. */
  #take(out: Outgoing, rows: readonly UpdateRow[]): void {
    const isNext = rows[0]?.fromSeq === out.appliedSeq + 1
    if (out.isSynced && !out.isPumping && isNext) this.#send(out, rows)
    if (out.appliedSeq < (rows.at(-1)?.toSeq ?? -1)) this.#pump(out)
  }

  advance(journal: string): void {
    const out = this.#outgoing.get(journal)
    if (out !== undefined) this.#pump(out)
  }

  reread(): void {
    for (const out of this.#outgoing.values()) this.#pump(out)
  }

  beCareful(journal: string): void {
    this.#careful.add(journal)
  }

  close(journal: string): void {
    const out = this.#outgoing.get(journal)
    if (out === undefined) return
    this.#outgoing.delete(journal)
    out.isClosed = true
    out.channel?.close()
    out.doc.destroy()
  }

  closeAll(): void {
    for (const journal of [...this.#outgoing.keys()]) this.close(journal)
  }
}

/** Rows after what is applied, as many as the window still takes; one at least when it is empty. */
function nextPiece(rows: readonly UpdateRow[], out: Outgoing): UpdateRow[] {
  const piece: UpdateRow[] = []
  let bytes = out.onTheWay.reduce((sum, row) => sum + row.bytes.length, 0)
  for (const row of rows) {
    if (row.toSeq <= out.appliedSeq) continue
    const isFull = bytes + row.bytes.length > limitWindow
    if (isFull && (piece.length > 0 || out.onTheWay.length > 0)) break
    piece.push(row)
    bytes += row.bytes.length
  }
  return piece
}

/** The rows in groups that fit a frame each. */
function framesOf(piece: readonly UpdateRow[]): readonly UpdateRow[][] {
  const frames: UpdateRow[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const row of piece) {
    if (bytes + row.bytes.length > limitFrame) {
      frames.push([])
      bytes = 0
    }
    frames.at(-1)?.push(row)
    bytes += row.bytes.length
  }
  return frames
}

function nextSingle(rows: readonly UpdateRow[], out: Outgoing): UpdateRow[] {
  if (out.onTheWay.length > 0) return []
  return rows.filter((row) => row.toSeq > out.appliedSeq).slice(0, 1)
}

/** One Yjs transaction, so one frame. */
function apply(out: Outgoing, rows: readonly UpdateRow[]): void {
  transact(out.doc, () => {
    for (const row of rows) applyUpdate(out.doc, row.bytes)
  })
  out.appliedSeq = Math.max(out.appliedSeq, rows.at(-1)?.toSeq ?? -1)
}
