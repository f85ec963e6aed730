/**
 * 在途损失单 (transfer loss): decides of goods that were dispatched and will not arrive that they are gone, why, and
 * who answers for it. What turns up later is taken in after the loss is reversed.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import { choice, noteField, originFields, quantityField, skuField } from '#domain/doctype/fields.ts'
import { batchField, serialsField } from '#domain/doctype/goods-fields.ts'
import { eachLine, lossLines } from '#domain/doctype/movements.ts'
import { transitOf } from '#domain/masters/transit.ts'

export const transferLoss = defineDocument({
  type: 'transfer-loss',
  label: ['在途损失单', 'Transfer loss'],
  menu: 'stock',
  numbering: { prefix: 'DBSH' },
  links: { from: ['transfer-dispatch'], as: 'onward' },
  header: {
    cause: choice(['损失原因', 'Cause'], {
      short: ['少货', 'Short'],
      damaged: ['破损', 'Damaged'],
      spoilt: ['变质', 'Spoilt'],
      stolen: ['被盗', 'Stolen'],
      other: ['其他', 'Other'],
    }),
    answerable: choice(['责任方', 'Answerable'], {
      carrier: ['承运方', 'Carrier'],
      sender: ['发货方', 'Sender'],
      receiver: ['收货方', 'Receiver'],
    }),
    note: noteField(),
  },
  lines: {
    ...originFields(['调拨出库单', 'Dispatch']),
    skuId: skuField('accepted'),
    quantity: quantityField(['损失数量', 'Lost']),
    batch: batchField(),
    serials: serialsField(),
  },
  roles: { edit: ['keeper', 'manager'], post: ['manager'] },
  list: ['cause', 'answerable'],
  print: {
    signatures: [
      ['经办人', 'Handled by'],
      ['责任方', 'Answerable'],
      ['审批人', 'Approved by'],
    ],
  },
  movementClass: 'issue',
  movements: ({ branch, lines }) =>
    eachLine('out')({ header: { warehouseId: transitOf(branch) }, lines }),
  voucherLines: lossLines,
})
