/** 出入库流水 (movements): how most types move goods, and whether there is enough of them. */

import { textOf } from '#domain/masters/master-field.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { ReversedBody, UnapprovedBody } from '#domain/records/kinds.ts'
import type { Leg, PostedBody } from '#domain/records/posted-body.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { limitStock } from '#domain/values/limits.ts'
import {
  absQuantity,
  addQuantity,
  negateQuantity,
  type Quantity,
  zeroQuantity,
} from '#domain/values/quantity.ts'
import type { Goods, Movement, PostProblem, VoucherLine } from './define.ts'
import type { MasterReader } from './readers.ts'

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

/** Where one side of a move is, and as what. */
interface Side {
  readonly warehouseId: WarehouseId
  readonly goods: Goods
}

/** A line moves in one act: its out leg, and the in leg that names it and takes over its cost. */
export function movesOf(
  { lineId, skuId, quantity }: OneWarehouse['lines'][number],
  from: Side,
  to: Side,
): readonly Movement[] {
  const [out, into] = [`${lineId}-out`, `${lineId}-in`]
  return [
    { leg: out, lineId, skuId, quantity: negateQuantity(quantity), ...from },
    { leg: into, lineId, skuId, quantity, pair: out, ...to },
  ]
}

/** 借 待处理财产损溢 / 贷 库存商品, at whatever cost the merged log gives the goods. */
export function lossLines({ lines }: Pick<OneWarehouse, 'lines'>): readonly VoucherLine[] {
  return lines.flatMap(({ lineId: leg }) => [
    { side: 'debit', account: 'pending-loss', amount: { kind: 'cost-of', leg } },
    { side: 'credit', account: 'inventory', amount: { kind: 'cost-of', leg } },
  ])
}

/** What one count speaks of. */
export type CountedGoods = Pick<Leg, 'sku' | 'warehouse' | 'bin' | 'batch' | 'serial' | 'status'>
/** What an act is about to write. */
interface Act {
  readonly branch: string
  readonly at: Instant
  readonly parts: readonly {
    readonly audience: Audience
    readonly kind: string
    readonly recordId: string
    readonly body: PostedBody | ReversedBody | UnapprovedBody
  }[]
}

/** What is in a warehouse (现存量), as this device knows it. */
interface Stock {
  onHand(skuId: SkuId, warehouseId: WarehouseId): Quantity
  /** 账面数: what was there at a moment; undefined where that is not known yet. */
  book?(goods: CountedGoods, at: Instant): Quantity | undefined
  /** What the act would leave below zero at any moment; without it only today's stock is asked. */
  shortfalls?(act: Act): readonly Shortage[]
}

/** 库存不足: what leaves a warehouse beyond what is there. */
interface Shortage {
  readonly code: 'stock-short'
  readonly skuId: SkuId
  readonly warehouseId: WarehouseId
  readonly onHand: Quantity
  readonly wanted: Quantity
}

/**
 * What keeps an act from being done where the company forbids stock below zero (禁止负库存): nothing
 * where it is only warned of [LEG7].
 */
export function refusedShortages(
  { masters, stock }: { readonly masters: MasterReader; readonly stock: Stock },
  act: Act,
  warnings: readonly Shortage[],
): readonly PostProblem[] {
  if (!canLower(act)) return []
  const [company] = masters.list('company')
  if (textOf(company?.fields ?? {}, 'negativeStock') !== 'refuse') return []
  return (stock.shortfalls?.(act) ?? warnings).map((shortage) => ({ ...shortage }))
}

/** What only brings goods leaves nothing lower; whatever takes out, counts or reverses may. */
function canLower({ parts }: Act): boolean {
  return parts.some(({ body }) => {
    if (!('part' in body)) return true
    return (body.legs ?? []).some((leg) => leg.quantity < 0 || leg.counted !== undefined)
  })
}

/** [LEG8] No sum of what is there may leave the integers. */
export function oversizedStock(legs: readonly Leg[], stock: Stock): readonly PostProblem[] {
  const inbound = legs.filter(({ quantity }) => quantity > 0)
  return byPlace(inbound).flatMap(({ sku, warehouse, moved }): PostProblem[] => {
    if (addQuantity(stock.onHand(sku, warehouse), moved) <= limitStock) return []
    return [{ code: 'stock-too-large', skuId: sku, warehouseId: warehouse, limit: limitStock }]
  })
}

/** One per SKU and warehouse, lines added up (policies 1) [LEG3]. */
export function shortagesOf(legs: readonly Leg[], stock: Stock): readonly Shortage[] {
  const outbound = legs.filter(({ quantity }) => quantity < 0)
  return byPlace(outbound).flatMap(({ sku, warehouse, moved: wanted }): Shortage[] => {
    const onHand = stock.onHand(sku, warehouse)
    if (wanted <= onHand) return []
    return [{ code: 'stock-short', skuId: sku, warehouseId: warehouse, onHand, wanted }]
  })
}

/** How much the legs move of each SKU in each warehouse. */
function byPlace(legs: readonly Leg[]): readonly (Leg & { readonly moved: Quantity })[] {
  const legByPlace = new Map<string, Leg & { readonly moved: Quantity }>()
  for (const leg of legs) {
    const place = `${leg.sku}|${leg.warehouse}`
    const before = legByPlace.get(place)?.moved ?? zeroQuantity
    legByPlace.set(place, { ...leg, moved: addQuantity(before, absQuantity(leg.quantity)) })
  }
  return [...legByPlace.values()]
}
