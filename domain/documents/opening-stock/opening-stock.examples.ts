/** Three opening stocks as a company enters them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { money } from '#domain/values/money.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { openingStock } from './opening-stock.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt } = exampleShop

export const openingStockExamples = {
  byPrice: openingStock.draft({
    docId: 'opening-stock-price',
    branch,
    header: { warehouseId: mainWarehouse },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(120) },
        ...{ unit: '箱', price: unitPrice(40_800_000) },
      },
      {
        ...{ lineId: 'line-2', skuId: apple, quantity: quantity(305_000) },
        price: unitPrice(6_100_000),
      },
    ],
  }),
  byValue: openingStock.draft({
    docId: 'opening-stock-value',
    branch,
    header: { warehouseId: backWarehouse, note: '旧账只有金额' },
    lines: [{ lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(7), amount: money(10_000) }],
  }),
  givenForNothing: openingStock.draft({
    docId: 'opening-stock-free',
    branch,
    header: { warehouseId: mainWarehouse },
    lines: [{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(5), amount: money(0) }],
  }),
}
