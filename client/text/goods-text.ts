/** States of goods in words: 库存状态, 序列号状态, and how long a batch is still good. */
import type { GoodsRow } from '#client/engine/face/face.ts'
import { labelText } from './language.ts'
import { t } from './translate.ts'

/** The words of the document kit, kept here because texts import no document types. */
const statusTexts = {
  pending: ['待检', 'To inspect'],
  defective: ['不良', 'Defective'],
  frozen: ['冻结', 'Frozen'],
  uncollected: ['待提', 'Uncollected'],
} as const

const serialTexts: Readonly<Record<string, readonly [string, string]>> = {
  none: ['未入库', 'Never here'],
  'in-stock': ['在库', 'In stock'],
  reserved: ['已预留', 'Reserved'],
  'in-transit': ['在途', 'In transit'],
  sold: ['已售出', 'Sold'],
  'back-from-customer': ['已退客（待检）', 'Back from customer, to inspect'],
  'back-at-supplier': ['已退供应商', 'Back at supplier'],
  assembled: ['已装配', 'Assembled'],
  'written-off': ['已报废', 'Written off'],
  lent: ['借出', 'Lent'],
  lost: ['丢失', 'Lost'],
}

export function statusText(status: GoodsRow['status']): string {
  return status === undefined ? t('goods.good') : labelText(statusTexts[status])
}

/** Of a fact of a finding; undefined where it names no status. */
export function statusOfFact(fact: unknown): string | undefined {
  const known = Object.entries(statusTexts).find(([name]) => name === fact)
  return known && labelText(known[1])
}

export function serialStateText(state: string): string {
  return labelText(serialTexts[state] ?? [state, state])
}

/** '还剩 12 天', '今天到期', '已过期 3 天'. */
export function daysLeftText(daysLeft: number): string {
  if (daysLeft < 0) return t('goods.expiredSince', 0 - daysLeft)
  return daysLeft === 0 ? t('goods.lastDay') : t('goods.daysLeft', daysLeft)
}
