/** What this device knows of goods that are told apart, as the document kit asks for it. */
import type { GoodsReader, Picked } from '#domain/doctype/readers.ts'
import { proposePick } from '#domain/ledgers/stock/pick-proposal.ts'
import type { CellRow } from '#domain/fold/cell-rows.ts'
import { businessDateOf } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { Reading } from './reading.ts'

/** Steps that records not folded yet have moved: of good goods by SKU, warehouse, batch and bin. */
export type PlannedGoods = ReadonlyMap<string, number>

/** Key of `PlannedGoods`. */
export function goodsPlace(
  sku: string,
  warehouse: string,
  { batch = '', bin = '' }: { readonly batch?: string; readonly bin?: string },
): string {
  return [sku, warehouse, batch, bin].join('|')
}

export function goodsReader(reading: Reading, planned: PlannedGoods = new Map()): GoodsReader {
  const { stock } = reading.fold
  const dayOf = (at: Instant) => businessDateOf(at, reading.reader().zone)
  return {
    dayOf,
    get today() {
      return dayOf(reading.now())
    },
    datesOf: (skuId, batch) => stock.batch(skuId, batch),
    isReceived: (skuId, batch) => stock.batch(skuId, batch).received !== undefined,
    propose({ skuId, warehouseId, wanted, on, bin, batch, status }): readonly Picked[] {
      const sources = stock
        .cells(skuId, warehouseId)
        .filter((cell) => cell.status === status && cell.serial === undefined)
        .filter((cell) => batch === undefined || (cell.batch ?? '') === batch)
        .filter((cell) => bin === undefined || cell.bin === bin)
        .filter((cell) => (cell.batch ?? cell.bin) !== undefined)
        .map((cell) => ({
          ...{ batch: cell.batch ?? '', bin: cell.bin ?? '' },
          ...(cell.expires !== undefined && { expires: cell.expires }),
          available: left(planned, cell),
          received: dayOf(stock.batch(skuId, cell.batch ?? '').received ?? reading.now()),
        }))
      const strategy = 'fefo'
      const request = { wanted, strategy, ...(on !== undefined && { usableOn: on }) } as const
      return proposePick(sources, request).picked.map(({ source, quantity }) => ({
        ...{ batch: source.batch, bin: source.bin, quantity },
      }))
    },
    placeOf(skuId, serial) {
      const { warehouse, bin, batch, status } = stock.serial(skuId, serial)
      if (warehouse === undefined) return undefined
      return {
        warehouseId: warehouse,
        ...(bin !== undefined && { bin }),
        ...(batch !== undefined && { batch }),
        ...(status !== undefined && { status }),
      }
    },
    hasStatuses: (skuId) => stock.cells(skuId).some(({ status }) => status !== undefined),
  }
}

function left(planned: PlannedGoods, cell: CellRow): Quantity {
  const moved = planned.get(goodsPlace(cell.sku, cell.warehouse, cell)) ?? 0
  return (cell.quantity + moved) as Quantity
}
