/** The English text of supplier invoices and charges; the same keys as buying-zh-CN.ts, checked by the compiler. */
import type { BuyingDictionary } from './buying-zh-CN.ts'

export const buyingEn: BuyingDictionary = {
  'invoicing.label': 'Supplier invoice',
  'invoicing.none': 'Not invoiced yet, at the estimated cost',
  'invoicing.part': 'Partly invoiced, the rest at the estimated cost',
  'invoicing.all': 'Invoiced',
  'charges.title': 'Purchase charges',
  'charges.note':
    'where freight, handling and insurance go; selling expense where nothing is chosen. Each charge can say otherwise; posted ones stay',
  'charges.saved': 'Saved, from the next charge on',
  'receipts.open': 'Choose receipts',
  'receipts.title': 'Choose receipts',
  'receipts.search': 'Find a receipt',
  'receipts.searchHint': 'Number, supplier, name or code of goods',
  'receipts.take': 'Add',
  'receipts.taken': 'Added',
  'receipts.takeAll': (count: number) => `Add all (${count})`,
  'receipts.done': 'Done',
  'receipts.none': 'No receipt can be added',
  'receipts.noneNote':
    'Try other words, or check the supplier; receipts that came with their invoice or are wholly invoiced are not here.',
  'receipts.more': 'Only the latest are listed; search older ones by number or goods.',
}
