/** 成本追溯 (CO-11): the chain of records behind the stock and value of one SKU, row by row. */
import type { CardRow, ProductRow } from '#client/engine/face/face.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { Device } from './device.ts'

export interface ExplainWish {
  /** Code, barcode or name of the SKU; it must be the only one that is found. */
  readonly goods: string
  /** Name of a warehouse; the whole branch where left out. */
  readonly warehouse?: string
  /** Nothing after this moment, ms. */
  readonly until?: number
}

export interface Explained {
  readonly product: ProductRow
  readonly rows: readonly CardRow[]
}

interface NotExplained {
  readonly code: 'product-unknown' | 'product-ambiguous' | 'warehouse-unknown'
}

export async function explain(
  { engine }: Pick<Device, 'engine'>,
  { goods, warehouse, until = Number.POSITIVE_INFINITY }: ExplainWish,
): Promise<Result<Explained, readonly NotExplained[]>> {
  const found = await engine.read('products', { search: goods, offset: 0, limit: 3 })
  const exact = found.rows.filter(
    ({ code, barcodes }) => code === goods || barcodes.includes(goods),
  )
  const [product, other] = exact.length > 0 ? exact : found.rows
  if (product === undefined) return fail([{ code: 'product-unknown' }])
  if (other !== undefined) return fail([{ code: 'product-ambiguous' }])
  const { skuId } = product
  const rows = await engine.read('card', { skuId })
  const kept = rows.filter((row) => warehouse === undefined || row.warehouseName === warehouse)
  if (kept.length === 0 && rows.length > 0) return fail([{ code: 'warehouse-unknown' }])
  return done({ product, rows: kept.filter(({ at }) => at <= until) })
}
