/** Three disassemblies as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { money } from '#domain/values/money.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { disassembly } from './disassembly.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt } = exampleShop

export const disassemblyExamples = {
  giftSet: disassembly.draft({
    docId: 'disassembly-gift',
    branch,
    header: { warehouseId: mainWarehouse, skuId: shirt, quantity: wholeQuantity(2) },
    lines: [
      { lineId: 'line-1', skuId: cola, quantity: wholeQuantity(4), weight: money(1_000) },
      { lineId: 'line-2', skuId: apple, quantity: quantity(30_000), weight: money(2_000) },
    ],
  }),
  byQuantity: disassembly.draft({
    docId: 'disassembly-quantity',
    branch,
    header: {
      ...{ warehouseId: backWarehouse, skuId: apple, quantity: wholeQuantity(6) },
      note: '按数量分摊',
    },
    lines: [
      { lineId: 'line-1', skuId: cola, quantity: wholeQuantity(12) },
      { lineId: 'line-2', skuId: shirt, quantity: wholeQuantity(3) },
    ],
  }),
  withFee: disassembly.draft({
    docId: 'disassembly-fee',
    branch,
    header: {
      ...{ warehouseId: mainWarehouse, skuId: cola, quantity: wholeQuantity(1), fee: money(300) },
    },
    lines: [{ lineId: 'line-1', skuId: apple, quantity: quantity(5_000) }],
  }),
}
