/** 占用, 在订 and 可用量 as screens and documents ask for them, and how far an order is carried out. */

import { claimKinds, type StatedKind, statedKinds } from '#domain/records/claim.ts'
import { isTransit } from '#domain/masters/transit.ts'
import type { BusinessDate } from '#domain/values/business-date.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { cellRows, goodOf } from './cell-rows.ts'
import { type ClaimOfSku, claimsOfSku } from './claims.ts'
import { findPosted } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { carriersOf } from './followers.ts'
import { docIdOf } from './names.ts'
import { inTransit, isUnderWay } from './transit-view.ts'

/** Steps. */
export interface StockFigures {
  /** 合格品 that have not expired. */
  readonly good: Quantity
  /** 占用. */
  readonly reserved: Quantity
  /** 可用量: good − reserved; below zero where more was promised than is there. */
  readonly available: Quantity
  /** 在订量. */
  readonly onOrder: Quantity
  /** 在途. */
  readonly inTransit: Quantity
}

/** One line of an order, and what became of it. */
export interface ClaimEntry {
  readonly docId: string
  readonly lineId: string
  readonly kind: StatedKind
  readonly sku: SkuId
  readonly warehouse: WarehouseId
  readonly until?: BusinessDate
  /** As ordered, or changed last, less what counts have trimmed. */
  readonly quantity: Quantity
  /** Shipped or received; more than `quantity` where too much was. */
  readonly taken: Quantity
  /** What counts have cut off a reservation (policies 21). */
  readonly trimmed: Quantity
  readonly open: Quantity
  /** What of it is there, after all that came before it in the queue. */
  readonly kept: Quantity
}

/** 执行: how far an order is carried out; `closed` where what was left of it was given up (中止). */
export type OrderProgress = 'none' | 'part' | 'all' | 'closed'

export interface ClaimsView {
  /** Of one warehouse; of all that this device follows where none is named. On `today` expired goods and lapsed reservations are left out. */
  figures(sku: string, warehouse?: string, today?: BusinessDate): StockFigures
  /** In the order of the document's lines; empty for one that claims nothing. */
  ofDocument(docId: string): readonly ClaimEntry[]
  /** Undefined for a document that is no order. */
  progress(docId: string): OrderProgress | undefined
  /** Standing documents that carry out or change lines of an order. */
  followersOf(docId: string): readonly string[]
  /** All claims on a SKU. */
  ofSku(sku: string): readonly ClaimEntry[]
}

export function claimsView(state: FoldState): ClaimsView {
  const ofDocument = (docId: string) => entriesOfDocument(state, docId)
  return {
    figures: (sku, warehouse, today) => figuresOf(state, sku, warehouse, today),
    ofDocument,
    progress: (docId) => progressOf(ofDocument(docId)),
    followersOf: (docId) =>
      carriersOf(state, findPosted(state, docId)).map((each) => docIdOf(state.names, each)),
    ofSku(sku) {
      const number = state.names.skus.find(sku)
      return number < 0 ? [] : claimsOfSku(state, number).map((each) => entryOf(state, each))
    },
  }
}

export function entryOf(state: FoldState, settled: ClaimOfSku): ClaimEntry {
  const { names, ledger, claims } = state
  const { document, name, sku, place, until } = claims.table.columns
  const { row } = settled
  const last = names.texts.read(until[row] as number)
  return {
    docId: docIdOf(names, document[row] as number),
    lineId: names.texts.read(name[row] as number),
    kind: settled.kind,
    sku: names.skus.text(sku[row] as number) as SkuId,
    warehouse: names.warehouses.text(ledger.places.first(place[row] as number)) as WarehouseId,
    ...(last !== '' && { until: last as BusinessDate }),
    quantity: settled.quantity as Quantity,
    taken: settled.taken as Quantity,
    trimmed: settled.trimmed as Quantity,
    open: settled.open as Quantity,
    kept: settled.kept as Quantity,
  }
}

function figuresOf(
  state: FoldState,
  sku: string,
  warehouse: string | undefined,
  today: BusinessDate | undefined,
): StockFigures {
  const number = state.names.skus.find(sku)
  const claims = number < 0 ? [] : claimsOfSku(state, number).map((each) => entryOf(state, each))
  const here = claims.filter((each) => warehouse === undefined || each.warehouse === warehouse)
  const sum = (kind: ClaimEntry['kind']) =>
    here
      .filter((each) => each.kind === kind && !hasLapsed(each, today))
      .reduce((total, { open }) => total + open, 0)
  const good = goodOn(state, sku, warehouse, today)
  const reserved = sum('reserve')
  return {
    good: good as Quantity,
    reserved: reserved as Quantity,
    available: (good - reserved) as Quantity,
    onOrder: sum('order') as Quantity,
    inTransit: inTransit(state, sku, warehouse),
  }
}

function hasLapsed({ until }: ClaimEntry, today: BusinessDate | undefined): boolean {
  return until !== undefined && today !== undefined && until < today
}

/** Usable through the printed day (policies 16). */
function goodOn(
  state: FoldState,
  sku: string,
  warehouse: string | undefined,
  today: BusinessDate | undefined,
): number {
  // What is under way can be promised to nobody.
  if (warehouse !== undefined && isTransit(warehouse)) return 0
  const places = warehouse === undefined ? warehousesOf(state) : [warehouse]
  const good = places.reduce((sum, each) => sum + goodOf(state, sku, each), 0)
  if (today === undefined || state.ledger.cells.size === 0) return good
  return cellRows(state, sku, warehouse)
    .filter((row) => warehouse !== undefined || !isTransit(row.warehouse))
    .filter(({ status, expires }) => status === undefined && (expires ?? today) < today)
    .reduce((rest, { quantity }) => rest - quantity, good)
}

function warehousesOf({ names, ledger }: FoldState): readonly string[] {
  const found = new Set<string>()
  for (let place = 0; place < ledger.places.size; place++) {
    if (isUnderWay({ names, ledger }, place)) continue
    found.add(names.warehouses.text(ledger.places.first(place)))
  }
  return [...found]
}

function entriesOfDocument(state: FoldState, docId: string): readonly ClaimEntry[] {
  const document = findPosted(state, docId)
  const rows = state.claims.byDocument.get(document) ?? []
  const { sku, kind } = state.claims.table.columns
  return rows.flatMap((row): ClaimEntry[] => {
    if (!statedNumbers.has(kind[row] as number)) return []
    const settled = claimsOfSku(state, sku[row] as number).find((each) => each.row === row)
    return settled === undefined ? [] : [entryOf(state, settled)]
  })
}

const statedNumbers = new Set(statedKinds.map((each) => claimKinds.indexOf(each)))

function progressOf(claims: readonly ClaimEntry[]): OrderProgress | undefined {
  if (claims.length === 0) return undefined
  const isTaken = claims.some(({ taken }) => taken > 0)
  if (claims.some(({ open }) => open > 0)) return isTaken ? 'part' : 'none'
  return claims.some(({ taken, quantity }) => quantity > 0 && taken >= quantity) ? 'all' : 'closed'
}
