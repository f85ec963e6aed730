/** Three losses of the example dispatch. */

import { exampleDispatch } from '#domain/doctype/example-dispatch.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { transferLoss } from './transfer-loss.ts'

const { branchId: branch, cola, apple } = exampleShop
const originId = asId<DocumentId>(exampleDispatch.docId)
const lineOf = (lineId: string) => ({ lineId, originId, originLineId: asId<LineId>(lineId) })

export const transferLossExamples = {
  fourCansShort: transferLoss.draft({
    docId: 'loss-short',
    branch,
    header: { cause: 'short', answerable: 'carrier' },
    lines: [{ ...lineOf('line-1'), skuId: cola, quantity: wholeQuantity(4) }],
  }),
  badlyPacked: transferLoss.draft({
    docId: 'loss-damaged',
    branch,
    header: { cause: 'damaged', answerable: 'sender', note: '外箱受潮' },
    lines: [{ ...lineOf('line-1'), skuId: cola, quantity: wholeQuantity(24) }],
  }),
  lateAndSpoilt: transferLoss.draft({
    docId: 'loss-spoilt',
    branch,
    header: { cause: 'spoilt', answerable: 'receiver' },
    lines: [{ ...lineOf('line-2'), skuId: apple, quantity: quantity(12_500) }],
  }),
}
