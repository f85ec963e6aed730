/** One batch, one serial number: what holds of it and where it came from and went (ST-14, ST-15). */

import { type BatchDates, datesOfBatch } from '#domain/ledgers/stock/batch-dates.ts'
import { effectiveAt } from '#domain/ledgers/stock/order.ts'
import { detailOfCell } from '#domain/ledgers/stock/place.ts'
import type { SerialState, SerialTrouble } from '#domain/ledgers/stock/serial-life.ts'
import { movementsOfBatch, movementsOfSerial } from '#domain/ledgers/stock/tag-index.ts'
import { type StockStatus, stockStatuses } from '#domain/records/posted-body.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf } from './names.ts'
import { lifeOfSerial } from './serial-acts.ts'
import { trackedSkusOf } from './tracked-skus.ts'

/** A movement of traced goods, that nobody has reversed. */
export interface TraceRow {
  readonly docId: string
  readonly leg: string
  readonly at: Instant
  readonly warehouse: WarehouseId
  readonly quantity: Quantity
}

export interface BatchView extends BatchDates {
  readonly quantity: Quantity
  /** When the first of it came in; undefined where nothing has. */
  readonly received?: Instant
  /** 追溯: oldest first; goods in tell where it came from, goods out where it went. */
  readonly trace: readonly TraceRow[]
}

export interface SerialView {
  readonly state: SerialState
  /** Where it lies; left out while it is out. */
  readonly warehouse?: WarehouseId
  /** As what it lies there. */
  readonly bin?: string
  readonly batch?: string
  readonly status?: StockStatus
  readonly trace: readonly TraceRow[]
  /** Movements of the trace that cannot be of the same piece. */
  readonly troubles: readonly (TraceRow & { readonly kind: SerialTrouble['kind'] })[]
}

export function batchView(state: FoldState, sku: string, batch: string): BatchView {
  const { names, ledger } = state
  const [skuNumber, number] = [names.skus.find(sku), names.batches.find(batch)]
  if (skuNumber < 0 || number <= 0) return { quantity: 0 as Quantity, trace: [] }
  const trace = movementsOfBatch(ledger, skuNumber, number).map((row) => traceRow(state, row))
  const received = trace.find(({ quantity }) => quantity > 0)?.at
  return {
    ...datesOfBatch(ledger, skuNumber, number),
    ...(received !== undefined && { received }),
    quantity: trace.reduce((sum, row) => sum + row.quantity, 0) as Quantity,
    trace,
  }
}

export function serialView(state: FoldState, sku: string, serial: string): SerialView {
  const { names, ledger } = state
  const [skuNumber, number] = [names.skus.find(sku), names.serials.find(serial)]
  if (skuNumber < 0 || number <= 0) return { state: 'none', trace: [], troubles: [] }
  const life = lifeOfSerial(state, skuNumber, number)
  return {
    state: life.state,
    ...(life.line >= 0 && { warehouse: warehouseOfLine(state, life.line) }),
    ...(life.line >= 0 && placeIn(state, life.since)),
    trace: movementsOfSerial(ledger, skuNumber, number).map((row) => traceRow(state, row)),
    troubles: life.troubles.map(({ kind, movement }) => ({ ...traceRow(state, movement), kind })),
  }
}

/** Bin, batch and status that a movement gave its piece. */
function placeIn(
  { names, ledger }: FoldState,
  movement: number,
): Pick<SerialView, 'bin' | 'batch' | 'status'> {
  const cell = ledger.movements.columns.cell[movement] as number
  const { bin, batch, status } = detailOfCell(ledger, cell)
  const statusName = stockStatuses[status - 1]
  return {
    ...(bin !== 0 && { bin: names.bins.text(bin) }),
    ...(batch !== 0 && { batch: names.batches.text(batch) }),
    ...(statusName !== undefined && { status: statusName }),
  }
}

/** [TGV3] Of the SKUs that are tracked by serial number. */
export function skusOfSerial(state: FoldState, serial: string): readonly SkuId[] {
  const { names, ledger } = state
  const number = names.serials.find(serial)
  if (number <= 0) return []
  return [...trackedSkusOf(state)]
    .filter(([, tracks]) => tracks.serial)
    .filter(([sku]) => movementsOfSerial(ledger, names.skus.find(sku), number).length > 0)
    .map(([sku]) => sku as SkuId)
}

function traceRow(state: FoldState, movement: number): TraceRow {
  const { names, ledger } = state
  const { event, leg, line, quantity } = ledger.movements.columns
  const document = ledger.events.columns.document[event[movement] as number] as number
  return {
    docId: docIdOf(names, document),
    leg: names.texts.read(leg[movement] as number),
    at: effectiveAt(ledger, movement) as Instant,
    warehouse: warehouseOfLine(state, line[movement] as number),
    quantity: quantity[movement] as Quantity,
  }
}

function warehouseOfLine({ names, ledger }: FoldState, line: number): WarehouseId {
  return names.warehouses.text(ledger.places.first(ledger.lines.second(line))) as WarehouseId
}
