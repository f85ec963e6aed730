/** Three changes of an order as a shop writes them: more, less, and no more of it (中止). */

import { exampleOrder } from '#domain/doctype/example-order.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { wholeQuantity, zeroQuantity } from '#domain/values/quantity.ts'
import { orderChange } from './order-change.ts'

const { branchId: branch, mainWarehouse: warehouseId, cola, apple } = exampleShop
const orderId = asId<DocumentId>(exampleOrder.docId)
const [ofCola, ofApples] = [asId<LineId>('line-1'), asId<LineId>('line-2')]

export const orderChangeExamples = {
  more: orderChange.draft({
    docId: 'order-change-more',
    branch,
    header: { warehouseId, note: '客户加单' },
    lines: [
      {
        ...{ lineId: 'line-1', orderId, orderLineId: ofCola },
        ...{ skuId: cola, quantity: wholeQuantity(72) },
      },
    ],
  }),
  less: orderChange.draft({
    docId: 'order-change-less',
    branch,
    header: { warehouseId },
    lines: [
      {
        ...{ lineId: 'line-1', orderId, orderLineId: ofApples },
        ...{ skuId: apple, quantity: wholeQuantity(5) },
      },
    ],
  }),
  closed: orderChange.draft({
    docId: 'order-change-closed',
    branch,
    header: { warehouseId, note: '客户取消' },
    lines: [
      {
        ...{ lineId: 'line-1', orderId, orderLineId: ofCola },
        ...{ skuId: cola, quantity: zeroQuantity },
      },
      {
        ...{ lineId: 'line-2', orderId, orderLineId: ofApples },
        ...{ skuId: apple, quantity: zeroQuantity },
      },
    ],
  }),
}
