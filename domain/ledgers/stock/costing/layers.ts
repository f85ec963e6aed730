/**
 * 先进先出层 (FIFO layers): per pool, the goods on hand by the receipt that they came with, oldest
 * first. What a layer needs lies side by side in one array, what a queue needs in another; a queue that
 * outgrows its block moves to one twice as long, as chains do. Knows no order of receipts.
 */

import { shareOf } from './share.ts'

/** Of one layer: quantity (steps), value (fen), source (movement). */
const fields = 3
/** Of one queue: its block's first slot, its first layer and the end of its layers in it, its room. */
const parts = 4
const capacityAtFirst = 4

export interface Layer {
  /** Receipt whose date the goods have. */
  readonly source: number
  /** Steps, > 0. */
  readonly quantity: number
  /** Fen. */
  readonly value: number
}

/** What was taken last is left in `taken…`: a loop over layers makes nothing new. */
export class Layers {
  #queues = new Int32Array(0)
  #slots = new Float64Array(0)
  #used = 0
  /** First slots of blocks that queues have left, by capacity. */
  readonly #free = new Map<number, number[]>()

  takenQuantity = 0
  takenValue = 0
  takenSource = -1

  /** Layers of the pool, at `firstSlot` and every third from there. The next `push` may leave it behind. */
  get slots(): Float64Array {
    return this.#slots
  }

  /** Where the pool's oldest layer is in `slots`; means nothing where there is none. */
  firstSlot(pool: number): number {
    const at = pool * parts
    return ((this.#queues[at] as number) + (this.#queues[at + 1] as number)) * fields
  }

  count(pool: number): number {
    const at = pool * parts
    if (at >= this.#queues.length) return 0
    return (this.#queues[at + 2] as number) - (this.#queues[at + 1] as number)
  }

  layer(pool: number, index: number): Layer {
    const slot = this.firstSlot(pool) + index * fields
    return {
      quantity: this.#slots[slot] as number,
      value: this.#slots[slot + 1] as number,
      source: this.#slots[slot + 2] as number,
    }
  }

  sourceAt(pool: number, index: number): number {
    return this.#slots[this.firstSlot(pool) + index * fields + 2] as number
  }

  /** Oldest first. */
  all(pool: number): Layer[] {
    return Array.from({ length: this.count(pool) }, (_, index) => this.layer(pool, index))
  }

  /** Goods of a receipt behind all others. */
  push(pool: number, source: number, quantity: number, value: number): void {
    const at = pool * parts
    if (at >= this.#queues.length) this.#growQueues(pool)
    if (this.#queues[at + 2] === this.#queues[at + 3]) this.#makeRoom(at)
    const end = this.#queues[at + 2] as number
    const slot = ((this.#queues[at] as number) + end) * fields
    this.#slots[slot] = quantity
    this.#slots[slot + 1] = value
    this.#slots[slot + 2] = source
    this.#queues[at + 2] = end + 1
  }

  /** Goods with an older date than some: `index` layers stay before them. */
  insert(pool: number, index: number, { source, quantity, value }: Layer): void {
    this.push(pool, source, quantity, value)
    const first = this.firstSlot(pool)
    const slot = first + index * fields
    const last = first + (this.count(pool) - 1) * fields
    if (slot === last) return
    this.#slots.copyWithin(slot + fields, slot, last)
    this.#slots[slot] = quantity
    this.#slots[slot + 1] = value
    this.#slots[slot + 2] = source
  }

  /** Adds to the value of a layer, fen, either sign. */
  addValue(pool: number, index: number, amount: number): void {
    const slot = this.firstSlot(pool) + index * fields + 1
    this.#slots[slot] = (this.#slots[slot] as number) + amount
  }

  /**
   * [CST15] The oldest `quantity` leaves; the fen that it was worth. The source of the first of it is
   * in `takenSource`, and as many layers stay as hold more than that.
   */
  take(pool: number, quantity: number): number {
    this.takenSource = -1
    if (this.count(pool) === 0) return 0
    const slots = this.#slots
    let slot = this.firstSlot(pool)
    const source = slots[slot + 2] as number
    let rest = quantity
    let value = 0
    while (rest > 0 && this.count(pool) > 0) {
      const held = slots[slot] as number
      const worth = slots[slot + 1] as number
      if (rest < held) {
        const share = shareOf(worth, rest, held)
        slots[slot] = held - rest
        slots[slot + 1] = worth - share
        this.takenSource = source
        return value + share
      }
      rest -= held
      value += worth
      slot += fields
      this.dropFirst(pool)
    }
    this.takenSource = source
    return value
  }

  /** The oldest layer leaves whole, with its remainder. There is one. */
  takeFirst(pool: number): void {
    const slot = this.firstSlot(pool)
    this.takenQuantity = this.#slots[slot] as number
    this.takenValue = this.#slots[slot + 1] as number
    this.takenSource = this.#slots[slot + 2] as number
    this.dropFirst(pool)
  }

  /** The oldest layer is gone; where the next one is in `slots`, which means nothing where there is none. */
  dropFirst(pool: number): number {
    const at = pool * parts
    const first = (this.#queues[at + 1] as number) + 1
    const isEmpty = first === this.#queues[at + 2]
    this.#queues[at + 1] = isEmpty ? 0 : first
    if (isEmpty) this.#queues[at + 2] = 0
    return ((this.#queues[at] as number) + first) * fields
  }

  /** A layer that is not the oldest leaves whole. */
  takeAt(pool: number, index: number): void {
    if (index === 0) return this.takeFirst(pool)
    const slot = this.firstSlot(pool) + index * fields
    this.takenQuantity = this.#slots[slot] as number
    this.takenValue = this.#slots[slot + 1] as number
    this.takenSource = this.#slots[slot + 2] as number
    const end = this.firstSlot(pool) + this.count(pool) * fields
    this.#slots.copyWithin(slot, slot + fields, end)
    this.#queues[pool * parts + 2] = (this.#queues[pool * parts + 2] as number) - 1
  }

  /** Part of a layer leaves: less than all of it, worth `value`. */
  takePart(pool: number, index: number, quantity: number, value: number): void {
    const slot = this.firstSlot(pool) + index * fields
    this.#slots[slot] = (this.#slots[slot] as number) - quantity
    this.#slots[slot + 1] = (this.#slots[slot + 1] as number) - value
    this.takenQuantity = quantity
    this.takenValue = value
    this.takenSource = this.#slots[slot + 2] as number
  }

  clear(pool: number): void {
    const at = pool * parts
    if (at >= this.#queues.length) return
    this.#queues[at + 1] = 0
    this.#queues[at + 2] = 0
  }

  clearAll(): void {
    for (let at = 0; at < this.#queues.length; at += parts) {
      this.#queues[at + 1] = 0
      this.#queues[at + 2] = 0
    }
  }

  /** The layers of the pool as they are now, to be put back by `restore`. */
  copyOf(pool: number): Float64Array {
    if (this.count(pool) === 0) return new Float64Array(0)
    const first = this.firstSlot(pool)
    return this.#slots.slice(first, first + this.count(pool) * fields)
  }

  restore(pool: number, copy: Float64Array): void {
    this.clear(pool)
    for (let slot = 0; slot < copy.length; slot += fields) {
      this.push(pool, copy[slot + 2] as number, copy[slot] as number, copy[slot + 1] as number)
    }
  }

  /** Pools up to this number may have layers. */
  get pools(): number {
    return this.#queues.length / parts
  }

  /** Bytes that are held for layers and queues. */
  get bytes(): number {
    return this.#queues.byteLength + this.#slots.byteLength
  }

  /** Moves the layers to the front of their block where half of it is free, else to a longer block. */
  #makeRoom(at: number): void {
    const start = this.#queues[at] as number
    const first = this.#queues[at + 1] as number
    const end = this.#queues[at + 2] as number
    const capacity = this.#queues[at + 3] as number
    const wants = capacity === 0 ? capacityAtFirst : capacity * 2
    const isRoomy = capacity > 0 && first * 2 >= capacity
    const block = isRoomy ? start : (this.#free.get(wants)?.pop() ?? this.#take(wants))
    const from = (start + first) * fields
    this.#slots.copyWithin(block * fields, from, (start + end) * fields)
    if (!isRoomy && capacity > 0) this.#release(start, capacity)
    this.#queues[at] = block
    this.#queues[at + 1] = 0
    this.#queues[at + 2] = end - first
    if (!isRoomy) this.#queues[at + 3] = wants
  }

  #take(capacity: number): number {
    const block = this.#used
    this.#used += capacity
    const wanted = this.#used * fields
    if (wanted > this.#slots.length) {
      const grown = new Float64Array(Math.max(wanted, this.#slots.length * 2, 64 * fields))
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

  #growQueues(pool: number): void {
    const grown = new Int32Array(Math.max((pool + 1) * parts, this.#queues.length * 2, 64))
    grown.set(this.#queues)
    this.#queues = grown
  }
}
