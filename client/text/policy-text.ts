/** A value of the cost policy in words: 'fifo' → 先进先出. */
import { t } from './translate.ts'

const words = [
  ...(['moving-average', 'fifo', 'month-end', 'batch', 'serial'] as const),
  ...(['branch', 'warehouse', 'company'] as const),
] as const

/** What has no word is said as it stands: minutes of the time zone. */
export function policyText(value: unknown): string {
  if (Array.isArray(value)) return value.map(policyText).join(t('word.listEnd'))
  const word = words.find((each) => each === value)
  if (word !== undefined) return t(`policy.${word}`)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
