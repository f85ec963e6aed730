/** Goods told apart as screens show them: cells of a SKU, filters that find something, and traces. */
import type { CellRow } from '#domain/fold/cell-rows.ts'
import { titleOf } from '#domain/masters/entities.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { nearExpiryDaysOf } from '#domain/masters/product.ts'
import { addDays, type BusinessDate, daysBetween } from '#domain/values/business-date.ts'
import type {
  GoodsRow,
  QueryArgs,
  StockDetail,
  StockFilterName,
  Trace,
} from '#client/engine/face/face.ts'
import { nameOf, type Reading, todayOf, placesOf } from './reading.ts'

/** Rows of one SKU that a screen gets; thousands of serial numbers are searched for, not read. */
const limitGoods = 500

export function goodsDetail(reading: Reading, skuId: string): Pick<StockDetail, 'goods' | 'good'> {
  const followed = new Set(placesOf(reading).map(({ id }) => id))
  const cells = reading.fold.stock.cells(skuId).filter(({ warehouse }) => followed.has(warehouse))
  const isTold = cells.some(
    ({ batch, serial, bin, status }) => (batch ?? serial ?? bin ?? status) !== undefined,
  )
  if (!isTold) return { goods: [] }
  const aside = cells.filter(({ status }) => status !== undefined)
  const good = sumOf(cells) - sumOf(aside)
  return {
    goods: cells.slice(0, limitGoods).map((cell) => goodsRow(reading, cell)),
    ...(aside.length === 0 ? {} : { good }),
  }
}

/** The last expiry day of what is near it today. */
export function nearBy(reading: Reading, skuId: string): BusinessDate {
  return addDays(todayOf(reading), nearDaysOf(reading, skuId))
}

export function stockFilters(reading: Reading): readonly StockFilterName[] {
  const { statuses, hasExpiries } = reading.fold.stock.toldApart()
  const figures = reading.fold.stock.figuresInUse(todayOf(reading))
  return [...figures, ...(hasExpiries ? (['near-expiry'] as const) : []), ...statuses]
}

export function traceOf(reading: Reading, { skuId, batch, serial }: QueryArgs<'trace'>): Trace {
  const { stock, documents } = reading.fold
  const piece = serial === undefined ? undefined : stock.serial(skuId, serial)
  const { trace } = piece ?? stock.batch(skuId, batch ?? '')
  const troubles = new Set(piece?.troubles.map(({ docId, leg }) => `${docId}|${leg}`))
  return {
    ...(piece === undefined ? {} : { state: piece.state }),
    rows: trace.map(({ docId, leg, at, warehouse, quantity }) => {
      const entry = documents.get(docId)
      return {
        ...{ docId, at, quantity, type: entry?.type ?? '', number: entry?.number ?? '' },
        warehouseName: nameOf(reading, 'warehouse', warehouse),
        isTrouble: troubles.has(`${docId}|${leg}`),
      }
    }),
  }
}

function goodsRow(reading: Reading, cell: CellRow): GoodsRow {
  const { batch, serial, status, produced, expires, bin } = cell
  const daysLeft = expires === undefined ? undefined : daysBetween(todayOf(reading), expires)
  return {
    warehouseId: cell.warehouse,
    warehouseName: nameOf(reading, 'warehouse', cell.warehouse),
    ...(bin === undefined ? {} : { binName: binName(reading, bin) }),
    ...(batch === undefined ? {} : { batch }),
    ...(serial === undefined ? {} : { serial }),
    ...(status === undefined ? {} : { status }),
    ...(produced === undefined ? {} : { produced }),
    ...(expires === undefined ? {} : { expires }),
    ...(daysLeft === undefined ? {} : { daysLeft }),
    isNear: daysLeft !== undefined && daysLeft <= nearDaysOf(reading, cell.sku),
    quantity: cell.quantity,
  }
}

function binName(reading: Reading, id: string): string {
  const fields = reading.fold.masters.get('bin', id)
  return fields === undefined ? id : titleOf('bin', fields)
}

function nearDaysOf({ fold }: Reading, skuId: string): number {
  const productId = textOf(fold.masters.get('sku', skuId) ?? {}, 'productId')
  return nearExpiryDaysOf(fold.masters.get('product', productId) ?? {})
}

function sumOf(cells: readonly CellRow[]): number {
  return cells.reduce((sum, { quantity }) => sum + quantity, 0)
}
