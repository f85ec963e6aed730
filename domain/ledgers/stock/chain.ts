/**
 * Per pool, its movements in order: the index that lets a late record replay one pool and no other
 * [F7]. All chains lie in one array of slots; a chain that outgrows its block moves to one twice as
 * long, so an append is O(1) and a whole chain is one contiguous read.
 */

import { appendRow, growTable, openTable, type Table } from '../columns/table.ts'

export const chainSchema = {
  /** First slot of the chain's block. */
  start: 'i32',
  /** Movements in the chain. */
  length: 'i32',
  /** Slots of its block. */
  capacity: 'i32',
} as const

const capacityAtFirst = 4

export class Chains {
  /** One row per pool. */
  readonly table: Table<typeof chainSchema>
  #slots: Int32Array
  #used: number
  /** Starts of blocks that chains have left, by capacity. */
  readonly #free = new Map<number, number[]>()

  constructor(
    table: Table<typeof chainSchema> = openTable(chainSchema),
    slots: Int32Array = new Int32Array(0),
    used: number = slots.length,
  ) {
    this.table = table
    this.#slots = slots
    this.#used = used
  }

  /** All chains; `pool`'s stands from `start(pool)`. The next push may leave this array behind. */
  get slots(): Int32Array {
    return this.#slots
  }

  start(pool: number): number {
    return this.table.columns.start[pool] as number
  }

  /** The movements of `pool`, as a view that the next push may leave behind. */
  view(pool: number): Int32Array {
    const { start, length } = this.table.columns
    const first = start[pool] as number
    return this.#slots.subarray(first, first + (length[pool] as number))
  }

  length(pool: number): number {
    return this.table.columns.length[pool] as number
  }

  at(pool: number, position: number): number {
    return this.#slots[(this.table.columns.start[pool] as number) + position] as number
  }

  addPool(): number {
    const pool = appendRow(this.table)
    const { start, length, capacity } = this.table.columns
    start[pool] = 0
    length[pool] = 0
    capacity[pool] = 0
    return pool
  }

  push(pool: number, movement: number): void {
    const { start, length, capacity } = this.table.columns
    const position = length[pool] as number
    if (position === capacity[pool]) this.#move(pool)
    this.#slots[(start[pool] as number) + position] = movement
    length[pool] = position + 1
  }

  /** Takes the movement at `position` out; those behind it move up. */
  removeAt(pool: number, position: number): void {
    const chain = this.view(pool)
    chain.copyWithin(position, position + 1)
    this.table.columns.length[pool] = chain.length - 1
  }

  /** All chains one behind the other without gaps, for a checkpoint. */
  packed(): { readonly table: Table<typeof chainSchema>; readonly slots: Int32Array } {
    const pools = this.table.rows
    const { length } = this.table.columns
    let total = 0
    for (let pool = 0; pool < pools; pool++) total += length[pool] as number
    const slots = new Int32Array(total)
    const table = openTable(chainSchema)
    growTable(table, pools)
    let first = 0
    for (let pool = 0; pool < pools; pool++) {
      const chain = this.view(pool)
      slots.set(chain, first)
      const row = appendRow(table)
      table.columns.start[row] = first
      table.columns.length[row] = chain.length
      table.columns.capacity[row] = chain.length
      first += chain.length
    }
    return { table, slots }
  }

  #move(pool: number): void {
    const { start, length, capacity } = this.table.columns
    const before = start[pool] as number
    const had = capacity[pool] as number
    const wants = had === 0 ? capacityAtFirst : had * 2
    const block = this.#free.get(wants)?.pop() ?? this.#take(wants)
    this.#slots.copyWithin(block, before, before + (length[pool] as number))
    if (had > 0) this.#release(before, had)
    start[pool] = block
    capacity[pool] = wants
  }

  #take(capacity: number): number {
    const block = this.#used
    this.#used += capacity
    if (this.#used > this.#slots.length) {
      const grown = new Int32Array(Math.max(this.#used, this.#slots.length * 2, 64))
      grown.set(this.#slots)
      this.#slots = grown
    }
    return block
  }

  #release(start: number, capacity: number): void {
    const free = this.#free.get(capacity)
    if (free === undefined) this.#free.set(capacity, [start])
    else free.push(start)
  }
}
