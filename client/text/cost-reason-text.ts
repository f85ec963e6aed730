/** Why a cost on the 台账 is what it is, from the reason the ledger gave. */
import { type TextKey, t } from './translate.ts'

const reasons = [
  'none',
  'receipt-price',
  'average',
  'last-unit',
  'origin-cost',
  'origin-price',
  'last-known',
  'reference-price',
  'unknown',
  'price-pending',
  'internal',
  'layer',
  'month-average',
  'arrival',
  'stated-arrival',
  'value-change',
  'count-price',
  'true-up',
  'difference',
] as const satisfies readonly (TextKey extends infer Key
  ? Key extends `cost.${infer Reason}`
    ? Reason
    : never
  : never)[]

/** '' for a reason that this version has no words for. */
export function costReasonText(row: { readonly reason?: string }): string {
  const known = reasons.find((each) => each === row.reason)
  return known === undefined ? '' : t(`cost.${known}`)
}
