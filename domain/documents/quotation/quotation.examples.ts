/** Three quotations as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { quotation } from './quotation.ts'

const { branchId: branch, mainWarehouse, backWarehouse, customer } = exampleShop
const { cola, apple, delivery } = exampleShop

export const quotationExamples = {
  fiftyBoxes: quotation.draft({
    docId: 'quotation-boxes',
    branch,
    header: {
      ...{ customerId: customer, warehouseId: backWarehouse },
      validUntil: businessDate('2026-12-05'),
    },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(1_200) },
        ...{ unit: '箱', price: unitPrice(49_200_000), taxRate: percent(1_300) },
      },
    ],
  }),
  toAPasserBy: quotation.draft({
    docId: 'quotation-passer-by',
    branch,
    header: { warehouseId: mainWarehouse, validUntil: businessDate('2026-11-30') },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: apple, quantity: quantity(255_000) },
        price: unitPrice(10_800_000),
      },
    ],
  }),
  withDelivery: quotation.draft({
    docId: 'quotation-delivery',
    branch,
    header: {
      ...{ customerId: customer, warehouseId: mainWarehouse, note: '含送货' },
      validUntil: businessDate('2026-12-31'),
    },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(48) },
        ...{ price: unitPrice(2_100_000), taxRate: percent(1_300) },
      },
      {
        ...{ lineId: 'line-2', skuId: delivery, quantity: wholeQuantity(1) },
        ...{ price: unitPrice(15_000_000), taxRate: percent(600) },
      },
    ],
  }),
}
