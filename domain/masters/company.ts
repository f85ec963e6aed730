/** 公司 (company): one per organisation; its master id is the organisation's. */

import type { Zone } from '#domain/values/business-date.ts'
import type { EntityDefinition } from './entity.ts'
import {
  choice,
  integer,
  integerOf,
  type MasterFields,
  note,
  required,
  text,
} from './master-field.ts'

export const company: EntityDefinition = {
  entity: 'company',
  label: ['公司', 'Company'],
  title: ['name'],
  fields: {
    name: required(text(['名称', 'Name'])),
    taxpayer: required(
      choice(['纳税人类型', 'Taxpayer'], {
        general: ['一般纳税人', 'General taxpayer'],
        small: ['小规模纳税人', 'Small-scale taxpayer'],
      }),
    ),
    taxNumber: text(['统一社会信用代码', 'Tax number']),
    address: text(['地址', 'Address']),
    phone: text(['电话', 'Phone']),
    offsetMinutes: integer(['时区 (分钟)', 'Offset from UTC (minutes)'], { min: -720, max: 840 }),
    cutOffMinutes: integer(['营业日切点 (分钟)', 'Business-day cut-off (minutes)'], {
      min: 0,
      max: 1_439,
    }),
    note: note(['备注', 'Note']),
  },
}

/** China, midnight, until the company says otherwise. */
export function zoneOf(fields: MasterFields): Zone {
  return {
    offsetMinutes: integerOf(fields, 'offsetMinutes') ?? 480,
    cutOffMinutes: integerOf(fields, 'cutOffMinutes') ?? 0,
  }
}
