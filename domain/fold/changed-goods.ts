/**
 * Which goods stand otherwise than they were seen, and by which documents: what each document moves now, less what
 * it moved then. Follows from two states alone, so that no order or batch of arrival shows in it [NEW1].
 */

import { branchOfPool, poolsOfSku } from '#domain/ledgers/stock/place.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { adjustmentIndexOf } from './adjustment-rows.ts'
import { type DocumentNews, newsSince } from './document-news.ts'
import { branchText, isPosted, movementOfLeg } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import {
  type Group,
  type Groups,
  movedOtherwise,
  placeOfLine,
  type Sums,
} from './moved-otherwise.ts'
import { docIdOf } from './names.ts'
import { openSeen, packSeen, type SeenFigures, seeFigures } from './seen-figures.ts'

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
  const moved = movedOtherwise(state)
  let kept: Kept | undefined
  return {
    take: () => seeFigures(state),
    changesSince(seen) {
      if (kept?.seen !== seen) kept = openKept(seen)
      return changesSince(state, kept, moved.since(seen))
    },
    extent: () => ({ parts: state.parts.rows, reversals: state.reversals.rows }),
    pack: (seen) => packSeen(state, seen),
    open: (bytes) => openSeen(state, bytes),
  }
}

/** A group, and what came since. */
interface Told {
  readonly group: Group
  readonly news: ReadonlyMap<number, DocumentNews>
  /** Documents among these that price goods of the group. */
  readonly pricing: ReadonlySet<number>
}

/** What was told of `seen` last: of goods that nothing came of since, it is told again. */
interface Kept {
  readonly seen: SeenFigures
  readonly news: Map<number, DocumentNews>
  readonly outlines: WeakMap<Group, ChangeOutline>
}

function openKept(seen: SeenFigures): Kept {
  return { seen, news: new Map(), outlines: new WeakMap() }
}

function changesSince(state: FoldState, kept: Kept, groups: Groups): readonly ChangeOutline[] {
  const renewed = renewNews(state, kept)
  const pricing = pricingOf(state, kept.news.keys())
  const changes: ChangeOutline[] = []
  for (const ofSku of groups.values()) {
    for (const group of ofSku) {
      if (hasAny(group.byDocument, renewed)) kept.outlines.delete(group)
      const outline = outlineAsKept(state, kept, group, pricing)
      if (outline !== undefined) changes.push(outline)
    }
  }
  return changes
}

function outlineAsKept(
  state: FoldState,
  { news, outlines }: Kept,
  group: Group,
  pricing: ReadonlyMap<string, ReadonlySet<number>>,
): ChangeOutline | undefined {
  const priced = pricing.size === 0 ? undefined : pricing.get(placeKey(group))
  // What somebody prices is told anew each time: another may have begun to, or stopped.
  const known = priced === undefined ? outlines.get(group) : undefined
  const outline = known ?? outlineOf(state, { group, news, pricing: priced ?? noDocuments })
  if (priced === undefined && outline !== undefined) outlines.set(group, outline)
  else outlines.delete(group)
  return outline
}

/** Documents of which something else is told than before. */
function renewNews(state: FoldState, { seen, news }: Kept): ReadonlySet<number> {
  const renewed = new Set<number>()
  for (const [document, one] of newsSince(state, seen)) {
    const { what, device, part, reversal } = one
    if (isSameNews(news.get(document), one)) continue
    news.set(document, { what, device, part, reversal })
    renewed.add(document)
  }
  return renewed
}

function isSameNews(one: DocumentNews | undefined, other: DocumentNews): boolean {
  return one?.what === other.what && one.part === other.part && one.reversal === other.reversal
}

function hasAny(documents: ReadonlyMap<number, unknown>, wanted: ReadonlySet<number>): boolean {
  if (wanted.size === 0) return false
  for (const document of documents.keys()) if (wanted.has(document)) return true
  return false
}

const noDocuments: ReadonlySet<number> = new Set()

/** By place, what came since and prices goods of others: a reason for their change, without a sum of its own. */
function pricingOf(state: FoldState, documents: Iterable<number>): Map<string, Set<number>> {
  const pricing = new Map<string, Set<number>>()
  const { next } = state.parts.columns
  for (const by of documents) {
    const first = state.documents.columns.parts[by] as number
    for (let part = first; part >= 0; part = next[part] as number) {
      for (const movement of pricedBy(state, part)) {
        const line = state.ledger.movements.columns.line[movement] as number
        const key = placeKey(placeOfLine(state.ledger, line))
        const known = pricing.get(key)
        if (known === undefined) pricing.set(key, new Set([by]))
        else known.add(by)
      }
    }
  }
  return pricing
}

function placeKey({ sku, branch }: Pick<Group, 'sku' | 'branch'>): string {
  return `${sku}|${branch}`
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
function outlineOf(state: FoldState, told: Told): ChangeOutline | undefined {
  const { group, news, pricing } = told
  let [isMoved, isRestated] = [false, false]
  for (const { quantity, value } of group.byDocument.values()) {
    isMoved ||= quantity !== 0
    isRestated ||= value !== 0
  }
  if (!isMoved && !isRestated) return undefined
  return {
    ...{ ...placeOf(state, group), isMoved },
    news: [...documentsOf(group, pricing)].flatMap(([document]) => news.get(document) ?? []),
    detail: () => changedGoods(state, told),
  }
}

const nothingMoved: Sums = { quantity: 0, value: 0, isEarlier: false, isCount: false }

/** What has no sum of its own is told where it prices others. */
function* documentsOf(
  { byDocument }: Group,
  pricing: ReadonlySet<number>,
): Generator<readonly [document: number, sums: Sums]> {
  for (const [document, sums] of byDocument) {
    if (sums.quantity !== 0 || sums.value !== 0 || pricing.has(document)) yield [document, sums]
  }
  const others = [...pricing].filter((document) => !byDocument.has(document))
  for (const document of others.sort((a, b) => a - b)) yield [document, nothingMoved]
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

function changedGoods(state: FoldState, { group, news, pricing }: Told): ChangedGoods {
  const documents = Array.from(documentsOf(group, pricing), ([document, sums]): ChangedDocument => {
    const { quantity, value, ...flags } = sums
    const one = news.get(document)
    return {
      ...{ docId: docIdOf(state.names, document), branch: branchText(state, document) },
      ...{ quantity: quantity as Quantity, value: value as Money, ...flags },
      ...{ isPricing: pricing.has(document), ...(one !== undefined && { news: one }) },
    }
  })
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
