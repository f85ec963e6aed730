/**
 * [S2] Judges updates before they touch anything: the bytes (one strict parser in `domain/replica`),
 * then the records in them, their envelope, their place in the chain, and the signature. Updates of
 * one journal that came together are judged together, each as if those before it were kept already.
 * It keeps nothing and closes nothing.
 */
import { hash } from 'node:crypto'
import type { Doc } from 'yjs'
import { checkLinks } from '#domain/records/chain.ts'
import { type CheckedRecord, checkStored } from '#domain/records/check-stored.ts'
import { isServerDevice } from '#domain/records/journal-name.ts'
import type { HashOf } from '#domain/records/record-bytes.ts'
import type { ShardTail } from '#domain/records/seal-commit.ts'
import { type PublicKeyJwk, type Verifier, verifyEnd } from '#domain/records/signature.ts'
import type { JournalDocument } from '#domain/replica/document-name.ts'
import { appendUpdate, type PlacedEntry } from '#domain/replica/append-update.ts'
import { checkJournalUpdate, type ClientClocks, type GuardProblem } from '#domain/replica/guard.ts'
import { entryBytes, type JournalEntry, liveClocks } from '#domain/replica/journal.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { limitJournalClients } from '../limits.ts'

/**
 * What an update is judged against. INVARIANT: it does not change until the update is kept or
 * dropped.
 */
export interface JournalState {
  readonly name: JournalDocument
  readonly doc: Doc
  /** Where the chain ends, in whichever shard. */
  readonly tail: ShardTail | undefined
  readonly publicKey: PublicKeyJwk
}

/** What honest updates bring: nothing, when all of it was known. */
export interface JudgedAppends {
  /** How many of the updates, from the first on, are honest. */
  readonly taken: number
  /** Why the next one is not; undefined when there is none. */
  readonly objection?: Objection
  readonly records: readonly CheckedRecord[]
  /** The new entries as this server writes them. */
  readonly update: Uint8Array
}

/** Why an update is not taken. `code` goes to the log, the devices page and the sender. */
export interface Objection {
  readonly code: string
  /**
   * It starts behind something that has not come: honest while that is still on its way.
   */
  readonly isAhead?: true
}

/** Accuses the device of a second history: a cloned or restored machine [S5]. */
export const forkCode = 'fork'

/**
 * Kinds that only the server writes [S6]: a device that could write them could grant itself rights.
 */
const serverKinds: ReadonlySet<string> = new Set([
  'relayed.v1',
  'device-enrolled.v1',
  'device-revoked.v1',
  'user-granted.v1',
  'user-revoked.v1',
  'received.v1',
  'sealed.v1',
  'reopened.v1',
])

/** Judges updates in their order, up to the first that is not honest. */
export async function judgeAppends(
  updates: readonly Uint8Array[],
  state: JournalState,
  verifier: Verifier,
): Promise<JudgedAppends> {
  const reserved = new ReservedAppends(state)
  const spans: Span[] = []
  let objection: Objection | undefined
  for (const update of updates) {
    const judged = reserved.judge(update)
    if (!judged.ok) {
      objection = judged.problem
      break
    }
    // Not awaited here: the signatures of all updates are looked at side by side.
    const last = judged.value.records.at(-1)
    const signed = last && verifyEnd(verifier, state.publicKey, last)
    spans.push({ ...judged.value, signed })
  }
  for (const [index, { signed }] of spans.entries()) {
    const verdict = await signed
    if (verdict?.ok === false)
      return joinSpans(spans.slice(0, index), { code: verdict.problem.code })
  }
  return joinSpans(spans, objection)
}

/** What one update adds. */
interface JudgedUpdate {
  readonly entries: readonly PlacedEntry[]
  readonly records: readonly CheckedRecord[]
}

interface Span extends JudgedUpdate {
  /** Undefined where nothing is new. */
  readonly signed: ReturnType<typeof verifyEnd> | undefined
}

function joinSpans(spans: readonly Span[], objection: Objection | undefined): JudgedAppends {
  const joined = {
    taken: spans.length,
    records: spans.flatMap(({ records }) => records),
    update: appendUpdate(spans.flatMap(({ entries }) => entries)),
  }
  return objection === undefined ? joined : { ...joined, objection }
}

/**
 * The journal as it will be when the updates judged so far are kept. Lives as long as one judgement;
 * whatever is not kept afterwards is forgotten with it.
 */
class ReservedAppends {
  readonly #name: JournalDocument
  readonly #doc: Doc
  readonly #durable: ClientClocks
  /** Clocks that the updates judged so far would move. */
  readonly #moved = new Map<number, number>()
  #newClients = 0
  readonly #bytesBySeq = new Map<number, Uint8Array>()
  #tail: ShardTail | undefined

  constructor({ name, doc, tail }: JournalState) {
    this.#name = name
    this.#doc = doc
    this.#tail = tail
    this.#durable = liveClocks(doc)
  }

  judge(update: Uint8Array): Result<JudgedUpdate, Objection> {
    const nextSeq = this.#tail === undefined ? 0 : this.#tail.seq + 1
    const accepted = checkJournalUpdate(update, {
      nextSeq,
      clocks: this.#clocks(),
      limitClients: limitJournalClients,
      bytesOf: (seq) => this.#bytesBySeq.get(seq) ?? entryBytes(this.#doc, seq),
    })
    if (!accepted.ok) return fail(objectionOf(accepted.problem, nextSeq))
    const { entries, clients } = accepted.value
    const checked = checkEntries(entries, this.#name)
    if (!checked.ok) return checked
    const records = checked.value
    const objection = records.length === 0 ? undefined : checkPlace(records, this.#name, this.#tail)
    if (objection !== undefined) return fail(objection)
    this.#reserve(entries, records)
    for (const [client, clock] of clients) this.#move(client, clock)
    return done({ entries, records })
  }

  #clocks(): ClientClocks {
    return {
      get: (client) => this.#moved.get(client) ?? this.#durable.get(client),
      has: (client) => this.#moved.has(client) || this.#durable.has(client),
      size: this.#durable.size + this.#newClients,
    }
  }

  #move(client: number, clock: number): void {
    if (!this.#moved.has(client) && !this.#durable.has(client)) this.#newClients += 1
    this.#moved.set(client, clock)
  }

  #reserve(entries: readonly PlacedEntry[], records: readonly CheckedRecord[]): void {
    for (const { seq, bytes } of entries) this.#bytesBySeq.set(seq, bytes)
    const last = records.at(-1)
    if (last === undefined) return
    this.#tail = { seq: last.seq, hash: last.hash, shard: this.#name.shard }
  }
}

function objectionOf(problem: GuardProblem, nextSeq: number): Objection {
  const isAhead =
    problem.code === 'missing-dependency' ||
    (problem.code === 'key-not-next' && (problem.seq ?? 0) > nextSeq)
  return isAhead ? { code: problem.code, isAhead } : { code: problem.code }
}

/** The same SHA-256 as everywhere, by the platform: a sixth of the time. */
const hashOf: HashOf = (bytes) => hash('sha256', bytes, 'hex')

function checkEntries(
  entries: readonly JournalEntry[],
  name: JournalDocument,
): Result<readonly CheckedRecord[], Objection> {
  const records: CheckedRecord[] = []
  for (const entry of entries) {
    // Of a kind newer than this server the body is not known: a fact all the same; whoever reads it
    // says "update needed" [J1].
    const checked = checkStored(entry.bytes, hashOf)
    if (!checked.ok) return fail({ code: checked.problem.code })
    const record = checked.value
    const code = isInPlace(record, entry.seq, name) ? checkKind(record, name) : 'envelope-differs'
    if (code !== undefined) return fail({ code })
    records.push(record)
  }
  return done(records)
}

function checkKind({ kind }: CheckedRecord, { device }: JournalDocument): string | undefined {
  return serverKinds.has(kind) && !isServerDevice(device) ? 'kind-not-allowed' : undefined
}

/** Whether a record says of itself what the document's name and its key say. */
function isInPlace(record: CheckedRecord, seq: number, name: JournalDocument): boolean {
  const { journal } = record
  return (
    record.seq === seq &&
    journal.org === name.org &&
    journal.branch === name.branch &&
    journal.audience === name.audience &&
    journal.shard === name.shard &&
    journal.device === name.device
  )
}

/** Whether records continue the chain where it ends. */
function checkPlace(
  records: readonly CheckedRecord[],
  name: JournalDocument,
  tail: ShardTail | undefined,
): Objection | undefined {
  if (tail !== undefined && name.shard < tail.shard) return { code: 'shard-went-back' }
  const chained = checkLinks(tail, records)
  if (chained.ok) return undefined
  // It continues another record than the durable one: two histories of one device.
  return { code: chained.problem.code === 'prev-differs' ? forkCode : chained.problem.code }
}
