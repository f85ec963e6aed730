/** 请购单 (purchase request): goods that somebody wants bought, until they are ordered or given up. */

import { defineDocument } from '#domain/doctype/define.ts'
import { dateField, optional } from '#domain/doctype/fields.ts'
import { askedLines, orderHeader, orderRoles, stillOrder } from '#domain/doctype/order-type.ts'

export const purchaseRequest = defineDocument({
  type: 'purchase-request',
  label: ['请购单', 'Purchase request'],
  menu: 'purchase',
  numbering: { prefix: 'QGD' },
  claims: 'request',
  header: orderHeader({}, { neededOn: optional(dateField(['需用日期', 'Needed on'])) }),
  lines: askedLines(['请购数量', 'Quantity']),
  roles: orderRoles('buyer', 'seller'),
  list: ['warehouseId', 'neededOn', 'note'],
  print: {
    signatures: [
      ['申请人', 'Asked by'],
      ['审批人', 'Approved by'],
    ],
  },
  movementClass: 'receipt',
  ...stillOrder,
})
