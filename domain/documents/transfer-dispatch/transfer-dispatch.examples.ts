/** Three dispatches as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { transferDispatch } from './transfer-dispatch.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt } = exampleShop

export const transferDispatchExamples = {
  byOwnVan: transferDispatch.draft({
    docId: 'dispatch-van',
    branch,
    header: { warehouseId: backWarehouse, targetWarehouseId: mainWarehouse },
    lines: [{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(240) }],
  }),
  byCarrier: transferDispatch.draft({
    docId: 'dispatch-carrier',
    branch,
    header: {
      ...{ warehouseId: backWarehouse, targetWarehouseId: mainWarehouse },
      ...{ carrier: '顺达货运', expectedOn: businessDate('2026-11-24'), note: '轻放' },
    },
    lines: [
      { lineId: 'line-1', skuId: cola, quantity: wholeQuantity(48) },
      { lineId: 'line-2', skuId: shirt, quantity: wholeQuantity(12) },
    ],
  }),
  byWeight: transferDispatch.draft({
    docId: 'dispatch-weight',
    branch,
    header: { warehouseId: mainWarehouse, targetWarehouseId: backWarehouse },
    lines: [{ lineId: 'line-1', skuId: apple, quantity: quantity(62_500) }],
  }),
}
