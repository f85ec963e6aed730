/**
 * What the lines of a stock count assert: entries of one goods added up, with the moments between which they
 * were counted, and which goods are restated at a price.
 */

import type { Goods, Movement } from '#domain/doctype/define.ts'
import { goodsOf } from '#domain/doctype/movements.ts'
import type { SkuId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { addQuantity, type Quantity, zeroQuantity } from '#domain/values/quantity.ts'
import type { UnitPrice } from '#domain/values/unit-price.ts'

/** A line. */
export interface Entry extends Omit<Goods, 'bin' | 'produced' | 'expires'> {
  readonly binId?: string
  readonly lineId: string
  readonly skuId: SkuId
  readonly quantity?: Quantity
  readonly price?: UnitPrice
  readonly countedAt?: Instant
  readonly countedFrom?: Instant
}

interface Assertion {
  /** The id of its first line. */
  readonly leg: string
  readonly skuId: SkuId
  readonly goods: Goods
  readonly counted: Quantity
  readonly countedAt?: Instant
  readonly countedFrom?: Instant
}

/** [SCT1] One for each goods of which something was counted, or all of which count as none. */
export function assertionsOf(lines: readonly Entry[], uncounted: string | undefined): Assertion[] {
  return byGoods(lines).flatMap((entries): Assertion[] => {
    const [first] = entries
    const counted = entries.filter(({ quantity }) => quantity !== undefined)
    if (first === undefined || (counted.length === 0 && uncounted !== 'zero')) return []
    const quantities = counted.map(({ quantity = zeroQuantity }) => quantity)
    return [
      {
        leg: first.lineId,
        skuId: first.skuId,
        goods: goodsOf(first),
        counted: quantities.reduce(addQuantity, zeroQuantity),
        // What was left blank is none there at the end of the count, and not before.
        ...(counted.length === entries.length ? momentsOf(counted) : {}),
      },
    ]
  })
}

/** [SCT9] One for each goods, counted or not, for the price may come from somebody else. */
export function restatementsOf(
  lines: readonly Entry[],
): Omit<Movement, 'warehouseId' | 'quantity'>[] {
  return byGoods(lines).flatMap((entries) => {
    const [first] = entries
    if (first === undefined) return []
    const counted = entries.filter(({ quantity }) => quantity !== undefined)
    return [
      {
        ...{ leg: restatingLeg(first), lineId: first.lineId, skuId: first.skuId },
        ...{ goods: goodsOf(first), isRestating: true },
        ...(counted.length === entries.length ? momentsOf(counted) : {}),
      },
    ]
  })
}

/** Stands directly behind that of the count among the legs of one moment. */
export function restatingLeg({ lineId }: Entry): string {
  return `${lineId}!`
}

/** Lines by the goods that they count, in the order of the document; pieces with numbers line by line. */
export function byGoods(lines: readonly Entry[]): readonly (readonly Entry[])[] {
  const entriesByGoods = new Map<string, Entry[]>()
  for (const line of lines) {
    const { skuId, batch, binId, status = 'good', serials } = line
    const key = JSON.stringify([skuId, batch, binId, status, serials && line.lineId])
    const known = entriesByGoods.get(key)
    if (known === undefined) entriesByGoods.set(key, [line])
    else known.push(line)
  }
  return [...entriesByGoods.values()]
}

/** Of the last entry and, where that was another moment, the first; the document's where one lacks its own. */
function momentsOf(entries: readonly Entry[]): {
  readonly countedAt?: Instant
  readonly countedFrom?: Instant
} {
  const ends = entries.flatMap(({ countedAt = [] }) => countedAt)
  if (ends.length < entries.length) return {}
  const countedAt = ends.reduce((latest, end) => (end > latest ? end : latest))
  const starts = entries.flatMap(({ countedFrom = [] }) => countedFrom)
  const countedFrom = [...starts, ...ends].reduce((first, each) => (each < first ? each : first))
  return countedFrom < countedAt ? { countedAt, countedFrom } : { countedAt }
}
