/** What a movement can still give back of what it cost: less what others have taken back before. */
import type { Books } from './books.ts'
import { absolute, least, most, share } from './exact.ts'
import type { Movement } from './movement.ts'
import type { Piece } from './pool.ts'

/** For `movement`, which takes back what it can of `origin`. */
export function originalOf(books: Books, movement: Movement, origin: Movement): Piece {
  const left = leftOf(books, origin, movement)
  const quantity = least(absolute(movement.quantity), most(left.quantity, 0n))
  const value = quantity === 0n ? 0n : share(most(left.value, 0n), quantity, left.quantity)
  return { quantity, value }
}

/** Of what was reckoned so far: what stands later in the order has taken nothing yet. */
export function leftOf(books: Books, movement: Movement, reader: Movement): Piece {
  const { cost, carried } = books.entry(movement)
  const trueUp = books.trueUpBefore(movement, reader)
  const isOut = movement.quantity < 0n
  let { quantity, value }: Piece = {
    quantity: absolute(movement.quantity),
    value: (isOut ? 0n - cost : cost) + trueUp + carried,
  }
  for (const child of books.takenBack(movement)) {
    if (!books.isBefore(child, reader)) continue
    const taken = leftOf(books, child, reader)
    quantity -= taken.quantity
    value -= taken.value
  }
  return { quantity, value }
}
