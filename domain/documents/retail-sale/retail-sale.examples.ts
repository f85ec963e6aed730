/** Three sales over the counter. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { money } from '#domain/values/money.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { retailSale } from './retail-sale.ts'

const { branchId: branch, mainWarehouse: warehouseId, cola, apple, shirt, delivery } = exampleShop

export const retailSaleExamples = {
  exactCash: retailSale.draft({
    docId: 'retail-sale-exact',
    branch,
    header: { warehouseId },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(2) },
        ...{ price: unitPrice(3_000_000), taxRate: percent(1_300) },
      },
    ],
  }),
  roundedOffWithChange: retailSale.draft({
    docId: 'retail-sale-change',
    branch,
    header: { warehouseId, roundOff: money(5), cash: money(10_000) },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: apple, quantity: quantity(13_350) },
        price: unitPrice(11_800_000),
      },
      {
        ...{ lineId: 'line-2', skuId: cola, quantity: wholeQuantity(6) },
        ...{ price: unitPrice(3_000_000), taxRate: percent(1_300) },
      },
    ],
  }),
  severalTenders: retailSale.draft({
    docId: 'retail-sale-mixed',
    branch,
    header: { warehouseId, wechat: money(5_000), cash: money(3_000) },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(1) },
        ...{ price: unitPrice(59_000_000), taxRate: percent(1_300) },
      },
      {
        ...{ lineId: 'line-2', skuId: delivery, quantity: wholeQuantity(1) },
        ...{ price: unitPrice(15_000_000), taxRate: percent(600) },
      },
    ],
  }),
}
