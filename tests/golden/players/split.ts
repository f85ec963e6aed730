/** Model `split`: an amount shared out by weights (`shareMoney`). */

import { money, type Money, moneyDecimals, shareMoney } from '#domain/values/money.ts'
import { addRatios, type Ratio, ratio, scaledRatio, zeroRatio } from '#domain/values/ratio.ts'
import { exactIn, exactOf, type Figure, scaled } from '../figures.ts'
import { NotYet, type Play } from '../play.ts'
import {
  type Expectation,
  listOf,
  nameOf,
  type Operation,
  type Table,
  tableOf,
} from '../read-cases.ts'

export function playSplit(setup: Table): Play {
  const shares = new Map<number, readonly Ratio[]>()
  const step = exactIn(setup, 'step', ratio(1n, 100n))
  return {
    enter(op) {
      const weights = weightsOf(op)
      const shared = shareMoney(fenOf(exactOf(op['amount'], 'amount')), weights, fenOf(step))
      shares.set(
        op.n,
        shared.map((share) => scaled(share, moneyDecimals)),
      )
    },
    read: (expectation) => figureOf(expectation, shares.get(Number(expectation['of'])) ?? []),
  }
}

function figureOf({ what }: Expectation, shares: readonly Ratio[]): Figure {
  if (what === 'sum') return shares.reduce(addRatios, zeroRatio)
  if (what === 'shares') return shares
  const sorted = [...shares].sort(
    (a, b) => scaledRatio(a, moneyDecimals) - scaledRatio(b, moneyDecimals),
  )
  return sorted
}

/** What each target counts, as whole numbers with one common measure. */
function weightsOf(op: Operation): number[] {
  const targets = listOf(op['targets'] ?? [], 'targets').map((each) => tableOf(each, 'a target'))
  if (op['by'] === 'equal') return targets.map(() => 1)
  const name = nameOf(op['by'])
  const weights = targets.map((target) => exactOf(target[name], `target.${name}`))
  const common = weights.reduce((all, { denominator }) => all * denominator, 1n)
  return weights.map(({ numerator, denominator }) => Number((numerator * common) / denominator))
}

function fenOf(amount: Ratio): Money {
  if (100n % amount.denominator !== 0n) throw new NotYet('amounts below a fen')
  return money(scaledRatio(amount, moneyDecimals))
}
