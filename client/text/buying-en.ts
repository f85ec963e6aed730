/** The English text of supplier invoices and charges; the same keys as buying-zh-CN.ts, checked by the compiler. */
import type { BuyingDictionary } from './buying-zh-CN.ts'

export const buyingEn: BuyingDictionary = {
  'invoicing.label': 'Supplier invoice',
  'invoicing.none': 'Not invoiced yet, at the estimated cost',
  'invoicing.part': 'Partly invoiced, the rest at the estimated cost',
  'invoicing.all': 'Invoiced',
  'excess.title': 'Over-receipt',
  'excess.note':
    'What comes beyond an order is received up to this share; more needs a manager. A supplier may have its own. Empty: no limit.',
  'excess.saved': 'Saved, from the next receipt on',
  'charges.title': 'Purchase charges',
  'charges.note':
    'where freight, handling and insurance go; selling expense where nothing is chosen. Each charge can say otherwise; posted ones stay',
  'charges.saved': 'Saved, from the next charge on',
  'sources.open': (names: string) => `From ${names}`,
  'sources.search': 'Find a document',
  'sources.searchHint': 'Number, party, name or code of goods',
  'sources.take': 'Add',
  'sources.taken': 'Added',
  'sources.takeAll': (count: number) => `Add all (${count})`,
  'sources.done': 'Done',
  'sources.none': 'No document can be added',
  'sources.noneNote':
    'Try other words, or check the party; what is wholly invoiced or carried out is not here.',
  'sources.more': 'Only the latest are listed; search older ones by number or goods.',
}
