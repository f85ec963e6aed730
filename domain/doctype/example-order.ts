/** A sales order of the example shop that stands already, for what carries orders out or changes them. */

import { instant } from '#domain/values/instant.ts'
import { exampleShop } from './example-shop.ts'
import type { PostedDocument } from './readers.ts'

const { branchId, mainWarehouse, cola, apple } = exampleShop

/** 2026-11-20 10:00 in China. */
const orderedAt = instant(1_795_140_000_000)

export const exampleOrder: PostedDocument = {
  ...{ docId: 'example-order', type: 'sales-order', number: 'XSDD261120-001-A7-0001' },
  ...{ branch: branchId, at: orderedAt, state: 'posted' },
  postingId: 'example-order-posting',
  parts: { goods: '00000000-0000-7000-8000-0000000000a1' },
  header: { warehouseId: mainWarehouse },
  lines: [
    { lineId: 'line-1', skuId: cola, quantity: 480_000 },
    { lineId: 'line-2', skuId: apple, quantity: 100_000 },
  ],
  legs: [],
}
