/** 公司 (company): one per organisation; its master id is the organisation's. */

import type { Zone } from '#domain/values/business-date.ts'
import { isApprovalFlow, isSubstitute } from './approval-flow.ts'
import type { EntityDefinition } from './entity.ts'
import {
  choice,
  entry,
  family,
  integer,
  integerOf,
  type MasterFields,
  note,
  percentage,
  required,
  text,
} from './master-field.ts'

/** 计入: a charge on purchases is a selling expense (5601), or part of what the goods cost (1405). */
export const chargeBookings = {
  expense: ['销售费用', 'Selling expense'],
  stock: ['库存成本', 'Cost of the goods'],
} as const

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
    costMethod: choice(['计价方法', 'Cost method'], {
      'moving-average': ['移动加权平均', 'Moving average'],
      fifo: ['先进先出', 'First in, first out'],
      'month-end': ['月末一次加权平均', 'Month-end average'],
      batch: ['按批次', 'By batch'],
      serial: ['个别计价 (序列号)', 'By serial number'],
    }),
    costMethodFrom: family(
      choice(['计价方法起用', 'Cost method from'], {
        'moving-average': ['移动加权平均', 'Moving average'],
        fifo: ['先进先出', 'First in, first out'],
        'month-end': ['月末一次加权平均', 'Month-end average'],
      }),
    ),
    costScope: choice(['计价范围', 'Cost scope'], {
      branch: ['门店', 'Branch'],
      warehouse: ['仓库', 'Warehouse'],
      company: ['公司', 'Company'],
    }),
    purchaseReturnCost: choice(['采购退货成本', 'Cost of purchase returns'], {
      receipt: ['原入库成本', 'That of the receipt'],
      method: ['按计价方法', 'By the cost method'],
    }),
    /** Of new charges; each says of itself, and keeps saying, what it is (policy 10). */
    purchaseCharges: choice(['采购费用', 'Purchase charges'], chargeBookings),
    negativeStock: choice(['负库存', 'Negative stock'], {
      warn: ['提醒', 'Warn'],
      refuse: ['禁止', 'Refuse'],
    }),
    lastPrice: choice(['上次成交价', 'Last price'], {
      shown: ['只显示', 'Only shown'],
      proposed: ['自动带出', 'Proposed'],
    }),
    belowMinimum: choice(['低于最低售价', 'Below the minimum price'], {
      warn: ['提醒', 'Warn'],
      refuse: ['店长以下禁止', 'Refuse below manager'],
    }),
    /** More than was ordered that may be received without a manager's word (PU-05). */
    receiptTolerance: percentage(['超收允许比例', 'Over-receipt tolerance']),
    backdateDays: integer(['补录最多往前几天', 'Days that documents may be backdated'], {
      min: 0,
      max: 366,
    }),
    approvalFlow: family(entry(['审批流', 'Approval flow'], isApprovalFlow)),
    approvalSubstitute: family(entry(['审批代理', 'Approval substitute'], isSubstitute)),
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
