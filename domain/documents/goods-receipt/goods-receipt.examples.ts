/** Three goods receipts as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { goodsReceipt } from './goods-receipt.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, supplier } = exampleShop

export const goodsReceiptExamples = {
  withSpecialInvoice: goodsReceipt.draft({
    docId: 'goods-receipt-special',
    branch,
    header: {
      ...{ supplierId: supplier, warehouseId: backWarehouse, invoiceKind: 'special' },
      dueOn: businessDate('2026-12-31'),
    },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(10) },
        ...{ price: unitPrice(11_300_000), taxRate: percent(1_300) },
      },
    ],
  }),
  boxesAndAGift: goodsReceipt.draft({
    docId: 'goods-receipt-gift',
    branch,
    header: { supplierId: supplier, warehouseId: backWarehouse, invoiceKind: 'ordinary' },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(240) },
        ...{ unit: '箱', price: unitPrice(40_800_000) },
      },
      {
        ...{ lineId: 'line-2', skuId: cola, quantity: wholeQuantity(24) },
        ...{ unit: '箱', price: unitPrice(0), isGift: 1 },
      },
    ],
  }),
  goodsBeforeInvoice: goodsReceipt.draft({
    docId: 'goods-receipt-estimate',
    branch,
    header: {
      ...{ supplierId: supplier, warehouseId: mainWarehouse, invoiceKind: 'none' },
      note: '发票月底到',
    },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: apple, quantity: quantity(1_254_000) },
        price: unitPrice(5_350_000),
      },
    ],
  }),
}
