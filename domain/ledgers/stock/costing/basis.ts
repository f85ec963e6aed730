/** How a movement's cost came about: what a card (台账) says beside each figure [CO-11]. */

export const basisNames = [
  'none',
  /** Stated by the receipt. */
  'receipt-price',
  /** A share of the pool's value. */
  'average',
  /** All that was left, so the remainder went with it (末笔倒挤). */
  'last-unit',
  /** What the returned or reversed goods cost when they left. */
  'origin-cost',
  /** What the returned or reversed goods cost when they came. */
  'origin-price',
  /** Nothing on hand: the last unit cost known (暂按最近成本). */
  'last-known',
  /** Nothing on hand and no cost known: the reference price of the SKU. */
  'reference-price',
  /** 成本待定: no cost known at all; zero until one is. */
  'unknown',
  /** The receipt's price has not come yet: valued at the last unit cost known. */
  'price-pending',
  /** Between places of one pool: no cost moves. */
  'internal',
  /** Of the oldest goods on hand, at what these came at (先进先出). */
  'layer',
  /** The average of its month (月末一次加权平均). */
  'month-average',
  /** What the goods were worth in the pool that they came from, or that of their parts. */
  'arrival',
  /** At the value that a document states (变价调拨). */
  'stated-arrival',
  /** No goods: the value itself was changed. */
  'value-change',
  /** Found by a count, at the price that it states (盘盈入库价). */
  'count-price',
] as const

export type BasisName = (typeof basisNames)[number]

export const basis: Readonly<Record<BasisName, number>> = {
  none: 0,
  'receipt-price': 1,
  average: 2,
  'last-unit': 3,
  'origin-cost': 4,
  'origin-price': 5,
  'last-known': 6,
  'reference-price': 7,
  unknown: 8,
  'price-pending': 9,
  internal: 10,
  layer: 11,
  'month-average': 12,
  arrival: 13,
  'stated-arrival': 14,
  'value-change': 15,
  'count-price': 16,
}

/** Beside the code: left without stock and not covered yet, so its cost may still be trued up. */
export const isShortBit = 128
/** Beside the code: taken from a pool that holds goods whose price has not come. */
export const isTaintedBit = 64

const codeMask = 63

export function basisName(code: number): BasisName {
  return basisNames[code & codeMask] ?? 'none'
}

/** 成本待定: the cost may still change without any goods moving. */
export function isProvisional(code: number): boolean {
  return (code & ~codeMask) !== 0
}
