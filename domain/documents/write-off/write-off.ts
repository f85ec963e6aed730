/** 报损单 (write-off): takes damaged, expired or lost goods out of stock at their current cost. */

import { defineDocument } from '#domain/doctype/define.ts'
import { quantityField, skuField } from '#domain/doctype/fields.ts'
import { goodsOut } from '#domain/doctype/goods-fields.ts'
import { eachLine, lossLines } from '#domain/doctype/movements.ts'
import { reasonHeader } from '#domain/doctype/reason-fields.ts'

export const writeOff = defineDocument({
  type: 'write-off',
  label: ['报损单', 'Write-off'],
  menu: 'stock',
  numbering: { prefix: 'BSD' },
  header: reasonHeader(['报损原因', 'Reason'], {
    damaged: ['破损', 'Damaged'],
    expired: ['过期', 'Expired'],
    lost: ['丢失', 'Lost'],
    'mixed-up': ['串货', 'Mixed up'],
    other: ['其他', 'Other'],
  }),
  lines: {
    skuId: skuField('accepted'),
    quantity: quantityField(['报损数量', 'Quantity']),
    ...goodsOut(),
  },
  roles: { edit: ['keeper', 'manager'], post: ['manager'] },
  list: ['warehouseId', 'reason'],
  print: {
    signatures: [
      ['经办人', 'Handled by'],
      ['审批人', 'Approved by'],
    ],
  },
  movementClass: 'issue',
  movements: eachLine('out'),
  voucherLines: lossLines,
})
