/** 仓库 (warehouse): where stock of one branch is counted. */

import type { EntityDefinition } from './entity.ts'
import { flag, note, reference, required, text } from './master-field.ts'

export const warehouse: EntityDefinition = {
  entity: 'warehouse',
  label: ['仓库', 'Warehouse'],
  title: ['name'],
  fields: {
    name: required(text(['名称', 'Name'])),
    code: text(['编码', 'Code']),
    branchId: required(reference('branch', ['门店', 'Branch'])),
    address: text(['地址', 'Address']),
    note: note(['备注', 'Note']),
    isDisabled: flag(['停用', 'Disabled']),
  },
}
