/**
 * 批次库存 (stock of batches) of one SKU as a picker sees it: what arrives into a batch, what is
 * divided off it, and the days that follow from its expiry. Quantities only; cost is no matter here.
 */

import { addDays, type BusinessDate } from '#domain/values/business-date.ts'
import { addQuantity, type Quantity, subtractQuantity } from '#domain/values/quantity.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { compareTexts } from './order.ts'
import { isExpired, type PickSource } from './pick-proposal.ts'

export type BatchStock = readonly PickSource[]

export interface BatchProblem {
  readonly code: 'serial-repeated' | 'batch-unknown' | 'must-be-positive' | 'nothing-left'
  readonly batch: string
}

/**
 * Goods come into their batch, which keeps its earliest arrival; a serial number is one thing and
 * cannot come twice [BST1] [BST2].
 */
export function arriveInBatch(
  stock: BatchStock,
  arrival: PickSource,
  isSerial = false,
): Result<BatchStock, BatchProblem> {
  const known = stock.find(({ batch }) => batch === arrival.batch)
  if (known === undefined) return done([...stock, arrival])
  if (isSerial) return fail({ code: 'serial-repeated', batch: arrival.batch })
  const earliest = compareTexts(known.received, arrival.received) < 0 ? known : arrival
  const merged = { ...known, ...arrival, received: earliest.received }
  const available = addQuantity(known.available, arrival.available)
  return done(stock.map((each) => (each === known ? { ...merged, available } : each)))
}

/**
 * Divides a quantity off a batch into a new one, which inherits its days; some stays, or it would be
 * a renaming [BST3].
 */
export function divideBatch(
  stock: BatchStock,
  from: string,
  into: { readonly batch: string; readonly quantity: Quantity; readonly bin?: string },
): Result<BatchStock, BatchProblem> {
  const source = stock.find(({ batch }) => batch === from)
  if (source === undefined) return fail({ code: 'batch-unknown', batch: from })
  if (into.quantity <= 0) return fail({ code: 'must-be-positive', batch: into.batch })
  if (into.quantity >= source.available) return fail({ code: 'nothing-left', batch: from })
  const available = subtractQuantity(source.available, into.quantity)
  const divided = {
    ...{ ...source, batch: into.batch, available: into.quantity },
    ...(into.bin !== undefined && { bin: into.bin }),
  }
  const left = stock.map((each) => (each === source ? { ...source, available } : each))
  return arriveInBatch(left, divided)
}

/** What may be used on a day: everything that has not expired by then [BST4]. */
export function usableQuantity(stock: BatchStock, on: BusinessDate): Quantity {
  return stock
    .filter((source) => !isExpired(source, on))
    .reduce((sum, { available }) => addQuantity(sum, available), 0 as Quantity)
}

/** The day so many days before the batch expires: to use it up, take it off the shelf, warn [BST5]. */
export function dayBeforeExpiry(
  { expires }: { readonly expires?: BusinessDate },
  days: number,
): BusinessDate | undefined {
  return expires === undefined ? undefined : addDays(expires, 0 - days)
}
