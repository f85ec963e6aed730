/**
 * [S2] Judges an update before it touches anything: the bytes (one strict parser in
 * `domain/replica`), then the records in them, their envelope, their place in the chain, and the
 * signature. It keeps nothing and closes nothing.
 */
import type { Doc } from 'yjs'
import { checkChain } from '#domain/records/chain.ts'
import { checkRecord } from '#domain/records/kinds.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { decodeRecord, type StoredRecord } from '#domain/records/record-bytes.ts'
import type { ShardTail } from '#domain/records/seal-commit.ts'
import { type PublicKeyJwk, type Verifier, verifySpan } from '#domain/records/signature.ts'
import type { JournalDocument } from '#domain/replica/document-name.ts'
import { checkJournalUpdate, encodeAccepted, type GuardProblem } from '#domain/replica/guard.ts'
import { clientClocks, entryBytes, type JournalEntry } from '#domain/replica/journal.ts'
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

/** What is new in an honest update: nothing, when all of it was known. */
export interface JudgedAppend {
  readonly records: readonly StoredRecord[]
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
])

export async function judgeAppend(
  update: Uint8Array,
  state: JournalState,
  verifier: Verifier,
): Promise<Result<JudgedAppend, Objection>> {
  const { doc, name, tail } = state
  const nextSeq = tail === undefined ? 0 : tail.seq + 1
  const accepted = checkJournalUpdate(update, {
    nextSeq,
    clocks: clientClocks(doc),
    limitClients: limitJournalClients,
    bytesOf: (seq) => entryBytes(doc, seq),
  })
  if (!accepted.ok) return fail(objectionOf(accepted.problem, nextSeq))
  const decoded = decodeEntries(accepted.value.entries, name)
  if (!decoded.ok) return decoded
  const records = decoded.value
  if (records.length > 0) {
    const objection = await checkRecords(records, state, verifier)
    if (objection !== undefined) return fail(objection)
  }
  return done({ records, update: encodeAccepted(accepted.value) })
}

function objectionOf(problem: GuardProblem, nextSeq: number): Objection {
  const isAhead =
    problem.code === 'missing-dependency' ||
    (problem.code === 'key-not-next' && (problem.seq ?? 0) > nextSeq)
  return isAhead ? { code: problem.code, isAhead } : { code: problem.code }
}

function decodeEntries(
  entries: readonly JournalEntry[],
  name: JournalDocument,
): Result<readonly StoredRecord[], Objection> {
  const records: StoredRecord[] = []
  for (const entry of entries) {
    const decoded = decodeRecord(entry.bytes)
    if (!decoded.ok) return fail({ code: decoded.problem.code })
    const { record } = decoded.value
    const code = isInPlace(record, entry.seq, name) ? checkKind(record) : 'envelope-differs'
    if (code !== undefined) return fail({ code })
    records.push(decoded.value)
  }
  return done(records)
}

/** Whether a record says of itself what the document's name and its key say. */
function isInPlace(record: JournalRecord, seq: number, name: JournalDocument): boolean {
  return (
    record.seq === seq &&
    record.org === name.org &&
    record.branch === name.branch &&
    record.audience === name.audience &&
    record.shard === name.shard &&
    record.device === name.device
  )
}

function checkKind(record: JournalRecord): string | undefined {
  if (serverKinds.has(record.kind)) return 'kind-not-allowed'
  const checked = checkRecord(record)
  // A kind newer than this server is a fact all the same; whoever reads it says "update needed"
  // [J1].
  if (checked.ok || checked.problem.code === 'unknown-kind') return undefined
  return checked.problem.code
}

async function checkRecords(
  records: readonly StoredRecord[],
  { name, tail, publicKey }: JournalState,
  verifier: Verifier,
): Promise<Objection | undefined> {
  if (tail !== undefined && name.shard < tail.shard) return { code: 'shard-went-back' }
  const chained = checkChain(tail, records)
  if (!chained.ok) {
    // It continues another record than the durable one: two histories of one device.
    return { code: chained.problem.code === 'prev-differs' ? forkCode : chained.problem.code }
  }
  const signed = await verifySpan(verifier, publicKey, records)
  return signed.ok ? undefined : { code: signed.problem.code }
}
