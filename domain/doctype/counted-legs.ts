/**
 * The legs of what was counted (实盘数): assertions, each with its moment and what this device took to be
 * there; and those that restate what it is worth.
 */

import type { Leg } from '#domain/records/posted-body.ts'
import { asId, type LineId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { type Quantity, wholeQuantity, zeroQuantity } from '#domain/values/quantity.ts'
import type { Movement } from './define.ts'
import { serialsOf } from './goods-fields.ts'
import type { CountedGoods } from './movements.ts'
import type { PostContext } from './post.ts'

/** Of the whole document, and what is known now. */
interface Source extends Pick<PostContext, 'stock' | 'at'> {
  readonly documentAt: Instant
}

/** [LEG9] One leg, or one for each serial number: that piece was there, or, where none was counted, not. */
export function countedLegs(movement: Movement, source: Source): readonly Omit<Leg, 'class'>[] {
  const { leg, skuId: sku, warehouseId: warehouse, counted } = movement
  const { batch, bin, status, serials } = movement.goods ?? {}
  const goods: CountedGoods = {
    ...{ sku, warehouse },
    ...(bin !== undefined && { bin }),
    ...(batch !== undefined && { batch }),
    ...(status !== undefined && status !== 'good' && { status }),
  }
  const numbers = serialsOf(serials)
  if (numbers.length === 0) return [legOf({ leg, counted, goods }, movement, source)]
  const each = counted && (counted === zeroQuantity ? zeroQuantity : wholeQuantity(1))
  return numbers.map((serial, i) => {
    const name = numbers.length === 1 ? leg : `${leg}#${i + 1}`
    const own = legOf({ leg: name, counted: each, goods: { ...goods, serial } }, movement, source)
    return numbers.length === 1 ? own : { ...own, lineId: asId<LineId>(movement.lineId ?? leg) }
  })
}

/** [SCT7] Says when, never later than now, and what the book was then. */
function legOf(
  of: {
    readonly leg: string
    /** Undefined where the leg only restates. */
    readonly counted: Quantity | undefined
    readonly goods: CountedGoods
  },
  { lineId, countedAt, countedFrom }: Movement,
  { at: now, documentAt, stock }: Source,
): Omit<Leg, 'class'> {
  const at = countedAt !== undefined && countedAt < now ? countedAt : documentAt
  const from = countedFrom !== undefined && countedFrom < at ? countedFrom : undefined
  if (of.counted === undefined) {
    return {
      ...{ leg: of.leg, ...of.goods, quantity: zeroQuantity },
      ...(lineId !== undefined && { lineId: asId<LineId>(lineId) }),
      ...((at !== documentAt || from !== undefined) && { countedAt: at }),
    }
  }
  const book = stock.book?.(of.goods, at)
  return {
    ...{ leg: of.leg, ...of.goods, quantity: zeroQuantity, counted: of.counted },
    ...((at !== documentAt || from !== undefined) && { countedAt: at }),
    ...(from !== undefined && { countedFrom: from }),
    ...(book !== undefined && { book }),
  }
}
