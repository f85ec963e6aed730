/** Goods that leave: for good, or back to where they came from. */
import type { Books } from './books.ts'
import { least, share } from './exact.ts'
import type { Movement } from './movement.ts'
import { originalOf } from './original.ts'
import type { Pool } from './pool.ts'

/** [CO-01, CO-12] Their share of the value, the last of them the rest; what is not there is short. */
export function issue(books: Books, pool: Pool, movement: Movement): void {
  books.entry(movement).cost = 0n - leave(pool, movement, 0n - movement.quantity)
}

/**
 * [CO-05] At the price at which they came. What the pool cannot give of it, or keeps without goods, is a
 * difference; more than ever came leaves like any issue.
 */
export function giveBack(books: Books, pool: Pool, movement: Movement, origin: Movement): void {
  const wanted = 0n - movement.quantity
  const known = originalOf(books, movement, origin)
  const there = least(known.quantity, pool.holding.quantity)
  const short = known.quantity - there
  if (pool.holding.quantity <= known.quantity) pool.keepRate()
  const isAll = there === pool.holding.quantity
  const own = short === 0n ? known.value : known.value - share(known.value, short, known.quantity)
  const lost =
    there === 0n ? 0n : pool.holding.takeOwn({ quantity: there, value: own, source: origin })
  const owed = short === 0n ? 0n : share(known.value, short, known.quantity)
  pool.goShort(movement, { quantity: short, value: owed })
  const entry = books.entry(movement)
  entry.difference = lost + owed - known.value
  entry.cost = 0n - known.value - leave(pool, movement, wanted - known.quantity)
  if (isAll && pool.holding.value !== 0n) throw new Error('nothing is worth something')
}

function leave(pool: Pool, movement: Movement, wanted: bigint): bigint {
  if (wanted === 0n) return 0n
  const { holding } = pool
  const there = least(wanted, holding.quantity)
  if (there === holding.quantity) pool.keepRate()
  const value = there === 0n ? 0n : holding.take(there)
  const short = wanted - there
  if (short === 0n) return value
  const guessed = pool.guess(movement, short)
  pool.goShort(movement, { quantity: short, value: guessed })
  return value + guessed
}
