/** Every 单据类型 (document type) of the product, one line each: the only list of them. */

import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { landedCost } from '#domain/documents/landed-cost/landed-cost.ts'
import { openingStock } from '#domain/documents/opening-stock/opening-stock.ts'
import { orderChange } from '#domain/documents/order-change/order-change.ts'
import { purchaseInvoice } from '#domain/documents/purchase-invoice/purchase-invoice.ts'
import { purchaseOrder } from '#domain/documents/purchase-order/purchase-order.ts'
import { purchaseReturn } from '#domain/documents/purchase-return/purchase-return.ts'
import { retailSale } from '#domain/documents/retail-sale/retail-sale.ts'
import { salesOrder } from '#domain/documents/sales-order/sales-order.ts'
import { salesReturn } from '#domain/documents/sales-return/sales-return.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { statusChange } from '#domain/documents/status-change/status-change.ts'
import { stockCount } from '#domain/documents/stock-count/stock-count.ts'
import { stockGain } from '#domain/documents/stock-gain/stock-gain.ts'
import { transfer } from '#domain/documents/transfer/transfer.ts'
import { transferArrival } from '#domain/documents/transfer-arrival/transfer-arrival.ts'
import { transferDispatch } from '#domain/documents/transfer-dispatch/transfer-dispatch.ts'
import { transferLoss } from '#domain/documents/transfer-loss/transfer-loss.ts'
import { writeOff } from '#domain/documents/write-off/write-off.ts'
import { quotation } from '#domain/documents/quotation/quotation.ts'
import { purchaseRequest } from '#domain/documents/purchase-request/purchase-request.ts'
import { otherIn } from '#domain/documents/other-in/other-in.ts'
import { otherOut } from '#domain/documents/other-out/other-out.ts'
import { disassembly } from '#domain/documents/disassembly/disassembly.ts'
import { assembly } from '#domain/documents/assembly/assembly.ts'
import { costAdjustment } from '#domain/documents/cost-adjustment/cost-adjustment.ts'

/** In the order in which menus show them. */
export const documentTypes: readonly AnyDocumentDefinition[] = [
  purchaseRequest,
  purchaseOrder,
  goodsReceipt,
  purchaseInvoice,
  landedCost,
  purchaseReturn,
  quotation,
  salesOrder,
  orderChange,
  shipment,
  salesReturn,
  retailSale,
  transfer,
  transferDispatch,
  transferArrival,
  transferLoss,
  assembly,
  disassembly,
  costAdjustment,
  statusChange,
  stockCount,
  writeOff,
  stockGain,
  otherOut,
  otherIn,
  openingStock,
]

const definitionByType = new Map(documentTypes.map((each) => [each.type, each]))

/** Undefined for a type that this build does not know. */
export function definitionOf(type: string): AnyDocumentDefinition | undefined {
  return definitionByType.get(type)
}
