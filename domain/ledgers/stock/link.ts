/** Which movements give or take back another: linked returns, and the mirrors of a reversal. */

import { isCorrection } from './late-movements.ts'
import { isLinkedBit } from './movement.ts'
import type { StockLedger } from './stock-ledger.ts'

const none: readonly number[] = []

/** Movements whose `origin` is `movement`, in no order. */
export function linkedTo(ledger: StockLedger, movement: number): readonly number[] {
  return linksOf(ledger).get(movement) ?? none
}

/** All movements that have others linked to them. */
export function linkedOrigins(ledger: StockLedger): Iterable<number> {
  return linksOf(ledger).keys()
}

/** `movement`, what is linked to it, and what is linked to that: all whose place depends on it. */
export function withFollowers(ledger: StockLedger, movement: number): number[] {
  const found = [movement]
  for (const one of found) found.push(...linkedTo(ledger, one))
  return found
}

/** Sets or, with −1, clears the origin. The movement is in no chain meanwhile. */
export function putOrigin(ledger: StockLedger, movement: number, origin: number): void {
  const { origin: origins, kind } = ledger.movements.columns
  const links = linksOf(ledger)
  const before = origins[movement] as number
  if (before >= 0) dropFrom(links, before, movement)
  origins[movement] = origin
  const bits = kind[movement] as number
  kind[movement] = origin < 0 ? bits & ~isLinkedBit : bits | isLinkedBit
  if (origin >= 0) addTo(links, origin, movement)
}

/** Steps of `movement` that returns have taken back and not undone, whatever their order. */
export function quantityReturned(ledger: StockLedger, movement: number): number {
  const { quantity } = ledger.movements.columns
  return linkedTo(ledger, movement)
    .map((child) => Math.abs(quantity[child] as number) - quantityReturned(ledger, child))
    .reduce((a, b) => a + b, 0)
}

function linksOf(ledger: StockLedger): Map<number, number[]> {
  if (ledger.linked !== undefined) return ledger.linked
  const links = new Map<number, number[]>()
  const { origin, kind } = ledger.movements.columns
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    // What carries a true-up on follows its receipt without taking anything of it back.
    if (((kind[movement] as number) & isLinkedBit) === 0) continue
    if (!isCorrection(ledger, movement)) addTo(links, origin[movement] as number, movement)
  }
  ledger.linked = links
  return links
}

function addTo(links: Map<number, number[]>, origin: number, movement: number): void {
  const known = links.get(origin)
  if (known === undefined) links.set(origin, [movement])
  else known.push(movement)
}

function dropFrom(links: Map<number, number[]>, origin: number, movement: number): void {
  const left = (links.get(origin) ?? []).filter((one) => one !== movement)
  if (left.length === 0) links.delete(origin)
  else links.set(origin, left)
}
