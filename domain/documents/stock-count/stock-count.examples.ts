/** Three stock counts as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { instant } from '#domain/values/instant.ts'
import { quantity, wholeQuantity, zeroQuantity } from '#domain/values/quantity.ts'
import { stockCount } from './stock-count.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt } = exampleShop
/** 2026-11-22 09:00 in China. */
const nineOClock = 1_795_309_200_000
const minuteMs = 60_000

export const stockCountExamples = {
  shelfByShelf: stockCount.draft({
    docId: 'stock-count-shelves',
    branch,
    header: { warehouseId: mainWarehouse },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: cola, area: '前场', quantity: wholeQuantity(31) },
        countedAt: instant(nineOClock),
      },
      {
        ...{ lineId: 'line-2', skuId: apple, quantity: quantity(124_500) },
        countedAt: instant(nineOClock + 10 * minuteMs),
      },
      {
        ...{ lineId: 'line-3', skuId: cola, area: '后仓', quantity: wholeQuantity(48) },
        countedAt: instant(nineOClock + 30 * minuteMs),
      },
    ],
  }),
  soldOutAndLeftBlank: stockCount.draft({
    docId: 'stock-count-blank',
    branch,
    header: { warehouseId: mainWarehouse, uncounted: 'leave', note: '只盘了可乐' },
    lines: [
      { lineId: 'line-1', skuId: cola, quantity: zeroQuantity, reason: 'damaged' },
      { lineId: 'line-2', skuId: shirt },
    ],
  }),
  wholeBackStore: stockCount.draft({
    docId: 'stock-count-whole',
    branch,
    header: { warehouseId: backWarehouse, uncounted: 'zero' },
    lines: [
      { lineId: 'line-1', skuId: cola, quantity: wholeQuantity(240) },
      { lineId: 'line-2', skuId: shirt },
    ],
  }),
}
