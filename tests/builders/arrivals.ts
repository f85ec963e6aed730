/** Orders in which the same records may come: all of them for few, many random ones for more. */

const limitAll = 6
const randomOrders = 120

/** Each as indices; the order of writing first. */
export function arrivalsOf(count: number): number[][] {
  const inOrder = Array.from({ length: count }, (_, index) => index)
  if (count <= limitAll) return permutations(inOrder)
  const random = seededRandom(count)
  return [
    inOrder,
    [...inOrder].reverse(),
    ...Array.from({ length: randomOrders }, () => shuffled(inOrder, random)),
  ]
}

export function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  )
}

/** Fisher–Yates. */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const mixed = [...items]
  for (let i = mixed.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1))
    const item = mixed[i] as Item
    mixed[i] = mixed[other] as Item
    mixed[other] = item
  }
  return mixed
}

/** 0 ≤ x < 1, the same row of numbers for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
