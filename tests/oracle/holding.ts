/** Goods on hand and what they are worth, by one cost method: what a pool puts in and takes out. */
import { least, share } from './exact.ts'
import type { Movement } from './movement.ts'

export interface Holding {
  readonly quantity: bigint
  readonly value: bigint
  put(goods: Goods): void
  /** Takes `quantity`, more than none and not more than there is. */
  take(quantity: bigint): Taken
  /** Takes goods back to where they came from; `value` is what was paid for them. */
  takeOwn(goods: OwnGoods): Taken
  /** Fen that goods without a price are taken to be worth beside those on hand; there are some. */
  worthOf(quantity: bigint, alike: 'newest' | 'average'): bigint
  /** The unit cost of what is on hand, for goods that are short later; there are some. */
  rate(): Pick<Goods, 'quantity' | 'value'>
  /** A change of value without goods, not below nothing; of the goods of `source` where it has some. */
  revalue(amount: bigint, source?: Movement): void
  /** All that is on hand becomes worth the same by the unit. */
  valueEvenly(): void
}

export interface Goods {
  readonly quantity: bigint
  readonly value: bigint
  /** What brought them in, or what brought in those that they once were. */
  readonly source: Movement
}

export interface OwnGoods {
  readonly quantity: bigint
  readonly value: bigint
  /** What may have brought them in, the likeliest first. */
  readonly sources: readonly Movement[]
}

export interface Taken {
  readonly value: bigint
  /** What brought in the first of the goods, where that is known. */
  readonly source?: Movement | undefined
  /** What is known of its goods one by one, the oldest first. */
  readonly layers?: readonly Goods[]
}

/** 移动加权平均: all goods of a pool are worth the same, and the last of them take the rest. */
export class AverageHolding implements Holding {
  quantity = 0n
  value = 0n

  put(goods: Goods): void {
    this.quantity += goods.quantity
    this.value += goods.value
  }

  take(quantity: bigint): Taken {
    const value = quantity === this.quantity ? this.value : this.worthOf(quantity)
    this.quantity -= quantity
    this.value -= value
    return { value }
  }

  takeOwn(goods: OwnGoods): Taken {
    const isAll = goods.quantity === this.quantity
    const value = isAll ? this.value : least(goods.value, this.value)
    this.quantity -= goods.quantity
    this.value -= value
    return { value }
  }

  worthOf(quantity: bigint): bigint {
    return share(this.value, quantity, this.quantity)
  }

  rate(): Pick<Goods, 'quantity' | 'value'> {
    return { quantity: this.quantity, value: this.value }
  }

  revalue(amount: bigint): void {
    this.value += amount
  }

  valueEvenly(): void {
    // It is.
  }
}
