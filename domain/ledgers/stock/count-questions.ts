/**
 * What a count leaves to ask (`count-findings.ts`), noted while it is derived: nothing has to look at all
 * counts ever made. Bits by movement; those of a count that asks nothing are not there.
 */

import { countOf, putQuestions } from './counts.ts'
import { positionOf } from './chain-order.ts'
import { rankMask, rankOf } from './movement.ts'
import { effectiveAt, ownMoment } from './order.ts'
import type { StockLedger } from './stock-ledger.ts'

/** The difference is not the one that the counter's device knew. */
export const isRestatedBit = 1
/** Goods of the line moved between its first entry and its last. */
export const isMovedMeanwhileBit = 2
/** It found goods where less than none were booked. */
export const fillsShortageBit = 4

/** Notes what the count at `position` of its pool's chain asks, now that it is derived. */
export function noteQuestions(ledger: StockLedger, pool: number, position: number): void {
  const movement = ledger.chains.at(pool, position)
  const count = countOf(ledger, movement)
  if (count === undefined) return
  const moved = ledger.movements.columns.quantity[movement] as number
  const { counted, book, since } = count
  const isRestated = book !== undefined && counted - book !== moved
  const isMoved = since !== undefined && movedMeanwhile(ledger, pool, position).length > 0
  const bits =
    (isRestated ? isRestatedBit : 0) |
    (isMoved ? isMovedMeanwhileBit : 0) |
    (moved > counted ? fillsShortageBit : 0)
  // A new count may answer an old one.
  const isAnswer = ledger.countQuestions.size > 0 || ledger.ownMoments.size > 0
  if (bits !== 0 || isAnswer) ledger.countChanges++
  putQuestions(ledger, movement, bits)
}

/** The movement is not in force any more, and asks nothing. */
export function forgetQuestions(ledger: StockLedger, movement: number): void {
  if (!ledger.countQuestions.has(movement)) return
  putQuestions(ledger, movement, 0)
  ledger.countChanges++
}

/** Movements of what was counted between the first and the last entry of the count, oldest first. */
export function movedMeanwhile(ledger: StockLedger, pool: number, position: number): number[] {
  const { cell, line, kind, quantity } = ledger.movements.columns
  const count = ledger.chains.at(pool, position)
  const since = countOf(ledger, count)?.since ?? Number.POSITIVE_INFINITY
  const found: number[] = []
  for (let before = position - 1; before >= 0; before--) {
    const movement = ledger.chains.at(pool, before)
    if (effectiveAt(ledger, movement) < since) break
    if (line[movement] !== line[count] || cell[movement] !== cell[count]) continue
    // A change of value alone moves nothing, and only readers of costs know of it.
    if (quantity[movement] === 0) continue
    if (((kind[movement] as number) & rankMask) !== rankOf.count) found.unshift(movement)
  }
  return found
}

/**
 * [F8] The last count that had reflected a late movement already: of its goods, before it in the order, and
 * made after the moment that its record says. None, where it is late and nothing more.
 */
export function countsReflecting(ledger: StockLedger, movement: number): readonly number[] {
  const { cell, line, pool, event } = ledger.movements.columns
  const own = ownMoment(ledger, event[movement] as number)
  const inPool = pool[movement] as number
  for (let before = positionOf(ledger, inPool, movement) - 1; before >= 0; before--) {
    const other = ledger.chains.at(inPool, before)
    if (line[other] !== line[movement] || cell[other] !== cell[movement]) continue
    if (countOf(ledger, other) === undefined) continue
    if (ownMoment(ledger, event[other] as number) >= own) return [other]
  }
  return []
}
