/** 调拨单 (transfer): moves goods between two warehouses of one branch, in one step, at their cost. */

import { defineDocument } from '#domain/doctype/define.ts'
import { optional, quantityField, reference, textField } from '#domain/doctype/fields.ts'
import { negateQuantity } from '#domain/values/quantity.ts'

export const transfer = defineDocument({
  type: 'transfer',
  label: ['调拨单', 'Transfer'],
  menu: 'stock',
  numbering: { prefix: 'DBCK' },
  header: {
    sourceWarehouseId: reference('warehouse', ['调出仓库', 'From warehouse']),
    targetWarehouseId: reference('warehouse', ['调入仓库', 'To warehouse']),
    note: optional(textField(['备注', 'Note'])),
  },
  lines: {
    skuId: reference('sku', ['商品', 'SKU'], 'accepted'),
    quantity: quantityField(['调拨数量', 'Quantity']),
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

  check({ header }) {
    const isSame = header.sourceWarehouseId === header.targetWarehouseId
    return isSame ? [{ code: 'same-warehouse', field: 'targetWarehouseId' }] : []
  },

  // Two legs to a line, one act: the in leg names its out leg and takes over its cost.
  movements({ header, lines }) {
    return lines.flatMap(({ lineId, skuId, quantity }) => {
      const [out, into] = [`${lineId}-out`, `${lineId}-in`]
      const { sourceWarehouseId, targetWarehouseId } = header
      return [
        {
          ...{ leg: out, lineId, skuId },
          warehouseId: sourceWarehouseId,
          quantity: negateQuantity(quantity),
        },
        { leg: into, lineId, skuId, warehouseId: targetWarehouseId, quantity, pair: out },
      ]
    })
  },

  // 库存商品 of one branch before and after: no voucher.
  voucherLines: () => [],
})
