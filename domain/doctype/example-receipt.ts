/** A goods receipt of the example shop that stands already and waits for its invoice (未到票). */

import { asId, type LineId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import { quantity } from '#domain/values/quantity.ts'
import { exampleShop } from './example-shop.ts'
import type { PostedDocument } from './readers.ts'

const { branchId, mainWarehouse: warehouse, cola, apple, supplier } = exampleShop

/** 2026-11-20 11:00 in China. */
const receivedAt = instant(1_795_143_600_000)

/** 240 罐 at 1.70, 125.4 公斤 at 5.35. */
export const exampleReceipt: PostedDocument = {
  ...{ docId: 'example-receipt', type: 'goods-receipt', number: 'CGRK261120-001-A7-0001' },
  ...{ branch: branchId, at: receivedAt, state: 'posted' },
  postingId: 'example-receipt-posting',
  parts: {
    goods: '00000000-0000-7000-8000-0000000000b1',
    buying: '00000000-0000-7000-8000-0000000000b2',
  },
  header: { warehouseId: warehouse, supplierId: supplier, invoiceKind: 'none' },
  lines: [
    {
      ...{ lineId: 'line-1', skuId: cola, quantity: 2_400_000 },
      ...{ price: 1_700_000, amount: 40_800 },
    },
    {
      ...{ lineId: 'line-2', skuId: apple, quantity: 1_254_000 },
      ...{ price: 5_350_000, amount: 67_089 },
    },
  ],
  legs: [
    {
      ...{ leg: 'line-1', lineId: asId<LineId>('line-1'), sku: cola, warehouse },
      ...{ quantity: quantity(2_400_000), class: 'receipt' },
    },
    {
      ...{ leg: 'line-2', lineId: asId<LineId>('line-2'), sku: apple, warehouse },
      ...{ quantity: quantity(1_254_000), class: 'receipt' },
    },
  ],
}
