/** What two folds of the same records must agree on, of one branch and one SKU. */
import type { Fold } from '#domain/fold/fold.ts'
import { idOf } from './journal-writer.ts'

export function foldState(fold: Fold, branch: string, skuName: string): unknown {
  return {
    hashes: [fold.hash('goods', branch), fold.hash('buying', branch)],
    card: fold.stock.card(idOf('sku', skuName), { branch }),
    findings: fold.findings(),
    documents: fold.documents.page({ offset: 0, limit: 100 }).rows,
  }
}
