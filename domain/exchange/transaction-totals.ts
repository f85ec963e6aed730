/** Control totals of a sales history, exact, so that a replay can be compared with its source. */

import { type Month, monthOf } from '#domain/values/business-date.ts'
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { type Quantity, quantity } from '#domain/values/quantity.ts'
import type { TransactionClass, TransactionLine } from './transaction-lines.ts'

export interface TransactionTotal {
  readonly lines: number
  /** Signed as in the file. */
  readonly quantity: Quantity
  /** Σ quantity × price in 10⁻¹⁰ yuan, not rounded. */
  readonly amount: bigint
  readonly invoices: number
}

/** Over lines of one class, in the order A, R, W, G, S of what occurs. */
export function totalsByClass(
  lines: readonly TransactionLine[],
): ReadonlyMap<TransactionClass, TransactionTotal> {
  return totalsBy(lines, (line) => line.class)
}

export function totalsByMonth(
  lines: readonly TransactionLine[],
): ReadonlyMap<Month, TransactionTotal> {
  return totalsBy(lines, (line) => monthOf(line.date))
}

function totalsBy<Key extends string>(
  lines: readonly TransactionLine[],
  keyOf: (line: TransactionLine) => Key,
): ReadonlyMap<Key, TransactionTotal> {
  const sums = new Map<
    Key,
    { lines: number; steps: number; amount: bigint; invoices: Set<string> }
  >()
  for (const line of lines) {
    const key = keyOf(line)
    const sum = sums.get(key) ?? { lines: 0, steps: 0, amount: 0n, invoices: new Set() }
    sum.lines += 1
    sum.steps += line.quantity
    sum.amount += BigInt(line.quantity) * BigInt(line.price)
    sum.invoices.add(line.invoice)
    sums.set(key, sum)
  }
  return new Map(
    [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { steps, invoices, ...sum }]) => [
        key,
        { ...sum, quantity: quantity(steps), invoices: invoices.size },
      ]),
  )
}

const amountDecimals = 10

/** '10655622.484': an unrounded amount in yuan, zeros at the end left out. */
export function exactYuan(amount: bigint): string {
  const shift = 10n ** BigInt(amountDecimals)
  const sign = amount < 0n ? '-' : ''
  const abs = amount < 0n ? -amount : amount
  const fraction = formatDecimal(Number(abs % shift), amountDecimals, { trim: true })
  return `${sign}${abs / shift}${fraction.slice(1)}`
}
