/**
 * What has been folded of each journal: how far it is complete, and enough of every record's hash to
 * tell a repeat from a fork. A fork's records count like all others; that it exists is a finding.
 */

import type { Audience } from '#domain/records/audience.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { type Hlc, hlcMs } from '#domain/values/hybrid-clock.ts'
import type { FoldEntry } from './fold-entry.ts'

export interface JournalLog {
  readonly journal: string
  readonly branch: string
  readonly audience: Audience
  readonly shard: string
  readonly device: string
  /** `seq` of the first record that is known; the hashes of those after it follow without a gap. */
  first: number
  length: number
  /** First 48 bits of each record's hash. */
  hashes: Float64Array
  /** Whole hash of the last record without a gap. */
  hash: string
  /** Greatest hlc of its records. */
  hlcMax: number
  /** Records behind a gap, by `seq`. */
  readonly ahead: Map<number, string>
  /** Where two records stand at one `seq`, the lowest of these, with what is known of their hashes. */
  fork: { readonly seq: number; readonly hashes: readonly string[] } | undefined
  /** [F13] How far the server says that it has received the journal, and when. */
  received: { readonly seq: number; readonly at: number } | undefined
}

/** 'new': not seen before. 'repeat': known. 'forked': another one stands at its place. */
export type Arrival = 'new' | 'repeat' | 'forked' | 'misplaced'

export type JournalLogs = Map<string, JournalLog>

/** Notes that `entry` has come in the journal of `log`. No journal, or not the record's own: misplaced. */
export function noteArrival(log: JournalLog | undefined, entry: FoldEntry): Arrival {
  if (log === undefined || !isOfJournal(entry.record, log)) return 'misplaced'
  const { seq, hlc } = entry.record
  log.hlcMax = Math.max(log.hlcMax, hlc)
  const known = knownHash(log, seq)
  if (known !== undefined) {
    if (known === prefixOf(entry.hash)) return 'repeat'
    noteFork(log, seq, [hexOf(known), entry.hash.slice(0, prefixDigits)])
    return 'forked'
  }
  append(log, seq, entry.hash)
  return 'new'
}

/** The log of a journal, a new one at first sight; undefined for what is no journal's name. */
export function logOf(logs: JournalLogs, journal: string): JournalLog | undefined {
  const known = logs.get(journal)
  if (known !== undefined) return known
  const name = parseJournalName(journal)
  if (!name.ok) return undefined
  const { branch, audience, shard, device } = name.value
  const log: JournalLog = {
    ...{ journal, branch, audience, shard, device },
    ...{ first: 0, length: 0, hashes: new Float64Array(8), hash: '', hlcMax: 0 },
    ...{ ahead: new Map(), fork: undefined, received: undefined },
  }
  logs.set(journal, log)
  return log
}

/** The furthest receipt holds; of two that reach equally far the earlier. */
export function noteReceipt(log: JournalLog, seq: number, at: number): void {
  const known = log.received
  const isKnown = known !== undefined && (known.seq > seq || (known.seq === seq && known.at <= at))
  if (!isKnown) log.received = { seq, at }
}

/** How far a device's clock may run ahead of the server's receipt before somebody hears of it. */
const limitAheadMs = 600_000

/** By how much the journal's clock runs ahead, once the server has confirmed all of it; 0 while it does not. */
export function clockAheadMs(log: JournalLog): number {
  const { received } = log
  if (received === undefined || received.seq < lastSeq(log)) return 0
  const aheadMs = hlcMs(log.hlcMax as Hlc) - received.at
  return aheadMs > limitAheadMs ? aheadMs : 0
}

/** The last `seq` without a gap; −1 where nothing has come. */
export function lastSeq(log: Pick<JournalLog, 'first' | 'length'>): number {
  return log.length === 0 ? -1 : log.first + log.length - 1
}

/** Digits of a hash that are kept of every record. */
const prefixDigits = 12

/** The first 48 bits of a hash as a number. */
export function prefixOf(hash: string): number {
  return Number.parseInt(hash.slice(0, prefixDigits), 16)
}

function hexOf(prefix: number): string {
  return prefix.toString(16).padStart(prefixDigits, '0')
}

function isOfJournal(record: JournalRecord, log: JournalLog): boolean {
  return (
    record.device === log.device &&
    record.branch === log.branch &&
    record.audience === log.audience &&
    record.shard === log.shard
  )
}

function knownHash(log: JournalLog, seq: number): number | undefined {
  const ahead = log.ahead.get(seq)
  if (ahead !== undefined) return prefixOf(ahead)
  const index = seq - log.first
  return index >= 0 && index < log.length ? log.hashes[index] : undefined
}

function append(log: JournalLog, seq: number, hash: string): void {
  if (log.length === 0) log.first = seq
  if (seq < log.first) return prepend(log, seq, hash)
  log.ahead.set(seq, hash)
  closeGap(log)
}

/** Takes over what stood behind a gap that is none any more. */
function closeGap(log: JournalLog): void {
  for (;;) {
    const next = log.first + log.length
    const hash = log.ahead.get(next)
    if (hash === undefined) return
    log.ahead.delete(next)
    put(log, hash)
  }
}

function put(log: JournalLog, hash: string): void {
  if (log.length === log.hashes.length) {
    const grown = new Float64Array(log.length * 2 + 8)
    grown.set(log.hashes)
    log.hashes = grown
  }
  log.hashes[log.length++] = prefixOf(hash)
  log.hash = hash
}

/** A shard's first record need not be the first to come: what was known so far stands behind a gap. */
function prepend(log: JournalLog, seq: number, hash: string): void {
  const { first, length, hashes } = log
  for (let index = 0; index < length; index++) {
    const isLast = index === length - 1
    log.ahead.set(first + index, isLast ? log.hash : hexOf(hashes[index] as number))
  }
  log.first = seq
  log.length = 0
  log.ahead.set(seq, hash)
  closeGap(log)
}

function noteFork(log: JournalLog, seq: number, hashes: readonly string[]): void {
  if (log.fork !== undefined && log.fork.seq < seq) return
  const known = log.fork?.seq === seq ? log.fork.hashes : []
  log.fork = { seq, hashes: [...new Set([...known, ...hashes])].sort() }
}
