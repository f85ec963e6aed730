/**
 * 调拨入库单 (transfer arrival): takes goods of a dispatch in, all or some of them, in the warehouse for which they
 * were meant or in another: back where they came from, they were sent in vain (退回).
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  choice,
  inAudience,
  moneyField,
  noteField,
  optional,
  originFields,
  quantityField,
  reference,
  skuField,
} from '#domain/doctype/fields.ts'
import {
  batchField,
  binField,
  facet,
  serialsField,
  statusLabels,
} from '#domain/doctype/goods-fields.ts'
import { goodsOf, movesOf } from '#domain/doctype/movements.ts'
import { transitOf } from '#domain/masters/transit.ts'

export const transferArrival = defineDocument({
  type: 'transfer-arrival',
  label: ['调拨入库单', 'Transfer arrival'],
  menu: 'stock',
  numbering: { prefix: 'DBRK' },
  links: { from: ['transfer-dispatch'], as: 'onward' },
  header: {
    warehouseId: reference('warehouse', ['调入仓库', 'To warehouse']),
    note: noteField(),
  },
  lines: {
    ...originFields(['调拨出库单', 'Dispatch']),
    skuId: skuField('accepted'),
    quantity: quantityField(['实收数量', 'Arrived']),
    arrivalValue: inAudience('buying', optional(moneyField(['调入金额', 'Arrives at']))),
    batch: batchField(),
    serials: serialsField(),
    binId: binField('warehouseId'),
    status: facet('status', optional(choice(['到货状态', 'Arrives as'], statusLabels))),
  },
  roles: { edit: ['keeper', 'manager'], post: ['keeper', 'manager'] },
  list: ['warehouseId'],
  print: {
    signatures: [
      ['送货人', 'Delivered by'],
      ['收货人', 'Received by'],
    ],
  },
  movementClass: 'internal',

  // In the status in which they left, unless they arrive in another.
  movements({ branch, header, lines }) {
    return lines.flatMap(({ status, binId, ...line }) => {
      const goods = goodsOf(line)
      const arrived = { ...line, ...(status && { status }), ...(binId && { binId }) }
      const into = { warehouseId: header.warehouseId, goods: goodsOf(arrived) }
      return movesOf(line, { warehouseId: transitOf(branch), goods }, into)
    })
  },

  // 变价调拨: where warehouses have values of their own, the goods arrive at what is stated.
  values({ lines }) {
    return lines.flatMap(({ lineId, arrivalValue: amount }) =>
      amount === undefined ? [] : [{ leg: `${lineId}-in`, amount }],
    )
  },

  // 库存商品 of one branch before and after: no voucher.
  voucherLines: () => [],
})
