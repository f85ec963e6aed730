/**
 * Low-level codes of one month: goods that are made of others are reckoned after these, unless they are, by
 * whatever way, made of each other.
 */
import type { Movement } from './movement.ts'
import type { Pool } from './pool.ts'

export interface Levels {
  /** What comes in at the cost of what it was made of. */
  readonly bringing: ReadonlySet<Movement>
  /** Each after those that bring something into it; those that can be reckoned together are. */
  readonly pools: readonly ReadonlySet<Pool>[]
}

/** `arrivals`: goods that come in with an internal move all of whose goods that went out are of this month. */
export function levelsOf(
  pools: readonly Pool[],
  arrivals: readonly Movement[],
  poolOf: (movement: Movement) => Pool,
): Levels {
  const ways = arrivals.map((movement) => ({
    movement,
    into: poolOf(movement),
    from: (movement.internal?.out ?? []).map(poolOf),
  }))
  const leadsTo = new Map(pools.map((pool) => [pool, reached(pool)]))
  const isOnCircle = (pool: Pool) => leadsTo.get(pool)?.has(pool) === true
  const circle = pools.filter(isOnCircle)
  const isKnotted = (pool: Pool) =>
    (isOnCircle(pool) || circle.some((one) => leadsTo.get(one)?.has(pool))) &&
    circle.some((one) => leadsTo.get(pool)?.has(one))
  const free = ways.filter(({ into, from }) => !isKnotted(into) || !from.some(isKnotted))
  const levels: Set<Pool>[] = []
  const rest = new Set(pools)
  while (rest.size > 0) {
    const next = [...rest].filter((pool) =>
      free.every(({ into, from }) => into !== pool || !from.some((one) => rest.has(one))),
    )
    if (next.length === 0) throw new Error('goods that wait for each other are knotted')
    levels.push(new Set(next))
    for (const pool of next) rest.delete(pool)
  }
  return { bringing: new Set(free.map(({ movement }) => movement)), pools: levels }

  function reached(start: Pool): Set<Pool> {
    const found = new Set<Pool>()
    const open = [start]
    for (let pool = open.pop(); pool !== undefined; pool = open.pop()) {
      for (const { into, from } of ways) {
        if (!from.includes(pool) || found.has(into)) continue
        found.add(into)
        open.push(into)
      }
    }
    return found
  }
}
