/**
 * The name of a 设备日志 (journal): which device wrote it, for whom, in which monthly shard. Journals
 * are documents too; the one parser of all document names (`domain/replica`) builds on this one.
 */

import { isMonth, type Month } from '#domain/values/business-date.ts'
import { isUuid } from '#domain/values/ids.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { type Audience, isAudience } from './audience.ts'

/** The parts of a journal's name; also the envelope fields that decide where a record is kept. */
export interface JournalName {
  /** UUID of the 账套 (organisation). */
  readonly org: string
  /** UUID of the branch, or 'all' for what concerns the whole company. */
  readonly branch: string
  readonly audience: Audience
  /** A unit of storage, not an accounting month. */
  readonly shard: Month
  /** UUID of the device, or 'server-{epoch}'. */
  readonly device: string
}

/** A text that is no name of a document. */
export interface JournalNameProblem {
  readonly code: 'malformed-document-name'
  /** The segment that is wrong, counted from 0; the number of segments when that is wrong. */
  readonly segment: number
}

const serverPattern = /^server-(0|[1-9][0-9]{0,5})$/

/** 'server-0' … 'server-999999': each restore of the server begins an epoch. */
export function isServerDevice(device: string): boolean {
  return serverPattern.test(device)
}

/** A UUID, or a server. */
export function isDevice(device: string): boolean {
  return isUuid(device) || isServerDevice(device)
}

/** A UUID, or the whole company. */
export function isBranch(branch: string): boolean {
  return isUuid(branch) || branch === 'all'
}

/** `j/{org}/{branch}/{audience}/{yyyy-mm}/{device}`. */
export function journalNameText(name: JournalName): string {
  return `j/${name.org}/${name.branch}/${name.audience}/${name.shard}/${name.device}`
}

/** Names read lately: the same few hundred are asked for at every head that moves. */
const read = new Map<string, Result<JournalName, JournalNameProblem>>()
const limitRead = 4_000

/** [REC9] Reads exactly what `journalNameText` writes. Company journals are the server's alone. */
export function parseJournalName(text: string): Result<JournalName, JournalNameProblem> {
  const known = read.get(text)
  if (known !== undefined) return known
  const parsed = parse(text)
  if (!parsed.ok) return parsed
  if (read.size >= limitRead) read.clear()
  read.set(text, parsed)
  return parsed
}

function parse(text: string): Result<JournalName, JournalNameProblem> {
  const segments = text.split('/', 7)
  const [kind = '', org = '', branch = '', audience = '', shard = '', device = ''] = segments
  if (segments.length !== 6) return malformed(segments.length)
  if (kind !== 'j') return malformed(0)
  if (!isUuid(org)) return malformed(1)
  if (!isBranch(branch)) return malformed(2)
  if (!isAudience(audience)) return malformed(3)
  if (!isMonth(shard)) return malformed(4)
  if (!isDevice(device) || (branch === 'all' && !isServerDevice(device))) return malformed(5)
  return done(Object.freeze({ org, branch, audience, shard: shard as Month, device }))
}

/** One hash chain runs through all monthly shards of a device, branch and audience [J3]. */
export function chainText(name: Pick<JournalName, 'device' | 'branch' | 'audience'>): string {
  return `${name.device}/${name.branch}/${name.audience}`
}

function malformed(segment: number) {
  return fail({ code: 'malformed-document-name', segment })
}
