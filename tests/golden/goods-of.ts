/** What each operation of the ledger moves, by product and warehouse, without any cost. */

import { addRatios, type Ratio, ratio, zeroRatio } from '#domain/values/ratio.ts'
import { exactIn } from './figures.ts'
import { isTable, listOf, nameOf, type Operation, referred, type Table } from './read-cases.ts'

export interface GoodsMoved {
  readonly sku: string
  readonly warehouse: string
  readonly batch: string
  /** Signed. */
  readonly quantity: Ratio
}

/** Counts move nothing that could be known before they are compared: none. */
export function goodsOf(op: Operation, ops: readonly Operation[]): GoodsMoved[] {
  switch (op.op) {
    case 'in':
      return [goods(op, 'wh', 1n)]
    case 'out':
      return [goods(op, 'wh', -1n)]
    case 'return_in':
    case 'return_out': {
      const origin = ops.find(({ n }) => n === referred(op['of'])[0])
      const sign = op.op === 'return_in' ? 1n : -1n
      return origin === undefined ? [] : [goods({ ...origin, ...op }, 'wh', sign)]
    }
    case 'transfer':
      return [goods(op, 'from', -1n), goods(op, 'to', 1n)]
    case 'convert':
      return [...convertedOf(op, 'inputs', -1n), ...convertedOf(op, 'outputs', 1n)]
    default:
      return []
  }
}

function convertedOf(op: Operation, side: 'inputs' | 'outputs', sign: bigint): GoodsMoved[] {
  return listOf(op[side] ?? [], side)
    .filter(isTable)
    .map((row) => goods({ ...(op['wh'] !== undefined && { wh: op['wh'] }), ...row }, 'wh', sign))
}

function goods(table: Table, place: string, sign: bigint): GoodsMoved {
  const { numerator, denominator } = exactIn(table, 'qty', zeroRatio)
  return {
    sku: nameOf(table['sku']),
    warehouse: nameOf(table[place]),
    batch: nameOf(table['batch']),
    quantity: ratio(sign * numerator, denominator),
  }
}

/** Running balances by a key; `put` answers the balances before and after. */
export class RunningGoods {
  readonly #balances = new Map<string, Ratio>()

  put(key: string, quantity: Ratio): readonly [before: Ratio, after: Ratio] {
    const before = this.#balances.get(key) ?? zeroRatio
    const after = addRatios(before, quantity)
    this.#balances.set(key, after)
    return [before, after]
  }

  set(key: string, quantity: Ratio): void {
    this.#balances.set(key, quantity)
  }
}
