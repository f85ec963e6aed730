/** Which journals a device follows, and which of them have more on the server than is here. Opens nothing. */
import type { Audience } from '#domain/records/audience.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { Head } from '#domain/replica/heads.ts'
import type { Inbox } from './inbox.ts'

export interface BehindOptions {
  readonly org: string
  readonly device: string
  readonly audiences: readonly Audience[]
  readonly inbox: Pick<Inbox, 'isBroken' | 'rowOf'>
  /** Branch ids whose journals are followed. */
  branches(): readonly string[]
  /** Up to where a journal counts without its records [STP2]; −1 for none. */
  coveredSeq(journal: string): number
}

/** Whether a head speaks of something that should count here and does not. */
export function isBehind(options: BehindOptions, { journal, seq }: Head): boolean {
  const { inbox, coveredSeq } = options
  if (inbox.isBroken(journal) || !isFollowed(options, journal)) return false
  return Math.max(inbox.rowOf(journal)?.seq ?? -1, coveredSeq(journal)) < seq
}

/** Whether records that a head speaks of are not here, counted or not. */
export function isShort({ inbox }: BehindOptions, { journal, seq }: Head): boolean {
  return !inbox.isBroken(journal) && (inbox.rowOf(journal)?.seq ?? -1) < seq
}

export function isFollowed(
  { org, device, audiences, branches }: BehindOptions,
  journal: string,
): boolean {
  const name = parseJournalName(journal)
  if (!name.ok || name.value.org !== org || name.value.device === device) return false
  const { branch, audience } = name.value
  return audiences.includes(audience) && (branch === 'all' || branches().includes(branch))
}
