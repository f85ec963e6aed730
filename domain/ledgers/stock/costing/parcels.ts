/**
 * 成本层 that travel: what a transfer took of the layers of one pool, so that it arrives in another as the
 * same layers [policies 17]. Goods that turn into others, or arrive at a stated value, are one layer.
 */

import { appendRow, openTable, type Table } from '../../columns/table.ts'
import { type Flow, isPairFlow } from '../flow.ts'
import { effectiveAt, ownMoment } from '../order.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { isProvisional } from './basis.ts'
import type { Layer } from './layers.ts'

/** By out leg of a transfer: the layers that it took, oldest first. */
export type Parcels = Map<number, Layer[]>

/** In a checkpoint a row per layer. */
export const parcelSchema = { out: 'i32', source: 'i32', quantity: 'f64', value: 'f64' } as const

const none: readonly Layer[] = []

/** From now on what `movement` takes is noted, where it is to travel. */
export function openParcels(ledger: StockLedger, movement: number, isLayered: boolean): void {
  ledger.parcels.delete(movement)
  const flow = ledger.joins?.flowByLeg.get(movement)
  if (isLayered && flow !== undefined && isSameGoods(ledger, flow)) {
    ledger.parcels.set(movement, [])
  }
}

export function noteParcel({ parcels }: StockLedger, movement: number, layer: Layer): void {
  parcels.get(movement)?.push(layer)
}

/** The layers that the in leg `movement` brings; none where all of its goods are one. */
export function parcelsInto(ledger: StockLedger, movement: number): readonly Layer[] {
  if (ledger.parcels.size === 0 || ledger.stated.has(movement)) return none
  const flow = ledger.joins?.flowByLeg.get(movement)
  const [out = -1] = flow?.outs ?? []
  return out === movement ? none : (ledger.parcels.get(out) ?? none)
}

/** What `movement` brings, layer by layer: what was short where it left is one of its own. */
export function piecesInto(ledger: StockLedger, movement: number, amount: number): Layer[] {
  const pieces = [...parcelsInto(ledger, movement)]
  let quantity = ledger.movements.columns.quantity[movement] as number
  let value = amount
  for (const piece of pieces) {
    quantity -= piece.quantity
    value -= piece.value
  }
  if (quantity > 0) pieces.push({ source: movement, quantity, value })
  return pieces
}

/** What of the layers matters to the pool that they come into, to be compared. */
export function parcelText(ledger: StockLedger, movement: number): string {
  const { basis, event, origin } = ledger.movements.columns
  return parcelsInto(ledger, movement)
    .flatMap(({ source, quantity, value }) => [
      ...[source, quantity, value, Number(isProvisional(basis[source] as number))],
      // Where the source stands among others: it may take effect at another moment later.
      ...[effectiveAt(ledger, source), ownMoment(ledger, event[source] as number)],
      origin[source],
    ])
    .join('|')
}

export function parcelTable(parcels: Parcels): Table<typeof parcelSchema> {
  const table = openTable(parcelSchema)
  for (const [out, layers] of parcels) {
    for (const { source, quantity, value } of layers) {
      const row = appendRow(table)
      table.columns.out[row] = out
      table.columns.source[row] = source
      table.columns.quantity[row] = quantity
      table.columns.value[row] = value
    }
  }
  return table
}

export function parcelsOfTable({ columns, rows }: Table<typeof parcelSchema>): Parcels {
  const { out, source, quantity, value } = columns
  const parcels: Parcels = new Map()
  for (let row = 0; row < rows; row++) {
    const leg = out[row] as number
    const layers = parcels.get(leg) ?? []
    parcels.set(leg, layers)
    layers.push({
      source: source[row] as number,
      quantity: quantity[row] as number,
      value: value[row] as number,
    })
  }
  return parcels
}

/** Of a pair: as many pieces of one SKU arrive as have left. */
function isSameGoods({ movements, pools }: StockLedger, flow: Flow): boolean {
  const [out] = flow.outs
  const [into] = flow.ins
  if (out === undefined || into === undefined || !isPairFlow(flow)) return false
  const { pool, quantity } = movements.columns
  const isEven = (quantity[out] as number) + (quantity[into.movement] as number) === 0
  return isEven && pools.first(pool[out] as number) === pools.first(pool[into.movement] as number)
}
