/** Three shipments as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { shipment } from './shipment.ts'

const { branchId: branch, mainWarehouse, backWarehouse, customer } = exampleShop
const { cola, apple, delivery } = exampleShop

export const shipmentExamples = {
  boxesOnAccount: shipment.draft({
    docId: 'shipment-boxes',
    branch,
    header: {
      ...{ customerId: customer, warehouseId: backWarehouse },
      dueOn: businessDate('2026-12-20'),
    },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(49) },
        ...{ unit: '箱', price: unitPrice(50_400_000), taxRate: percent(1_300) },
      },
    ],
  }),
  passerBy: shipment.draft({
    docId: 'shipment-passer-by',
    branch,
    header: { warehouseId: mainWarehouse },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: apple, quantity: quantity(13_350) },
        price: unitPrice(11_800_000),
      },
    ],
  }),
  withDelivery: shipment.draft({
    docId: 'shipment-delivery',
    branch,
    header: { customerId: customer, warehouseId: mainWarehouse, note: '下午送' },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(24) },
        ...{ price: unitPrice(2_100_000), taxRate: percent(1_300) },
      },
      {
        ...{ lineId: 'line-2', skuId: delivery, quantity: wholeQuantity(1) },
        ...{ price: unitPrice(15_000_000), taxRate: percent(600) },
      },
    ],
  }),
}
