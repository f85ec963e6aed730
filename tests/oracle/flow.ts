/** Cost that goods take along when they turn into others, or go where goods have a value of their own. */
import type { Books } from './books.ts'
import { absolute, least, most, share, sum } from './exact.ts'
import type { Goods } from './holding.ts'
import type { Internal, Movement } from './movement.ts'

/** What arrives with `movement`: a stated value of a pair, or its share of what went out and of the fees. */
export function arriving(books: Books, movement: Movement, move: Internal): bigint {
  const spent = 0n - sum(move.out.map((leg) => books.entry(leg).cost))
  if (move.isPair) return movement.amount ?? spent
  const alone = move.in.filter((leg) => bearsItsOwn(leg, move))
  const fees = sum(move.in.map((leg) => (alone.includes(leg) ? 0n : (leg.amount ?? 0n))))
  const wanted = alone.map(({ amount = 0n }) => most(amount, 0n))
  const given = least(sum(wanted), most(spent + fees, 0n))
  if (given === 0n || !alone.includes(movement))
    return shareIn(spent + fees - given, movement, move)
  return sharesOf(given, wanted)[alone.indexOf(movement)] ?? 0n
}

/** Goods without a weight beside weighty ones: what is stated of them is theirs alone, not a fee. */
function bearsItsOwn({ amount, stated }: Movement, move: Internal): boolean {
  const isWeightless = (stated.share ?? 0) === 0
  return amount !== undefined && isWeightless && move.in.some((leg) => (leg.stated.share ?? 0) > 0)
}

/** Policy 17: of a transfer without a value of its own the layers travel, as far as the goods were there. */
export function layersInto(books: Books, movement: Movement): readonly Goods[] {
  const [from] = movement.internal?.out ?? []
  if (movement.internal?.isPair !== true || from === undefined || from === movement) return []
  const isSame = from.stated.sku === movement.stated.sku && from.quantity + movement.quantity === 0n
  return isSame && movement.amount === undefined ? books.entry(from).layers : []
}

/** The part of `amount` that goes with one of the in legs. */
export function shareIn(
  amount: bigint,
  movement: Movement,
  { isPair, in: inward }: Internal,
): bigint {
  if (isPair) return amount
  const weights = inward.map(({ stated }) => BigInt(stated.share ?? 0))
  return sharesOf(amount, weights)[inward.indexOf(movement)] ?? 0n
}

/**
 * Policy 13: rounded, and the last one with a weight takes the rest; where that would change its sign or
 * be more than a fen off, each total so far is rounded instead. Without any weight all weigh the same.
 */
export function sharesOf(amount: bigint, weights: readonly bigint[]): bigint[] {
  const whole = sum(weights)
  if (whole <= 0n)
    return running(
      amount,
      weights.map(() => 1n),
    )
  const last = weights.reduce((found, weight, i) => (weight > 0n ? i : found), 0)
  const shares = weights.map((weight) => share(amount, weight, whole))
  const rest = amount - sum(shares.filter((_, i) => i !== last))
  const isOff = absolute(rest - (shares[last] ?? 0n)) > 1n || rest * amount < 0n
  if (isOff) return running(amount, weights)
  return shares.map((part, i) => (i === last ? rest : part))
}

function running(amount: bigint, weights: readonly bigint[]): bigint[] {
  const whole = sum(weights)
  const upTo = weights.map((_, i) => share(amount, sum(weights.slice(0, i + 1)), whole))
  return upTo.map((total, i) => total - (upTo[i - 1] ?? 0n))
}

/** Policies 9 and 10: what is left of goods, first in, first out, when `later` came in after them. */
export function leftOnHand(came: bigint, onHand: bigint, later: bigint): bigint {
  const left = most(onHand - later, 0n)
  return left < came ? left : came
}
