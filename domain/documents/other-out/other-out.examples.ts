/** Three other issues as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { otherOut } from './other-out.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt, reason } = exampleShop

export const otherOutExamples = {
  forTheStaff: otherOut.draft({
    docId: 'other-out-staff',
    branch,
    header: { warehouseId: mainWarehouse, reason: 'use', receiver: '行政部', note: '例会用' },
    lines: [{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(12) }],
  }),
  toCustomers: otherOut.draft({
    docId: 'other-out-gift',
    branch,
    header: { warehouseId: backWarehouse, reason: 'gift', reasonId: reason },
    lines: [{ lineId: 'line-1', skuId: apple, quantity: quantity(12_500) }],
  }),
  forTheWindow: otherOut.draft({
    docId: 'other-out-sample',
    branch,
    header: { warehouseId: mainWarehouse, reason: 'sample' },
    lines: [
      { lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(2) },
      { lineId: 'line-2', skuId: cola, quantity: wholeQuantity(1) },
    ],
  }),
}
