/** Whether records follow each other in one chain, so that a rewritten or shortened journal shows. */

import { done, fail, type Result } from '#domain/values/result.ts'
import type { JournalRecord } from './record.ts'

/** The last record of a chain, or of the part of it that is known. */
export interface ChainTail {
  readonly seq: number
  readonly hash: string
}

/** A record and the hash of its bytes. */
export interface ChainEntry {
  readonly record: JournalRecord
  readonly hash: string
}

/** The first link that does not hold. */
export interface ChainProblem {
  readonly code: /** Not the next number. */
    | 'seq-not-next'
    /** Follows another record than the one that is known: a fork. */
    | 'prev-differs'
    /** Of another organisation, branch, audience or device than the record before. */
    | 'other-chain'
    /** A device's shard month never goes back. */
    | 'shard-went-back'
  readonly seq: number
}

/**
 * [REC6] [REC7] Whether `entries` continue `previous` (nothing before when undefined); the new tail.
 * Hashes are taken as given: `decodeRecord` computed them from the bytes.
 */
export function checkChain(
  previous: ChainTail | undefined,
  entries: readonly ChainEntry[],
): Result<ChainTail | undefined, ChainProblem> {
  let tail = previous
  let before: JournalRecord | undefined
  for (const { record, hash } of entries) {
    const code = checkLink(tail, record) ?? checkNeighbours(before, record)
    if (code !== undefined) return fail({ code, seq: record.seq })
    tail = { seq: record.seq, hash }
    before = record
  }
  return done(tail)
}

/** What of a record makes it a link. */
export interface ChainLink extends ChainTail {
  /** Hash of the link before; '' of the first. */
  readonly prev: string
}

/** [REC6] `checkChain` of records that are known to be of one journal. */
export function checkLinks(
  previous: ChainTail | undefined,
  links: readonly ChainLink[],
): Result<ChainTail | undefined, ChainProblem> {
  let tail = previous
  for (const link of links) {
    const code = checkLink(tail, link)
    if (code !== undefined) return fail({ code, seq: link.seq })
    tail = link
  }
  return done(tail)
}

function checkLink(
  tail: ChainTail | undefined,
  record: Pick<JournalRecord, 'seq' | 'prev'>,
): ChainProblem['code'] | undefined {
  if (record.seq !== (tail === undefined ? 0 : tail.seq + 1)) return 'seq-not-next'
  return record.prev === (tail?.hash ?? '') ? undefined : 'prev-differs'
}

function checkNeighbours(
  before: JournalRecord | undefined,
  record: JournalRecord,
): ChainProblem['code'] | undefined {
  if (before === undefined) return undefined
  const isSameChain =
    before.org === record.org &&
    before.branch === record.branch &&
    before.audience === record.audience &&
    before.device === record.device
  if (!isSameChain) return 'other-chain'
  return record.shard < before.shard ? 'shard-went-back' : undefined
}
