/**
 * Which goods stand otherwise than they were seen, and by which documents: what each document moves now, less what
 * it moved then. Follows from two states alone, so that no order or batch of arrival shows in it [NEW1].
 */

import { branchOfPool, poolsOfSku } from '#domain/ledgers/stock/place.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { isCounted } from '#domain/ledgers/stock/counts.ts'
import { adjustmentIndexOf } from './adjustment-rows.ts'
import { type DocumentNews, newsSince } from './document-news.ts'
import { branchText, isPosted, movementOfLeg } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { isApart } from './halves.ts'
import { docIdOf } from './names.ts'
import { openSeen, packSeen, type SeenFigures, seeFigures, worthOf } from './seen-figures.ts'

export interface ChangedDocument {
  readonly docId: string
  readonly branch: string
  /** What it moves now, less what it moved then. */
  readonly quantity: Quantity
  readonly value: Money
  /** It moved goods then: its figures were restated, or taken back. */
  readonly isEarlier: boolean
  readonly isCount: boolean
  /** It says what goods of others cost (采购发票, 费用分摊). */
  readonly isPricing: boolean
  /** Undefined where nothing came of the document itself. */
  readonly news?: DocumentNews
}

export interface GoodsFigures {
  readonly quantity: Quantity
  readonly value: Money
}

/** Goods of one SKU that share their value: in a branch, or, under that cost scope, in the company ('all'). */
export interface ChangedGoods {
  readonly sku: SkuId
  readonly branch: string
  readonly before: GoodsFigures
  readonly after: GoodsFigures
  /** Where the quantity is another one, by warehouse. */
  readonly places: readonly {
    readonly warehouse: WarehouseId
    readonly before: Quantity
    readonly after: Quantity
  }[]
  /** `before` and all of these make `after`, to the fen. */
  readonly documents: readonly ChangedDocument[]
}

/** That goods stand otherwise, and what came of their documents; the figures are made when asked for. */
export interface ChangeOutline extends Pick<ChangedGoods, 'sku' | 'branch'> {
  /** Some document moves another quantity. */
  readonly isMoved: boolean
  readonly news: readonly DocumentNews[]
  detail(): ChangedGoods
}

export interface SeenView {
  /** How everything stands now. */
  take(): SeenFigures
  /** What stands otherwise now, in no order. */
  changesSince(seen: SeenFigures): readonly ChangeOutline[]
  /** Rows of parts and reversals so far: what is beyond them comes later. */
  extent(): Pick<SeenFigures, 'parts' | 'reversals'>
  /** For a checkpoint of the fold as it stands now; `open` takes it back beside the same state alone. */
  pack(seen: SeenFigures): Uint8Array
  open(bytes: Uint8Array): SeenFigures | undefined
}

export function seenView(state: FoldState): SeenView {
  return {
    take: () => seeFigures(state),
    changesSince: (seen) => changesSince(state, seen),
    extent: () => ({ parts: state.parts.rows, reversals: state.reversals.rows }),
    pack: (seen) => packSeen(state, seen),
    open: (bytes) => openSeen(state, bytes),
  }
}

interface Sums {
  quantity: number
  value: number
  isEarlier: boolean
  isCount: boolean
  isPricing: boolean
}

/** By number of the SKU and, −1 for the company, of the branch. */
interface Group {
  readonly sku: number
  readonly branch: number
  readonly byLine: Map<number, number>
  readonly byDocument: Map<number, Sums>
}

function changesSince(state: FoldState, seen: SeenFigures): readonly ChangeOutline[] {
  const groups = movedOtherwise(state, seen)
  const news = newsSince(state, seen)
  for (const document of news.keys()) notePricing(state, groups, document)
  return [...groups.values()].flatMap((group) => outlineOf(state, group, news) ?? [])
}

function movedOtherwise(state: FoldState, seen: SeenFigures): Map<number, Group> {
  const { ledger } = state
  const { quantity, line, event } = ledger.movements.columns
  const { document } = ledger.events.columns
  const groups = new Map<number, Group>()
  const known = seen.quantity.length
  const isNoBranch = isApart(state.names)
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    const isKnown = movement < known
    const was = isKnown ? (seen.quantity[movement] as number) : 0
    const wasWorth = isKnown ? (seen.worth[movement] as number) : 0
    const steps = (quantity[movement] as number) - was
    const value = worthOf(ledger, movement) - wasWorth
    if (steps === 0 && value === 0) continue
    if (isNoBranch(ledger.places.second(ledger.lines.second(line[movement] as number)))) continue
    const group = groupOf(state, groups, line[movement] as number)
    group.byLine.set(
      line[movement] as number,
      (group.byLine.get(line[movement] as number) ?? 0) + steps,
    )
    const sums = sumsOf(group, document[event[movement] as number] as number)
    sums.quantity += steps
    sums.value += value
    sums.isEarlier ||= isKnown
    sums.isCount ||= isCounted(ledger, movement)
  }
  return groups
}

function groupOf(state: FoldState, groups: Map<number, Group>, line: number): Group {
  const { lines, places, policy } = state.ledger
  const sku = lines.first(line)
  const branch = policy.scope === 'company' ? -1 : places.second(lines.second(line))
  const key = sku * (state.names.branches.size + 1) + branch + 1
  const known = groups.get(key)
  if (known !== undefined) return known
  const group: Group = { sku, branch, byLine: new Map(), byDocument: new Map() }
  groups.set(key, group)
  return group
}

function sumsOf({ byDocument }: Group, document: number): Sums {
  const known = byDocument.get(document)
  if (known !== undefined) return known
  const flags = { isEarlier: false, isCount: false, isPricing: false }
  const sums: Sums = { quantity: 0, value: 0, ...flags }
  byDocument.set(document, sums)
  return sums
}

/** What came since and prices goods of others is a reason for their change, without a sum of its own. */
function notePricing(state: FoldState, groups: Map<number, Group>, by: number): void {
  const { next } = state.parts.columns
  const first = state.documents.columns.parts[by] as number
  for (let part = first; part >= 0; part = next[part] as number) {
    for (const movement of pricedBy(state, part)) {
      const line = state.ledger.movements.columns.line[movement] as number
      sumsOf(groupOf(state, groups, line), by).isPricing = true
    }
  }
}

function pricedBy(state: FoldState, part: number): readonly number[] {
  const { document, leg } = state.adjustments.columns
  const rows = adjustmentIndexOf(state).byPart.get(part) ?? []
  return rows.flatMap((row) => {
    const about = document[row] as number
    if (!isPosted(state, about)) return []
    const movement = movementOfLeg(state, about, state.names.texts.read(leg[row] as number))
    return movement < 0 ? [] : [movement]
  })
}

/** Undefined where everything stands as it was seen. */
function outlineOf(
  state: FoldState,
  group: Group,
  news: ReadonlyMap<number, DocumentNews>,
): ChangeOutline | undefined {
  const sums = [...group.byDocument.values()]
  const isMoved = sums.some(({ quantity }) => quantity !== 0)
  if (!isMoved && sums.every(({ value }) => value === 0)) return undefined
  return {
    ...{ ...placeOf(state, group), isMoved },
    news: [...group.byDocument].flatMap(([document, one]) =>
      isToTell(one) ? (news.get(document) ?? []) : [],
    ),
    detail: () => changedGoods(state, group, news),
  }
}

/** What has no sum of its own is told where it prices others. */
function isToTell({ quantity, value, isPricing }: Sums): boolean {
  return quantity !== 0 || value !== 0 || isPricing
}

function placeOf(
  { names }: FoldState,
  { sku, branch }: Group,
): Pick<ChangedGoods, 'sku' | 'branch'> {
  return {
    sku: names.skus.text(sku) as SkuId,
    branch: branch < 0 ? 'all' : names.branches.text(branch),
  }
}

function changedGoods(
  state: FoldState,
  group: Group,
  news: ReadonlyMap<number, DocumentNews>,
): ChangedGoods {
  const documents = [...group.byDocument].flatMap(([document, sums]) =>
    changedDocument(state, document, sums, news.get(document)),
  )
  const after = figuresOf(state, group)
  const sum = (figure: 'quantity' | 'value') =>
    documents.reduce((total, document) => total + document[figure], 0)
  return {
    ...placeOf(state, group),
    before: {
      quantity: (after.quantity - sum('quantity')) as Quantity,
      value: (after.value - sum('value')) as Money,
    },
    after,
    places: placesOf(state, group),
    documents,
  }
}

function changedDocument(
  state: FoldState,
  document: number,
  sums: Sums,
  news: DocumentNews | undefined,
): readonly ChangedDocument[] {
  if (!isToTell(sums)) return []
  const { quantity, value, ...flags } = sums
  return [
    {
      ...{ docId: docIdOf(state.names, document), branch: branchText(state, document) },
      ...{ quantity: quantity as Quantity, value: value as Money, ...flags },
      ...(news !== undefined && { news }),
    },
  ]
}

function figuresOf({ ledger }: FoldState, { sku, branch }: Group): GoodsFigures {
  let [quantity, value] = [0, 0]
  for (const pool of poolsOfSku(ledger, sku)) {
    if (branchOfPool(ledger, pool) !== branch) continue
    quantity += ledger.poolTable.columns.quantity[pool] as number
    value += ledger.poolTable.columns.value[pool] as number
  }
  return { quantity: quantity as Quantity, value: value as Money }
}

function placesOf({ names, ledger }: FoldState, { byLine }: Group): ChangedGoods['places'] {
  const placeText = (line: number) => {
    const place = ledger.lines.second(line)
    const warehouse = names.warehouses.text(ledger.places.first(place))
    return [warehouse, names.branches.text(ledger.places.second(place))] as const
  }
  return [...byLine]
    .filter(([, steps]) => steps !== 0)
    .map(([line, steps]) => ({ steps, line, text: placeText(line) }))
    .sort((one, other) => (one.text.join() < other.text.join() ? -1 : 1))
    .map(({ steps, line, text: [warehouse] }) => {
      const after = ledger.lineTable.columns.quantity[line] as number
      return {
        warehouse: warehouse as WarehouseId,
        ...{ before: (after - steps) as Quantity, after: after as Quantity },
      }
    })
}
