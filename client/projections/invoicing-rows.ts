/** 未到票 / 已到票: how far a receipt that came before its invoice has been billed, and what prices it. */

import type { DocumentDetail } from '#client/engine/face/face.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import { canRead, type Reading } from './reading.ts'

/** Nothing on other documents, and for those who may not read costs. */
export function invoicingOf(
  reading: Reading,
  document: PostedDocument | undefined,
): Pick<DocumentDetail, 'invoicing'> {
  const isWaiting = document?.type === 'goods-receipt' && document.header['invoiceKind'] === 'none'
  if (!isWaiting || document.state === 'reversed' || !canRead(reading, 'buying')) return {}
  const { docId, legs } = document
  const openByLine: Record<string, number> = {}
  let [billed, open] = [0, 0]
  for (const { leg, lineId = leg, quantity } of legs) {
    const invoiced = reading.fold.priced.invoiced(docId, leg)
    const left = Math.max(quantity - invoiced - reading.fold.stock.returnedOf(docId, leg), 0)
    openByLine[lineId] = (openByLine[lineId] ?? 0) + left
    billed += invoiced
    open += left
  }
  const some = billed === 0 ? 'none' : 'part'
  return { invoicing: { state: open === 0 ? 'all' : some, openByLine } }
}

/** The invoices and charges that price a document: what follows from it. */
export function pricingLinks(reading: Reading, docId: string): DocumentDetail['links'] {
  if (!canRead(reading, 'buying')) return []
  return reading.fold.priced
    .pricedBy(docId)
    .map((entry) => ({ docId: entry.docId, type: entry.type, number: entry.number }))
}
