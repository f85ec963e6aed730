/** What waits for movements, that of the earliest first; a heap over the one order [F4]. */

import { compareMovements } from '../order.ts'
import type { StockLedger } from '../stock-ledger.ts'

export interface Waiting {
  /** What it waits for. */
  readonly movement: number
  /** Who waits. */
  readonly item: number
}

export class MovementHeap {
  readonly #ledger: StockLedger
  readonly #heap: Waiting[] = []

  constructor(ledger: StockLedger) {
    this.#ledger = ledger
  }

  get first(): Waiting | undefined {
    return this.#heap[0]
  }

  push(waiting: Waiting): void {
    const heap = this.#heap
    let at = heap.push(waiting) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!this.#isBefore(waiting, heap[above] as Waiting)) break
      heap[at] = heap[above] as Waiting
      at = above
    }
    heap[at] = waiting
  }

  takeFirst(): Waiting | undefined {
    const heap = this.#heap
    const [first] = heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return first
    let at = 0
    for (let below = this.#earlierBelow(at); below < heap.length; below = this.#earlierBelow(at)) {
      if (!this.#isBefore(heap[below] as Waiting, last)) break
      heap[at] = heap[below] as Waiting
      at = below
    }
    heap[at] = last
    return first
  }

  /** Of the two below `at`, beyond the end where there is none. */
  #earlierBelow(at: number): number {
    const left = 2 * at + 1
    const right = left + 1
    if (right >= this.#heap.length) return left
    const isRight = this.#isBefore(this.#heap[right] as Waiting, this.#heap[left] as Waiting)
    return isRight ? right : left
  }

  #isBefore(a: Waiting, b: Waiting): boolean {
    return compareMovements(this.#ledger, a.movement, b.movement) < 0
  }
}
