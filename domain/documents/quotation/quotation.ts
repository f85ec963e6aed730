/** 报价单 (quotation): goods offered to a customer at a price until a day; each version that was sent is kept. */

import { defineDocument } from '#domain/doctype/define.ts'
import { dateField, inAudience, optional, reference } from '#domain/doctype/fields.ts'
import { orderHeader, orderLines, stillOrder } from '#domain/doctype/order-type.ts'
import { soldLine } from '#domain/doctype/reductions.ts'

export const quotation = defineDocument({
  type: 'quotation',
  label: ['报价单', 'Quotation'],
  menu: 'sales',
  numbering: { prefix: 'BJD' },
  claims: 'offer',
  header: orderHeader(
    { customerId: inAudience('sales', optional(reference('customer', ['客户', 'Customer']))) },
    { validUntil: dateField(['有效期至', 'Valid until']) },
  ),
  lines: orderLines(soldLine(), ['报价数量', 'Quantity']),
  roles: { edit: ['seller', 'manager'], post: ['seller', 'manager'] },
  list: ['customerId', 'validUntil'],
  print: {
    signatures: [
      ['业务员', 'Seller'],
      ['客户确认', 'Confirmed by'],
    ],
  },
  movementClass: 'issue',
  ...stillOrder,
})
