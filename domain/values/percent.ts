/** 税率 and other rates, and the split of a printed price into net and tax. */

import { assert } from './assert.ts'
import type { Brand } from './brand.ts'
import { type Money, money, subtractMoney } from './money.ts'
import { scaleRounded } from './rounding.ts'

/** 10⁻⁴ of the whole: 13 % is 1,300. A safe integer, never `-0`. */
export type Percent = Brand<number, 'Percent'>

/** Decimal places of a percentage in text: '13.25' is 1,325. */
export const percentDecimals = 2

const basis = 10_000

export function percent(tenThousandths: number): Percent {
  assert(Number.isSafeInteger(tenThousandths), 'a percentage is a safe integer of 10⁻⁴')
  return (tenThousandths + 0) as Percent
}

/** 价税分离: net rounded, tax = gross − net, so that the printed price always holds [PCT1]. */
export function netOfTax(gross: Money, rate: Percent): { net: Money; tax: Money } {
  assert(rate > -basis, 'a rate of −100 % or less has no net')
  const net = money(scaleRounded(gross, basis, basis + rate))
  return { net, tax: subtractMoney(gross, net) }
}

/** Tax on top of a price without tax: net × rate, rounded [PCT2]. */
export function taxOn(net: Money, rate: Percent): Money {
  return money(scaleRounded(net, rate, basis))
}
