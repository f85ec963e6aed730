/** Three purchase requests as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { purchaseRequest } from './purchase-request.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt, supplier } = exampleShop

export const purchaseRequestExamples = {
  shelfIsEmpty: purchaseRequest.draft({
    docId: 'purchase-request-shelf',
    branch,
    header: { warehouseId: mainWarehouse, neededOn: businessDate('2026-11-25') },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(240), unit: '箱' },
        ...{ supplierId: supplier, price: unitPrice(40_800_000) },
      },
      { lineId: 'line-2', skuId: apple, quantity: quantity(300_000) },
    ],
  }),
  withoutPrices: purchaseRequest.draft({
    docId: 'purchase-request-plain',
    branch,
    header: { warehouseId: backWarehouse, note: '周末活动备货' },
    lines: [{ lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(12) }],
  }),
  fruitForTomorrow: purchaseRequest.draft({
    docId: 'purchase-request-fruit',
    branch,
    header: { warehouseId: mainWarehouse },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: apple, quantity: quantity(505_000) },
        price: unitPrice(5_350_000),
      },
    ],
  }),
}
