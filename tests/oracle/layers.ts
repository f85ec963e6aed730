/** 先进先出 (FIFO): each receipt is a layer of its own, the oldest leaves first. */
import { least, share, sum } from './exact.ts'
import type { Goods, Holding } from './holding.ts'
import type { Movement } from './movement.ts'
import { effectiveAt } from './order.ts'

interface Layer {
  quantity: bigint
  value: bigint
  readonly source: Movement
  /** Moment of the receipt that the goods once came with. */
  readonly since: number
}

export class LayerHolding implements Holding {
  readonly #layers: Layer[] = []

  get quantity(): bigint {
    return sum(this.#layers.map(({ quantity }) => quantity))
  }

  get value(): bigint {
    return sum(this.#layers.map(({ value }) => value))
  }

  /** Behind all that are as old or older. */
  put({ quantity, value, source }: Goods): void {
    if (quantity === 0n) return
    const since = effectiveAt(source)
    const younger = this.#layers.findIndex((layer) => layer.since > since)
    const at = younger < 0 ? this.#layers.length : younger
    this.#layers.splice(at, 0, { quantity, value, source, since })
  }

  take(quantity: bigint): bigint {
    let rest = quantity
    let value = 0n
    while (rest > 0n) {
      const taken = least(rest, this.#layers[0]?.quantity ?? rest)
      value += this.#takeFrom(0, taken)
      rest -= taken
    }
    return value
  }

  takeOwn({ quantity, source }: Goods): bigint {
    const own = this.#layers.findIndex((layer) => layer.source === source)
    const there = own < 0 ? 0n : least(quantity, this.#layers[own]?.quantity ?? 0n)
    const value = there === 0n ? 0n : this.#takeFrom(own, there)
    return value + this.take(quantity - there)
  }

  worthOf(quantity: bigint): bigint {
    const newest = this.#layers.at(-1)
    return newest === undefined ? 0n : share(newest.value, quantity, newest.quantity)
  }

  revalue(amount: bigint): bigint {
    const newest = this.#layers.at(-1)
    if (newest === undefined) return amount
    newest.value += amount
    return 0n
  }

  #takeFrom(index: number, quantity: bigint): bigint {
    const layer = this.#layers[index]
    if (layer === undefined) throw new Error('a layer gives what it has')
    const isAll = quantity === layer.quantity
    const value = isAll ? layer.value : share(layer.value, quantity, layer.quantity)
    layer.quantity -= quantity
    layer.value -= value
    if (isAll) this.#layers.splice(index, 1)
    return value
  }
}
