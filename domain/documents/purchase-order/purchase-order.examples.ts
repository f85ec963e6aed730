/** Three purchase orders as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { purchaseOrder } from './purchase-order.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt, supplier } = exampleShop

export const purchaseOrderExamples = {
  hundredBoxes: purchaseOrder.draft({
    docId: 'purchase-order-boxes',
    branch,
    header: {
      ...{ supplierId: supplier, warehouseId: backWarehouse },
      expectedOn: businessDate('2026-11-30'),
    },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(2_400) },
        ...{ unit: '箱', price: unitPrice(40_800_000), taxRate: percent(1_300) },
      },
    ],
  }),
  fruitByWeight: purchaseOrder.draft({
    docId: 'purchase-order-fruit',
    branch,
    header: { supplierId: supplier, warehouseId: mainWarehouse },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: apple, quantity: quantity(2_005_000) },
        price: unitPrice(5_350_000),
      },
    ],
  }),
  springShirts: purchaseOrder.draft({
    docId: 'purchase-order-shirts',
    branch,
    header: { supplierId: supplier, warehouseId: mainWarehouse, note: '春季首批' },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(30) },
        price: unitPrice(14_285_714),
      },
    ],
  }),
}
