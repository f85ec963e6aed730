/** 出入库流水 (movements): how most types move goods, and whether there is enough of them. */

import type { Leg } from '#domain/records/posted-body.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Goods } from './define.ts'
import {
  absQuantity,
  addQuantity,
  negateQuantity,
  type Quantity,
  zeroQuantity,
} from '#domain/values/quantity.ts'

/** Fields of a line that tell its goods apart, as `goods-fields.ts` names them. */
interface GoodsValues extends Omit<Goods, 'bin'> {
  readonly binId?: string
}

interface OneWarehouse {
  readonly header: { readonly warehouseId: WarehouseId }
  readonly lines: readonly (GoodsValues & {
    readonly lineId: string
    readonly skuId: SkuId
    readonly quantity: Quantity
  })[]
}

/** What a line says of its goods. */
export function goodsOf({ batch, produced, expires, serials, binId, status }: GoodsValues): Goods {
  return {
    ...(batch !== undefined && { batch }),
    ...(produced !== undefined && { produced }),
    ...(expires !== undefined && { expires }),
    ...(serials !== undefined && { serials }),
    ...(binId !== undefined && { bin: binId }),
    ...(status !== undefined && { status }),
  }
}

/** Each line moves its quantity into, or out of, the warehouse of the header; its leg is its id. */
export function eachLine(direction: 'in' | 'out') {
  const signed = direction === 'in' ? (value: Quantity) => value : negateQuantity
  return ({ header, lines }: OneWarehouse) =>
    lines.map((line) => ({
      leg: line.lineId,
      skuId: line.skuId,
      warehouseId: header.warehouseId,
      quantity: signed(line.quantity),
      goods: goodsOf(line),
    }))
}

/** What one count speaks of. */
export type CountedGoods = Pick<Leg, 'sku' | 'warehouse' | 'bin' | 'batch' | 'serial' | 'status'>

/** What is in a warehouse (现存量), as this device knows it. */
interface Stock {
  onHand(skuId: SkuId, warehouseId: WarehouseId): Quantity
  /** 账面数: what was there at a moment; undefined where that is not known yet. */
  book?(goods: CountedGoods, at: Instant): Quantity | undefined
}

/** 库存不足: what leaves a warehouse beyond what is there. Said, never refused. */
interface Shortage {
  readonly code: 'stock-short'
  readonly skuId: SkuId
  readonly warehouseId: WarehouseId
  readonly onHand: Quantity
  readonly wanted: Quantity
}

/** One per SKU and warehouse, lines added up (policies 1) [LEG3]. */
export function shortagesOf(legs: readonly Leg[], stock: Stock): readonly Shortage[] {
  const wantedByPlace = new Map<string, Leg & { readonly wanted: Quantity }>()
  for (const leg of legs.filter(({ quantity }) => quantity < 0)) {
    const place = `${leg.sku}|${leg.warehouse}`
    const before = wantedByPlace.get(place)?.wanted ?? zeroQuantity
    wantedByPlace.set(place, { ...leg, wanted: addQuantity(before, absQuantity(leg.quantity)) })
  }
  return [...wantedByPlace.values()].flatMap(({ sku, warehouse, wanted }): Shortage[] => {
    const onHand = stock.onHand(sku, warehouse)
    if (wanted <= onHand) return []
    return [{ code: 'stock-short', skuId: sku, warehouseId: warehouse, onHand, wanted }]
  })
}
