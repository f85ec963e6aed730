/**
 * Open shortages of all pools that have or had any. Those of a checkpoint stay columns until their pool is
 * looked at: a company that starts from one with thousands of pools below zero makes no queue for it.
 */

import { appendRow, openTable, type Table } from '../../columns/table.ts'
import { ShortageQueue } from './shortage.ts'

/** A row per open shortage, those of a pool together and oldest first, pools in the order of their numbers. */
export const shortageSchema = {
  pool: 'i32',
  movement: 'i32',
  quantity: 'f64',
  value: 'f64',
} as const
type ShortageTable = Table<typeof shortageSchema>

export class OpenShortages {
  readonly #queues = new Map<number, ShortageQueue>()
  /** Of pools that have no queue yet. */
  readonly #kept: ShortageTable

  constructor(kept: ShortageTable = openTable(shortageSchema)) {
    this.#kept = kept
  }

  get(pool: number): ShortageQueue | undefined {
    return this.#queues.get(pool) ?? this.#queueOfKept(pool)
  }

  /** The pool's queue, made when first needed. */
  of(pool: number): ShortageQueue {
    const known = this.get(pool)
    if (known !== undefined) return known
    const queue = new ShortageQueue()
    this.#queues.set(pool, queue)
    return queue
  }

  /** Nothing is short of any pool; queues keep their room. */
  clear(): void {
    this.#kept.rows = 0
    for (const queue of this.#queues.values()) queue.clear()
  }

  /** For a checkpoint. */
  table(): ShortageTable {
    const table = openTable(shortageSchema)
    for (const pool of this.#pools()) {
      for (const short of this.get(pool)?.open ?? []) {
        const row = appendRow(table)
        table.columns.pool[row] = pool
        table.columns.movement[row] = short.movement
        table.columns.quantity[row] = short.quantity
        table.columns.value[row] = short.value
      }
    }
    return table
  }

  #pools(): number[] {
    const { columns, rows } = this.#kept
    const pools = new Set([...this.#queues.keys(), ...columns.pool.subarray(0, rows)])
    return [...pools].sort((a, b) => a - b)
  }

  #queueOfKept(pool: number): ShortageQueue | undefined {
    const { pool: pools, movement, quantity, value } = this.#kept.columns
    let row = this.#firstKept(pool)
    if (row === this.#kept.rows || pools[row] !== pool) return undefined
    const queue = new ShortageQueue()
    for (; row < this.#kept.rows && pools[row] === pool; row++) {
      queue.add(movement[row] as number, quantity[row] as number, value[row] as number)
    }
    this.#queues.set(pool, queue)
    return queue
  }

  #firstKept(pool: number): number {
    const { pool: pools } = this.#kept.columns
    let low = 0
    let high = this.#kept.rows
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((pools[middle] as number) < pool) low = middle + 1
      else high = middle
    }
    return low
  }
}
