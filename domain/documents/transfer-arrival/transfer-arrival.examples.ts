/** Three arrivals of the example dispatch: all of it, some of it, and some that went back. */

import { exampleDispatch } from '#domain/doctype/example-dispatch.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { transferArrival } from './transfer-arrival.ts'

const { branchId: branch, mainWarehouse, backWarehouse, cola, apple } = exampleShop
const originId = asId<DocumentId>(exampleDispatch.docId)
const lineOf = (lineId: string) => ({ lineId, originId, originLineId: asId<LineId>(lineId) })

export const transferArrivalExamples = {
  allOfIt: transferArrival.draft({
    docId: 'arrival-all',
    branch,
    header: { warehouseId: mainWarehouse },
    lines: [
      { ...lineOf('line-1'), skuId: cola, quantity: wholeQuantity(96) },
      { ...lineOf('line-2'), skuId: apple, quantity: quantity(125_000) },
    ],
  }),
  fourShort: transferArrival.draft({
    docId: 'arrival-short',
    branch,
    header: { warehouseId: mainWarehouse, note: '少四罐，等司机回话' },
    lines: [{ ...lineOf('line-1'), skuId: cola, quantity: wholeQuantity(92) }],
  }),
  sentBack: transferArrival.draft({
    docId: 'arrival-back',
    branch,
    header: { warehouseId: backWarehouse },
    lines: [{ ...lineOf('line-1'), skuId: cola, quantity: wholeQuantity(4) }],
  }),
}
