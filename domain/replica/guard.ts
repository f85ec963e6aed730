/**
 * Whether an update to a journal is an honest append, judged from its bytes alone, at any size of the
 * document: nothing is applied, nothing is cloned. What is accepted is written anew by
 * `encodeAccepted`, so that no second parser ever sees the bytes of a stranger.
 */

import { fail, done, type Result } from '#domain/values/result.ts'
import { limitStoredBytes } from '#domain/records/record-bytes.ts'
import { appendInfo, appendUpdate, type PlacedEntry } from './append-update.ts'
import { type ByteProblem, UpdateReader } from './update-reader.ts'
import { blockBytesMin, content, contentMask, has, limitClientId } from './yjs-form.ts'

/** What is known of a journal, durable or reserved, when an update to it arrives. */
export interface KnownJournal {
  /** The next number of the chain: the only key that may come next. */
  readonly nextSeq: number
  /** Per client id (page load) of this document: the next clock that Yjs expects. */
  readonly clocks: ReadonlyMap<number, number>
  /** Client ids that one document may have; each costs every transaction a little, for ever. */
  readonly limitClients: number
  /** The stored value under a number of this document; undefined when this document has none. */
  readonly bytesOf: (seq: number) => Uint8Array | undefined
}

/** As much of the clocks as the guard asks for. */
export type ClientClocks = Pick<ReadonlyMap<number, number>, 'get' | 'has' | 'size'>

/** `KnownJournal`, where nobody has written its clocks down. */
export interface AskedJournal extends Omit<KnownJournal, 'clocks'> {
  readonly clocks: ClientClocks
}

/** What an update of a journal can be that no honest device sends. */
export type GuardCode =
  | ByteProblem
  | 'too-large'
  | 'too-many-clients'
  | 'bad-client-id'
  | 'has-gc'
  | 'has-skip'
  | 'has-origin'
  | 'has-delete-set'
  | 'no-key'
  | 'foreign-root'
  | 'not-binary'
  | 'bad-key'
  | 'value-too-large'
  /** A clock before this one has never arrived: Yjs would keep the rest pending. */
  | 'missing-dependency'
  /** Not the number after the last one. */
  | 'key-not-next'
  /** The number has the same value already, under another id: Yjs would replace one by the other. */
  | 'key-taken'
  /** Another value under a number or id that is known: a cloned or restored device [S5]. */
  | 'fork'

/** The first thing that is wrong. */
export interface GuardProblem {
  readonly code: GuardCode
  /** The byte at which reading stopped. */
  readonly offset: number
  /** The number concerned, where there is one. */
  readonly seq?: number
}

/** An update that may be stored and forwarded. */
export interface AcceptedAppends {
  /** What is new, in order of `seq`, without gaps from `nextSeq`; views of one copy. */
  readonly entries: readonly PlacedEntry[]
  /** Entries that were known already, with the same bytes. */
  readonly known: number
  /** The next clock of each client id that the update advances. */
  readonly clients: ReadonlyMap<number, number>
}

/** Bytes of one update at most; longer backlogs come in pieces (`journalPieces`). */
export const limitUpdateBytes = 1_048_576

/** The shortest struct of the format, which bounds counts; what is no entry is refused by name. */
const structBytesMin = 2
/** Digits of 2^53 − 1. */
const limitKeyDigits = 16

/** [GRD1]–[GRD9] Accepts exactly what honest devices of ours send, and names what else it is. */
export function checkJournalUpdate(
  update: Uint8Array,
  known: AskedJournal,
): Result<AcceptedAppends, GuardProblem> {
  if (update.length > limitUpdateBytes) return fail({ code: 'too-large', offset: 0 })
  // One copy of it all: the entries are views of it, and nobody else has it.
  const check = new AppendCheck(update.slice(), known)
  check.readUpdate()
  return check.result()
}

/** The update to store and forward: the accepted entries as Yjs itself would encode them. */
export function encodeAccepted(accepted: AcceptedAppends): Uint8Array {
  return appendUpdate(accepted.entries)
}

class AppendCheck {
  readonly #reader: UpdateReader<GuardCode>
  readonly #known: AskedJournal
  readonly #entries: PlacedEntry[] = []
  readonly #clients = new Map<number, number>()
  readonly #blockClients = new Set<number>()
  #repeats = 0
  #newClients = 0
  #seq: number | undefined

  constructor(update: Uint8Array, known: AskedJournal) {
    this.#reader = new UpdateReader(update)
    this.#known = known
  }

  result(): Result<AcceptedAppends, GuardProblem> {
    const { problem, offset } = this.#reader
    if (problem !== undefined) {
      const where = { code: problem, offset }
      return fail(this.#seq === undefined ? where : { ...where, seq: this.#seq })
    }
    return done({ entries: this.#entries, known: this.#repeats, clients: this.#clients })
  }

  readUpdate(): void {
    const reader = this.#reader
    const blocks = reader.count(blockBytesMin + structBytesMin)
    for (let i = 0; i < blocks && reader.problem === undefined; i++) this.#readBlock()
    if (reader.problem !== undefined) return
    this.#seq = undefined
    if (reader.uint() > 0) reader.refuse('has-delete-set')
    if (reader.remaining() > 0) reader.refuse('not-canonical')
    if (reader.problem === undefined) this.#checkOrder()
  }

  /** The entries of one page load, in the order in which it wrote them. */
  #readBlock(): void {
    const reader = this.#reader
    const structs = reader.count(structBytesMin)
    const client = reader.uint()
    let clock = reader.uint()
    if (reader.problem !== undefined || !this.#checkBlock(client, clock, structs)) return
    const knownClock = this.#known.clocks.get(client) ?? 0
    let seqBefore = -1
    for (let i = 0; i < structs; i++) {
      const seq = this.#readEntry(client, clock, knownClock)
      if (reader.problem !== undefined) return
      if (seq <= seqBefore) return void reader.refuse('key-not-next')
      seqBefore = seq
      clock += 1
    }
    if (clock > knownClock) this.#clients.set(client, clock)
  }

  #checkBlock(client: number, clock: number, structs: number): boolean {
    const reader = this.#reader
    if (structs === 0 || this.#blockClients.has(client)) return reader.refuse('not-canonical')
    if (client > limitClientId) return reader.refuse('bad-client-id')
    this.#blockClients.add(client)
    const { clocks, limitClients } = this.#known
    if (clock > (clocks.get(client) ?? 0)) return reader.refuse('missing-dependency')
    if (clocks.has(client)) return true
    this.#newClients += 1
    const isTooMany = clocks.size + this.#newClients > limitClients
    return isTooMany ? reader.refuse('too-many-clients') : true
  }

  /** Reads one struct and files it as new or as a repeat; its number. */
  #readEntry(client: number, clock: number, knownClock: number): number {
    const reader = this.#reader
    this.#checkInfo(reader.byte())
    // 1 = "the parent is a root", then the root's name with its length.
    if (!reader.skips([1, 1, 0x72])) reader.refuse('foreign-root')
    const seq = this.#readKey()
    const length = reader.uint()
    if (length > limitStoredBytes) reader.refuse('value-too-large')
    const bytes = reader.view(length)
    if (reader.problem !== undefined) return seq
    this.#seq = seq
    if (clock < knownClock) this.#checkRepeat(seq, bytes)
    else if (seq < this.#known.nextSeq) this.#refuseTaken(seq, bytes)
    else this.#entries.push({ seq, bytes, client, clock })
    return seq
  }

  #checkInfo(info: number): void {
    if (info === appendInfo) return
    const held = info & contentMask
    if (held === content.gc) this.#reader.refuse('has-gc')
    else if (held === content.skip) this.#reader.refuse('has-skip')
    else if (held !== content.binary) this.#reader.refuse('not-binary')
    else if ((info & (has.origin | has.rightOrigin)) > 0) this.#reader.refuse('has-origin')
    else this.#reader.refuse('no-key')
  }

  /** Decimal digits without leading zeros. */
  #readKey(): number {
    const digits = this.#reader.view(this.#reader.uint())
    const isZero = digits.length === 1 && digits[0] === 0x30
    let seq = 0
    let isGood = digits.length > 0 && digits.length <= limitKeyDigits
    for (let i = 0; i < digits.length && isGood; i++) {
      const digit = (digits[i] ?? 0) - 0x30
      isGood = digit >= 0 && digit <= 9 && (seq > 0 || digit > 0 || isZero)
      seq = seq * 10 + digit
    }
    if (!isGood || !Number.isSafeInteger(seq)) this.#reader.refuse('bad-key')
    return seq
  }

  /** An id that Yjs has already: it would be skipped, so it must say what is known. */
  #checkRepeat(seq: number, bytes: Uint8Array): void {
    const kept = this.#known.bytesOf(seq)
    if (kept !== undefined && isSame(kept, bytes)) this.#repeats += 1
    else this.#reader.refuse('fork')
  }

  /** A new id for a number that is taken: Yjs would let one of the two overwrite the other. */
  #refuseTaken(seq: number, bytes: Uint8Array): void {
    const kept = this.#known.bytesOf(seq)
    if (kept === undefined) this.#reader.refuse('key-not-next')
    else this.#reader.refuse(isSame(kept, bytes) ? 'key-taken' : 'fork')
  }

  /** New numbers follow the last one without gap, whatever page loads they come from. */
  #checkOrder(): void {
    this.#entries.sort((before, after) => before.seq - after.seq)
    const wrong = this.#entries.find((entry, i) => entry.seq !== this.#known.nextSeq + i)
    if (wrong === undefined) return
    this.#seq = wrong.seq
    this.#reader.refuse('key-not-next')
  }
}

function isSame(kept: Uint8Array, bytes: Uint8Array): boolean {
  if (kept.length !== bytes.length) return false
  for (let i = 0; i < kept.length; i++) if (kept[i] !== bytes[i]) return false
  return true
}
