/** What checks may ask of invoices and charges, answered from the fold. */

import type { PricedReceipts } from '#domain/doctype/readers.ts'
import type { Fold } from '#domain/fold/fold.ts'

export function pricedReceipts({ priced }: Pick<Fold, 'priced'>): PricedReceipts {
  return {
    invoiced: (docId, leg) => priced.invoiced(docId, leg),
    pricedBy: (docId) => priced.pricedBy(docId)[0]?.number,
  }
}
