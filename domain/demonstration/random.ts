/**
 * A seeded random source for demonstration data: the same seed gives the same company everywhere. It is not for
 * keys or ids that must be unguessable.
 */
export interface Random {
  /** Uniform integer in [low, high], both included. */
  integer(low: number, high: number): number
  /** True in `numerator` of `denominator` draws. */
  chance(numerator: number, denominator: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** A version 7 UUID: `atMs` in its first 48 bits, the rest drawn. */
  uuid(atMs: number): string
}

/** sfc32 (PractRand's small fast counter generator), four 32-bit words of state. */
export function makeRandom(seed: number): Random {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed >>> 0
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next()

  const integer = (low: number, high: number): number =>
    low + Math.floor((next() / 0x1_0000_0000) * (high - low + 1))
  return {
    integer,
    chance: (numerator, denominator) => integer(1, denominator) <= numerator,
    pick: <Item>(items: readonly Item[]): Item => {
      const item = items[integer(0, items.length - 1)]
      if (item === undefined) throw new RangeError('pick from an empty list')
      return item
    },
    uuid: (atMs) => uuidOf(atMs, [next(), next(), next()]),
  }
}

function uuidOf(atMs: number, words: readonly [number, number, number]): string {
  const time = atMs.toString(16).padStart(12, '0')
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('')
  const variant = (8 + (Number.parseInt(hex.charAt(3), 16) % 4)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`
}
