/** 先进先出 (FIFO): each receipt is a layer of its own, and the oldest leaves first. */
import { least, share, sum } from './exact.ts'
import { sharesOf } from './flow.ts'
import type { Goods, Holding, OwnGoods, Taken } from './holding.ts'
import type { Movement } from './movement.ts'

interface Layer {
  quantity: bigint
  value: bigint
  /** The receipt that the goods came with: they are as old as that. */
  readonly source: Movement
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
    const younger = this.#layers.findIndex((layer) => layer.source.place > source.place)
    const at = younger < 0 ? this.#layers.length : younger
    this.#layers.splice(at, 0, { quantity, value, source })
  }

  take(quantity: bigint): Taken {
    const { source } = this.#at(0)
    const layers: Goods[] = []
    let rest = quantity
    while (rest > 0n) {
      const oldest = this.#at(0)
      const taken = least(rest, oldest.quantity)
      layers.push({ quantity: taken, value: this.#takeFrom(0, taken), source: oldest.source })
      rest -= taken
    }
    return { value: sum(layers.map(({ value }) => value)), source, layers }
  }

  /** Policy 7: its own layers first, then the oldest. */
  takeOwn({ quantity, sources }: OwnGoods): Taken {
    let rest = quantity
    const layers: Goods[] = []
    let first: Movement | undefined
    for (const source of sources) {
      for (let own = this.#find(source); own >= 0 && rest > 0n; own = this.#find(source)) {
        const taken = least(rest, this.#at(own).quantity)
        layers.push({ quantity: taken, value: this.#takeFrom(own, taken), source })
        rest -= taken
        first ??= source
      }
    }
    const others: Taken = rest === 0n ? { value: 0n } : this.take(rest)
    const all = [...layers, ...(others.layers ?? [])]
    const value = sum(all.map((layer) => layer.value))
    return { value, source: first ?? others.source, layers: all }
  }

  worthOf(quantity: bigint, alike: 'newest' | 'average'): bigint {
    if (alike === 'average') return share(this.value, quantity, this.quantity)
    const newest = this.#at(-1)
    return share(newest.value, quantity, newest.quantity)
  }

  rate(): Pick<Goods, 'quantity' | 'value'> {
    const { quantity, value } = this.#at(-1)
    return { quantity, value }
  }

  /** More by quantity, less by value, so that no layer becomes worth less than nothing. */
  revalue(amount: bigint, source?: Movement): void {
    const own = this.#layers.filter((layer) => layer.source === source)
    const isOwnEnough = own.length > 0 && sum(own.map(({ value }) => value)) + amount >= 0n
    const changed = isOwnEnough ? own : this.#layers
    const weights = changed.map(({ quantity, value }) => (amount < 0n ? value : quantity))
    const shares = sharesOf(amount, weights)
    for (const [i, layer] of changed.entries()) layer.value += shares[i] ?? 0n
  }

  valueEvenly(): void {
    const shares = sharesOf(
      this.value,
      this.#layers.map(({ quantity }) => quantity),
    )
    for (const [i, layer] of this.#layers.entries()) layer.value = shares[i] ?? 0n
  }

  #find(source: Movement): number {
    return this.#layers.findIndex((layer) => layer.source === source)
  }

  #at(index: number): Layer {
    const layer = this.#layers.at(index)
    if (layer === undefined) throw new Error('no goods on hand')
    return layer
  }

  /** The last unit of a layer takes the rest of it. */
  #takeFrom(index: number, quantity: bigint): bigint {
    const layer = this.#at(index)
    const isAll = quantity === layer.quantity
    const value = isAll ? layer.value : share(layer.value, quantity, layer.quantity)
    layer.quantity -= quantity
    layer.value -= value
    if (isAll) this.#layers.splice(index, 1)
    return value
  }
}
