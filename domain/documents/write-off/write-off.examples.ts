/** Three write-offs as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { writeOff } from './write-off.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt } = exampleShop

export const writeOffExamples = {
  brokenInTheShop: writeOff.draft({
    docId: 'write-off-broken',
    branch,
    header: { warehouseId: mainWarehouse, reason: 'damaged', note: '搬运时摔破' },
    lines: [{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(3) }],
  }),
  spoiltFruit: writeOff.draft({
    docId: 'write-off-spoilt',
    branch,
    header: { warehouseId: backWarehouse, reason: 'expired' },
    lines: [{ lineId: 'line-1', skuId: apple, quantity: quantity(23_500) }],
  }),
  severalLost: writeOff.draft({
    docId: 'write-off-lost',
    branch,
    header: { warehouseId: mainWarehouse, reason: 'lost' },
    lines: [
      { lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(1) },
      { lineId: 'line-2', skuId: cola, quantity: wholeQuantity(2) },
    ],
  }),
}
