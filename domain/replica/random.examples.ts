/** Chance for fuzz tests: the same numbers for the same seed, so that a failing case can be run again. */

/** A source of chance. */
export interface Chance {
  /** An integer from 0 up to, not including, `below`. */
  int(below: number): number
  /** True in `percent` of 100 cases. */
  isLucky(percent: number): boolean
  pick<Item>(items: readonly Item[]): Item
  bytes(length: number): Uint8Array
}

/** xorshift128 after Marsaglia, seeded through a multiplicative hash; periods of 2^128 − 1. */
export function makeChance(seed: number): Chance {
  const state = Uint32Array.from([1, 2, 3, 4], (salt) => Math.imul(seed + salt, 0x9e37_79b1) | 1)

  function next(): number {
    const [x = 0, y = 0, z = 0, w = 0] = state
    const mixed = x ^ (x << 11)
    const newest = (w ^ (w >>> 19) ^ mixed ^ (mixed >>> 8)) >>> 0
    state.set([y, z, w, newest])
    return newest
  }
  for (let i = 0; i < 16; i++) next()

  const int = (below: number) => Math.floor((next() / 2 ** 32) * below)
  return {
    int,
    isLucky: (percent) => int(100) < percent,
    pick(items) {
      const item = items[int(items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    bytes: (length) => Uint8Array.from({ length }, () => int(256)),
  }
}
