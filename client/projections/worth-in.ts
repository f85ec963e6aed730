/** What goods of a branch cost there, as far as it is known: what they are sent to another branch at. */
import type { Fold } from '#domain/fold/fold.ts'
import type { Readers } from '#domain/doctype/readers.ts'
import { limitMoney } from '#domain/values/limits.ts'
import { type Money, money } from '#domain/values/money.ts'
import { scaleRounded } from '#domain/values/rounding.ts'

export function worthIn({ stock }: Fold): NonNullable<Readers['worth']> {
  return (branch, skuId, steps): Money | undefined => {
    const pool = stock.pool(skuId, branch)
    if (pool === undefined || pool.quantity <= 0 || pool.value < 0) return undefined
    const worth = scaleRounded(pool.value, steps, pool.quantity)
    return worth <= limitMoney ? money(worth) : undefined
  }
}
