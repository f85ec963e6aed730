/** Three cost adjustments as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { money } from '#domain/values/money.ts'
import { costAdjustment } from './cost-adjustment.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt } = exampleShop

export const costAdjustmentExamples = {
  pricedTooLow: costAdjustment.draft({
    docId: 'cost-adjustment-low',
    branch,
    header: { warehouseId: mainWarehouse, direction: 'increase', reason: 'wrong-price' },
    lines: [
      { lineId: 'line-1', skuId: cola, amount: money(3_600) },
      { lineId: 'line-2', skuId: shirt, amount: money(12_000) },
    ],
  }),
  fellInPrice: costAdjustment.draft({
    docId: 'cost-adjustment-fall',
    branch,
    header: {
      ...{ warehouseId: mainWarehouse, direction: 'decrease', reason: 'price-fall' },
      note: '换季降价',
    },
    lines: [{ lineId: 'line-1', skuId: shirt, amount: money(8_850) }],
  }),
  openingTooHigh: costAdjustment.draft({
    docId: 'cost-adjustment-opening',
    branch,
    header: { warehouseId: backWarehouse, direction: 'decrease', reason: 'opening-error' },
    lines: [{ lineId: 'line-1', skuId: apple, amount: money(205) }],
  }),
}
