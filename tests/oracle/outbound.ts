/** Goods that leave: for good, or back to where they came from. */
import type { Books } from './books.ts'
import { least, share } from './exact.ts'
import { layersInto } from './flow.ts'
import type { Taken } from './holding.ts'
import { leavesTransit, type Movement } from './movement.ts'
import { originalOf } from './original.ts'
import type { Pool } from './pool.ts'

/** [CO-01, CO-12] Their share of the value, the last of them the rest; what is not there is short. */
export function issue(books: Books, pool: Pool, movement: Movement): void {
  books.entry(movement).cost = 0n - leave(books, pool, movement, 0n - movement.quantity)
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
  const owed = short === 0n ? 0n : share(known.value, short, known.quantity)
  const own = { quantity: there, value: known.value - owed, sources: sourcesOf(books, origin) }
  const taken: Taken = there === 0n ? { value: 0n } : pool.holding.takeOwn(own)
  pool.goShort(movement, { quantity: short, value: owed })
  const entry = books.entry(movement)
  entry.source ??= taken.source
  entry.layers = taken.layers ?? []
  // What was in transit is worth what transit gives for it.
  const worth = leavesTransit(movement) ? taken.value + owed : known.value
  entry.difference = taken.value + owed - worth
  entry.cost = 0n - worth - leave(books, pool, movement, wanted - known.quantity)
}

/**
 * What the goods are known by that came in with `movement`: some of a return are as old as its delivery's,
 * those of a transfer as old as they were.
 */
function sourcesOf(books: Books, movement: Movement): readonly Movement[] {
  const travelled = movement.origin === undefined ? layersInto(books, movement) : []
  if (travelled.length > 0) return [...travelled.map(({ source }) => source), movement]
  const delivered = movement.origin && books.entry(movement.origin).source
  return delivered === undefined ? [movement] : [movement, delivered]
}

function leave(books: Books, pool: Pool, movement: Movement, wanted: bigint): bigint {
  if (wanted === 0n) return 0n
  const { holding } = pool
  const there = least(wanted, holding.quantity)
  if (there === holding.quantity) pool.keepRate()
  const { value, source, layers = [] }: Taken = there === 0n ? { value: 0n } : holding.take(there)
  books.entry(movement).source ??= source
  books.entry(movement).layers = [...books.entry(movement).layers, ...layers]
  const short = wanted - there
  if (short === 0n) return value
  const guessed = pool.guess(movement, short)
  pool.goShort(movement, { quantity: short, value: guessed })
  return value + guessed
}
