/**
 * 往来单位 (party): suppliers and customers. A supplier is read by those who buy, a customer by those
 * who sell. What a party owes is a dated document, never a field here (MD-10).
 */

import type { EntityDefinition } from './entity.ts'
import {
  type FieldAudience,
  family,
  flag,
  inAudience,
  integer,
  list,
  type MasterField,
  note,
  percentage,
  reference,
  required,
  text,
} from './master-field.ts'
import { isPriceRows } from './price-rows.ts'

export const supplier: EntityDefinition = {
  entity: 'supplier',
  label: ['供应商', 'Supplier'],
  title: ['code', 'name'],
  fields: {
    ...partyFields('buying'),
    receiptTolerance: inAudience('buying', percentage(['超收允许比例', 'Over-receipt tolerance'])),
  },
}

export const customer: EntityDefinition = {
  entity: 'customer',
  label: ['客户', 'Customer'],
  title: ['code', 'name'],
  fields: {
    ...partyFields('sales'),
    priceListId: inAudience('sales', reference('price-list', ['价格等级', 'Price level'])),
    /** `specialPrice:<SKU>/<unit>`: what the customer alone pays (`price-rows.ts`). */
    specialPrice: inAudience('sales', family(list(['客户专价', 'Special price'], isPriceRows))),
  },
}

function partyFields(audience: FieldAudience): Readonly<Record<string, MasterField>> {
  const fields: Record<string, MasterField> = {
    name: required(text(['名称', 'Name'])),
    code: text(['编码', 'Code']),
    initials: text(['拼音首字母', 'Pinyin initials']),
    contact: text(['联系人', 'Contact']),
    mobile: text(['手机号码', 'Mobile']),
    phone: text(['联系电话', 'Phone']),
    email: text(['电子邮箱', 'E-mail']),
    address: text(['地址', 'Address']),
    taxNumber: text(['纳税人识别号', 'Tax number']),
    taxRate: percentage(['税率', 'Tax rate']),
    bankName: text(['开户行', 'Bank']),
    bankAccount: text(['账号', 'Bank account']),
    paymentTermsDays: integer(['账期 (天)', 'Payment terms (days)'], { min: 0, max: 3_650 }),
    note: note(['备注', 'Note']),
    isDisabled: flag(['停用', 'Disabled']),
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, inner]) => [name, inAudience(audience, inner)]),
  )
}
