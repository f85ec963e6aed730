/**
 * 字段 (field): what a document type says about one value of its header (表头) or lines (明细). Editors,
 * lists, prints, imports, checks and random drafts read fields; a field knows none of them.
 */

import type { Label } from '#domain/masters/master-field.ts'
import { type PriceRule, priceRules } from '#domain/masters/price-proposal.ts'
import type { Audience } from '#domain/records/audience.ts'
import { type BusinessDate, isBusinessDate } from '#domain/values/business-date.ts'
import { checkJson } from '#domain/values/canonical-text.ts'
import {
  type BinId,
  type CustomerId,
  type DocumentId,
  isId,
  type LineId,
  type ReasonId,
  type SkuId,
  type SupplierId,
  type WarehouseId,
} from '#domain/values/ids.ts'
import {
  limitMoney,
  limitNote,
  limitPercent,
  limitQuantity,
  limitText,
  limitUnitPrice,
} from '#domain/values/limits.ts'
import { type Instant, isInstant } from '#domain/values/instant.ts'
import type { Money } from '#domain/values/money.ts'
import type { Percent } from '#domain/values/percent.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { UnitPrice } from '#domain/values/unit-price.ts'

/** Masters that a field may refer to, and the type of their ids. */
interface ReferredIds {
  readonly warehouse: WarehouseId
  readonly bin: BinId
  readonly sku: SkuId
  readonly supplier: SupplierId
  readonly customer: CustomerId
  readonly reason: ReasonId
}

/**
 * Whether a disabled (停用) master may still be chosen: `refused` on new business, `accepted` where
 * goods flow back or out [CHK4].
 */
type DisabledRule = 'refused' | 'accepted'

type PlainKind =
  | 'text'
  | 'date'
  | 'quantity'
  | 'price'
  | 'money'
  | 'percent'
  | 'unit'
  | 'flag'
  | 'origin'
  | 'origin-line'
  | 'batch'
  | 'serials'
  | 'moment'
  | 'shares'
  | 'price-rule'

/** What a field tells goods apart by; it shows only where goods are told apart so [GDF1]. */
export type Facet = 'batch' | 'serial' | 'bin' | 'status' | 'expired' | 'excess'

type FieldShape =
  | {
      readonly kind: 'reference'
      readonly entity: keyof ReferredIds
      readonly disabled: DisabledRule
    }
  | { readonly kind: 'choice'; readonly options: Readonly<Record<string, Label>> }
  | { readonly kind: PlainKind }

/** For the compiler only: the type of the value, and whether a posted document is sure to hold it. */
declare const typed: unique symbol

/** `certain`: required and of the lead's audience; anything else may be absent for a reader. */
type Presence = 'certain' | 'maybe'

export type Field<
  Value extends string | number = string | number,
  Is extends Presence = Presence,
> = FieldShape & {
  readonly label: Label
  /** May stay empty although the actor may write it. */
  readonly isOptional: boolean
  /** Filled by the kit from other fields; never typed, never imported. */
  readonly isDerived: boolean
  /** Who may read it; the lead's audience when left out, and always set inside a definition. */
  readonly audience?: Audience
  /** Why a value cannot stand here whatever the masters say; undefined when it can [FLD1]. */
  readonly check: (value: unknown) => string | undefined
  readonly facet?: Facet
  /** Of a bin: the header field that names its warehouse. */
  readonly within?: string
  /** Of a warehouse: another branch's may stand here too. */
  readonly isOfAnyBranch?: true
  readonly [typed]?: { readonly value: Value; readonly presence: Is }
}

/** A field that must be there, of the lead's audience. */
export function field<Value extends string | number>(
  shape: FieldShape,
  label: Label,
  check: Field['check'],
): Field<Value, 'certain'> {
  return { ...shape, label, isOptional: false, isDerived: false, check }
}

/** A master of the company, by id. */
export function reference<Entity extends keyof ReferredIds>(
  entity: Entity,
  label: Label,
  disabled: DisabledRule = 'refused',
): Field<ReferredIds[Entity], 'certain'> {
  return field({ kind: 'reference', entity, disabled }, label, checkId)
}

/** A warehouse of this branch or of another. */
export function warehouseOfAnyBranch(label: Label): Field<WarehouseId, 'certain'> {
  return { ...reference('warehouse', label), isOfAnyBranch: true }
}

/** One of a few codes: the value's type is the union of the keys of `options`. */
export function choice<const Options extends Readonly<Record<string, Label>>>(
  label: Label,
  options: Options,
): Field<keyof Options & string, 'certain'> {
  return field({ kind: 'choice', options }, label, (value) =>
    typeof value === 'string' && Object.hasOwn(options, value) ? undefined : 'choice-unknown',
  )
}

/** Free text of up to `limitNote` characters. */
export function textField(label: Label): Field<string, 'certain'> {
  return field({ kind: 'text' }, label, textCheck(limitNote))
}

/** 'yyyy-mm-dd'. */
export function dateField(label: Label): Field<BusinessDate, 'certain'> {
  return field({ kind: 'date' }, label, (value) =>
    typeof value === 'string' && isBusinessDate(value) ? undefined : 'date-malformed',
  )
}

/** More than zero, in 10⁻⁴ of the SKU's base unit; which way the goods go is the type's matter. */
export function quantityField(label: Label): Field<Quantity, 'certain'> {
  const check = integerCheck(limitQuantity)
  return field({ kind: 'quantity' }, label, (value) =>
    value === 0 ? 'must-be-positive' : check(value),
  )
}

/** What was counted, zero too, in 10⁻⁴ of the SKU's base unit: 0 is none there, blank is not counted. */
export function countedField(label: Label): Field<Quantity, 'certain'> {
  return field({ kind: 'quantity' }, label, integerCheck(limitQuantity))
}

/** When its line was entered: kept by the desk, never typed. */
export function momentField(label: Label): Field<Instant, 'certain'> {
  return field({ kind: 'moment' }, label, (value) =>
    typeof value === 'number' && isInstant(value) ? undefined : 'date-malformed',
  )
}

/** Millionths of a yuan per unit of the line, tax included; zero is a gift (赠品) [FLD2]. */
export function priceField(label: Label): Field<UnitPrice, 'certain'> {
  return field({ kind: 'price' }, label, integerCheck(limitUnitPrice))
}

/** [BDL3] What the components of a bundle bear of its price, as weights; never typed, never shown. */
export function bundleSharesField(): Field<string, 'maybe'> {
  const of = field<string>({ kind: 'shares' }, ['套装分摊', 'Bundle shares'], textCheck(limitNote))
  return inAudience('sales', derived(of))
}

/** [PRF1] Which rule proposed the price of the line; left out where a person typed it (MD-08). */
function priceRuleField(): Field<PriceRule, 'certain'> {
  return field({ kind: 'price-rule' }, ['取价', 'Price rule'], (value) =>
    typeof value === 'string' && Object.hasOwn(priceRules, value) ? undefined : 'choice-unknown',
  )
}

/** Fen, zero or more. */
export function moneyField(label: Label): Field<Money, 'certain'> {
  return field({ kind: 'money' }, label, integerCheck(limitMoney))
}

/** 10⁻⁴ of the whole, zero or more. */
export function percentField(label: Label): Field<Percent, 'certain'> {
  return field({ kind: 'percent' }, label, integerCheck(limitPercent))
}

/** 1 when set, left out when not. */
export function flagField(label: Label): Field<1, 'maybe'> {
  return optional(
    field<1>({ kind: 'flag' }, label, (value) => (value === 1 ? undefined : 'flag-malformed')),
  )
}

/** May stay empty. */
export function optional<Value extends string | number>(of: Field<Value>): Field<Value, 'maybe'> {
  return changed(of, { isOptional: true })
}

/** Belongs to the part of `audience`: absent wherever that part is pending or may not be read. */
export function inAudience<Value extends string | number>(
  audience: Audience,
  of: Field<Value>,
): Field<Value, 'maybe'> {
  return changed(of, { audience })
}

/** Filled by the kit or by the type's `derive`. */
export function derived<Value extends string | number>(of: Field<Value>): Field<Value, 'maybe'> {
  return changed(of, { isOptional: true, isDerived: true })
}

/** The cast changes what the compiler knows alone: presence is not there at run time. */
function changed<Value extends string | number>(
  of: Field<Value>,
  traits: Partial<Pick<Field, 'isOptional' | 'isDerived' | 'audience'>>,
): Field<Value, 'maybe'> {
  return { ...of, ...traits } as Field<Value, 'maybe'>
}

/**
 * The money of a line: what one `unit` (base unit when left out) costs with tax, and what follows:
 * `amount` = quantity × price rounded once, `tax` the part of it that is VAT to the company [AMT1].
 */
export function pricedLine(audience: Audience) {
  const unit = field<string>({ kind: 'unit' }, ['单位', 'Unit'], textCheck(limitText))
  return {
    unit: optional(unit),
    price: inAudience(audience, priceField(['单价', 'Price'])),
    priceRule: inAudience(audience, optional(priceRuleField())),
    taxRate: inAudience(audience, optional(percentField(['税率', 'Tax rate']))),
    amount: inAudience(audience, derived(moneyField(['金额', 'Amount']))),
    tax: inAudience(audience, derived(moneyField(['税额', 'Tax']))),
  }
}

/**
 * Which invoice comes with what is bought: with a 专票 the tax inside the prices is no cost to a
 * 一般纳税人 [AMT2].
 */
export function invoiceKindField() {
  const label = ['发票类型', 'Invoice'] as const
  return inAudience(
    'buying',
    choice(label, {
      special: ['专票', 'Special VAT invoice'],
      ordinary: ['普票', 'Ordinary invoice'],
      none: ['未到票', 'Not yet invoiced'],
    }),
  )
}

/** The product of a line; documents that say what became of goods accept one that was disabled since. */
export function skuField(disabled?: DisabledRule) {
  return reference('sku', ['商品', 'SKU'], disabled)
}

export function warehouseField() {
  return reference('warehouse', ['仓库', 'Warehouse'])
}

export function noteField() {
  return optional(textField(['备注', 'Note']))
}

/** A line that may take back, in part or whole, a line of an earlier document; free without it. */
export function originFields(label: Label) {
  const line = field<LineId>({ kind: 'origin-line' }, ['原单行', 'Origin line'], checkId)
  return {
    originId: optional(field<DocumentId>({ kind: 'origin' }, label, checkId)),
    originLineId: optional(line),
  }
}

/** A line that may carry out, in part or whole, a line of an order; free without it. */
export function orderFields(label: Label) {
  const line = field<LineId>({ kind: 'origin-line' }, ['订单行', 'Order line'], checkId)
  return {
    orderId: optional(field<DocumentId>({ kind: 'origin' }, label, checkId)),
    orderLineId: optional(line),
  }
}

function checkId(value: unknown): string | undefined {
  return typeof value === 'string' && isId(value) ? undefined : 'reference-malformed'
}

function textCheck(limit: number): Field['check'] {
  return (value) => {
    if (typeof value !== 'string') return 'must-be-text'
    return value.length > limit ? 'text-too-long' : checkJson(value)
  }
}

function integerCheck(limit: number): Field['check'] {
  return (value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'must-be-integer'
    if (value < 0 || Object.is(value, -0)) return 'must-not-be-negative'
    return value > limit ? 'number-too-large' : undefined
  }
}
