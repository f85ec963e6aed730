/** Three purchase invoices as a shop writes them, for the receipt of the example shop. */

import { exampleReceipt } from '#domain/doctype/example-receipt.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { purchaseInvoice } from './purchase-invoice.ts'

const { branchId: branch, cola, apple, supplier } = exampleShop
const originId = asId<DocumentId>(exampleReceipt.docId)
const ofCola = { originId, originLineId: asId<LineId>('line-1'), skuId: cola }
const ofApple = { originId, originLineId: asId<LineId>('line-2'), skuId: apple }

export const purchaseInvoiceExamples = {
  wholeReceipt: purchaseInvoice.draft({
    docId: 'purchase-invoice-whole',
    branch,
    header: {
      ...{ supplierId: supplier, invoiceKind: 'special', invoiceNumber: '26112200001' },
      dueOn: businessDate('2026-12-31'),
    },
    lines: [
      {
        ...{ lineId: 'line-1', ...ofCola, quantity: wholeQuantity(240), unit: '箱' },
        ...{ price: unitPrice(40_680_000), taxRate: percent(1_300) },
      },
      {
        ...{ lineId: 'line-2', ...ofApple, quantity: quantity(1_254_000) },
        ...{ price: unitPrice(5_450_000), taxRate: percent(900) },
      },
    ],
  }),
  aPart: purchaseInvoice.draft({
    docId: 'purchase-invoice-part',
    branch,
    header: { supplierId: supplier, invoiceKind: 'ordinary', note: '余下月底开票' },
    lines: [
      {
        ...{ lineId: 'line-1', ...ofCola, quantity: wholeQuantity(96) },
        price: unitPrice(1_720_000),
      },
    ],
  }),
  twoPricesOfOneLine: purchaseInvoice.draft({
    docId: 'purchase-invoice-two',
    branch,
    header: { supplierId: supplier, invoiceKind: 'special' },
    lines: [
      {
        ...{ lineId: 'line-1', ...ofApple, quantity: wholeQuantity(100) },
        ...{ price: unitPrice(5_450_000), taxRate: percent(900) },
      },
      {
        ...{ lineId: 'line-2', ...ofApple, quantity: quantity(254_000) },
        ...{ price: unitPrice(0), taxRate: percent(900) },
      },
    ],
  }),
}
