/**
 * 月末一次加权平均 (month-end average): what leaves in a month, and what comes in without a cost of its own,
 * shares (opening value + receipts) ÷ quantity of that month. Nothing that shares reads another pool.
 */
import type { Books } from './books.ts'
import { least, most, share } from './exact.ts'
import { type Levels, levelsOf } from './month-levels.ts'
import { coverAll, noteCounted, receiveUnpriced } from './inbound.ts'
import { awaitsPrice, type Movement } from './movement.ts'
import { effectiveAt } from './order.ts'
import { leavesAtOrigin, nothing, type Piece, type Pool, staysInPool } from './pool.ts'
import { statedCost } from './stated-cost.ts'
import type { Policy } from './stated-masters.ts'

export interface MonthRules {
  readonly policy: Policy
  /** What takes back goods of another pool, or beside what another pool has taken back. */
  readonly across: ReadonlySet<Movement>
  poolOf(movement: Movement): Pool
  /** Whether the month of these movements of the pool, which ends with `until`, is over for it. */
  isOver(pool: Pool, movements: readonly Movement[], until: number): boolean
  /** Costs one movement that has a cost of its own, by the rules of the moving average. */
  step(pool: Pool, movement: Movement): void
  /** What goes on to other pools before this movement does so now; all of it where none is left. */
  passOnBefore(movement?: Movement): void
}

interface Month {
  readonly books: Books
  readonly pool: Pool
  /** What waits for its share. */
  readonly sharing: Set<Movement>
  readonly available: Piece
  readonly rate: Piece | undefined
}

interface OwnMonth {
  readonly before: Piece | undefined
  readonly sharing: Set<Movement>
  readonly movements: Movement[]
}

/** `ordered`: movements of a time in which this method holds. */
export function valueByMonth(books: Books, ordered: readonly Movement[], rules: MonthRules): void {
  for (const { movements, until } of byMonth(ordered, rules.policy)) {
    const pools = [...new Set(movements.map(rules.poolOf))]
    const arrivals = movements.filter((movement) => isMade(movement, movements, rules))
    const { bringing, pools: levels } = levelsOf(pools, arrivals, rules.poolOf)
    for (const level of levels) {
      const own = movements.filter((movement) => level.has(rules.poolOf(movement)))
      valueLevel(books, own, bringing, until, rules)
    }
  }
}

function valueLevel(
  books: Books,
  movements: readonly Movement[],
  bringing: ReadonlySet<Movement>,
  until: number,
  rules: MonthRules,
): void {
  const byPool = new Map<Pool, OwnMonth>()
  for (const movement of movements) {
    rules.passOnBefore(movement)
    const pool = rules.poolOf(movement)
    pool.pass(movement, 'month-end')
    const own = byPool.get(pool) ?? { before: pool.rate, sharing: new Set(), movements: [] }
    byPool.set(pool, own)
    own.movements.push(movement)
    enterMonth(books, pool, movement, { ...own, bringing }, rules)
    books.close(movement)
  }
  rules.passOnBefore()
  for (const [pool, own] of byPool) {
    endMonth(books, pool, own, rules.isOver(pool, own.movements, until))
  }
}

function enterMonth(
  books: Books,
  pool: Pool,
  movement: Movement,
  { sharing, bringing }: OwnMonth & Pick<Levels, 'bringing'>,
  { policy, step, across }: MonthRules,
): void {
  if (staysInPool(movement, policy)) return
  pool.noteArrival(movement)
  if (bringing.has(movement)) return step(pool, movement)
  const isAcross = across.has(movement) && movement.quantity !== 0n
  const isShared = isAcross
    ? movement.quantity < 0n || pool.quantity > 0n
    : sharesMonth(pool, movement, sharing, policy)
  if (isShared) wait(pool, movement, sharing)
  else if (isAcross || isArrival(movement)) receiveUnpriced(books, pool, movement)
  else step(pool, movement)
}

function endMonth(books: Books, pool: Pool, own: OwnMonth, isOver: boolean): void {
  const { before, sharing, movements } = own
  const available = { quantity: pool.holding.quantity, value: pool.holding.value }
  const isOwn = available.quantity > 0n && (isOver || before === undefined)
  if (available.quantity > 0n) pool.rate = available
  const month = { books, pool, sharing, available, rate: isOwn ? available : before }
  for (const movement of movements) if (sharing.has(movement)) settle(month, movement, movements)
}

interface MovedMonth {
  readonly movements: Movement[]
  /** The first moment of the next. */
  readonly until: number
}

/** Months of the company's zone. */
function byMonth(ordered: readonly Movement[], { zoneMinutes }: Policy): MovedMonth[] {
  const months: MovedMonth[] = []
  let last: string | undefined
  for (const movement of ordered) {
    const local = new Date(effectiveAt(movement) + zoneMinutes * 60_000)
    const name = local.toISOString().slice(0, 7)
    const next = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1)
    if (name === last) months.at(-1)?.movements.push(movement)
    else months.push({ movements: [movement], until: next - zoneMinutes * 60_000 })
    last = name
  }
  return months
}

/** Made of goods that this month has moved, in other pools or in this one. */
function isMade(
  movement: Movement,
  movements: readonly Movement[],
  { policy }: MonthRules,
): boolean {
  const outs = movement.internal?.out ?? []
  if (!isArrival(movement) || outs.length === 0 || staysInPool(movement, policy)) return false
  return outs.every((leg) => movements.includes(leg))
}

/** Goods of an internal move: what they were worth elsewhere is not known before that month is over. */
function isArrival({ internal, origin, quantity }: Movement): boolean {
  return internal !== undefined && origin === undefined && quantity > 0n
}

function sharesMonth(
  pool: Pool,
  movement: Movement,
  sharing: ReadonlySet<Movement>,
  policy: Policy,
): boolean {
  const { origin, quantity } = movement
  if (isArrival(movement)) return pool.quantity > 0n
  if (origin !== undefined && sharing.has(origin)) return true
  if (quantity < 0n) return !leavesAtOrigin(movement, policy)
  const isPriced = movement.price !== undefined || statedCost(movement) !== undefined
  return quantity > 0n && origin === undefined && !isPriced && pool.quantity > 0n
}

function wait(pool: Pool, movement: Movement, sharing: Set<Movement>): void {
  sharing.add(movement)
  if (movement.quantity > 0n && awaitsPrice(movement)) pool.isTainted = true
}

/**
 * What takes it back in the same month follows it directly, so that a full return nets to nothing; of goods
 * that left in a month that had none to give it waits for its place.
 */
function settle(month: Month, movement: Movement, movements: readonly Movement[]): void {
  const { sharing, available, pool } = month
  sharing.delete(movement)
  if (movement.quantity < 0n) give(month, movement)
  else take(month, movement)
  const isShort = pool.shorts.some((short) => short.movement === movement)
  if (isShort && available.quantity === 0n) return
  for (const child of movements) {
    if (child.origin === movement && sharing.has(child)) settle(month, child, movements)
  }
}

function give(month: Month, movement: Movement): void {
  const { books, pool } = month
  const wanted = 0n - movement.quantity
  const here = least(wanted, pool.holding.quantity)
  const value = moved(month, movement, here)
  const short = wanted - here
  const guessed = short === 0n ? 0n : pool.guess(movement, short)
  pool.goShort(movement, { quantity: short, value: guessed })
  books.entry(movement).cost = 0n - value - guessed
}

function take(month: Month, movement: Movement): void {
  const { books, pool } = month
  const { origin, quantity } = movement
  const own = pool.shorts.find((short) => short.movement === origin)
  const first = own === undefined ? nothing : pool.cover(own, quantity)
  const others = coverAll(pool, quantity - first.quantity)
  const rest = quantity - first.quantity - others.quantity
  const entered = 0n - moved(month, movement, 0n - rest)
  books.entry(movement).cost = first.value + others.value + entered
  noteCounted(books, pool, movement, { quantity: rest, value: entered })
}

/** Takes so much of what the month has out of the pool, or, below zero, puts it back; its fen. */
function moved({ pool, available, rate }: Month, source: Movement, quantity: bigint): bigint {
  if (quantity === 0n) return 0n
  const given = available.quantity - pool.holding.quantity
  const value = worthOf(given + quantity) - worthOf(given)
  pool.holding.put({ quantity: 0n - quantity, value: 0n - value, source })
  return value

  /** Of the first `steps` that were given; the last of them takes the rest. */
  function worthOf(steps: bigint): bigint {
    if (steps === available.quantity) return available.value
    if (rate === undefined) return 0n
    if (steps < 0n) return 0n - share(rate.value, 0n - steps, rate.quantity)
    return least(share(rate.value, steps, rate.quantity), most(available.value, 0n))
  }
}
