/**
 * What all goods are worth and what each movement cost: one walk over all movements in their order, for
 * cost only flows forward. Slow and simple, so that it can be believed.
 */
import { Books, type Correction, type Entry } from './books.ts'
import { arriving, sharesOf } from './flow.ts'
import { receive, receiveUnpriced, takeBack } from './inbound.ts'
import { awaitsPrice, isValueChange, type Movement } from './movement.ts'
import { giveBack, issue } from './outbound.ts'
import { Pool, type PoolName, poolNameOf } from './pool.ts'
import { statedCost } from './stated-cost.ts'
import type { Policy, ReferencePrice } from './stated-masters.ts'

export interface Valuation {
  readonly pools: readonly Pool[]
  costOf(movement: Movement): Entry
  readonly corrections: readonly Correction[]
}

/** `ordered`: all movements in their order, with their quantities. */
export function valued(
  ordered: readonly Movement[],
  policy: Policy,
  price: ReferencePrice,
): Valuation {
  const pools = new Map<string, Pool>()
  const poolOf = (movement: Movement): Pool => {
    const name = poolNameOf(movement, policy)
    const key = poolKey(name)
    const known = pools.get(key) ?? new Pool(name, policy, price)
    pools.set(key, known)
    return known
  }
  const books = new Books((correction) => passOn(books, poolOf, correction))
  for (const movement of ordered) {
    if (!staysInPool(movement, poolOf)) step(books, poolOf(movement), movement, policy)
    books.close(movement)
  }
  return {
    pools: [...pools.values()],
    costOf: (movement) => books.entry(movement),
    corrections: books.corrections,
  }
}

export function poolKey({ branch, warehouse, sku, batch, serial }: PoolName): string {
  return [branch, warehouse, sku, batch, serial].join('|')
}

function step(books: Books, pool: Pool, movement: Movement, policy: Policy): void {
  if (isValueChange(movement)) revalue(books, pool, movement)
  else if (movement.quantity > 0n) comeIn(books, pool, movement)
  else if (movement.quantity < 0n) goOut(books, pool, movement, policy)
}

function comeIn(books: Books, pool: Pool, movement: Movement): void {
  const { origin, internal } = movement
  if (origin !== undefined) return takeBack(books, pool, movement, origin)
  if (internal !== undefined && internal.out.length > 0) {
    const { value, difference } = arriving(books, movement, internal)
    receive(books, pool, movement, value)
    books.entry(movement).difference += difference
    return
  }
  const value = statedCost(movement)
  if (value !== undefined) return receive(books, pool, movement, value)
  receiveUnpriced(books, pool, movement)
  if (awaitsPrice(movement)) pool.isTainted = true
}

function goOut(books: Books, pool: Pool, movement: Movement, { purchaseReturn }: Policy): void {
  const { origin, isMirror } = movement
  const isLikeAny = purchaseReturn === 'method' && !isMirror
  if (origin === undefined || isLikeAny) issue(books, pool, movement)
  else giveBack(books, pool, movement, origin)
}

/** A change of value alone (成本调整): what no goods are left for is a difference. */
function revalue(books: Books, pool: Pool, movement: Movement): void {
  const amount = (movement.isMirror ? -1n : 1n) * (movement.amount ?? 0n)
  const entry = books.entry(movement)
  entry.cost = amount
  entry.difference = pool.revalue(amount)
}

/** A move between places of one pool changes no value, while it loses nothing on the way. */
function staysInPool(movement: Movement, poolOf: (movement: Movement) => Pool): boolean {
  const { internal } = movement
  const [from] = internal?.out ?? []
  const [to] = internal?.in ?? []
  if (internal?.isPair !== true || from === undefined || to === undefined) return false
  return poolOf(from) === poolOf(to) && from.quantity + to.quantity === 0n
}

/** Policy 1: what a short move to elsewhere turns out to have cost belongs to what it became. */
function passOn(
  books: Books,
  poolOf: (movement: Movement) => Pool,
  { target, amount }: Correction,
): void {
  const { internal } = target
  if (internal === undefined || target.isMirror || target.quantity > 0n) return
  for (const [movement, part] of sharesOf(amount, internal.in)) {
    const lost = poolOf(movement).revalue(part)
    const entry = books.entry(movement)
    entry.trueUp += part
    entry.difference += lost
  }
}
