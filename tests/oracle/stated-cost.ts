/** What a receipt's goods cost by all that documents say of it: its own price, invoices, landed cost. */
import { least, share } from './exact.ts'
import type { Movement } from './movement.ts'

/** Fen; undefined while nobody has said it of all of the goods. */
export function statedCost({ amount, quantity, adjustments }: Movement): bigint | undefined {
  let estimated = { quantity, value: amount ?? 0n }
  let invoiced = 0n
  let landed = 0n
  for (const adjustment of adjustments) {
    const said = BigInt(adjustment.amount)
    if (adjustment.kind === 'landed') landed += said
    else {
      const part = least(BigInt(adjustment.quantity ?? 0), estimated.quantity)
      const value = part === 0n ? 0n : share(estimated.value, part, estimated.quantity)
      estimated = { quantity: estimated.quantity - part, value: estimated.value - value }
      invoiced += said
    }
  }
  if (amount === undefined && estimated.quantity > 0n) return undefined
  return estimated.value + invoiced + landed
}
