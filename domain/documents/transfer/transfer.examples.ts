/** Three transfers as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { transfer } from './transfer.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt } = exampleShop

export const transferExamples = {
  refillTheShop: transfer.draft({
    docId: 'transfer-refill',
    branch,
    header: { sourceWarehouseId: backWarehouse, targetWarehouseId: mainWarehouse },
    lines: [{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(48) }],
  }),
  clearTheShelf: transfer.draft({
    docId: 'transfer-clear',
    branch,
    header: {
      sourceWarehouseId: mainWarehouse,
      targetWarehouseId: backWarehouse,
      note: '换季下架',
    },
    lines: [
      { lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(6) },
      { lineId: 'line-2', skuId: cola, quantity: wholeQuantity(24) },
    ],
  }),
  byWeight: transfer.draft({
    docId: 'transfer-weight',
    branch,
    header: { sourceWarehouseId: backWarehouse, targetWarehouseId: mainWarehouse },
    lines: [{ lineId: 'line-1', skuId: apple, quantity: quantity(125_000) }],
  }),
}
