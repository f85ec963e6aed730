/**
 * 调拨单 (transfer): moves goods between two warehouses of one branch, or two bins of
 * one warehouse, in one step, at their cost.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  inAudience,
  moneyField,
  noteField,
  optional,
  quantityField,
  reference,
  skuField,
} from '#domain/doctype/fields.ts'
import { batchField, binField, serialsField, statusField } from '#domain/doctype/goods-fields.ts'
import { goodsOf, movesOf } from '#domain/doctype/movements.ts'

export const transfer = defineDocument({
  type: 'transfer',
  label: ['调拨单', 'Transfer'],
  menu: 'stock',
  numbering: { prefix: 'DBCK' },
  header: {
    sourceWarehouseId: reference('warehouse', ['调出仓库', 'From warehouse']),
    targetWarehouseId: reference('warehouse', ['调入仓库', 'To warehouse']),
    note: noteField(),
  },
  lines: {
    skuId: skuField('accepted'),
    quantity: quantityField(['调拨数量', 'Quantity']),
    arrivalValue: inAudience('buying', optional(moneyField(['调入金额', 'Arrives at']))),
    batch: batchField(),
    serials: serialsField(),
    binId: binField('sourceWarehouseId', ['调出库位', 'From bin']),
    targetBinId: binField('targetWarehouseId', ['调入库位', 'To bin']),
    status: statusField(),
  },
  roles: { edit: ['keeper', 'manager'], post: ['keeper', 'manager'] },
  list: ['sourceWarehouseId', 'targetWarehouseId'],
  print: {
    signatures: [
      ['调出人', 'Dispatched by'],
      ['调入人', 'Received by'],
    ],
  },
  movementClass: 'internal',

  // Inside one warehouse goods move from bin to bin (移库).
  check({ header, lines }) {
    const isSame = header.sourceWarehouseId === header.targetWarehouseId
    const stays = lines.some(({ binId, targetBinId }) => binId === targetBinId)
    return isSame && stays ? [{ code: 'same-warehouse', field: 'targetWarehouseId' }] : []
  },

  // Two legs to a line, one act: the in leg names its out leg and takes over its cost.
  movements({ header, lines }) {
    return lines.flatMap(({ targetBinId, ...line }) => {
      const { binId: _from, ...arrived } = line
      const { sourceWarehouseId, targetWarehouseId } = header
      const to = { ...arrived, ...(targetBinId !== undefined && { binId: targetBinId }) }
      return movesOf(
        line,
        { warehouseId: sourceWarehouseId, goods: goodsOf(line) },
        { warehouseId: targetWarehouseId, goods: goodsOf(to) },
      )
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
