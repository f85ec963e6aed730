/** Three charges as a shop shares them over the receipt of the example shop. */

import { exampleReceipt } from '#domain/doctype/example-receipt.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { money } from '#domain/values/money.ts'
import { landedCost } from './landed-cost.ts'

const { branchId: branch, cola, apple, supplier } = exampleShop
const originId = asId<DocumentId>(exampleReceipt.docId)
const ofCola = { lineId: 'line-1', originId, originLineId: asId<LineId>('line-1'), skuId: cola }
const ofApple = { lineId: 'line-2', originId, originLineId: asId<LineId>('line-2'), skuId: apple }

export const landedCostExamples = {
  freightByAmount: landedCost.draft({
    docId: 'landed-cost-freight',
    branch,
    header: { kind: 'freight', payeeId: supplier, fee: money(31_00), by: 'amount' },
    lines: [ofCola, ofApple],
  }),
  handlingByQuantity: landedCost.draft({
    docId: 'landed-cost-handling',
    branch,
    header: { kind: 'handling', fee: money(50_00), by: 'quantity', note: '夜间卸货' },
    lines: [ofCola, ofApple],
  }),
  freightOfOneLine: landedCost.draft({
    docId: 'landed-cost-weight',
    branch,
    header: {
      ...{ kind: 'freight', payeeId: supplier, fee: money(109_00), feeTax: money(9_00) },
      by: 'weight',
    },
    lines: [ofApple],
  }),
}
