/**
 * Which movements moved goods of a batch or a serial number, found by number and made when first
 * asked for: goods that nothing tells apart cost nothing here.
 */

import { isDeadBit, isReversalBit } from './movement.ts'
import { linkedTo } from './link.ts'
import { compareMovements } from './order.ts'
import { noCell } from './place.ts'
import type { StockLedger } from './stock-ledger.ts'

/** Texts of one dictionary, and SKUs, at most: both numbers of a key fit a safe integer. */
const limitTexts = 67_108_864

/** A SKU and the number of its batch or serial number, as one number. */
export function goodsKey(sku: number, text: number): number {
  return sku * limitTexts + text
}

export function skuOfKey(key: number): number {
  return Math.floor(key / limitTexts)
}

export function textOfKey(key: number): number {
  return key % limitTexts
}

/** Rows of movements by key, of the first `counted`: rows are only ever added. */
export interface TagIndex {
  counted: number
  readonly batches: Map<number, number[]>
  readonly serials: Map<number, number[]>
}

export function openTagIndex(): TagIndex {
  return { counted: 0, batches: new Map(), serials: new Map() }
}

/** Batch and serial number of a movement's goods; 0 for none. */
export function tagOf(
  { movements, cells, details, tags }: StockLedger,
  movement: number,
): { readonly batch: number; readonly serial: number } {
  const cell = movements.columns.cell[movement] as number
  if (cell === noCell) return noTag
  const tag = details.first(cells.second(cell))
  return tag === 0 ? noTag : { batch: tags.first(tag), serial: tags.second(tag) }
}

export function skuOf({ lines, movements }: StockLedger, movement: number): number {
  return lines.first(movements.columns.line[movement] as number)
}

export function branchOf({ lines, places, movements }: StockLedger, movement: number): number {
  return places.second(lines.second(movements.columns.line[movement] as number))
}

/** Movements in force that nobody has reversed, in order; reversals themselves are left out. */
export function movementsOfBatch(ledger: StockLedger, sku: number, batch: number): number[] {
  return standing(ledger, indexOf(ledger).batches.get(goodsKey(sku, batch)))
}

/** Rows of all movements of the batch that ever were, in no order. */
export function rowsOfBatch(ledger: StockLedger, sku: number, batch: number): readonly number[] {
  return indexOf(ledger).batches.get(goodsKey(sku, batch)) ?? noRows
}

/** The same of one serial number. */
export function movementsOfSerial(ledger: StockLedger, sku: number, serial: number): number[] {
  return standing(ledger, indexOf(ledger).serials.get(goodsKey(sku, serial)))
}

/** In force, no reversal, and not reversed. */
export function isStanding(ledger: StockLedger, movement: number): boolean {
  const { kind } = ledger.movements.columns
  if (((kind[movement] as number) & (isDeadBit | isReversalBit)) !== 0) return false
  return !linkedTo(ledger, movement).some(
    (other) => ((kind[other] as number) & isReversalBit) !== 0,
  )
}

const noTag = { batch: 0, serial: 0 } as const
const noRows: readonly number[] = []

function standing(ledger: StockLedger, rows: readonly number[] = noRows): number[] {
  return rows
    .filter((row) => isStanding(ledger, row))
    .sort((a, b) => compareMovements(ledger, a, b))
}

function indexOf(ledger: StockLedger): TagIndex {
  const { tagIndex, movements } = ledger
  for (; tagIndex.counted < movements.rows; tagIndex.counted++) {
    const { batch, serial } = tagOf(ledger, tagIndex.counted)
    if (batch === 0 && serial === 0) continue
    const sku = skuOf(ledger, tagIndex.counted)
    if (batch !== 0) addTo(tagIndex.batches, goodsKey(sku, batch), tagIndex.counted)
    if (serial !== 0) addTo(tagIndex.serials, goodsKey(sku, serial), tagIndex.counted)
  }
  return tagIndex
}

function addTo(rows: Map<number, number[]>, key: number, row: number): void {
  const known = rows.get(key)
  if (known === undefined) rows.set(key, [row])
  else known.push(row)
}
