/** Three assemblies as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { money } from '#domain/values/money.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { assembly } from './assembly.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt } = exampleShop

export const assemblyExamples = {
  giftSet: assembly.draft({
    docId: 'assembly-gift',
    branch,
    header: {
      ...{ warehouseId: mainWarehouse, skuId: shirt, quantity: wholeQuantity(5) },
      ...{ fee: money(2_500), note: '节日礼盒' },
    },
    lines: [
      { lineId: 'line-1', skuId: cola, quantity: wholeQuantity(10) },
      { lineId: 'line-2', skuId: apple, quantity: quantity(75_000) },
    ],
  }),
  onePart: assembly.draft({
    docId: 'assembly-one',
    branch,
    header: { warehouseId: backWarehouse, skuId: cola, quantity: wholeQuantity(12) },
    lines: [{ lineId: 'line-1', skuId: apple, quantity: quantity(36_000) }],
  }),
  withoutFee: assembly.draft({
    docId: 'assembly-plain',
    branch,
    header: { warehouseId: mainWarehouse, skuId: apple, quantity: wholeQuantity(3) },
    lines: [
      { lineId: 'line-1', skuId: cola, quantity: wholeQuantity(6) },
      { lineId: 'line-2', skuId: shirt, quantity: wholeQuantity(1) },
    ],
  }),
}
