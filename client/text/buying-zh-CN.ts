/** The Chinese text of supplier invoices and charges; buying-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type BuyingDictionary = Spoken<typeof buyingZhCn>

export const buyingZhCn = {
  'invoicing.label': '到票',
  'invoicing.none': '未到票，成本按暂估',
  'invoicing.part': '部分到票，其余按暂估',
  'invoicing.all': '已到票',
}
