/**
 * 单据类型 (document type): the one place that says what a kind of document holds, who may do what
 * with it, and which movements and voucher lines follow. Everything else about it is derived.
 */

import type { Label } from '#domain/masters/master-field.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { StatedKind } from '#domain/records/claim.ts'
import type { Role } from '#domain/records/kinds.ts'
import type { CostAdjustment, Leg, LegClass, StockStatus } from '#domain/records/posted-body.ts'
import { assert } from '#domain/values/assert.ts'
import { isForbiddenName, type Json } from '#domain/values/canonical-text.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { BusinessDate } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { Field } from './fields.ts'

type Fields = Readonly<Record<string, Field>>

type ValueOf<Each> = Each extends Field<infer Value> ? Value : never

/** The values of a group of fields as a posted document holds them. */
type ValuesOf<Group extends Fields> = {
  readonly [Name in keyof Group as Group[Name] extends Field<string | number, 'certain'>
    ? Name
    : never]: ValueOf<Group[Name]>
} & {
  readonly [Name in keyof Group as Group[Name] extends Field<string | number, 'certain'>
    ? never
    : Name]?: ValueOf<Group[Name]>
}

/** A document whose fields hold; what another audience keeps may be absent. */
interface TypedDocument<Header extends Fields, Line extends Fields> {
  readonly docId: string
  readonly branch: string
  readonly header: ValuesOf<Header>
  readonly lines: readonly (ValuesOf<Line> & { readonly lineId: string })[]
}

/** The same while it is being typed: each field may still be empty, and none is of a wrong kind. */
interface TypedDraft<Header extends Fields, Line extends Fields> {
  readonly docId: string
  readonly branch: string
  readonly at?: Instant
  readonly header: Partial<ValuesOf<Header>>
  readonly lines: readonly (Partial<ValuesOf<Line>> & { readonly lineId: string })[]
}

/** A draft (草稿) as it lies on the desk: nothing about it is certain but its identity. */
export interface DraftDocument {
  readonly docId: string
  readonly type: string
  /** The branch that it belongs to. */
  readonly branch: string
  /** 业务时间; the moment of posting when left out. */
  readonly at?: Instant
  readonly header: Readonly<Record<string, Json | undefined>>
  readonly lines: readonly ({ readonly lineId: string } & Readonly<
    Record<string, Json | undefined>
  >)[]
}

/** What keeps a draft from being posted: a fact in kebab-case, where it is, and its figures. */
export interface PostProblem {
  readonly code: string
  readonly field?: string
  readonly lineId?: string
  readonly [fact: string]: Json | undefined
}

/** What tells the goods of a movement apart; nothing for most goods. */
export interface Goods {
  readonly batch?: string
  readonly produced?: BusinessDate
  readonly expires?: BusinessDate
  /** As typed: the kit makes a leg of each. */
  readonly serials?: string
  readonly bin?: string
  /** 合格 when left out. */
  readonly status?: 'good' | StockStatus
}

/** 出入库流水 as a type states it: signed, of one line; the kit adds class and origin. */
export interface Movement extends Partial<Pick<Leg, 'counted' | 'countedAt' | 'countedFrom'>> {
  /** Unique in the document. The id of the line where a line moves goods once. */
  readonly leg: string
  /** Left out where it equals `leg`. */
  readonly lineId?: string
  readonly skuId: SkuId
  readonly warehouseId: WarehouseId
  readonly quantity: Quantity
  /** On the in leg of an internal move: its out leg. */
  readonly pair?: string
  /** Internal move of several goods: the in legs of a group share the cost of its out legs by `share`. */
  readonly group?: string
  /** Weight of an in leg of a group, an integer of 0 or more. */
  readonly share?: number
  readonly goods?: Goods
  /** Moves nothing: what is there of its goods is worth the price that the values say. */
  readonly isRestating?: true
}

/**
 * 分录 (voucher line) before amounts are known: an account by its role in the chart, and whose amount
 * it takes. gross-of = net-of + tax-of a leg's line; cost-of is what the merged log says of the leg; of a
 * count that is gain-of where it found more than there was to be, loss-of where less, the other is 0.
 */
export interface VoucherLine {
  readonly side: 'debit' | 'credit'
  readonly account:
    | 'accrued-payable'
    | 'alipay'
    | 'card'
    | 'cash'
    | 'cost-difference'
    | 'cost-of-sales'
    | 'input-vat'
    | 'inventory'
    | 'office-expense'
    | 'other-expense'
    | 'other-income'
    | 'output-vat'
    | 'payable'
    | 'pending-loss'
    | 'receivable'
    | 'revenue'
    | 'selling-expense'
    | 'wechat'
  readonly amount:
    | {
        readonly kind: 'cost-of' | 'gain-of' | 'gross-of' | 'loss-of' | 'net-of' | 'tax-of'
        readonly leg: string
      }
    | { readonly kind: 'stated'; readonly amount: Money }
  /** 红字: the same side with a negative amount. */
  readonly isRed?: true
}

interface DocumentSpec<Header extends Fields, Line extends Fields> {
  /** kebab-case; the name of the type's folder and of its routes. */
  readonly type: string
  readonly label: Label
  readonly menu: 'purchase' | 'sales' | 'stock'
  /** Pinyin initials before the number; the counter behind it never resets. */
  readonly numbering: { readonly prefix: string }
  /** The audience whose part decides force; goods when left out. */
  readonly lead?: Audience
  readonly header: Header
  readonly lines: Line
  /** Types whose posted lines these lines may undo, or take on; the lines then carry `originFields`. */
  readonly links?: {
    readonly from: readonly string[]
    /** The lines bring on what is under way: each names its origin, and nothing goes on without one. */
    readonly as?: 'onward'
  }
  /** Types whose lines these lines carry out, or change; the lines then carry `orderFields`. */
  readonly orders?: { readonly from: readonly string[] }
  /**
   * Types of goods in that these lines price anew: what was billed for them instead of the estimate (采购发票),
   * or charges on top, shared over the lines (费用分摊); the lines then carry `originFields`.
   */
  readonly adjusts?: { readonly from: readonly string[]; readonly as: CostAdjustment['kind'] }
  /**
   * What each line says of goods that do not move: it keeps them for a customer (占用), awaits them
   * from a supplier (在订), asks for them (请购, 要货), offers them (报价), or says what a line of an order
   * is from here on.
   */
  readonly claims?: StatedKind | 'change'
  /** The owner may do everything; `reverse` is the right of those who post when left out. */
  readonly roles: {
    readonly edit: readonly Role[]
    readonly post: readonly Role[]
    readonly reverse?: readonly Role[]
  }
  /** Header fields shown in the list, after number and time. */
  readonly list: readonly (keyof Header & string)[]
  readonly print: {
    readonly signatures: readonly Label[]
    /** Line fields that are no matter of the other side. */
    readonly without?: readonly (keyof Line & string)[]
  }
  /**
   * 组装, 拆卸: the header names a product that its lines are made into, or that they come out of; the kit
   * knows its recipe (`recipe-lines.ts`).
   */
  readonly makes?: 'header' | 'lines'
  /** Where the movements stand among others of the same moment. */
  readonly movementClass: LegClass

  /** Header fields that follow from the rest; called while typing and before posting. */
  derive?(draft: TypedDraft<Header, Line>): Partial<ValuesOf<Header>>
  /** What the fields alone cannot say; called when every field holds. */
  check?(document: TypedDocument<Header, Line>): readonly PostProblem[]
  movements(document: TypedDocument<Header, Line>): readonly Movement[]
  /**
   * What the buying part says its legs are worth, where that is more than the cost of goods that come in
   * from outside: changes of value, fees, the value at which a transfer arrives. Fen; of what was counted
   * those of ten thousand base units.
   */
  values?(document: TypedDocument<Header, Line>): readonly {
    readonly leg: string
    readonly amount: Money
  }[]
  voucherLines(document: TypedDocument<Header, Line>): readonly VoucherLine[]
}

interface NamedField {
  readonly name: string
  readonly field: Field
}

interface DocumentDefinition<Header extends Fields, Line extends Fields>
  extends DocumentSpec<Header, Line> {
  readonly lead: Audience
  /** Audiences of its fields, the lead first: a posting has one part for each [J6]. */
  readonly parts: readonly Audience[]
  /** Audiences all of whose fields may stay empty: a part only where something was said. */
  readonly extraParts: readonly Audience[]
  readonly listColumns: readonly NamedField[]
  /** What a file may hold per line. */
  readonly importColumns: readonly NamedField[]
  /** A draft of this type whose fields the compiler checks. */
  draft(of: TypedDraft<Header, Line>): DraftDocument
}

const neverImported: ReadonlySet<Field['kind']> = new Set([
  'origin',
  'origin-line',
  'moment',
  'shares',
  'price-rule',
])

/** Any document type, for code that works on all of them. */
export type AnyDocumentDefinition = DocumentDefinition<Fields, Fields>

/** Completes `spec`; stops on a definition that contradicts itself, a bug of its author [DEF1]. */
export function defineDocument<Header extends Fields, Line extends Fields>(
  spec: DocumentSpec<Header, Line>,
): DocumentDefinition<Header, Line> {
  const lead = spec.lead ?? 'goods'
  const header = withAudience(spec.header, lead)
  const lines = withAudience(spec.lines, lead)
  assertSound(spec)
  return Object.freeze({
    ...spec,
    lead,
    header,
    lines,
    ...audiencesOf(lead, [...Object.values<Field>(header), ...Object.values<Field>(lines)]),
    listColumns: spec.list.map((name) => ({ name, field: fieldNamed(header, name) })),
    importColumns: Object.entries<Field>(lines)
      .filter(([, { isDerived, kind }]) => !isDerived && !neverImported.has(kind))
      .map(([name, field]) => ({ name, field })),
    draft: (of: TypedDraft<Header, Line>) => ({ ...of, type: spec.type }),
  })
}

/** Every field with its reader named, so that nobody downstream needs to know the lead. */
function withAudience<Group extends Fields>(group: Group, lead: Audience): Group {
  const entries = Object.entries<Field>(group)
  return Object.fromEntries(
    entries.map(([name, field]) => [name, { ...field, audience: field.audience ?? lead }]),
  ) as Group
}

function audiencesOf(
  lead: Audience,
  fields: readonly Field[],
): { readonly parts: readonly Audience[]; readonly extraParts: readonly Audience[] } {
  const readers = (some: readonly Field[]) => some.map((field) => field.audience ?? lead)
  const parts = [...new Set([lead, ...readers(fields.filter((field) => !field.isOptional))])]
  const all = [...new Set(readers(fields))]
  return { parts, extraParts: all.filter((audience) => !parts.includes(audience)) }
}

function fieldNamed(group: Fields, name: string): Field {
  const field = group[name]
  assert(field !== undefined, `no such field: ${name}`)
  return field
}

function assertSound(
  spec: Pick<
    AnyDocumentDefinition,
    'type' | 'numbering' | 'header' | 'lines' | 'links' | 'orders' | 'adjusts'
  >,
): void {
  const kinds = Object.values(spec.lines).map((field) => field.kind)
  const names = [...Object.keys(spec.header), ...Object.keys(spec.lines)]
  assert(/^[A-Z]{2,4}$/.test(spec.numbering.prefix), `${spec.type}: prefix of 2–4 capitals`)
  assert(
    kinds.includes('origin') === ((spec.links ?? spec.orders ?? spec.adjusts) !== undefined),
    `${spec.type}: links or adjusts and originFields, or orders and orderFields, go together`,
  )
  assert(
    !names.some((name) => name === 'lineId' || isForbiddenName(name)),
    `${spec.type}: a field has a reserved name`,
  )
}
