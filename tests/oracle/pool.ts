/**
 * Goods that share one value: what is on hand, or what is short of them, with the last unit cost that
 * was known. Nothing is on hand while anything is short.
 */
import { least, most, share, sum, worthAt } from './exact.ts'
import { AverageHolding, type Holding } from './holding.ts'
import { LayerHolding } from './layers.ts'
import { leavesTransit, type Movement } from './movement.ts'
import { effectiveAt } from './order.ts'
import type { Policy, ReferencePrice } from './stated-masters.ts'

/** Goods that left before they came. */
export interface Short {
  readonly movement: Movement
  quantity: bigint
  /** What they were taken to be worth. */
  value: bigint
}

/** Part of what was asked for: so much of it, so much worth. */
export interface Piece {
  readonly quantity: bigint
  readonly value: bigint
}

export const nothing: Piece = { quantity: 0n, value: 0n }

export interface PoolName {
  readonly branch: string
  readonly warehouse: string
  readonly sku: string
  readonly batch: string
  readonly serial: string
}

export class Pool {
  readonly name: PoolName
  holding: Holding
  readonly shorts: Short[] = []
  /** The last unit cost known: so many fen for so many steps. */
  rate: Piece | undefined
  /** Steps that came in so far, by what brought them. */
  readonly arrivals: { readonly movement: Movement; readonly quantity: bigint }[] = []
  /** The last movement that stood in it. */
  #last: Movement | undefined
  /** Holds goods of which nobody knows yet what they cost. */
  isTainted = false
  readonly #price: ReferencePrice

  constructor(name: PoolName, { method }: Policy, price: ReferencePrice) {
    this.name = name
    this.holding = holdingOf(isOwnValue(name) ? 'moving-average' : method)
    this.#price = price
  }

  get isLayered(): boolean {
    return this.holding instanceof LayerHolding
  }

  /** [CST20] The next movement under a method: where that is another one, what is on hand keeps its value. */
  pass(movement: Movement, method: string): void {
    const { quantity, value } = this.holding
    if (this.isLayered !== (method === 'fifo')) {
      this.holding = holdingOf(method)
      if (quantity > 0n) this.holding.put({ quantity, value, source: this.#last ?? movement })
    }
    this.#last = movement
  }

  get quantity(): bigint {
    return this.holding.quantity - this.missing
  }

  get value(): bigint {
    return this.holding.value - sum(this.shorts.map(({ value }) => value))
  }

  /** Steps that are short. */
  get missing(): bigint {
    return sum(this.shorts.map(({ quantity }) => quantity))
  }

  /** Before the last of the goods leave: what they cost is what a shortage is valued at. */
  keepRate(): void {
    if (this.holding.quantity > 0n) this.rate = this.holding.rate()
  }

  /** [CO-07] What goods are taken to be worth while none are there. */
  guess(movement: Movement, quantity: bigint): bigint {
    if (this.rate !== undefined) return share(this.rate.value, quantity, this.rate.quantity)
    const price = this.#price(this.name.sku, effectiveAt(movement), movement.branch)
    return price === undefined ? 0n : worthAt(price, quantity)
  }

  /** Changes the value of what is on hand, not below nothing; the part that it took. */
  revalue(amount: bigint, source?: Movement): bigint {
    if (this.holding.quantity === 0n) return 0n
    const taken = most(amount, 0n - this.holding.value)
    this.holding.revalue(taken, source)
    return taken
  }

  goShort(movement: Movement, { quantity, value }: Piece): void {
    if (quantity > 0n) this.shorts.push({ movement, quantity, value })
  }

  noteArrival(movement: Movement): void {
    const { quantity } = movement
    if (quantity > 0n) this.arrivals.push({ movement, quantity })
  }

  /** Closes up to `quantity` of one shortage. */
  cover(short: Short, quantity: bigint): Piece {
    const covered = least(quantity, short.quantity)
    const value = share(short.value, covered, short.quantity)
    short.quantity -= covered
    short.value -= value
    if (short.quantity === 0n) this.shorts.splice(this.shorts.indexOf(short), 1)
    return { quantity: covered, value }
  }
}

function holdingOf(method: string): Holding {
  return method === 'fifo' ? new LayerHolding() : new AverageHolding()
}

/** One batch or one piece with a value of its own, which the company's method does not share out. */
export function isOwnValue({ batch, serial }: PoolName): boolean {
  return batch !== '' || serial !== ''
}

/** Which pool a movement's goods belong to: a piece has its own always, a batch where somebody says so. */
export function poolNameOf(
  { branch, stated }: Movement,
  { method, scope, batchProducts }: Policy,
): PoolName {
  const { batch = '', serial = '', sku } = stated
  const isByBatch = serial === '' && (method === 'batch' || batchProducts.has(sku))
  return {
    branch: scope === 'company' ? '' : branch,
    warehouse: scope === 'warehouse' ? stated.warehouse : '',
    ...{ sku, serial, batch: isByBatch ? batch : '' },
  }
}

export function poolKey({ branch, warehouse, sku, batch, serial }: PoolName): string {
  return [branch, warehouse, sku, batch, serial].join('|')
}

/** Policy 7; goods in transit leave at what they were sent at, unless they never left their pool. */
export function leavesAtOrigin(movement: Movement, policy: Policy): boolean {
  const { origin, isMirror } = movement
  if (origin === undefined) return false
  if (leavesTransit(movement)) return !staysInPool(origin, policy) && !cameIntoPool(origin, policy)
  return isMirror || policy.purchaseReturn === 'receipt'
}

/** What another branch has sent is among the other goods of the pool from then on, unless warehouses have their own. */
function cameIntoPool({ internal }: Movement, { scope }: Policy): boolean {
  return internal === undefined && scope !== 'warehouse'
}

/** A move between places of one pool changes no value, while it loses nothing on the way. */
export function staysInPool({ internal }: Movement, policy: Policy): boolean {
  const [from] = internal?.out ?? []
  const [to] = internal?.in ?? []
  if (internal?.isPair !== true || from === undefined || to === undefined) return false
  const [left, entered] = [from, to].map((leg) => poolKey(poolNameOf(leg, policy)))
  return left === entered && from.quantity + to.quantity === 0n
}
