/** Three purchase returns as a shop writes them; free, because examples know no other document. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { purchaseReturn } from './purchase-return.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt, supplier } = exampleShop

export const purchaseReturnExamples = {
  wrongDelivery: purchaseReturn.draft({
    docId: 'purchase-return-wrong',
    branch,
    header: { supplierId: supplier, warehouseId: backWarehouse, invoiceKind: 'special' },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(24) },
        ...{ unit: '箱', price: unitPrice(40_800_000), taxRate: percent(1_300) },
      },
    ],
  }),
  spoiltOnArrival: purchaseReturn.draft({
    docId: 'purchase-return-spoilt',
    branch,
    header: { supplierId: supplier, warehouseId: mainWarehouse, invoiceKind: 'none' },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: apple, quantity: quantity(62_500) },
        price: unitPrice(5_350_000),
      },
    ],
  }),
  endOfSeason: purchaseReturn.draft({
    docId: 'purchase-return-season',
    branch,
    header: {
      ...{ supplierId: supplier, warehouseId: mainWarehouse, invoiceKind: 'ordinary' },
      note: '按协议退季末余货',
    },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(4) },
        price: unitPrice(14_285_714),
      },
    ],
  }),
}
