/**
 * Whether a setting that the product does not offer matters to a case: only where its operations do
 * what the setting is about. Knows quantities and dates, and no cost.
 */

import { addDays, businessDate, isBusinessDate, monthOf } from '#domain/values/business-date.ts'
import {
  compareRatios,
  multiplyRatios,
  ratio,
  roundRatio,
  zeroRatio,
} from '#domain/values/ratio.ts'
import { exactIn } from './figures.ts'
import { goodsOf, RunningGoods } from './goods-of.ts'
import { inEffect, momentOf } from './moments.ts'
import { isTable, nameOf, type Operation, referred, type Variant } from './read-cases.ts'

/** The settings of a variant of the ledger that are other people's policy and matter, as 'name=value'. */
export function foreignOfLedger(ops: readonly Operation[], variant: Variant): string[] {
  const { setup } = variant
  const others = foreignMethod(ops, variant)
  const isOther: Readonly<Record<string, (value: unknown) => boolean>> = {
    history: (value) => value === 'append' && isRepriced(ops, setup['lot_order'] === 'date'),
    negative: (value) => value === 'carry' && isFilled(ops, variant),
    count: (value) => value === 'difference' && ops.some((op) => isStaleCount(op, ops)),
    sales_return: (value) => value === 'current' && has(ops, 'return_in'),
    bill_difference: (value) => isOtherBill(value, ops),
    transfer_layers: (value) => value === 'merge' && has(ops, 'transfer'),
    expired_receipt: (value) => value === 'refuse' && ops.some(isExpiredReceipt),
    money_dp: (value) => value !== 2 && !ops.every((op) => isWholeMoney(op, Number(value))),
    unit_cost_dp: () => ops.some(isCosted),
    skus: (value) => hasOtherMethod(value, ops, nameOf(setup['method'] ?? 'average')),
  }
  const settings = Object.entries(setup)
    .filter(([name, value]) => isOther[name]?.(value) === true)
    .map(([name, value]) => `${name}=${isTable(value) ? 'own methods' : `${value as string}`}`)
  return [...others, ...settings]
}

/** A method that nobody may choose here, and a closing that nobody can make, whatever the figures. */
export function foreignMethod(ops: readonly Operation[], { setup }: Variant): string[] {
  const { method } = setup
  const isOther = (method === 'lifo' || method === 'hifo') && ops.some(isCosted)
  return [
    ...(isOther ? [`method=${method}`] : []),
    ...(ops.some(closesWithinMonth) ? ['close=day'] : []),
  ]
}

/** Months are closed here, of a branch and as a whole (ST-19). */
function closesWithinMonth({ op, until }: Operation): boolean {
  const day = nameOf(until ?? '').slice(0, 10)
  if (op !== 'close' || !isBusinessDate(day)) return false
  return monthOf(addDays(businessDate(day), 1)) === monthOf(businessDate(day))
}

function has(ops: readonly Operation[], name: string): boolean {
  return ops.some(({ op }) => op === name)
}

function isCosted({ op }: Operation): boolean {
  return !['in', 'fallback_rate', 'close'].includes(op)
}

/**
 * Appending differs from replaying where something is late after goods it would re-cost, is edited or
 * cancelled, or gets another value after goods have left.
 */
function isRepriced(ops: readonly Operation[], isByDate: boolean): boolean {
  return ops.some((op, index) => {
    if (op.op === 'edit' || op.op === 'cancel') return true
    const before = ops.slice(0, index)
    if (op.op === 'landed' || op.op === 'bill') return before.some(isCosted)
    if (op['at'] === undefined) return false
    const isLate = (other: Operation) => other['at'] !== undefined && comesAfter(other, op)
    return before.some((other) => isLate(other) && (isCosted(other) || !isByDate))
  })
}

function comesAfter(other: Operation, op: Operation): boolean {
  return momentOf(other) > momentOf(op)
}

/** Goods below zero that a priced receipt fills, at a point where a figure is read. */
function isFilled(ops: readonly Operation[], { setup, expect }: Variant): boolean {
  const last = ops.at(-1)?.n ?? 0
  const moments = new Set(expect.map(({ after }) => (typeof after === 'number' ? after : last)))
  return [...moments].some((n) =>
    isFilledBy(
      ops.filter((op) => op.n <= n),
      ops,
      setup['scope'],
    ),
  )
}

function isFilledBy(known: readonly Operation[], ops: readonly Operation[], scope: unknown) {
  const running = new RunningGoods()
  return inEffect(known).some((op) => {
    if (op.op === 'count') settleCount(running, op, scope)
    return goodsOf(op, ops).some(({ sku, warehouse, quantity }) => {
      const [before] = running.put(scope === 'wh' ? `${sku}@${warehouse}` : sku, quantity)
      const isPriced = op.op === 'in' || op.op === 'transfer' || op.op === 'convert'
      return isPriced && quantity.numerator > 0n && before.numerator < 0n
    })
  })
}

function settleCount(running: RunningGoods, op: Operation, scope: unknown): void {
  const counted = exactIn(op, 'counted', undefined)
  if (counted === undefined) return
  running.set(
    scope === 'wh' ? `${nameOf(op['sku'])}@${nameOf(op['wh'])}` : nameOf(op['sku']),
    counted,
  )
}

/** A difference and an assertion are the same while the book figure is what the ledger knows. */
function isStaleCount(count: Operation, ops: readonly Operation[]): boolean {
  if (count.op !== 'count') return false
  const book = exactIn(count, 'book', undefined)
  const late = ops.filter((op) => op.n > count.n && op['at'] !== undefined)
  if (late.some((op) => comesAfter(count, op))) return true
  if (book === undefined) return false
  const running = new RunningGoods()
  let balance = zeroRatio
  for (const op of inEffect(ops.filter(({ n }) => n < count.n))) {
    if (op.op === 'count' && op['sku'] === count['sku'] && op['wh'] === count['wh']) {
      balance = exactIn(op, 'counted', balance)
      running.set('line', balance)
    }
    for (const { sku, warehouse, quantity } of goodsOf(op, ops)) {
      if (sku === count['sku'] && warehouse === count['wh'])
        [, balance] = running.put('line', quantity)
    }
  }
  return compareRatios(balance, book) !== 0
}

/** Ours re-rates the receipt; a split at the bill's date is the same while nothing has left. */
function isOtherBill(value: unknown, ops: readonly Operation[]): boolean {
  if (value !== 'none' && value !== 'split') return false
  return ops.some(({ op, n }) => {
    const hasLeft = ops.some((each) => each.n < n && isCosted(each))
    return op === 'bill' && (value === 'none' || hasLeft)
  })
}

function isExpiredReceipt(op: Operation): boolean {
  const { at, expires } = op
  return op.op === 'in' && (nameOf(expires) || '9999-12-31') < nameOf(at).slice(0, 10)
}

function isWholeMoney(op: Operation, decimals: number): boolean {
  if (op.op !== 'in') return !isCosted(op)
  const amount = multiplyRatios(exactIn(op, 'qty', zeroRatio), exactIn(op, 'price', zeroRatio))
  return compareRatios(amount, roundRatio(amount, ratio(1n, 10n ** BigInt(decimals)))) === 0
}

/** One method for the whole company: a product's own matters once its goods are costed. */
function hasOtherMethod(value: unknown, ops: readonly Operation[], method: string): boolean {
  if (!isTable(value as Operation)) return false
  return Object.entries(value as Operation).some(([sku, own]) => {
    const isOther = isTable(own) && own['method'] !== undefined && own['method'] !== method
    return isOther && ops.some((op) => takesOut(op, sku, ops))
  })
}

function takesOut(op: Operation, sku: string, ops: readonly Operation[]): boolean {
  const origins = ops.filter(({ n }) => referred(op['of']).includes(n))
  if (origins.some((origin) => origin['sku'] === sku)) return true
  return goodsOf(op, ops).some((moved) => moved.sku === sku && moved.quantity.numerator < 0n)
}
