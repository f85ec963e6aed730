/**
 * What posting a document writes: one part per audience of header and lines, the legs of goods in
 * the goods part, the cost of inbound legs in the buying part. Knows no document type.
 */

import { isForbiddenName, type Json } from '#domain/values/canonical-text.ts'
import {
  type DocumentId,
  isId,
  isUuid,
  type LineId,
  type PostingId,
  type RecordId,
  type SkuId,
  type WarehouseId,
} from '#domain/values/ids.ts'
import { limitLines, limitMoney, limitQuantity, limitText } from '#domain/values/limits.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { type Audience, audiences } from './audience.ts'
import type { PackedTape } from './packed-tape.ts'
import { numberOfWord } from './packed-words.ts'
import {
  also,
  anyJson,
  fields,
  fieldsBeside,
  fieldsOf,
  idText,
  integer,
  inside,
  type JsonFields,
  oneOf,
  optional,
  type Shape,
  type ShapeProblem,
  shortText,
  text,
  uniqueBy,
} from './shape.ts'

/** The order of movements at one moment starts from these (`architecture` [F4]). */
export const legClasses = ['opening', 'receipt', 'return-in', 'count', 'issue', 'internal'] as const

/** One of `legClasses`. */
export type LegClass = (typeof legClasses)[number]

/** One 出入库 (movement) of a posting. */
export interface Leg {
  /** Its name within the posting. */
  readonly leg: string
  readonly lineId?: LineId
  readonly sku: SkuId
  readonly warehouse: WarehouseId
  /** Signed base steps: in > 0, out < 0. */
  readonly quantity: Quantity
  readonly class: LegClass
  /** A linked return: the leg that it takes back. */
  readonly origin?: { readonly docId: DocumentId; readonly leg: string }
  /** On the in leg of an internal move: the name of its out leg. */
  readonly pair?: string
}

/** Net cost in fen of one inbound leg. */
export interface LegValue {
  readonly leg: string
  readonly amount: Money
}

/** One line of a document, as far as this part's audience may read it. */
export type PostedLine = { readonly lineId: LineId } & { readonly [field: string]: Json }

/** One part of a posting [J6]. */
export interface PostedBody {
  /** The id of its draft: the document. */
  readonly docId: DocumentId
  /** One posting of it, common to all its parts. */
  readonly postingId: PostingId
  readonly type: string
  /** 单据编号 (document number). */
  readonly number: string
  readonly part: Audience
  /** The part whose (hlc, device) decides force [F2]. */
  readonly lead: Audience
  /** The record of each part that belongs to this posting, also of those not written here. */
  readonly parts: { readonly [audience: string]: RecordId }
  readonly header: JsonFields
  readonly lines: readonly PostedLine[]
  /** In the goods part only. */
  readonly legs?: readonly Leg[]
  /** In the buying part only. */
  readonly values?: readonly LegValue[]
}

/** A transfer has two legs to a line. */
const limitLegs = 2 * limitLines
const limitFields = 200
const fieldPattern = /^[a-z][A-Za-z0-9]{0,39}$/
const typePattern = /^[a-z][a-z-]{0,39}$/

/** Names of fields of documents: lower camel case. */
export function isFieldName(name: string): boolean {
  return fieldPattern.test(name) && !isForbiddenName(name)
}

const legName = idText<string>((name) => name.length >= 1 && name.length <= 80)
const fieldMap = fieldsOf(isFieldName, anyJson, limitFields)

const legShape: Shape<Leg> = fields({
  leg: legName,
  lineId: optional(idText<LineId>(isId)),
  sku: idText<SkuId>(isId),
  warehouse: idText<WarehouseId>(isId),
  quantity: integer<Quantity>(-limitQuantity, limitQuantity),
  class: oneOf(legClasses),
  origin: optional(fields({ docId: idText<DocumentId>(isId), leg: legName })),
  pair: optional(legName),
})

const lineShape: Shape<PostedLine> = fieldsBeside(
  { lineId: idText<LineId>(isId) },
  isFieldName,
  anyJson,
  limitFields,
)

const partsShape = fieldsOf(
  (name) => (audiences as readonly string[]).includes(name),
  idText<RecordId>(isUuid),
  audiences.length,
)

const valueShape: Shape<LegValue> = fields({
  leg: legName,
  amount: integer<Money>(-limitMoney, limitMoney),
})

const bodyShape: Shape<PostedBody> = fields({
  docId: idText<DocumentId>(isId),
  postingId: idText<PostingId>(isId),
  type: text((name) => typePattern.test(name)),
  number: shortText(limitText),
  part: oneOf(audiences),
  lead: oneOf(audiences),
  parts: partsShape,
  header: fieldMap,
  lines: uniqueBy('lineId', lineShape, limitLines),
  legs: optional(uniqueBy('leg', legShape, limitLegs)),
  values: optional(uniqueBy('leg', valueShape, limitLegs)),
})

/** [REC5] 'posted.v1' and 'part-supplied.v1'. */
export const postedBody: Shape<PostedBody> = also(bodyShape, checkParts, hasGoodParts)

/** Legs stand in the goods part, costs in the buying part: a role never receives the other. */
function checkParts(body: PostedBody): ShapeProblem | undefined {
  if (body.legs !== undefined && body.part !== 'goods')
    return { path: 'legs', reason: 'unexpected' }
  if (body.values !== undefined && body.part !== 'buying') {
    return { path: 'values', reason: 'unexpected' }
  }
  return checkPairs(body.legs ?? [])
}

/** A pair names an internal leg of the same posting that is not itself paired. */
function checkPairs(legs: readonly Leg[]): ShapeProblem | undefined {
  if (legs.every((leg) => leg.pair === undefined)) return undefined
  const unpaired = new Set(
    legs.filter((leg) => leg.class === 'internal' && leg.pair === undefined).map((leg) => leg.leg),
  )
  const wrong = legs.findIndex(
    (leg) => leg.pair !== undefined && !(leg.class === 'internal' && unpaired.delete(leg.pair)),
  )
  return wrong < 0 ? undefined : inside(`legs.${wrong}.pair`, { path: '', reason: 'bad-form' })
}

const word = {
  ...{ part: numberOfWord('part'), goods: numberOfWord('goods'), buying: numberOfWord('buying') },
  ...{ legs: numberOfWord('legs'), values: numberOfWord('values'), leg: numberOfWord('leg') },
  ...{ class: numberOfWord('class'), internal: numberOfWord('internal') },
  pair: numberOfWord('pair'),
}

/** `checkParts` of a body on a tape. */
function hasGoodParts(tape: PackedTape, body: number): boolean {
  const part = tape.textUnder(body, word.part)
  const legs = tape.valueUnder(body, word.legs)
  if (legs >= 0 && part !== word.goods) return false
  if (tape.valueUnder(body, word.values) >= 0 && part !== word.buying) return false
  return legs < 0 || hasGoodPairs(tape, legs)
}

/** `checkPairs` of the legs on a tape. */
function hasGoodPairs(tape: PackedTape, legs: number): boolean {
  const end = tape.ends[legs] ?? 0
  const unpaired = new Set<number>()
  const pairs: number[] = []
  for (let leg = legs + 1; leg < end; leg = tape.ends[leg] ?? end) {
    const pair = tape.textUnder(leg, word.pair)
    const isInternal = tape.textUnder(leg, word.class) === word.internal
    if (pair >= 0 && !isInternal) return false
    if (pair >= 0) pairs.push(pair)
    else if (isInternal) unpaired.add(tape.textUnder(leg, word.leg))
  }
  return pairs.every((pair) => unpaired.delete(pair))
}
