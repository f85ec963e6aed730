/** Goods that come in: with a price, without one yet, without a document, or back from where they went. */
import { least, most, share, sum, worthAt } from './exact.ts'
import { layersInto } from './flow.ts'
import type { Goods } from './holding.ts'
import { leftOf, originalOf } from './original.ts'
import { awaitsPrice, isCountClass, type Movement } from './movement.ts'
import { nothing, type Piece, type Pool } from './pool.ts'
import type { Books } from './books.ts'

/** What comes in from elsewhere, layer by layer; the rest of it was short where it left. */
export function arrive(books: Books, pool: Pool, movement: Movement, value: bigint): void {
  const layers = layersInto(books, movement)
  const quantity = movement.quantity - sum(layers.map((layer) => layer.quantity))
  const rest = { quantity, value: value - sum(layers.map((layer) => layer.value)) }
  for (const layer of layers) receiveGoods(books, pool, movement, layer)
  if (quantity > 0n) receiveGoods(books, pool, movement, { ...rest, source: movement })
  books.entry(movement).cost = value
}

export function receive(books: Books, pool: Pool, movement: Movement, value: bigint): void {
  receiveGoods(books, pool, movement, { quantity: movement.quantity, value, source: movement })
  books.entry(movement).cost = value
}

/**
 * [CO-07] First covers what is short, and corrects what that was taken to cost; the rest of the goods
 * enters at the rest of the price.
 */
function receiveGoods(books: Books, pool: Pool, movement: Movement, goods: Goods): void {
  const { quantity, value, source } = goods
  const covered = least(quantity, pool.missing)
  const forShort = covered === 0n ? 0n : share(value, covered, quantity)
  if (covered > 0n) pool.rate = { quantity, value }
  let rest: Piece = { quantity: covered, value: forShort }
  while (rest.quantity > 0n) {
    const [oldest] = pool.shorts
    if (oldest === undefined) throw new Error('what is missing is short of somebody')
    const piece = pool.cover(oldest, rest.quantity)
    const actual = share(rest.value, piece.quantity, rest.quantity)
    rest = { quantity: rest.quantity - piece.quantity, value: rest.value - actual }
    if (pool.isLayered) books.entry(oldest.movement).source ??= movement
    books.trueUp(oldest.movement, movement, actual - piece.value)
  }
  pool.holding.put({ quantity: quantity - covered, value: value - forShort, source })
}

/** A price that has not come, or a surplus: as if it had cost what the goods beside it do. */
export function receiveUnpriced(books: Books, pool: Pool, movement: Movement): void {
  const isReceipt = awaitsPrice(movement)
  if (isReceipt && pool.isLayered) noteAge(books, pool, movement)
  const covered = coverAll(pool, movement.quantity)
  const alike = isReceipt || isCountClass(movement) ? 'newest' : 'average'
  const rest = movement.quantity - covered.quantity
  const entered =
    movement.price === undefined
      ? enter(pool, movement, rest, alike)
      : enterAt(pool, movement, rest, movement.price)
  books.entry(movement).cost = covered.value + entered
  noteCounted(books, pool, movement, { quantity: rest, value: entered })
}

/** What a price of a count would be about. */
export function noteCounted(books: Books, pool: Pool, movement: Movement, goods: Piece): void {
  books.entry(movement).counted = { ...goods, arrivals: pool.arrivals.length }
}

/** What a count has found is worth what it states. */
function enterAt(pool: Pool, movement: Movement, quantity: bigint, price: bigint): bigint {
  const value = worthAt(price, quantity)
  pool.holding.put({ quantity, value, source: movement })
  return value
}

/** [CO-04] At what the goods cost when they left; they close their own shortage before any other. */
export function takeBack(books: Books, pool: Pool, movement: Movement, origin: Movement): void {
  const { quantity } = movement
  const known = originalOf(books, movement, origin)
  const left = leftOf(books, origin, movement)
  const own = pool.shorts.find((short) => short.movement === origin)
  const first = own === undefined ? nothing : pool.cover(own, quantity)
  const others = coverAll(pool, quantity - first.quantity)
  const covered = first.quantity + others.quantity
  const back = most(known.quantity - covered, 0n)
  const beside = most(left.value - first.value, 0n)
  const value = back === 0n ? 0n : share(beside, back, left.quantity - first.quantity)
  const alike = isCountClass(movement) ? 'newest' : 'average'
  const entered = enter(pool, movement, quantity - covered - back, alike)
  pool.holding.put({ quantity: back, value, source: books.entry(origin).source ?? movement })
  books.entry(movement).cost = first.value + others.value + value + entered
}

/** Goods that were short are as old as the receipt that brings them. */
function noteAge(books: Books, pool: Pool, movement: Movement): void {
  let rest = movement.quantity
  for (const short of pool.shorts) {
    if (rest <= 0n) return
    books.entry(short.movement).source ??= movement
    rest -= short.quantity
  }
}

function enter(
  pool: Pool,
  movement: Movement,
  quantity: bigint,
  alike: 'newest' | 'average',
): bigint {
  if (quantity === 0n) return 0n
  const { holding } = pool
  const value =
    holding.quantity > 0n ? holding.worthOf(quantity, alike) : pool.guess(movement, quantity)
  holding.put({ quantity, value, source: movement })
  return value
}

/** Closes shortages, the oldest first, at what they were taken to be worth. */
export function coverAll(pool: Pool, wanted: bigint): Piece {
  let covered = nothing
  for (let [oldest] = pool.shorts; oldest !== undefined; [oldest] = pool.shorts) {
    if (covered.quantity === wanted) break
    const piece = pool.cover(oldest, wanted - covered.quantity)
    covered = {
      quantity: covered.quantity + piece.quantity,
      value: covered.value + piece.value,
    }
  }
  return covered
}
