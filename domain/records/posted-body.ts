/**
 * What posting a document writes: one part per audience of header and lines, the legs of goods in
 * the goods part, the cost of inbound legs in the buying part. Knows no document type.
 */

import { type BusinessDate, isBusinessDate } from '#domain/values/business-date.ts'
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
import type { Instant } from '#domain/values/instant.ts'
import {
  limitInstantMs,
  limitLines,
  limitMoney,
  limitQuantity,
  limitText,
} from '#domain/values/limits.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { type Audience, audiences } from './audience.ts'
import { checkClaims, type Claim, claimShape } from './claim.ts'
import type { PackedTape } from './packed-tape.ts'
import { wordCount } from './packed-texts.ts'
import { numberOfWord } from './packed-words.ts'
import { valueAt } from './unpack-json.ts'
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
  list,
  oneOf,
  optional,
  type Shape,
  type ShapeProblem,
  shortText,
  text,
  uniqueBy,
} from './shape.ts'

/** The order of movements at one moment starts from these (`architecture` [F4]). */
export const legClasses = [
  ...(['opening', 'receipt', 'return-in', 'count', 'issue', 'value', 'internal'] as const),
] as const

/** One of `legClasses`. */
export type LegClass = (typeof legClasses)[number]

/** 库存状态 (stock status) of goods that are not simply good (合格): 待检, 不良, 冻结, 待提. */
export const stockStatuses = ['pending', 'defective', 'frozen', 'uncollected'] as const

/** One of `stockStatuses`. */
export type StockStatus = (typeof stockStatuses)[number]

/** One 出入库 (movement) of a posting. */
export interface Leg {
  /** Its name within the posting. */
  readonly leg: string
  readonly lineId?: LineId
  readonly sku: SkuId
  readonly warehouse: WarehouseId
  /**
   * Signed base steps: in > 0, out < 0; 0 of a `value` leg and of a counted one. A `count` leg of 0 that
   * counts nothing restates: what is there of its goods is worth the price that its `LegValue` says.
   */
  readonly quantity: Quantity
  readonly class: LegClass
  /** 库位, where the warehouse has bins. */
  readonly bin?: string
  /** 批号. */
  readonly batch?: string
  /** 生产日期 and 有效期至 of the batch, as whoever brought it in has read them. */
  readonly produced?: BusinessDate
  readonly expires?: BusinessDate
  /** 序列号; such a leg moves one base unit. */
  readonly serial?: string
  /** Left out of good ones (合格). */
  readonly status?: StockStatus
  /** [F5] Of a `count` leg: what was there, an assertion; the fold derives the difference. */
  readonly counted?: Quantity
  /** What the counter's device took to be there. */
  readonly book?: Quantity
  /** Of a `count` leg, when it was counted: its last entry; the moment of the record when left out. */
  readonly countedAt?: Instant
  /** Its first entry, where that was earlier. */
  readonly countedFrom?: Instant
  /** A linked return: the leg that it takes back. */
  readonly origin?: { readonly docId: DocumentId; readonly leg: string }
  /** On the in leg of an internal move: the name of its out leg. */
  readonly pair?: string
  /** Internal moves of several goods (组装, 拆卸): the in legs of a group share the cost of its out legs. */
  readonly group?: string
  /** Weight of an in leg in its group. */
  readonly share?: number
}

/**
 * Fen of one leg: the net cost of goods in; the change of value of a `value` leg; on an in leg with
 * `pair` the value at which goods arrive (变价调拨), with `group` a fee on top of the parts. Of a leg that
 * counts or restates: of ten thousand base units, so that the unit price behind it is kept exactly.
 */
export interface LegValue {
  readonly leg: string
  readonly amount: Money
}

/** What a later document says of the cost of a receipt's leg. */
export interface CostAdjustment {
  readonly docId: DocumentId
  readonly leg: string
  /** invoice: `quantity` of it cost `amount` in all. landed: `amount` comes on top (费用分摊). */
  readonly kind: 'invoice' | 'landed'
  /** Steps, > 0; of an invoice. */
  readonly quantity?: Quantity
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
  readonly claims?: readonly Claim[]
  /** In the buying part only. */
  readonly values?: readonly LegValue[]
  readonly adjustments?: readonly CostAdjustment[]
  /** Another branch whom it concerns: the server hands it on there [RLY4]. */
  readonly alsoTo?: string
  /** 提交 that was approved, of a document that was posted as it was submitted. */
  readonly submission?: PostingId
}

/** A transfer has two legs to a line. */
const limitLegs = 2 * limitLines
const limitFields = 200
const fieldPattern = /^[a-z][A-Za-z0-9]{0,39}$/
const typePattern = /^[a-z][a-z-]{0,39}$/
/** 批号 and 序列号: as printed, without blanks at the ends or control characters. */
const tagPattern = /^[^\s\p{Cc}]([^\p{Cc}]{0,58}[^\s\p{Cc}])?$/u
/** Steps of one base unit: what a leg with a serial number moves. */
const oneUnit = 10_000

/** Names of fields of documents: lower camel case. */
export function isFieldName(name: string): boolean {
  return fieldPattern.test(name) && !isForbiddenName(name)
}

const legName = idText<string>((name) => name.length >= 1 && name.length <= 80)
const tagText = text((tag) => tagPattern.test(tag))
const day = text<BusinessDate>(isBusinessDate)
const fieldMap = fieldsOf(isFieldName, anyJson, limitFields)

const legShape: Shape<Leg> = fields({
  leg: legName,
  lineId: optional(idText<LineId>(isId)),
  sku: idText<SkuId>(isId),
  warehouse: idText<WarehouseId>(isId),
  quantity: integer<Quantity>(-limitQuantity, limitQuantity),
  class: oneOf(legClasses),
  bin: optional(idText<string>(isId)),
  batch: optional(tagText),
  produced: optional(day),
  expires: optional(day),
  serial: optional(tagText),
  status: optional(oneOf(stockStatuses)),
  counted: optional(integer<Quantity>(0, limitQuantity)),
  book: optional(integer<Quantity>(-limitQuantity, limitQuantity)),
  countedAt: optional(integer<Instant>(0, limitInstantMs - 1)),
  countedFrom: optional(integer<Instant>(0, limitInstantMs - 1)),
  origin: optional(fields({ docId: idText<DocumentId>(isId), leg: legName })),
  pair: optional(legName),
  group: optional(legName),
  share: optional(integer(0, limitMoney)),
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

const adjustmentShape: Shape<CostAdjustment> = fields({
  docId: idText<DocumentId>(isId),
  leg: legName,
  kind: oneOf(['invoice', 'landed']),
  quantity: optional(integer<Quantity>(1, limitQuantity)),
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
  claims: optional(uniqueBy('lineId', claimShape, limitLines)),
  values: optional(uniqueBy('leg', valueShape, limitLegs)),
  adjustments: optional(list(adjustmentShape, limitLegs)),
  alsoTo: optional(idText<string>(isUuid)),
  submission: optional(idText<PostingId>(isId)),
})

/** [REC5] 'posted.v1' and 'part-supplied.v1'. */
export const postedBody: Shape<PostedBody> = also(bodyShape, checkParts, hasGoodParts)

const partByField = [
  ...([
    ['legs', 'goods'],
    ['claims', 'goods'],
  ] as const),
  ...([
    ['values', 'buying'],
    ['adjustments', 'buying'],
  ] as const),
] as const

/** Legs and claims stand in the goods part, costs in the buying part: a role never receives the other. */
function checkParts(body: PostedBody): ShapeProblem | undefined {
  for (const [path, part] of partByField) {
    if (body[path] !== undefined && body.part !== part) return { path, reason: 'unexpected' }
  }
  const adjusted = (body.adjustments ?? []).findIndex(
    ({ kind, quantity }) => (kind === 'invoice') !== (quantity !== undefined),
  )
  if (adjusted >= 0) return { path: `adjustments.${adjusted}.quantity`, reason: 'bad-form' }
  const legs = body.legs ?? []
  for (let i = 0; i < legs.length; i++) {
    const problem = checkLeg(legs[i] as Leg)
    if (problem !== undefined) return inside(`legs.${i}`, problem)
  }
  return checkPairs(legs) ?? checkClaims(body.claims ?? [])
}

/** What class, tag and group of a leg ask of its other fields: a path, or nothing wrong. */
const legRules = Object.entries<(leg: Leg, isStill: boolean) => boolean>({
  quantity: ({ quantity }, isStill) => !isStill || quantity === 0,
  counted: ({ counted, serial, class: legClass }) =>
    counted === undefined ||
    (legClass === 'count' && (serial === undefined || counted === 0 || counted === oneUnit)),
  book: ({ book, counted }) => book === undefined || counted !== undefined,
  countedAt: ({ countedAt, counted, class: legClass, quantity }) =>
    countedAt === undefined || counted !== undefined || (legClass === 'count' && quantity === 0),
  countedFrom: ({ countedFrom, countedAt }) =>
    countedFrom === undefined || (countedAt !== undefined && countedFrom < countedAt),
  serial: ({ serial, quantity }, isStill) =>
    serial === undefined || isStill || Math.abs(quantity) === oneUnit,
  batch: ({ batch, produced, expires }) =>
    batch !== undefined || (produced ?? expires) === undefined,
  group: ({ group, pair, class: legClass }) =>
    group === undefined || (legClass === 'internal' && pair === undefined),
  share: ({ share, group }) => share === undefined || group !== undefined,
})

function checkLeg(leg: Leg): ShapeProblem | undefined {
  const isRestating = leg.class === 'count' && leg.quantity === 0
  const isStill = leg.counted !== undefined || leg.class === 'value' || isRestating
  for (const [path, isKept] of legRules) {
    if (!isKept(leg, isStill)) return { path, reason: 'bad-form' }
  }
  return undefined
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

/** `checkParts` of a body on a tape; one with rarer fields is looked at as an object. */
function hasGoodParts(tape: PackedTape, body: number): boolean {
  if (isRare(tape, body))
    return checkParts(valueAt(tape, body) as unknown as PostedBody) === undefined
  const part = tape.textUnder(body, word.part)
  const legs = tape.valueUnder(body, word.legs)
  if (legs >= 0 && part !== word.goods) return false
  if (tape.valueUnder(body, word.values) >= 0 && part !== word.buying) return false
  return legs < 0 || hasGoodPairs(tape, legs)
}

/** Whether a body has adjustments, or legs that say more than which goods went where: no words of the dictionary. */
function isRare(tape: PackedTape, body: number): boolean {
  if (hasNewName(tape, body)) return true
  const legs = tape.valueUnder(body, word.legs)
  const end = legs < 0 ? legs : (tape.ends[legs] ?? 0)
  for (let leg = legs + 1; leg < end; leg = tape.ends[leg] ?? end) {
    if (tape.textUnder(leg, word.class) >= wordCount || hasNewName(tape, leg)) return true
  }
  return false
}

function hasNewName(tape: PackedTape, entry: number): boolean {
  const end = tape.ends[entry] ?? 0
  for (let name = entry + 1; name < end; name = tape.ends[name + 1] ?? end) {
    if ((tape.values[name] ?? 0) >= wordCount) return true
  }
  return false
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
