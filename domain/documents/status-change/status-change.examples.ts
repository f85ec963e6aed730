/** Three status changes as a shop writes them. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { statusChange } from './status-change.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple, shirt } = exampleShop

const damaged = { status: 'good', newStatus: 'defective' } as const
const frozen = { status: 'good', newStatus: 'frozen' } as const

export const statusChangeExamples = {
  inspectedGood: statusChange.draft({
    docId: 'status-change-inspected',
    branch,
    header: { warehouseId: backWarehouse, reason: 'inspected', note: '抽检合格' },
    lines: [
      ...[{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(48) }].map((line) => ({
        ...({ ...line, status: 'pending', newStatus: 'good' } as const),
      })),
    ],
  }),
  setAside: statusChange.draft({
    docId: 'status-change-aside',
    branch,
    header: { warehouseId: mainWarehouse, reason: 'damaged' },
    lines: [
      { lineId: 'line-1', skuId: shirt, quantity: wholeQuantity(2), ...damaged },
      { lineId: 'line-2', skuId: apple, quantity: quantity(15_000), ...damaged },
    ],
  }),
  recalled: statusChange.draft({
    docId: 'status-change-recalled',
    branch,
    header: { warehouseId: mainWarehouse, reason: 'recalled', note: '厂家通知暂停销售' },
    lines: [{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(12), ...frozen }],
  }),
}
