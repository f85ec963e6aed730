/** 导入类型 (import profiles): which tables we take, how to tell them apart, and our own templates. */

import { unreachable } from '#domain/values/assert.ts'
import type { Result } from '#domain/values/result.ts'
import { type Column, openingColumns, partyColumns, productColumns } from './columns.ts'
import type { Sheet } from './decode.ts'
import { planOpening } from './import-opening.ts'
import { planParties } from './import-parties.ts'
import type { ImportContext, ImportPlan } from './import-plan.ts'
import type { ImportProblem } from './import-problem.ts'
import { planProducts } from './import-products.ts'
import { readTable } from './table.ts'

export type ImportProfile = 'products' | 'customers' | 'suppliers' | 'opening-stock'

export const importProfiles: readonly ImportProfile[] = [
  'products',
  'customers',
  'suppliers',
  'opening-stock',
]

/** What importing `sheet` would do; a failure when it holds no table of the profile. */
export function planImport(
  profile: ImportProfile,
  sheet: Sheet,
  context: ImportContext,
): Result<ImportPlan, readonly ImportProblem[]> {
  switch (profile) {
    case 'products':
      return planProducts(sheet, context)
    case 'customers':
      return planParties('customer', sheet, context)
    case 'suppliers':
      return planParties('supplier', sheet, context)
    case 'opening-stock':
      return planOpening(sheet, context)
    default:
      return unreachable(profile)
  }
}

const columnsOf: Readonly<Record<ImportProfile, readonly Column[]>> = {
  products: productColumns,
  customers: withoutKey(partyColumns, 'openingPayable'),
  suppliers: withoutKey(partyColumns, 'openingReceivable'),
  'opening-stock': openingColumns,
}

function withoutKey(columns: readonly Column[], key: string): readonly Column[] {
  return columns.filter((column) => column.key !== key)
}

/** The profile that knows most columns of the sheet, the first of equals; undefined when none fits. */
export function recognizeProfile(sheet: Sheet): ImportProfile | undefined {
  let best: ImportProfile | undefined
  let mostKnown = 0
  for (const profile of importProfiles) {
    const table = readTable(sheet, columnsOf[profile])
    const known = table.ok ? table.value.known : 0
    if (known > mostKnown) best = profile
    mostKnown = Math.max(known, mostKnown)
  }
  return best
}

/** An empty table to fill in: a row of advice, and the header with '*' at what is required. */
export function templateOf(profile: ImportProfile): Sheet {
  const columns = columnsOf[profile].filter(({ isIgnored }) => !isIgnored)
  const header = columns.map(({ label, isRequired }) => `${label[0]}${isRequired ? '*' : ''}`)
  return { name: '', rows: [[advice[profile]], header] }
}

const advice: Readonly<Record<ImportProfile, string>> = {
  products:
    '带 * 的列必填；编码和条码至少填一个；副单位、比例：1 副单位 = 几个基本单位；状态：1 启用，0 停用；期初库存：加一列「期初:仓库名」',
  customers: '带 * 的列必填；状态：1 启用，0 停用',
  suppliers: '带 * 的列必填；状态：1 启用，0 停用',
  'opening-stock': '带 * 的列必填；编码和条码至少填一个；单价或金额至少填一个；数量可写 3箱4瓶',
}
