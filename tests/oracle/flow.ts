/** Cost that goods take along when they turn into others, or go where goods have a value of their own. */
import type { Books } from './books.ts'
import { share, sum } from './exact.ts'
import type { Internal, Movement } from './movement.ts'

/** What arrives with `movement`: its share of what went out, and its own fee; a stated value of a pair. */
export function arriving(books: Books, movement: Movement, { isPair, out, in: inward }: Internal) {
  const spent = 0n - sum(out.map((leg) => books.entry(leg).cost))
  const carried = sharesOf(spent, inward).get(movement) ?? 0n
  if (isPair) {
    const value = movement.amount ?? carried
    return { value, difference: carried - value }
  }
  const fees = sum(inward.map(({ amount }) => amount ?? 0n))
  return { value: sharesOf(spent + fees, inward).get(movement) ?? 0n, difference: 0n }
}

/** By weight, rounded; the last of them takes the rest. */
export function sharesOf(amount: bigint, inward: readonly Movement[]): Map<Movement, bigint> {
  const weights = inward.map((leg) => BigInt(leg.stated.share ?? 1))
  const whole = sum(weights)
  const shares = new Map<Movement, bigint>()
  let rest = amount
  for (const [i, leg] of inward.entries()) {
    const isLast = i === inward.length - 1
    const part = whole === 0n ? 0n : share(amount, weights[i] ?? 0n, whole)
    shares.set(leg, isLast ? rest : part)
    rest -= part
  }
  return shares
}
