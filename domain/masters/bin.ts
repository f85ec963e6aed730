/** 库位 (bin): a place inside a warehouse. */

import type { EntityDefinition } from './entity.ts'
import { flag, note, reference, required, text } from './master-field.ts'

export const bin: EntityDefinition = {
  entity: 'bin',
  label: ['库位', 'Bin'],
  title: ['code', 'name'],
  fields: {
    code: required(text(['编码', 'Code'])),
    name: text(['名称', 'Name']),
    warehouseId: required(reference('warehouse', ['仓库', 'Warehouse'])),
    note: note(['备注', 'Note']),
    isDisabled: flag(['停用', 'Disabled']),
  },
}
