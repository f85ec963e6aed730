/** Three sales orders as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { salesOrder } from './sales-order.ts'

const { branchId: branch, mainWarehouse, backWarehouse, customer } = exampleShop
const { cola, apple, delivery } = exampleShop

export const salesOrderExamples = {
  boxesForFriday: salesOrder.draft({
    docId: 'sales-order-boxes',
    branch,
    header: {
      ...{ customerId: customer, warehouseId: backWarehouse },
      deliverOn: businessDate('2026-11-27'),
    },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(48) },
        ...{ unit: '箱', price: unitPrice(50_400_000), taxRate: percent(1_300) },
      },
    ],
  }),
  keptForAWeek: salesOrder.draft({
    docId: 'sales-order-kept',
    branch,
    header: { warehouseId: mainWarehouse, reservedUntil: businessDate('2026-11-29') },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: apple, quantity: quantity(125_000) },
        price: unitPrice(11_800_000),
      },
    ],
  }),
  goodsToCome: salesOrder.draft({
    docId: 'sales-order-to-come',
    branch,
    header: {
      ...{ customerId: customer, warehouseId: mainWarehouse, isBackorder: 1 },
      note: '到货后发',
    },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(2_400) },
        ...{ price: unitPrice(2_050_000), taxRate: percent(1_300) },
      },
      {
        ...{ lineId: 'line-2', skuId: delivery, quantity: wholeQuantity(1) },
        ...{ price: unitPrice(15_000_000), taxRate: percent(600) },
      },
    ],
  }),
}
