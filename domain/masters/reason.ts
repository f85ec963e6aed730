/** 事由 (reason): the company's own list of why goods leave or come beside trade (ST-06, ST-07). */

import type { EntityDefinition } from './entity.ts'
import { flag, required, text } from './master-field.ts'

export const reason: EntityDefinition = {
  entity: 'reason',
  label: ['事由', 'Reason'],
  title: ['code', 'name'],
  fields: {
    name: required(text(['名称', 'Name'])),
    code: text(['编码', 'Code']),
    isDisabled: flag(['停用', 'Disabled']),
  },
}
