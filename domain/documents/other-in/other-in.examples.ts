/** Three other receipts as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { otherIn } from './other-in.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt, reason } = exampleShop

export const otherInExamples = {
  fromTheMaker: otherIn.draft({
    docId: 'other-in-given',
    branch,
    header: { warehouseId: backWarehouse, reason: 'gift', note: '厂家试饮装' },
    lines: [
      { lineId: 'line-1', skuId: cola, quantity: wholeQuantity(24), price: unitPrice(1_700_000) },
    ],
  }),
  leftOver: otherIn.draft({
    docId: 'other-in-unused',
    branch,
    header: { warehouseId: mainWarehouse, reason: 'unused', reasonId: reason },
    lines: [{ lineId: 'line-1', skuId: apple, quantity: quantity(4_500) }],
  }),
  outOfTheWindow: otherIn.draft({
    docId: 'other-in-sample',
    branch,
    header: { warehouseId: mainWarehouse, reason: 'sample' },
    lines: [{ lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(2) }],
  }),
}
