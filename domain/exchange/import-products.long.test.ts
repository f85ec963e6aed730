import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkMaster } from '#domain/masters/entities.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { limitLines } from '#domain/values/limits.ts'
import { zeroMoney } from '#domain/values/money.ts'
import { sharedData } from '#tests/builders/shared-data.ts'
import { decodeFile, type Sheet } from './decode.ts'
import { exampleContext, exampleSheet } from './example-context.ts'
import type { ImportContext, ImportPlan } from './import-plan.ts'
import { planProducts } from './import-products.ts'

function planned(sheet: Sheet, context: ImportContext = exampleContext()): ImportPlan {
  const plan = planProducts(sheet, context)
  if (!plan.ok) throw new Error(JSON.stringify(plan.problem))
  return plan.value
}

function fieldsOf(plan: ImportPlan, entity: string): MasterFields[] {
  return plan.masters.filter((each) => each.entity === entity).map(({ fields }) => fields)
}

function problemsOf(plan: ImportPlan): string[] {
  return plan.problems.map(({ row, column, code, value }) => `${row} ${column} ${code} ${value}`)
}

describe('product import', () => {
  it('[EXP3] makes product, SKU, units, barcodes, prices and categories of a row', () => {
    const plan = planned(
      exampleSheet(`
        商品编码 | 名称* | 规格 | 品牌 | 类别 | 单位* | 条码 | 副单位 | 比例 | 副条码 | 采购价 | 零售价 | 批发价 | 最低售价 | 保质期(天) | 状态
        c1 | 可乐 | 330ml | 百事 | 饮料/碳酸 | 罐 | 6901 | 箱 | 24 | 16901 | 1.7 | 3 | 2.1 | 1.9 | 365 | 1
        c2 | 维修费 |  |  | 饮料 | 次 |  |  |  |  |  | 50 |  |  |  | 0
      `),
    )
    expect(plan.problems).toEqual([])
    expect(plan.masters.map(({ entity }) => entity)).toEqual([
      'category',
      'category',
      'product',
      'product',
      'sku',
      'sku',
    ])
    const [drinks, soda] = plan.masters
    expect(soda?.fields).toEqual({ name: '碳酸', parentId: drinks?.id })
    expect(fieldsOf(plan, 'product')).toEqual([
      {
        code: 'c1',
        name: '可乐',
        initials: '可',
        specification: '330ml',
        brand: '百事',
        categoryId: soda?.id,
        shelfLifeDays: 365,
      },
      { code: 'c2', name: '维修费', initials: '维', categoryId: drinks?.id, isDisabled: 1 },
    ])
    expect(fieldsOf(plan, 'sku')[0]).toEqual({
      productId: plan.masters[2]?.id,
      code: 'c1',
      baseUnit: '罐',
      units: [{ name: '箱', numerator: 24, denominator: 1 }],
      'barcode:6901': '罐',
      'barcode:16901': '箱',
      referencePurchasePrice: 1_700_000,
      retailPrice: 3_000_000,
      wholesalePrice: 2_100_000,
      minimumPrice: 1_900_000,
    })
    expect(plan.counts).toMatchObject({
      rows: 2,
      accepted: 2,
      rejected: 0,
      created: { category: 2, product: 2, sku: 2 },
    })
  })

  it('[EXT1] finds the table below notes, by names in either language', () => {
    const plan = planned(
      exampleSheet(`
        1、带星号的为必填项
        2026年导出 | 总店

        Item No | Product Name | UOM | Price | EAN
        a1 | Cola | can | 3.00 | 6901
      `),
    )
    expect(plan.notes).toEqual(['1、带星号的为必填项', '2026年导出', '总店'])
    expect(fieldsOf(plan, 'sku')[0]).toMatchObject({
      code: 'a1',
      baseUnit: 'can',
      retailPrice: 3_000_000,
    })
  })

  it('[EXT3] names row, column, code and value of everything wrong', () => {
    const plan = planned(
      exampleSheet(`
        编码 | 名称 | 单位 | 条码 | 副单位 | 比例 | 零售价 | 进价 | 保质期 | 状态 | 商品类型 | 期初:总仓
        a1 |  | 罐 |  |  |  | 三元 |  |  |  |  |
        a2 | 可乐 |  |  |  |  | -1 |  |  |  |  |
         | 可乐 | 罐 |  |  |  |  |  |  |  |  |
        a4 | 可乐 | 罐 | 6.90123E+12 | 箱 |  |  |  |  | 好 | 虚拟 |
        a5 | 可乐 | 3罐 |  | 箱 | 0 | 0.0000001 | 9999999999 | 99999 |  |  | 2
        a6 | 可乐 | 罐 |  | 罐 | 12 |  |  |  |  |  | 3桶
        a7 | 费 | 次 |  |  |  |  | 1 |  |  | 服务 | 3
        a8 | 可乐 | 罐 |  |  |  |  |  |  |  |  | 3
        a9 | 可乐 | 罐 |  |  |  |  | 1 |  |  |  | -3
      `),
    )
    expect(problemsOf(plan)).toEqual([
      '2 名称 required ',
      '2 零售价 not-a-number 三元',
      '3 单位 required ',
      '3 零售价 number-negative -1',
      '4 编码 code-required ',
      '5 比例 pack-incomplete ',
      '5 商品类型 kind-unknown 虚拟',
      '5 条码 code-in-exponent-form 6.90123E+12',
      '5 状态 not-yes-or-no 好',
      '6 单位 unit-malformed 3罐',
      '6 比例 pack-incomplete 0',
      '6 进价 number-too-large 9999999999',
      '6 零售价 too-many-decimals 0.0000001',
      '7 副单位 unit-repeated 罐',
      '7 总仓 unit-unknown 3桶',
      '8 总仓 product-is-service ',
      '9 进价 cost-required ',
      '10 总仓 number-negative -3',
    ])
    expect(plan.counts).toMatchObject({ rows: 9, accepted: 0, rejected: 9, problems: 18 })
    expect(plan.masters).toEqual([])
  })

  it('[EXP2] refuses what exists and what repeats, however it is written', () => {
    const context = exampleContext({
      product: { p: { name: '雪碧' } },
      sku: { s: { productId: 'p', code: 'OLD', baseUnit: '罐', 'barcode:0036000291452': '罐' } },
    })
    const plan = planned(
      exampleSheet(`
        编码 | 名称 | 单位 | 条码 | 副单位 | 比例 | 副条码
        old | 甲 | 罐 |  |  |  |
        a1 | 乙 | 罐 | 036000291452 |  |  |
        a2 | 丙 | 罐 | 6901 |  |  |
        A2 | 丁 | 罐 | 6902 |  |  |
        a3 | 戊 | 罐 | 6903 | 箱 | 12 | ６９０１
         | 己 | 罐 | 6904 |  |  |
         | 庚 | 罐 | 6904 |  |  |
      `),
      context,
    )
    expect(problemsOf(plan)).toEqual([
      '2 编码 code-exists old',
      '3 条码 barcode-exists 036000291452',
      '5 编码 code-repeated A2',
      '6 副条码 barcode-repeated ６９０１',
      '8 条码 barcode-repeated 6904',
    ])
    expect(plan.problems[2]).toMatchObject({ firstRow: 4 })
    expect(fieldsOf(plan, 'sku').map(({ code }) => code)).toEqual(['a2', '6904'])
  })

  it('[EXP4] takes opening stock from columns named after warehouses', () => {
    const context = exampleContext({
      warehouse: {
        w1: { name: '总仓', branchId: 'branch' },
        w2: { name: '总仓', branchId: 'other' },
      },
    })
    const plan = planned(
      exampleSheet(`
        编码 | 名称 | 单位 | 副单位 | 比例 | 进价 | 总仓 | 期初:后仓 | 更新人
        a1 | 可乐 | 罐 | 箱 | 24 | 1.7 | 2箱3罐 | 1.5 | 甲
        a2 | 雪碧 | 罐 |  |  | 0 |  | 4 |
      `),
      context,
    )
    expect(plan.problems).toEqual([])
    expect(fieldsOf(plan, 'warehouse')).toEqual([{ name: '后仓', branchId: 'branch' }])
    expect(plan.opening).toMatchObject([
      { warehouseId: 'w1', lines: [{ quantity: 510_000, price: 1_700_000 }] },
      {
        lines: [
          { quantity: 15_000, price: 1_700_000 },
          { quantity: 40_000, price: 0 },
        ],
      },
    ])
    expect(plan.totals).toMatchObject({ openingQuantity: 565_000, openingValue: 8_670 + 255 })
    expect(plan.ignored).toEqual(['更新人'])
  })

  it('[EXO3] takes a blank cost as zero only where the caller says so', () => {
    const sheet = exampleSheet(`
      编码 | 名称 | 单位 | 期初:总仓
      a1 | 可乐 | 罐 | 5
    `)
    expect(planned(sheet).counts.rejected).toBe(1)
    const plan = planned(sheet, exampleContext({}, { costWhenBlank: zeroMoney }))
    expect(plan.opening).toMatchObject([{ lines: [{ quantity: 50_000, amount: 0 }] }])
  })

  it('[EXP5] makes one product of rows that differ in options', () => {
    const plan = planned(
      exampleSheet(`
        编码 | 名称 | 单位 | 多属性
        t1 | T恤 | 件 | 橙色,M
        t2 | T恤 | 件 | 橙色，L
        t3 | T恤 | 件 | 绿色,L
        t4 | T恤 | 件 | 绿色,L
        t5 | T恤 | 件 | 绿色
        t6 | 帽子 | 件 | 绿色
      `),
    )
    expect(problemsOf(plan)).toEqual([
      '5 多属性 variant-repeated 绿色,L',
      '6 多属性 options-mismatched 绿色',
    ])
    expect(fieldsOf(plan, 'product')).toMatchObject([
      {
        name: 'T恤',
        optionAxes: [
          { name: '规格1', values: ['橙色', '绿色'] },
          { name: '规格2', values: ['M', 'L'] },
        ],
      },
      { name: '帽子', optionAxes: [{ name: '规格1', values: ['绿色'] }] },
    ])
    const skus = fieldsOf(plan, 'sku')
    expect(skus.map(({ options }) => options)).toEqual([
      ['橙色', 'M'],
      ['橙色', 'L'],
      ['绿色', 'L'],
      ['绿色'],
    ])
    expect(new Set(skus.map(({ productId }) => productId)).size).toBe(2)
  })

  it('[EXT2] refuses tables without header, with repeated or forbidden headers', () => {
    const codes = (text: string) => {
      const plan = planProducts(exampleSheet(text), exampleContext())
      return plan.ok ? [] : plan.problem.map(({ row, column, code }) => `${row} ${column} ${code}`)
    }
    expect(codes('a | b\n1 | 2')).toEqual(['1  header-not-found'])
    expect(codes('名称 | 编码\n可乐 | 1')).toEqual(['1  header-not-found'])
    expect(codes('名称 | 单位 | 名称*\n可乐 | 罐 | x')).toEqual(['1 名称* column-repeated'])
    expect(codes('名称 | 单位 | __proto__\n可乐 | 罐 | x')).toEqual(['1 __proto__ header-refused'])
    // Two headers for one thing: the first counts.
    const both = planned(
      exampleSheet('编码 | 名称 | 单位 | 采购价 | 成本价\na | 可乐 | 罐 | 1 | 2'),
    )
    expect(fieldsOf(both, 'sku')[0]).toMatchObject({ referencePurchasePrice: 1_000_000 })
    expect(both.ignored).toEqual(['成本价'])
  })

  it('[EXC1] imports formulas and object names as mere text', () => {
    const plan = planned(
      exampleSheet(`
        编码 | 名称 | 单位 | 品牌 | 类别 | 期初:__proto__ | 进价
        =1+1 | =cmd('x') | 罐 | __proto__ | constructor/__proto__ | 3 | 1
        toString | @SUM(A1) | constructor | <b> | __proto__ | 4 | 1
      `),
    )
    expect(plan.problems).toEqual([])
    expect(fieldsOf(plan, 'sku').map(({ code }) => code)).toEqual(['=1+1', 'toString'])
    expect(fieldsOf(plan, 'warehouse')).toEqual([{ name: '__proto__', branchId: 'branch' }])
    expect(({} as Record<string, unknown>)['3']).toBeUndefined()
  })

  it('[EXO4] cuts opening stock into documents that can be posted', () => {
    const rows = Array.from({ length: limitLines + 5 }, (_, i) => [`a${i}`, '可乐', '罐', '1', '2'])
    const plan = planned({
      name: '',
      rows: [['编码', '名称', '单位', '进价', '期初:总仓'], ...rows],
    })
    expect(plan.opening.map(({ lines }) => lines.length)).toEqual([limitLines, 5])
    expect(new Set(plan.opening.map(({ warehouseId }) => warehouseId)).size).toBe(1)
  })

  it('[EXP1] keeps its totals exact, or refuses the row that would break them', () => {
    const rows = Array.from({ length: 9_100 }, (_, i) => [`a${i}`, '金', '克', '1000000', '10000'])
    const plan = planned({
      name: '',
      rows: [['编码', '名称', '单位', '进价', '期初:总仓'], ...rows],
    })
    expect(plan.counts).toMatchObject({ accepted: 9_007, rejected: 93 })
    expect(plan.totals.openingValue).toBe(9_007_000_000_000_000)
    const huge = planned(
      exampleSheet('编码 | 名称 | 单位 | 进价 | 期初:总仓\na | 金 | 克 | 1000000 | 100000000'),
    )
    expect(problemsOf(huge)).toEqual(['2 进价 number-too-large 1000000'])
  })

  it('[EXP6] plans only masters that pass their checks, whatever the cells hold', () => {
    const header = [
      '编码',
      '名称',
      '单位',
      '条码',
      '副单位',
      '比例',
      '多属性',
      '进价',
      '保质期',
      '类别',
      '期初:总仓',
    ]
    const word = fc.constantFrom(
      '',
      '1',
      '2',
      '罐',
      '箱',
      '0',
      '-1',
      '1e5',
      '=x',
      '绿,L',
      'a/b',
      '\ud800',
      ' ',
      '9'.repeat(30),
    )
    const row = fc.array(fc.oneof(word, fc.string({ unit: 'binary' })), {
      maxLength: header.length,
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const plan = planned({ name: '', rows: [header, ...rows] })
        const wrong = plan.masters.flatMap(({ entity, id, fields }) =>
          checkMaster(entity, id, fields),
        )
        expect(wrong).toEqual([])
        expect(plan.counts.accepted + plan.counts.rejected).toBe(plan.counts.rows)
      }),
      { numRuns: 500 },
    )
  })

  const template = sharedData('jsherp/goods_template.xls')
  it.skipIf(template === undefined)(
    "[EXP4] reads jshERP's goods template to its known answers",
    async () => {
      const decoded = await decodeFile(new Uint8Array(await readFile(template ?? '')))
      const sheet = decoded.ok ? decoded.value[0] : undefined
      const plan = planned(sheet ?? { name: '', rows: [] })
      expect(plan.problems).toEqual([])
      expect(plan.notes[0]).toMatch(/^1、带星号的为必填项/)
      expect(plan.counts).toMatchObject({
        rows: 2,
        accepted: 2,
        openingLines: 10,
        created: { category: 1, product: 2, sku: 2, warehouse: 5 },
      })
      expect(plan.totals).toMatchObject({ openingQuantity: 1_500_000, openingValue: 55_000 })
      expect(fieldsOf(plan, 'warehouse').map(({ name }) => name)).toEqual([
        '仓库1',
        '仓库2',
        '仓库3',
        '仓库4',
        '仓库5',
      ])
      expect(fieldsOf(plan, 'product')).toMatchObject([
        { code: '2001', name: '可乐test', specification: '250ml kele 白色', shelfLifeDays: 180 },
        { code: '2011', name: '啤酒test', specification: '500ml pijiu 黑色', shelfLifeDays: 360 },
      ])
      expect(fieldsOf(plan, 'sku')).toMatchObject([
        { 'barcode:2001': '瓶', referencePurchasePrice: 5_000_000, retailPrice: 12_000_000 },
        { 'barcode:2011': '瓶', referencePurchasePrice: 3_000_000, retailPrice: 6_000_000 },
      ])
      expect(plan.ignored).toEqual(['基础重量(kg)'])
    },
  )
})
