/**
 * 调拨出库单 (transfer dispatch): goods leave one warehouse for another and are 在途 until arrivals take them in.
 * Inside a branch they stay the branch's, at their cost; those for another are that branch's from then on, at the value
 * that the document states.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  dateField,
  inAudience,
  moneyField,
  noteField,
  optional,
  quantityField,
  reference,
  skuField,
  textField,
  warehouseOfAnyBranch,
} from '#domain/doctype/fields.ts'
import { goodsOut } from '#domain/doctype/goods-fields.ts'
import { goodsOf, movesOf } from '#domain/doctype/movements.ts'
import { transitOf } from '#domain/masters/transit.ts'

export const transferDispatch = defineDocument({
  type: 'transfer-dispatch',
  label: ['调拨出库单', 'Transfer dispatch'],
  menu: 'stock',
  numbering: { prefix: 'DBFH' },
  header: {
    warehouseId: reference('warehouse', ['调出仓库', 'From warehouse']),
    targetWarehouseId: warehouseOfAnyBranch(['发往仓库', 'To warehouse']),
    carrier: optional(textField(['承运方', 'Carrier'])),
    expectedOn: optional(dateField(['预计到货', 'Expected on'])),
    note: noteField(),
  },
  lines: {
    skuId: skuField('accepted'),
    quantity: quantityField(['发出数量', 'Quantity']),
    transferValue: inAudience('buying', optional(moneyField(['调拨金额', 'Transfer value']))),
    ...goodsOut(),
  },
  roles: { edit: ['keeper', 'manager'], post: ['keeper', 'manager'] },
  list: ['warehouseId', 'targetWarehouseId'],
  print: {
    signatures: [
      ['调出人', 'Dispatched by'],
      ['承运人', 'Carrier'],
      ['收货人', 'Received by'],
    ],
  },
  movementClass: 'internal',

  check({ header: { warehouseId, targetWarehouseId } }) {
    const isSame = warehouseId === targetWarehouseId
    return isSame ? [{ code: 'same-warehouse', field: 'targetWarehouseId' }] : []
  },

  movements({ branch, header, lines }) {
    return lines.flatMap(({ binId, ...line }) => {
      const goods = goodsOf(line)
      const from = {
        warehouseId: header.warehouseId,
        goods: goodsOf({ ...line, ...(binId && { binId }) }),
      }
      return movesOf(line, from, { warehouseId: transitOf(branch), goods })
    })
  },

  // What another branch gets them at; inside one, where transit has a value of its own.
  values({ lines }) {
    return lines.flatMap(({ lineId, transferValue: amount }) =>
      amount === undefined ? [] : [{ leg: `${lineId}-in`, amount }],
    )
  },

  // 库存商品 of one branch before and after: no voucher.
  voucherLines: () => [],
})
