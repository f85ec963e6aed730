/** 门店 (branch): owns warehouses, devices and document numbers. */

import type { EntityDefinition, MasterProblem } from './entity.ts'
import {
  flag,
  inAudience,
  type MasterFields,
  note,
  reference,
  required,
  text,
  textOf,
} from './master-field.ts'

export const branch: EntityDefinition = {
  entity: 'branch',
  label: ['门店', 'Branch'],
  title: ['code', 'name'],
  fields: {
    code: required(text(['编号', 'Code'])),
    name: required(text(['名称', 'Name'])),
    address: text(['地址', 'Address']),
    phone: text(['电话', 'Phone']),
    /** What is sold to customers without a level of their own, and over the counter. */
    priceListId: inAudience('sales', reference('price-list', ['价目表', 'Price list'])),
    note: note(['备注', 'Note']),
    isDisabled: flag(['停用', 'Disabled']),
  },
  check: checkBranch,
}

/** Three digits: the code stands in every document number of the branch [MST5]. */
function checkBranch(_id: string, fields: MasterFields): readonly MasterProblem[] {
  const code = textOf(fields, 'code')
  if (code === '' || /^\d{3}$/.test(code)) return []
  return [{ code: 'branch-code-malformed', field: 'code' }]
}
