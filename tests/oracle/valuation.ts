/**
 * What all goods are worth and what each movement cost: one walk over all movements in their order, for
 * cost only flows forward. Slow and simple, so that it can be believed.
 */
import { Books, type Correction, type Entry } from './books.ts'
import { least, share, sum, worthAt } from './exact.ts'
import { arriving, leftOnHand, shareIn } from './flow.ts'
import { arrive, noteCounted, receive, receiveUnpriced, takeBack } from './inbound.ts'
import {
  awaitsPrice,
  followed,
  isBeforeValues,
  isRestating,
  isValueChange,
  type LateValue,
  type Movement,
} from './movement.ts'
import { type MonthRules, valueByMonth } from './month-end.ts'
import { effectiveAt } from './order.ts'
import { giveBack, issue } from './outbound.ts'
import { compareKeys } from './stamp.ts'
import {
  isOwnValue,
  leavesAtOrigin,
  nothing,
  Pool,
  poolKey,
  poolNameOf,
  staysInPool,
} from './pool.ts'
import { statedCost } from './stated-cost.ts'
import { methodAt, type Policy, type ReferencePrice } from './stated-masters.ts'

export interface Valuation {
  readonly pools: readonly Pool[]
  costOf(movement: Movement): Entry
  readonly corrections: readonly Correction[]
}

/** What masters and seals say. */
export interface Known {
  readonly price: ReferencePrice
  /** The first moment of a branch that is open. */
  closedUntil(branch: string): number
}

/** `ordered`: all movements in their order, with their quantities. */
export function valued(
  ordered: readonly Movement[],
  policy: Policy,
  { price, closedUntil }: Known,
): Valuation {
  const pools = new Map<string, Pool>()
  const poolOf = (movement: Movement): Pool => {
    const name = poolNameOf(movement, policy)
    const key = poolKey(name)
    const known = pools.get(key) ?? new Pool(name, policy, price)
    pools.set(key, known)
    return known
  }
  const waiting: Correction[] = []
  const books = new Books(ordered, (correction) => addTo(waiting, correction))
  const passOnBefore = (movement?: Movement) => {
    const isDue = waiting[0] !== undefined && !standsBeforeValues(movement, waiting[0].by)
    for (const correction of isDue ? waiting.splice(0) : []) {
      passOn(books, poolOf, correction, policy)
    }
  }
  const methodOf = (movement: Movement) =>
    isOwnValue(poolOf(movement).name) ? 'moving-average' : methodAt(policy, effectiveAt(movement))
  const isByMonth = (movement: Movement) => methodOf(movement) === 'month-end'
  const lastIn = new Map(ordered.map((movement) => [poolOf(movement), movement]))
  const rules: MonthRules = {
    ...{ policy, poolOf, passOnBefore, across: movementsAcross(ordered, poolOf) },
    step: (pool, movement) => step(books, pool, movement, policy),
    isOver: (pool, movements, until) => {
      const last = lastIn.get(pool)
      const isFollowed = last !== undefined && effectiveAt(last) >= until
      return isFollowed || movements.every(({ branch }) => until <= closedUntil(branch))
    },
  }
  for (const movements of runsOf(ordered, policy)) {
    valueByMonth(books, movements.filter(isByMonth), rules)
    for (const movement of movements) {
      passOnBefore(movement)
      if (!isByMonth(movement)) walk(books, movement, methodOf(movement), rules)
    }
    passOnBefore()
  }
  return {
    pools: [...pools.values()],
    costOf: (movement) => books.entry(movement),
    corrections: books.corrections,
  }
}

function walk(books: Books, movement: Movement, method: string, rules: MonthRules): void {
  const pool = rules.poolOf(movement)
  pool.pass(movement, method)
  if (!staysInPool(movement, rules.policy)) {
    pool.noteArrival(movement)
    rules.step(pool, movement)
  }
  books.close(movement)
}

/** What moved under one method of the company, and then under the next. */
function runsOf(ordered: readonly Movement[], policy: Policy): Movement[][] {
  const runs: Movement[][] = []
  let last: string | undefined
  for (const movement of ordered) {
    const method = methodAt(policy, effectiveAt(movement))
    if (method === last) runs.at(-1)?.push(movement)
    else runs.push([movement])
    last = method
  }
  return runs
}

/** What one receipt corrects of one movement goes on as one amount. */
function addTo(waiting: Correction[], correction: Correction): void {
  const { target, by, amount } = correction
  const at = waiting.findIndex((each) => each.target === target && each.by === by)
  const known = waiting[at]?.amount ?? 0n
  if (at < 0) waiting.push(correction)
  else waiting[at] = { target, by, amount: known + amount }
}

/** What takes back goods, where some of what takes them back lies in another pool than others. */
function movementsAcross(
  ordered: readonly Movement[],
  poolOf: (movement: Movement) => Pool,
): Set<Movement> {
  const families = new Map<Movement, Movement[]>()
  for (const movement of ordered) {
    let root = movement
    while (root.origin !== undefined) root = root.origin
    families.set(root, [...(families.get(root) ?? []), movement])
  }
  const isAcross = (family: readonly Movement[]) => new Set(family.map(poolOf)).size > 1
  return new Set(
    [...families.values()]
      .filter(isAcross)
      .flatMap((family) => family.filter(({ origin }) => origin !== undefined)),
  )
}

function step(books: Books, pool: Pool, movement: Movement, policy: Policy): void {
  if (isRestating(movement) && !movement.isMirror) restate(books, pool, movement)
  else if (isValueChange(movement) || isRestating(movement)) revalue(books, pool, movement)
  else if (movement.quantity > 0n) comeIn(books, pool, movement)
  else if (movement.quantity < 0n) goOut(books, pool, movement, policy)
}

function comeIn(books: Books, pool: Pool, movement: Movement): void {
  const { origin, internal } = movement
  if (origin !== undefined) return takeBack(books, pool, movement, origin)
  if (internal !== undefined && internal.out.length > 0) {
    return arrive(books, pool, movement, arriving(books, movement, internal))
  }
  const value = statedCost(movement)
  if (value !== undefined) return receive(books, pool, movement, value)
  receiveUnpriced(books, pool, movement)
  if (awaitsPrice(movement)) pool.isTainted = true
}

function goOut(books: Books, pool: Pool, movement: Movement, policy: Policy): void {
  const { origin } = movement
  if (origin === undefined || !leavesAtOrigin(movement, policy)) issue(books, pool, movement)
  else giveBack(books, pool, movement, origin)
}

/** Goods counted at a price: each of them is worth it, and the others what they were. */
function restate(books: Books, pool: Pool, movement: Movement): void {
  const { holding } = pool
  const { held, price } = movement
  const goods = least(held, holding.quantity)
  if (goods <= 0n) return
  const isAll = goods === holding.quantity
  const before = isAll ? holding.value : share(holding.value, goods, holding.quantity)
  noteCounted(books, pool, movement, { quantity: goods, value: before })
  if (price === undefined) return
  const change = worthAt(price, goods) - before
  holding.revalue(change)
  if (isAll) holding.valueEvenly()
  books.entry(movement).cost = change
}

/** A change of value alone (成本调整): what the goods cannot take is a difference. */
function revalue(books: Books, pool: Pool, movement: Movement): void {
  const { origin, isMirror } = movement
  const entry = books.entry(movement)
  const undone = isMirror && origin !== undefined ? books.entry(origin) : undefined
  const { late, amount = 0n } = movement
  const stated = late === undefined ? amount : statedLate(books, late, amount)
  entry.cost = undone === undefined ? stated : 0n - undone.cost
  const wanted =
    undone === undefined
      ? forGoodsHere(books, pool, movement, stated)
      : entry.cost + undone.difference
  entry.difference = entry.cost - pool.revalue(wanted, late?.of)
}

function statedLate(books: Books, { of, inPlaceOf, price }: LateValue, amount: bigint): bigint {
  if (price === undefined) return amount - inPlaceOf * books.entry(of).cost
  const { quantity, value } = books.entry(of).counted ?? nothing
  return worthAt(price, quantity) - value
}

/** [SEL11] Of what was said late only what belongs to goods that are still here. */
function forGoodsHere(books: Books, pool: Pool, { late }: Movement, amount: bigint): bigint {
  if (late === undefined) return amount
  if (late.price === undefined) return share(amount, leftOf(pool, late.of), late.of.quantity)
  const { counted } = books.entry(late.of)
  if (counted === undefined || counted.quantity <= 0n) return amount
  const later = sum(pool.arrivals.slice(counted.arrivals).map(({ quantity }) => quantity))
  const left = leftOnHand(counted.quantity, pool.holding.quantity, later)
  return share(amount, left, counted.quantity)
}

/** [F4] Of what follows a receipt directly, changes of value come after goods that leave. */
function standsBeforeValues(movement: Movement | undefined, receipt: Movement): boolean {
  let child = movement
  for (
    let before = child && followed(child);
    before !== receipt;
    before = child && followed(child)
  ) {
    if (before === undefined) return false
    child = before
  }
  if (child === undefined) return false
  const { at, own } = receipt.stamp
  const order = compareKeys([child.stamp.at, child.stamp.own], [at, own])
  return order < 0 || (order === 0 && isBeforeValues(child))
}

/**
 * Policy 1: what a short move to elsewhere turns out to have cost follows the goods: of a transfer to the
 * receiving pool, of an assembly to what is left of the product. What arrived at a stated value stays so.
 */
function passOn(
  books: Books,
  poolOf: (movement: Movement) => Pool,
  { target, by, amount }: Correction,
  policy: Policy,
): void {
  const { internal } = target
  if (internal === undefined || target.isMirror || target.quantity > 0n) return
  if (internal.isPair && internal.in.some((leg) => leg.amount !== undefined)) return
  for (const leg of internal.in) {
    const pool = poolOf(leg)
    // [CST24] There a month says what it is worth, and in a month nothing follows.
    const isInMonth = [leg, by].some((each) => methodAt(policy, effectiveAt(each)) === 'month-end')
    if (isInMonth && !isOwnValue(pool.name)) continue
    const part = shareIn(amount, leg, internal)
    const left = internal.isPair ? leg.quantity : leftOf(pool, leg)
    pool.revalue(share(part, left, leg.quantity), leg)
    books.entry(leg).carried += part
  }
}

/** Steps of what came in with `movement` that are still there, first in, first out; all before it has come. */
function leftOf({ holding, arrivals }: Pool, movement: Movement): bigint {
  const from = arrivals.findIndex((each) => each.movement === movement)
  // What an assembly gives back of its own components covers them before its other goods are there.
  if (from < 0) return movement.quantity
  const later = sum(arrivals.slice(from + 1).map(({ quantity }) => quantity))
  return leftOnHand(movement.quantity, holding.quantity, later)
}
