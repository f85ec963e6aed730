import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asId, type WarehouseId } from '#domain/values/ids.ts'
import { zeroMoney } from '#domain/values/money.ts'
import { sharedData } from '#tests/builders/shared-data.ts'
import { decodeFile, type Sheet } from './decode.ts'
import { exampleContext, exampleSheet } from './example-context.ts'
import type { ImportContext, ImportPlan } from './import-plan.ts'
import {
  type ImportProfile,
  importProfiles,
  planImport,
  recognizeProfile,
  templateOf,
} from './import-profiles.ts'

function planned(
  profile: ImportProfile,
  sheet: Sheet,
  context: ImportContext = exampleContext(),
): ImportPlan {
  const plan = planImport(profile, sheet, context)
  if (!plan.ok) throw new Error(JSON.stringify(plan.problem))
  return plan.value
}

function problemsOf(plan: ImportPlan): string[] {
  return plan.problems.map(({ row, column, code }) => `${row} ${column} ${code}`)
}

const noSheet: Sheet = { name: '', rows: [] }

/** The first sheet of each workbook in the folder, by what it is taken for. */
async function sheetsByProfile(folder: string): Promise<Map<ImportProfile | undefined, Sheet[]>> {
  const sheets = new Map<ImportProfile | undefined, Sheet[]>()
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.xls')).sort()) {
    const decoded = await decodeFile(new Uint8Array(await readFile(join(folder, name))))
    const sheet = (decoded.ok ? decoded.value[0] : undefined) ?? noSheet
    const profile = recognizeProfile(sheet)
    sheets.set(profile, [...(sheets.get(profile) ?? []), sheet])
  }
  return sheets
}

describe('party import', () => {
  it('[EXP7] plans parties and what they owe', () => {
    const context = exampleContext({ customer: { c: { name: '老客', code: 'K1' } } })
    const plan = planned(
      'customers',
      exampleSheet(`
        名称 | 编码 | 手机 | 期初应收 | 税率(%) | 状态
        新客 | k2 | 13000000000.0 | 1,000.50 | 13% | 1
        老客 | k3 | | | |
        新客 | k1 | | | |
        甲 | K2 | | -1 | |
        乙 |  | 1.3E+10 | 99999999999 | |
      `),
      context,
    )
    expect(plan.masters.map(({ fields }) => fields)).toEqual([
      { name: '新客', code: 'k2', initials: '新', mobile: '13000000000', taxRate: 1_300 },
    ])
    expect(plan.balances).toEqual([
      { party: { entity: 'customer', id: plan.masters[0]?.id }, amount: 100_050 },
    ])
    expect(problemsOf(plan)).toEqual([
      '3 名称 name-exists',
      '4 名称 name-repeated',
      '4 编码 code-exists',
      '5 期初应收 number-negative',
      '5 编码 code-repeated',
      '6 手机 code-in-exponent-form',
      '6 期初应收 number-too-large',
    ])
  })

  const folder = sharedData('jsherp')
  it.skipIf(folder === undefined)("[EXP7] reads jshERP's parties and their balances", async () => {
    const templates = await sheetsByProfile(folder ?? '')
    const [customers] = templates.get('customers') ?? []
    const [suppliers] = templates.get('suppliers') ?? []
    const plan = planned('customers', customers ?? noSheet)
    expect(plan.problems).toEqual([])
    expect(plan.totals.openingBalances).toBe(10_000)
    expect(plan.masters.map(({ fields }) => fields)).toMatchObject([
      { name: '客户a', mobile: '13000000000', taxRate: 700 },
      { name: '客户b', mobile: '15000000000', taxRate: 300 },
    ])
    expect(planned('suppliers', suppliers ?? noSheet).totals.openingBalances).toBe(10_000)
  })
})

describe('opening import', () => {
  const shop = {
    product: { p: { name: '可乐' }, q: { name: '维修', kind: 'service' } },
    sku: {
      cola: {
        productId: 'p',
        code: 'C1',
        baseUnit: '罐',
        units: [{ name: '箱', numerator: 24, denominator: 1 }],
        'barcode:6901': '罐',
        'barcode:16901': '箱',
        'barcode:7': '罐',
      },
      zero: { productId: 'p', code: 'C2', baseUnit: '罐', 'barcode:7': '罐' },
      repair: { productId: 'q', code: 'F1', baseUnit: '次' },
    },
    warehouse: { w1: { name: '总仓', branchId: 'branch' } },
  }

  it('[EXO1] reads quantities by code or barcode, in the unit of the barcode', () => {
    const plan = planned(
      'opening-stock',
      exampleSheet(`
        仓库 | 编码 | 条码 | 数量 | 单位 | 单价 | 金额
        总仓 | c1 |  | 30 |  | 1.7 |
        总仓 |  | 16901 | 2 |  | 40.8 |
        总仓 | 6901 |  | 1箱2罐 |  |  | 44.20
        总仓 | C2 |  | 0 |  |  |
        总仓 | c1 |  | 3 | 箱 | 40.8 | 122.40
      `),
      exampleContext(shop),
    )
    expect(problemsOf(plan)).toEqual([])
    expect(plan.opening).toEqual([
      {
        warehouseId: 'w1',
        lines: [
          { skuId: 'cola', quantity: 300_000, price: 1_700_000 },
          { skuId: 'cola', quantity: 480_000, price: 40_800_000, unit: '箱' },
          { skuId: 'cola', quantity: 260_000, amount: 4_420 },
          { skuId: 'cola', quantity: 720_000, price: 40_800_000, unit: '箱' },
        ],
      },
    ])
    expect(plan.totals.openingValue).toBe(5_100 + 8_160 + 4_420 + 12_240)
    expect(plan.counts).toMatchObject({ rows: 5, accepted: 5, openingLines: 4 })
  })

  it('[EXO2] refuses what it cannot place or cost', () => {
    const plan = planned(
      'opening-stock',
      exampleSheet(`
        仓库 | 编码 | 条码 | 数量 | 单位 | 单价 | 金额
        总舱 | c1 |  | 1 |  | 1 |
         | c1 |  | 1 |  | 1 |
        总仓 | x |  | 1 |  | 1 |
        总仓 |  | 7 | 1 |  | 1 |
        总仓 | f1 |  | 1 |  | 1 |
        总仓 |  |  | 1 |  | 1 |
        总仓 | c1 |  | 1 | 桶 | 1 |
        总仓 | c1 |  | -1 |  | 1 |
        总仓 | c1 |  | 10 |  | 1 | 10.02
        总仓 | c1 |  | 10 |  |  |
      `),
      exampleContext(shop),
    )
    expect(problemsOf(plan)).toEqual([
      '2 仓库 warehouse-unknown',
      '3 仓库 warehouse-required',
      '4 编码 product-unknown',
      '5 条码 barcode-ambiguous',
      '6 编码 product-is-service',
      '7 编码 code-required',
      '8 单位 unit-unknown',
      '9 数量 number-negative',
      '10 金额 amount-differs',
      '11 单价 cost-required',
    ])
    expect(plan.opening).toEqual([])
  })

  it('[EXO3] fills in the warehouse and cost that the caller gives', () => {
    const context = exampleContext(shop, {
      warehouseId: asId<WarehouseId>('w1'),
      costWhenBlank: zeroMoney,
    })
    const plan = planned('opening-stock', exampleSheet('code | opening\nc1 | 7'), context)
    expect(plan.opening).toEqual([
      { warehouseId: 'w1', lines: [{ skuId: 'cola', quantity: 70_000, amount: 0 }] },
    ])
  })
})

describe('import profiles', () => {
  it('[EXP8] recognises its own templates, and plans them empty', () => {
    for (const profile of importProfiles) {
      const template = templateOf(profile)
      expect([profile, recognizeProfile(template)]).toEqual([profile, profile])
      expect(planned(profile, template).counts).toMatchObject({ rows: 0, problems: 0 })
    }
    expect(recognizeProfile({ name: '', rows: [['a', 'b']] })).toBeUndefined()
  })

  it('[EXT4] names columns that hold something and are not taken over', () => {
    const plan = planned(
      'customers',
      exampleSheet('名称 | 传真 | 排序 | 会员等级 | 生日\n甲 | 010-1 | 0 | 金卡 |\n乙 | | | |'),
    )
    expect(plan.ignored).toEqual(['传真', '会员等级'])
  })

  const folder = sharedData('jsherp')
  it.skipIf(folder === undefined)('[EXP8] recognises the templates of jshERP', async () => {
    const templates = await sheetsByProfile(folder ?? '')
    const counts = [...templates].map(([profile, sheets]) => [profile, sheets.length])
    // Lines of its documents look like opening stock; members have no name and are nothing of ours yet.
    expect(Object.fromEntries(counts)).toEqual({
      products: 1,
      customers: 1,
      suppliers: 1,
      'opening-stock': 4,
      undefined: 1,
    })
  })
})
