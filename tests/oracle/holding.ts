/** Goods on hand and what they are worth, by one cost method: what a pool puts in and takes out. */
import { least, share } from './exact.ts'
import type { Movement } from './movement.ts'

export interface Holding {
  readonly quantity: bigint
  readonly value: bigint
  put(goods: Goods): void
  /** Takes `quantity`, not more than there is; its value. */
  take(quantity: bigint): bigint
  /** Takes goods back to where they came from, `value` by what was paid; what is lost by it. */
  takeOwn(goods: Goods): bigint
  /** Fen that goods without a price are taken to be worth beside those on hand; there are some. */
  worthOf(quantity: bigint): bigint
  /** A change of value without goods; what it cannot take. */
  revalue(amount: bigint): bigint
}

export interface Goods {
  readonly quantity: bigint
  readonly value: bigint
  /** What brought them in. */
  readonly source: Movement
}

/** 移动加权平均: all goods of a pool are worth the same, and the last of them take the rest. */
export class AverageHolding implements Holding {
  quantity = 0n
  value = 0n

  put(goods: Goods): void {
    this.quantity += goods.quantity
    this.value += goods.value
  }

  take(quantity: bigint): bigint {
    const value = quantity === this.quantity ? this.value : this.worthOf(quantity)
    this.quantity -= quantity
    this.value -= value
    return value
  }

  takeOwn(goods: Goods): bigint {
    const isAll = goods.quantity === this.quantity
    const lost = isAll ? this.value : least(goods.value, this.value)
    this.quantity -= goods.quantity
    this.value -= lost
    return lost
  }

  worthOf(quantity: bigint): bigint {
    return share(this.value, quantity, this.quantity)
  }

  revalue(amount: bigint): bigint {
    if (this.quantity === 0n) return amount
    this.value += amount
    return 0n
  }
}
