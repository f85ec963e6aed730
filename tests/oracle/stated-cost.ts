/** What a receipt's goods cost by all that documents say of it: its own price, invoices, landed cost. */
import { most, share, sum } from './exact.ts'
import type { Movement } from './movement.ts'
import type { Adjustment } from './statements.ts'

export type Rated = Pick<Movement, 'amount' | 'quantity'> & {
  readonly adjustments: readonly Adjustment[]
}

/**
 * Fen; undefined while nobody has said it. What is invoiced costs what the invoices say, the rest what was
 * estimated; without an estimate, or where more is invoiced than came, all of it costs what is invoiced.
 * Landed cost comes on top; goods are not worth less than nothing.
 */
export function statedCost({ amount, quantity, adjustments }: Rated): bigint | undefined {
  const invoices = adjustments.filter(({ kind }) => kind === 'invoice')
  const landed = adjustments.filter(({ kind }) => kind === 'landed')
  const own = invoicedCost(invoices, { amount, quantity })
  if (own === undefined) return undefined
  const onTop = sum(landed.map((each) => BigInt(each.amount)))
  return adjustments.length === 0 ? own : most(own + onTop, 0n)
}

function invoicedCost(
  invoices: readonly Adjustment[],
  { amount, quantity }: Omit<Rated, 'adjustments'>,
): bigint | undefined {
  if (invoices.length === 0) return amount
  const invoiced = sum(invoices.map((each) => BigInt(each.quantity ?? 0)))
  const price = sum(invoices.map((each) => BigInt(each.amount)))
  if (amount === undefined || invoiced >= quantity) return share(price, quantity, invoiced)
  return price + amount - share(amount, invoiced, quantity)
}
