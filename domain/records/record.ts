/**
 * 记录 (record): one immutable entry of a journal. This file knows the envelope, which never changes
 * meaning; what a kind of record says is in `kinds.ts`.
 */

import { isMonth, type Month } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import { isUuid, type RecordId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { limitInstantMs } from '#domain/values/limits.ts'
import { type Audience, audiences } from './audience.ts'
import { isBranch, isDevice, isServerDevice, type JournalName } from './journal-name.ts'
import { isHashText } from './packed-form.ts'
import type { PackedTape } from './packed-tape.ts'
import { numberOfWord } from './packed-words.ts'
import {
  also,
  anyJson,
  fields,
  hashText,
  idText,
  integer,
  type Shape,
  type ShapeProblem,
  text,
} from './shape.ts'

/** [J1] Exactly these keys. Frozen, all the way down, once it has been written or read. */
export interface JournalRecord {
  readonly v: 1
  /** A versioned name, 'posted.v1'; only ever added. */
  readonly kind: string
  /** UUIDv7 made on the device: the identity of the record for ever. */
  readonly id: RecordId
  /** UUID of the 账套 (organisation). */
  readonly org: string
  /** UUID of the branch, or 'all'. */
  readonly branch: string
  readonly audience: Audience
  /** The monthly shard of the journal that keeps it. */
  readonly shard: Month
  /** UUID of the device, or 'server-{epoch}'. */
  readonly device: string
  /** UUID of the user, or 'server'. */
  readonly by: string
  /** From 0, without gaps, per device, branch and audience. */
  readonly seq: number
  /** Hash of the record before in its chain; '' at seq 0. */
  readonly prev: string
  /** When it was written: unique and rising on its device. */
  readonly hlc: Hlc
  /** 业务时间 (trade moment), which may lie before. */
  readonly at: Instant
  /** The clock correction in use: server time − device time, and how long ago it was measured. */
  readonly offset: { readonly ms: number; readonly ageMs: number }
  /** The build of the app that wrote it. */
  readonly build: string
  readonly body: Json
}

/** Why bytes are no record, or none that this build understands. */
export type RecordProblem =
  | { readonly code: 'truncated' | 'too-large' | 'not-canonical' }
  /** Written by a newer build: complete only after an update, never passed over in silence. */
  | { readonly code: 'unknown-form'; readonly form: number }
  | { readonly code: 'unknown-kind'; readonly kind: string }
  | ({ readonly code: 'malformed-record' } & ShapeProblem)

const kindPattern = /^[a-z][a-z-]{0,39}\.v[1-9][0-9]{0,3}$/
const limitBuild = 64

const fieldsShape: Shape<JournalRecord> = fields({
  v: integer<1>(1, 1),
  kind: text((kind) => kindPattern.test(kind)),
  id: idText<RecordId>(isUuid),
  org: idText<string>(isUuid),
  branch: idText<string>(isBranch),
  audience: text<Audience>((word) => (audiences as readonly string[]).includes(word)),
  shard: text<Month>(isMonth),
  device: idText<string>(isDevice),
  by: idText<string>((user) => isUuid(user) || user === 'server'),
  seq: integer(0, Number.MAX_SAFE_INTEGER),
  prev: hashText((hash) => hash === '' || isHashText(hash)),
  hlc: integer<Hlc>(0, Number.MAX_SAFE_INTEGER),
  at: integer<Instant>(0, limitInstantMs - 1),
  offset: fields({
    ms: integer(-limitInstantMs, limitInstantMs),
    ageMs: integer(0, limitInstantMs),
  }),
  build: text((build) => build.length <= limitBuild),
  body: anyJson,
})

/** [REC1] The envelope of a record: which keys, which forms, how they agree. */
export const envelopeShape: Shape<JournalRecord> = also(fieldsShape, checkOrigin, hasGoodOrigin)

/** The same of a value, `undefined` when it has the envelope. */
export function checkEnvelope(value: Json): ShapeProblem | undefined {
  return envelopeShape.check(value)
}

/** The journal that keeps a record. */
export function journalOf(record: JournalRecord): JournalName {
  const { org, branch, audience, shard, device } = record
  return { org, branch, audience, shard, device }
}

function checkOrigin({ seq, prev, branch, device }: JournalRecord): ShapeProblem | undefined {
  if ((seq === 0) !== (prev === '')) return { path: 'prev', reason: 'bad-form' }
  // Only the server writes for the whole company [J7].
  if (branch === 'all' && !isServerDevice(device)) return { path: 'branch', reason: 'bad-form' }
  return undefined
}

const word = {
  ...{ seq: numberOfWord('seq'), prev: numberOfWord('prev'), none: numberOfWord('') },
  ...{ branch: numberOfWord('branch'), all: numberOfWord('all'), device: numberOfWord('device') },
}

/** `checkOrigin` of an envelope on a tape. */
function hasGoodOrigin(tape: PackedTape, envelope: number): boolean {
  const isFirst = tape.values[tape.valueUnder(envelope, word.seq)] === 0
  if (isFirst !== (tape.textUnder(envelope, word.prev) === word.none)) return false
  if (tape.textUnder(envelope, word.branch) !== word.all) return true
  return isServerDevice(tape.texts.textOf(tape.textUnder(envelope, word.device)))
}
