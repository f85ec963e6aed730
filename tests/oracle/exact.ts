/** Whole numbers of any size: the auditor never meets a float, nor the rounding of what it judges. */

/** value × part ÷ whole, a half away from zero; whole > 0. */
export function share(value: bigint, part: bigint, whole: bigint): bigint {
  const product = value * part
  const twice = product < 0n ? -2n * product : 2n * product
  const rounded = (twice + whole) / (2n * whole)
  return product < 0n ? -rounded : rounded
}

export function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}

export function most(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}

export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

export function sum(values: Iterable<bigint>): bigint {
  let total = 0n
  for (const value of values) total += value
  return total
}

/** Fen that so many steps are worth at a price in millionths of a yuan. */
export function worthAt(price: bigint, quantity: bigint): bigint {
  return share(price, quantity, 100_000_000n)
}
