/** Three stock gains as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { stockGain } from './stock-gain.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt } = exampleShop

export const stockGainExamples = {
  foundBehindTheShelf: stockGain.draft({
    docId: 'stock-gain-found',
    branch,
    header: { warehouseId: mainWarehouse, reason: 'found' },
    lines: [{ lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(1) }],
  }),
  extraInTheBox: stockGain.draft({
    docId: 'stock-gain-extra',
    branch,
    header: { warehouseId: backWarehouse, reason: 'supplier-extra', note: '多发 1 罐' },
    lines: [{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(1) }],
  }),
  weighedAgain: stockGain.draft({
    docId: 'stock-gain-weighed',
    branch,
    header: { warehouseId: mainWarehouse, reason: 'other' },
    lines: [{ lineId: 'line-1', skuId: apple, quantity: quantity(4_250) }],
  }),
}
