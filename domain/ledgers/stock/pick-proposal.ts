/**
 * 拣货建议 (pick proposal): from which of the stock to take what is wanted: first expired first out,
 * first in first out, or the nearest bin first. Says what it proposes; a person may take other goods.
 */

import type { BusinessDate } from '#domain/values/business-date.ts'
import {
  addQuantity,
  type Quantity,
  subtractQuantity,
  zeroQuantity,
} from '#domain/values/quantity.ts'
import { compareTexts } from './order.ts'

/** Goods of one batch in one bin. */
export interface PickSource {
  readonly batch: string
  /** '' where the warehouse has no bins. */
  readonly bin: string
  /** What may be taken; nothing is proposed of zero or less. */
  readonly available: Quantity
  /** The printed day, the last on which they are usable; left out for goods that keep. */
  readonly expires?: BusinessDate
  /** The day on which the first of them came in. */
  readonly received: BusinessDate
}

export type PickStrategy = 'fefo' | 'fifo' | 'closest'

interface PickRequest {
  readonly wanted: Quantity
  readonly strategy: PickStrategy
  /** Today, where expired goods must stay; left out by who may override that (policy 16). */
  readonly usableOn?: BusinessDate
}

export interface PickProposal {
  readonly picked: readonly { readonly source: PickSource; readonly quantity: Quantity }[]
  /** What the stock does not give, ≥ 0. */
  readonly short: Quantity
}

/** [PKP1] [PKP2] [PKP3] */
export function proposePick(
  sources: readonly PickSource[],
  { wanted, strategy, usableOn }: PickRequest,
): PickProposal {
  const inOrder = sources
    .filter(({ available }) => available > 0)
    .filter((source) => usableOn === undefined || !isExpired(source, usableOn))
    .sort(comparisons[strategy])
  let pickedSoFar = zeroQuantity
  const picked = inOrder.flatMap((source) => {
    const left = subtractQuantity(wanted, pickedSoFar)
    const taken = left < source.available ? left : source.available
    if (taken <= 0) return []
    pickedSoFar = addQuantity(pickedSoFar, taken)
    return [{ source, quantity: taken }]
  })
  return { picked, short: subtractQuantity(wanted, pickedSoFar) }
}

/** Goods are usable through the printed day (policy 16) [PKP4]. */
export function isExpired(
  { expires }: { readonly expires?: BusinessDate },
  on: BusinessDate,
): boolean {
  return expires !== undefined && expires < on
}

type Comparison = (a: PickSource, b: PickSource) => number

/** Goods that keep come after all that expire. */
const byExpiry: Comparison = (a, b) => compareTexts(a.expires ?? '~', b.expires ?? '~')
const byArrival: Comparison = (a, b) => compareTexts(a.received, b.received)
const byPlace: Comparison = (a, b) => compareTexts(a.bin, b.bin) || compareTexts(a.batch, b.batch)

const comparisons: Readonly<Record<PickStrategy, Comparison>> = {
  fefo: (a, b) => byExpiry(a, b) || byArrival(a, b) || byPlace(a, b),
  fifo: (a, b) => byArrival(a, b) || byPlace(a, b),
  closest: (a, b) => byPlace(a, b),
}
