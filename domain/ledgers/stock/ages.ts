/**
 * 库龄 (ages) of goods, whatever the cost method: by line, first in, first out of what came, as of a
 * moment. Goods that are moved keep their age, returned goods get back that of the goods that left
 * first [ST-18]. Worked out when asked, for one SKU.
 */

import { isLinkedBit, rankMask, rankOf } from './movement.ts'
import { compareMovements, effectiveAt } from './order.ts'
import { poolsOfSku } from './place.ts'
import type { StockLedger } from './stock-ledger.ts'

/** Goods of one age. */
export interface Aged {
  /** Moment of the receipt that they came with, ms. */
  readonly since: number
  /** Steps, > 0. */
  readonly quantity: number
}

/** [CST26] By line, oldest first: what is on hand after the moment `until`, ms. */
export function agesOf(
  ledger: StockLedger,
  sku: number,
  until = Number.POSITIVE_INFINITY,
): ReadonlyMap<number, readonly Aged[]> {
  const walk: Walk = {
    ...{ ledger, byLine: new Map(), owed: new Map() },
    ...{ moving: new Map(), leftSince: new Map() },
  }
  for (const movement of movementsOfSku(ledger, sku)) {
    if (effectiveAt(ledger, movement) > until) break
    walkOver(walk, movement)
  }
  return walk.byLine
}

interface Walk {
  readonly ledger: StockLedger
  readonly byLine: Map<number, Aged[]>
  /** By line, what left without being there: the next goods cover it. */
  readonly owed: Map<number, number>
  /** Goods on their way inside one document, by its event. */
  readonly moving: Map<number, Aged[]>
  /** By issue, the age of the first goods that it took. */
  readonly leftSince: Map<number, number>
}

function movementsOfSku(ledger: StockLedger, sku: number): number[] {
  const chains = poolsOfSku(ledger, sku).map((pool) => ledger.chains.view(pool))
  const [only] = chains
  if (only !== undefined && chains.length === 1) return [...only]
  return chains.flatMap((chain) => [...chain]).sort((a, b) => compareMovements(ledger, a, b))
}

function walkOver(walk: Walk, movement: number): void {
  const moved = walk.ledger.movements.columns.quantity[movement] as number
  if (moved < 0) goOut(walk, movement, 0 - moved)
  else if (moved > 0) comeIn(walk, movement, moved)
}

function goOut(walk: Walk, movement: number, leaving: number): void {
  const { line, event, kind } = walk.ledger.movements.columns
  const own = line[movement] as number
  const taken = takeOldest(goodsAt(walk, own), leaving)
  const short = leaving - sumOf(taken)
  if (short > 0) walk.owed.set(own, (walk.owed.get(own) ?? 0) + short)
  walk.leftSince.set(movement, taken[0]?.since ?? effectiveAt(walk.ledger, movement))
  if (((kind[movement] as number) & rankMask) !== rankOf.internal) return
  const act = event[movement] as number
  walk.moving.set(act, [...(walk.moving.get(act) ?? []), ...taken])
}

function comeIn(walk: Walk, movement: number, arriving: number): void {
  const { line, event } = walk.ledger.movements.columns
  const own = line[movement] as number
  const moved = takeOldest(walk.moving.get(event[movement] as number) ?? [], arriving)
  const rest = arriving - sumOf(moved)
  const pieces = rest > 0 ? [...moved, { since: sinceOf(walk, movement), quantity: rest }] : moved
  const owed = walk.owed.get(own) ?? 0
  const covered = sumOf(takeOldest(pieces, owed))
  if (owed > 0) walk.owed.set(own, owed - covered)
  for (const piece of pieces) put(goodsAt(walk, own), piece)
}

function sumOf(pieces: readonly Aged[]): number {
  return pieces.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** Returned goods have the age of those that left. */
function sinceOf({ ledger, leftSince }: Walk, movement: number): number {
  const { kind, origin } = ledger.movements.columns
  const own = effectiveAt(ledger, movement)
  if (((kind[movement] as number) & isLinkedBit) === 0) return own
  return leftSince.get(origin[movement] as number) ?? own
}

function goodsAt({ byLine }: Walk, line: number): Aged[] {
  const known = byLine.get(line)
  if (known !== undefined) return known
  const goods: Aged[] = []
  byLine.set(line, goods)
  return goods
}

function takeOldest(goods: Aged[], quantity: number): Aged[] {
  const taken: Aged[] = []
  let rest = quantity
  for (let first = goods[0]; rest > 0 && first !== undefined; first = goods[0]) {
    const part = Math.min(first.quantity, rest)
    taken.push({ since: first.since, quantity: part })
    rest -= part
    if (part === first.quantity) goods.shift()
    else goods[0] = { since: first.since, quantity: first.quantity - part }
  }
  return taken
}

function put(goods: Aged[], piece: Aged): void {
  let index = goods.length
  while (index > 0 && (goods[index - 1] as Aged).since > piece.since) index--
  goods.splice(index, 0, piece)
}
