/**
 * The kinds of record that this build knows and the strict check of each body. Kinds are versioned
 * and only ever added; a reader of every shipped kind stays. What a body means is the fold's matter.
 */

import { isBase32 } from '#domain/values/base32.ts'
import { limitVersions } from '#domain/values/document-version.ts'
import {
  type DeviceId,
  type DocumentId,
  isId,
  isUuid,
  type PostingId,
  type UserId,
} from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { limitInstantMs, limitNote, limitRecordBytes, limitText } from '#domain/values/limits.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { checkSubmitted, decided, submitted, withdrawn } from './approval-body.ts'
import { audiences } from './audience.ts'
import { isBase64 } from './base64.ts'
import { isBranch, parseJournalName } from './journal-name.ts'
import { isFieldName, type PostedBody, postedBody } from './posted-body.ts'
import { packedCheck } from './packed-shape.ts'
import type { PackedTape, TapeCheck } from './packed-tape.ts'
import { numberOfWord } from './packed-words.ts'
import type { JournalRecord, RecordProblem } from './record.ts'
import {
  anyJson,
  fields,
  fieldsOf,
  idText,
  inside,
  integer,
  list,
  oneOf,
  optional,
  type Shape,
  type ShapeProblem,
  type ShapeValue,
  shortText,
  text,
} from './shape.ts'
import { reopened, sealed } from './sealed-body.ts'
import { publicKeyShape } from './signature.ts'
import { valueAt } from './unpack-json.ts'

/** What 'masters-changed.v1' may be about. */
export const masterEntities = [
  ...(['company', 'branch', 'warehouse', 'bin', 'category'] as const),
  ...(['product', 'sku', 'supplier', 'customer', 'reason', 'price-list'] as const),
] as const

/** 角色 (role): what a user may do in a branch. */
export const roles = ['keeper', 'seller', 'buyer', 'finance', 'manager', 'owner'] as const

/** One of `roles`. */
export type Role = (typeof roles)[number]

const limitChanges = 1_000
/** A code, a branch and a few ids or names. */
const limitFindingKey = 1_000
const limitMasterFields = 200
const limitBranches = 500
const limitJournals = 1_000

/** 'retailPrice', or 'retailPrice:箱' for one value of a family. */
const masterFieldPattern = /^([A-Za-z0-9]+)(:[^\p{Cc}]{1,200})?$/u

function isMasterField(fieldName: string): boolean {
  const [, field = ''] = masterFieldPattern.exec(fieldName) ?? []
  return isFieldName(field)
}

const branch = idText<string>(isBranch)
const reason = shortText(limitNote)
const name = shortText(limitText)
const user = idText<UserId>(isUuid)
const device = idText<DeviceId>(isUuid)
const journal = text((journalName) => parseJournalName(journalName).ok)

/** 红冲 (reversal): carries no legs; the fold mirrors whichever posting is in force [F3]. `alsoTo` as of a posting. */
const reversed = fields({
  docId: idText<DocumentId>(isId),
  /** The posting that the person saw. */
  postingId: idText<PostingId>(isId),
  number: name,
  reason,
  alsoTo: optional(idText<string>(isUuid)),
})

/** 反审核 (unapproval): takes a version back at its own moment and reopens the draft as the next one [F3]. */
const unapproved = fields({
  docId: idText<DocumentId>(isId),
  version: integer(1, limitVersions - 1),
  reason,
  alsoTo: optional(idText<string>(isUuid)),
})

const masterChange = fields({
  entity: oneOf(masterEntities),
  id: idText<string>(isId),
  fields: fieldsOf(isMasterField, anyJson, limitMasterFields),
})

/** Somebody has looked at a finding (异常) as it stood; it speaks again when its facts change [F11]. */
const findingSeen = fields({ finding: shortText(limitFindingKey), facts: name })

/** Merged per (entity, id, field) by (hlc, device) [F14]. */
const mastersChanged = fields({ changes: list(masterChange, limitChanges) })

/** A record of another journal, as its device stored it; in base64 a third longer. */
const relayed = fields({
  record: text((base64) => base64.length <= 2 * limitRecordBytes && isBase64(base64)),
  from: journal,
})

const deviceEnrolled = fields({
  device,
  /** Never reused; part of each document number. */
  code: text((code) => isBase32(code, 2)),
  name,
  branches: list(branch, limitBranches),
  audiences: list(oneOf(audiences), audiences.length),
  publicKey: publicKeyShape,
  /** The device whose clone this machine was [S5]. */
  forkOf: optional(device),
})

const deviceRevoked = fields({ device, reason })

const userGranted = fields({
  user,
  name,
  roles: list(fields({ branch, role: oneOf(roles) }), limitBranches * roles.length),
})

const userRevoked = fields({ user })

/** When the server had records durably, up to `seq` of each journal. */
const received = fields({
  journals: list(
    fields({
      name: journal,
      seq: integer(0, Number.MAX_SAFE_INTEGER),
      receivedAt: integer<Instant>(0, limitInstantMs - 1),
    }),
    limitJournals,
  ),
})

const shapes = {
  'posted.v1': postedBody,
  'part-supplied.v1': postedBody,
  'reversed.v1': reversed,
  'unapproved.v1': unapproved,
  'finding-seen.v1': findingSeen,
  'masters-changed.v1': mastersChanged,
  'relayed.v1': relayed,
  'device-enrolled.v1': deviceEnrolled,
  'device-revoked.v1': deviceRevoked,
  'user-granted.v1': userGranted,
  'user-revoked.v1': userRevoked,
  'received.v1': received,
  'sealed.v1': sealed,
  'reopened.v1': reopened,
  'submitted.v1': submitted,
  'decided.v1': decided,
  'withdrawn.v1': withdrawn,
} as const

/** A kind that this build knows. */
export type RecordKind = keyof typeof shapes

/** 'reversed.v1'. */
export type ReversedBody = ShapeValue<typeof reversed>
/** 'unapproved.v1'. */
export type UnapprovedBody = ShapeValue<typeof unapproved>
/** New values of some fields of one master; '' clears a field. */
export type MasterChange = ShapeValue<typeof masterChange>
/** 'device-enrolled.v1'. */
export type DeviceEnrolledBody = ShapeValue<typeof deviceEnrolled>
/** 'device-revoked.v1'. */
export type DeviceRevokedBody = ShapeValue<typeof deviceRevoked>
/** 'user-granted.v1': all roles that the user has from now on. */
export type UserGrantedBody = ShapeValue<typeof userGranted>

/** The body of one kind. */
export type BodyOf<Kind extends RecordKind> = ShapeValue<(typeof shapes)[Kind]>

/** A record of one kind, with its body's type. */
export type RecordOf<Kind extends RecordKind> = Omit<JournalRecord, 'kind' | 'body'> & {
  readonly kind: Kind
  readonly body: BodyOf<Kind>
}

/** A record whose body this build understands; `switch (record.kind)` tells the bodies apart. */
export type KnownRecord = { [Kind in RecordKind]: RecordOf<Kind> }[RecordKind]

const shapeByKind: ReadonlyMap<string, Shape<unknown>> = new Map(Object.entries(shapes))

/** All kinds that this build knows. */
export const recordKinds = Object.keys(shapes) as readonly RecordKind[]

/** The same record, with its body checked; what this build does not know is said aloud [REC4]. */
export function checkRecord(record: JournalRecord): Result<KnownRecord, RecordProblem> {
  const shape = shapeByKind.get(record.kind)
  if (shape === undefined) return fail({ code: 'unknown-kind', kind: record.kind })
  const problem = shape.check(record.body) ?? checkAgreement(record)
  if (problem !== undefined) return fail({ code: 'malformed-record', ...inside('body', problem) })
  return done(record as unknown as KnownRecord)
}

/** The kinds of which a body also says what its envelope says. */
const word = {
  ...{ posted: numberOfWord('posted.v1'), supplied: numberOfWord('part-supplied.v1') },
  ...{ kind: numberOfWord('kind'), id: numberOfWord('id'), audience: numberOfWord('audience') },
  ...{ body: numberOfWord('body'), part: numberOfWord('part'), parts: numberOfWord('parts') },
}

/**
 * `checkRecord` of a record on a tape that has the envelope; undefined for a kind that this build
 * does not know.
 */
export function hasGoodBody(tape: PackedTape): boolean | undefined {
  const kind = tape.textUnder(0, word.kind)
  const isBody = bodyCheckOf(tape.texts.textOf(kind))
  if (isBody === undefined) return undefined
  const body = tape.valueUnder(0, word.body)
  if (!isBody(tape, body)) return false
  if (kind !== word.posted && kind !== word.supplied) {
    return tape.texts.textOf(kind) !== 'submitted.v1' || isSubmittedInPlace(tape)
  }
  const part = tape.textUnder(body, word.part)
  if (part !== tape.textUnder(0, word.audience)) return false
  const own = tape.textUnder(tape.valueUnder(body, word.parts), part)
  return kind === word.supplied || own === tape.textUnder(0, word.id)
}

/** Submissions are few: looked at as objects. */
function isSubmittedInPlace(tape: PackedTape): boolean {
  return checkAgreement(valueAt(tape, 0) as unknown as JournalRecord) === undefined
}

const bodyChecks = new Map<string, TapeCheck>()

function bodyCheckOf(kind: string): TapeCheck | undefined {
  const known = bodyChecks.get(kind)
  const shape = shapeByKind.get(kind)
  if (known !== undefined || shape === undefined) return known
  const check = packedCheck(shape)
  bodyChecks.set(kind, check)
  return check
}

/** Whether a body says the same as its envelope. */
function checkAgreement(record: JournalRecord): ShapeProblem | undefined {
  if (record.kind === 'submitted.v1') {
    return checkSubmitted(record.body as unknown as BodyOf<'submitted.v1'>, record)
  }
  if (record.kind !== 'posted.v1' && record.kind !== 'part-supplied.v1') return undefined
  const body = record.body as unknown as PostedBody
  if (body.part !== record.audience) return { path: 'part', reason: 'bad-form' }
  const own = body.parts[body.part]
  // A supplied part is a record of its own, unknown to the poster who named the parts.
  if (record.kind === 'posted.v1' && own !== record.id) {
    return { path: `parts.${body.part}`, reason: own === undefined ? 'missing' : 'bad-form' }
  }
  return undefined
}
