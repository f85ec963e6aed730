/**
 * Which of a case's setups is our policy (`tests/golden/README.md`): one whose foreign settings are
 * never exercised; of several the one that states most of what we decided, else the case's own.
 */

import {
  addRatios,
  compareRatios,
  divideRatios,
  multiplyRatios,
  oneRatio,
  type Ratio,
  ratio,
  roundRatio,
  subtractRatios,
  zeroRatio,
} from '#domain/values/ratio.ts'
import { exactIn } from './figures.ts'
import { foreignMethod, foreignOfLedger } from './exercised.ts'
import { type GoldenCase, isTable, listOf, nameOf, type Variant } from './read-cases.ts'

/** What we decided where systems differ: a variant that says so stands before one that is silent. */
const ours: Readonly<Record<string, unknown>> = {
  ...{ method: 'average', scope: 'company', history: 'replay', negative: 'true-up' },
  ...{ count: 'absolute', sales_return: 'original', purchase_return: 'original' },
  ...{ bill_difference: 're-rate', transfer_layers: 'keep', same_day: 'ins-first', money_dp: 2 },
  ...{ change_check: 'delta', expiry_day: 'usable' },
}

export type Chosen =
  | { readonly variant: Variant }
  /** Other people's policy, and what of it matters. */
  | { readonly foreign: readonly string[] }

export function chooseVariant(golden: GoldenCase): Chosen {
  const [own] = golden.variants
  const judged = golden.variants.map((variant) => ({
    variant,
    foreign: foreignOf(golden, variant),
  }))
  const fitting = judged.filter(({ foreign }) => foreign.length === 0)
  const [best] = fitting
    .map(({ variant }, index) => ({ variant, index, agreed: agreementOf(variant) }))
    .sort((a, b) => b.agreed - a.agreed || a.index - b.index)
  if (best !== undefined) return { variant: best.variant }
  return { foreign: judged.find(({ variant }) => variant === own)?.foreign ?? [] }
}

function agreementOf({ setup }: Variant): number {
  return Object.entries(setup).filter(([name, value]) => ours[name] === value).length
}

/** Where no figure depends on a choice, every policy comes to it, so ours is asked too. */
function foreignOf(golden: GoldenCase, variant: Variant): string[] {
  const { ops, isChoice } = golden
  switch (golden.model) {
    case 'ledger':
      return isChoice ? foreignOfLedger(ops, variant) : foreignMethod(ops, variant)
    case 'reserve':
      return variant.setup['change_check'] === 'total' &&
        ops.some(({ op }) => op === 'reserve_change')
        ? ['change_check=total']
        : []
    case 'lots':
      return ops
        .filter(
          ({ op, strategy }) =>
            op === 'pick' && !['fifo', 'fefo', 'closest'].includes(nameOf(strategy)),
        )
        .map(({ strategy }) => `strategy=${nameOf(strategy)}`)
        .slice(0, 1)
    case 'split':
      return ops.some(isOtherRemainder) ? ['remainder-placement'] : []
    default:
      return []
  }
}

/** Ours puts the rest last, unless that would turn its sign or exceed a fen (policy 13). */
function isOtherRemainder(op: GoldenCase['ops'][number]): boolean {
  const { remainder } = op
  if (remainder === undefined || remainder === 'last') return false
  if (remainder !== 'running') return true
  const amount = exactIn(op, 'amount', zeroRatio)
  const weights = listOf(op['targets'] ?? [], 'targets').map((target) =>
    isTable(target) ? exactIn(target, 'value', oneRatio) : oneRatio,
  )
  return isRestLastSound(amount, weights)
}

const fen = ratio(1n, 100n)

function isRestLastSound(amount: Ratio, weights: readonly Ratio[]): boolean {
  const sum = weights.reduce(addRatios, zeroRatio)
  if (sum.numerator === 0n) return false
  const shareOf = (weight: Ratio) => divideRatios(multiplyRatios(amount, weight), sum)
  const shares = weights.map((weight) => roundRatio(shareOf(weight), fen))
  const off = subtractRatios(amount, shares.reduce(addRatios, zeroRatio))
  const rest = addRatios(shares.at(-1) ?? zeroRatio, off)
  const isSmall = [off, subtractRatios(zeroRatio, off)].every(
    (each) => compareRatios(each, fen) <= 0,
  )
  return isSmall && (rest.numerator === 0n || rest.numerator > 0n === amount.numerator > 0n)
}
