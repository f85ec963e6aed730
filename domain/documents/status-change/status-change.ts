/**
 * 库存状态调整单 (status change): says of goods where they lie that they are inspected, defective, frozen or
 * good again, or under which batch and serial numbers they are kept from now on. No value changes.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  choice,
  dateField,
  noteField,
  optional,
  quantityField,
  skuField,
  warehouseField,
} from '#domain/doctype/fields.ts'
import {
  batchField,
  binField,
  facet,
  serialsField,
  statusLabels,
} from '#domain/doctype/goods-fields.ts'
import { goodsOf } from '#domain/doctype/movements.ts'
import { negateQuantity } from '#domain/values/quantity.ts'

export const statusChange = defineDocument({
  type: 'status-change',
  label: ['库存状态调整单', 'Status change'],
  menu: 'stock',
  numbering: { prefix: 'ZTTZ' },
  header: {
    warehouseId: warehouseField(),
    reason: choice(['调整原因', 'Reason'], {
      inspected: ['质检结果', 'Inspected'],
      damaged: ['破损', 'Damaged'],
      recalled: ['召回或冻结', 'Recalled or frozen'],
      released: ['解除冻结', 'Released'],
      collected: ['已提货', 'Collected'],
      numbered: ['补录批号或序列号', 'Numbers entered'],
      other: ['其他', 'Other'],
    }),
    note: noteField(),
  },
  lines: {
    skuId: skuField('accepted'),
    quantity: quantityField(['数量', 'Quantity']),
    batch: batchField(),
    serials: serialsField(),
    binId: binField('warehouseId'),
    status: choice(['原状态', 'From status'], statusLabels),
    newStatus: choice(['新状态', 'To status'], statusLabels),
    newBatch: batchField(['补录批号', 'Batch to enter']),
    produced: facet('batch', optional(dateField(['生产日期', 'Produced']))),
    expires: facet('batch', optional(dateField(['有效期至', 'Expires']))),
    newSerials: serialsField(['补录序列号', 'Serial numbers to enter']),
  },
  roles: { edit: ['keeper', 'manager'], post: ['keeper', 'manager'] },
  list: ['warehouseId', 'reason'],
  print: {
    signatures: [
      ['经办人', 'Handled by'],
      ['审批人', 'Approved by'],
    ],
  },
  movementClass: 'internal',

  check({ lines }) {
    return lines.flatMap(({ lineId, status, newStatus, ...line }) => {
      const isNumbered = line.newBatch !== undefined || line.newSerials !== undefined
      if (status !== newStatus || isNumbered) return []
      return [{ code: 'status-same', field: 'newStatus', lineId }]
    })
  },

  // Out of one status and into the other, on the spot.
  movements({ header: { warehouseId }, lines }) {
    return lines.flatMap(
      ({ lineId, skuId, quantity, newStatus, newBatch, newSerials, ...goods }) => {
        const [out, into] = [`${lineId}-out`, `${lineId}-in`]
        const { produced: _produced, expires: _expires, ...held } = goods
        const { batch = newBatch, serials = newSerials } = goods
        const numbered = {
          ...{ ...goods, status: newStatus },
          ...(batch !== undefined && { batch }),
          ...(serials !== undefined && { serials }),
        }
        return [
          {
            ...{ leg: out, lineId, skuId, warehouseId, quantity: negateQuantity(quantity) },
            goods: goodsOf(held),
          },
          {
            ...{ leg: into, lineId, skuId, warehouseId, quantity, pair: out },
            goods: goodsOf(numbered),
          },
        ]
      },
    )
  },

  // The same goods at the same value: no voucher.
  voucherLines: () => [],
})
