/** The English text of supplier invoices and charges; the same keys as buying-zh-CN.ts, checked by the compiler. */
import type { BuyingDictionary } from './buying-zh-CN.ts'

export const buyingEn: BuyingDictionary = {
  'invoicing.label': 'Supplier invoice',
  'invoicing.none': 'Not invoiced yet, at the estimated cost',
  'invoicing.part': 'Partly invoiced, the rest at the estimated cost',
  'invoicing.all': 'Invoiced',
}
