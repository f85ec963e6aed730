/** Three sales returns as a shop writes them; free, because examples know no other document. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { salesReturn } from './sales-return.ts'

const { branchId: branch, mainWarehouse, customer, cola, apple, shirt } = exampleShop

export const salesReturnExamples = {
  wrongSize: salesReturn.draft({
    docId: 'sales-return-size',
    branch,
    header: { warehouseId: mainWarehouse, refund: 'wechat', note: '尺码不合' },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(1) },
        ...{ price: unitPrice(59_000_000), taxRate: percent(1_300) },
      },
    ],
  }),
  onAccount: salesReturn.draft({
    docId: 'sales-return-account',
    branch,
    header: { customerId: customer, warehouseId: mainWarehouse, refund: 'receivable' },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(24) },
        ...{ unit: '箱', price: unitPrice(50_400_000), taxRate: percent(1_300) },
      },
    ],
  }),
  atTheCounter: salesReturn.draft({
    docId: 'sales-return-counter',
    branch,
    header: { warehouseId: mainWarehouse, refund: 'cash' },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: apple, quantity: quantity(5_150) },
        price: unitPrice(11_800_000),
      },
    ],
  }),
}
