/**
 * Turns what a command wants to say into the records of one commit: numbered, chained and signed,
 * journal by journal. Refuses to know where they are kept.
 */

import { assert } from '#domain/values/assert.ts'
import { businessDateOf, type Month, monthOf } from '#domain/values/business-date.ts'
import { deepFreeze, type Json } from '#domain/values/canonical-text.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { type Hlc, hlcMs } from '#domain/values/hybrid-clock.ts'
import type { RecordId } from '#domain/values/ids.ts'
import { type Instant, instant } from '#domain/values/instant.ts'
import { limitRecordBytes } from '#domain/values/limits.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { Audience } from './audience.ts'
import type { ChainTail } from './chain.ts'
import { journalNameText } from './journal-name.ts'
import { checkRecord } from './kinds.ts'
import { checkEnvelope, type JournalRecord, journalOf } from './record.ts'
import { packRecord, storedBytes } from './record-bytes.ts'
import { hashBytes, type Signer } from './signature.ts'

/** A record before it has a place in a chain. */
export interface RecordDraft {
  readonly id: RecordId
  readonly kind: string
  readonly branch: string
  readonly audience: Audience
  readonly by: string
  readonly hlc: Hlc
  readonly at: Instant
  readonly offset: { readonly ms: number; readonly ageMs: number }
  readonly body: Json
}

/** The last record of a chain of this device, and the shard that it stands in. */
export interface ShardTail extends ChainTail {
  readonly shard: Month
}

/** All records of one strict transaction; their bodies are frozen by sealing. */
export interface Commit {
  readonly org: string
  readonly device: string
  readonly build: string
  /** In the order in which they were made. */
  readonly drafts: readonly RecordDraft[]
  /** Where the chain of a branch and audience ends; undefined before its first record. */
  readonly tailOf: (branch: string, audience: Audience) => ShardTail | undefined
  readonly signer: Signer
  /** Stored bytes that one signature covers at most, where a single record is not longer. */
  readonly limitSpanBytes?: number
}

/** One record with its place and its stored value. */
export interface SealedRecord {
  readonly seq: number
  /** The stored value, for the journal and the record table. */
  readonly bytes: Uint8Array
  readonly hash: string
  readonly record: JournalRecord
}

/** What one commit adds to one journal, or a span of it; its last record is signed. */
export interface SealedJournal {
  /** `j/{org}/{branch}/{audience}/{yyyy-mm}/{device}`. */
  readonly journal: string
  readonly branch: string
  readonly audience: Audience
  readonly entries: readonly SealedRecord[]
  readonly tail: ShardTail
}

/** A document that is too long to be one record; the person can split it. */
export interface CommitProblem {
  readonly code: 'record-too-large'
  readonly id: RecordId
  readonly sizeBytes: number
  readonly limitBytes: number
}

/**
 * [REC10] All records of one commit, one `SealedJournal` for each (branch, audience), in the order of
 * their first drafts; several in a row where they are longer than `limitSpanBytes`. Nothing is kept here: two calls with the same tails are two forks of a chain.
 */
export async function sealCommit(
  commit: Commit,
): Promise<Result<readonly SealedJournal[], CommitProblem>> {
  const unsigned: UnsignedJournal[] = []
  for (const drafts of draftsByChain(commit.drafts).values()) {
    const numbered = numberDrafts(commit, drafts)
    if (!numbered.ok) return numbered
    unsigned.push(...numbered.value)
  }
  return done(await Promise.all(unsigned.map((journal) => signJournal(journal, commit.signer))))
}

interface PackedRecord {
  readonly packed: Uint8Array
  readonly hash: string
  readonly record: JournalRecord
}

interface UnsignedJournal {
  readonly shard: Month
  readonly before: readonly PackedRecord[]
  readonly last: PackedRecord
}

function draftsByChain(drafts: readonly RecordDraft[]): ReadonlyMap<string, RecordDraft[]> {
  const draftsOf = new Map<string, RecordDraft[]>()
  for (const draft of drafts) {
    const chain = `${draft.branch}/${draft.audience}`
    const others = draftsOf.get(chain)
    if (others === undefined) draftsOf.set(chain, [draft])
    else others.push(draft)
  }
  return draftsOf
}

function numberDrafts(
  commit: Commit,
  drafts: readonly RecordDraft[],
): Result<readonly UnsignedJournal[], CommitProblem> {
  const [first] = drafts
  assert(first !== undefined, 'a chain of a commit has a record')
  const previous = commit.tailOf(first.branch, first.audience)
  const shard = shardOf(previous, drafts)
  let tail: ChainTail | undefined = previous
  const numbered: PackedRecord[] = []
  for (const draft of drafts) {
    const record = chainDraft(commit, draft, shard, tail)
    const packed = packRecord(record)
    if (packed.length > limitRecordBytes) return tooLarge(record, packed)
    const hash = sha256Hex(packed)
    numbered.push({ packed, hash, record })
    tail = { seq: record.seq, hash }
  }
  const { limitSpanBytes = Number.POSITIVE_INFINITY } = commit
  return done(spansOf(numbered, limitSpanBytes).map((span) => unsignedJournal(shard, span)))
}

/** Runs of records that each fit under one signature. */
function spansOf(records: readonly PackedRecord[], limitBytes: number): PackedRecord[][] {
  const spans: PackedRecord[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const record of records) {
    if (bytes + record.packed.length > limitBytes || spans.length === 0) {
      spans.push([])
      bytes = 0
    }
    spans.at(-1)?.push(record)
    bytes += record.packed.length
  }
  return spans
}

function unsignedJournal(shard: Month, records: PackedRecord[]): UnsignedJournal {
  const last = records.pop()
  assert(last !== undefined, 'a span of a commit has a last record')
  return { shard, before: records, last }
}

/** [REC7] The month (UTC) of the newest clock reading; never one before the chain's last shard. */
function shardOf(previous: ShardTail | undefined, drafts: readonly RecordDraft[]): Month {
  const newest = drafts.reduce((latest, draft) => Math.max(latest, hlcMs(draft.hlc)), 0)
  const shard = utcMonth(newest)
  return previous !== undefined && previous.shard > shard ? previous.shard : shard
}

function chainDraft(
  commit: Commit,
  draft: RecordDraft,
  shard: Month,
  tail: ChainTail | undefined,
): JournalRecord {
  const { id, kind, branch, audience, by, hlc, at, offset, body } = draft
  const record: JournalRecord = deepFreeze({
    ...{ v: 1, kind, id, org: commit.org, branch, audience, shard, device: commit.device, by },
    ...{ seq: tail === undefined ? 0 : tail.seq + 1, prev: tail?.hash ?? '' },
    ...{ hlc, at, offset: { ...offset }, build: commit.build, body },
  } as const)
  const envelope = checkEnvelope(record as unknown as Json)
  if (envelope !== undefined) return stop(`a record of ours fits: ${JSON.stringify(envelope)}`)
  const checked = checkRecord(record)
  // Said only where it is so: to write the record out for each one costs a third of its sealing.
  if (!checked.ok) return stop(`a record of ours has a known body: ${JSON.stringify(checked)}`)
  return record
}

function stop(message: string): never {
  throw new Error(`invariant broken: ${message}`)
}

async function signJournal(journal: UnsignedJournal, signer: Signer): Promise<SealedJournal> {
  const { before, last, shard } = journal
  const signature = await signer.sign(hashBytes(last.hash))
  const { seq, branch, audience } = last.record
  return {
    journal: journalNameText(journalOf(last.record)),
    branch,
    audience,
    entries: [...before.map((entry) => sealed(entry)), sealed(last, signature)],
    tail: { seq, hash: last.hash, shard },
  }
}

function sealed(entry: PackedRecord, signature?: Uint8Array): SealedRecord {
  const { record, hash, packed } = entry
  return Object.freeze({ seq: record.seq, bytes: storedBytes(packed, signature), hash, record })
}

function tooLarge(record: JournalRecord, packed: Uint8Array) {
  const sizes = { sizeBytes: packed.length, limitBytes: limitRecordBytes }
  return fail({ code: 'record-too-large', id: record.id, ...sizes })
}

/** The calendar month in UTC: a shard is storage, the same everywhere, and no business month. */
function utcMonth(ms: number): Month {
  return monthOf(businessDateOf(instant(ms), { offsetMinutes: 0, cutOffMinutes: 0 }))
}
