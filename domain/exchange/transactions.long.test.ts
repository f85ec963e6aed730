import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { MasterChange } from '#domain/masters/entities.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import {
  asId,
  type BranchId,
  type CustomerId,
  type SkuId,
  type WarehouseId,
} from '#domain/values/ids.ts'
import { limitLines } from '#domain/values/limits.ts'
import { zeroMoney } from '#domain/values/money.ts'
import { sharedData } from '#tests/builders/shared-data.ts'
import { decodeFile, type Sheet } from './decode.ts'
import { exampleContext, exampleSheet } from './example-context.ts'
import { planOpening } from './import-opening.ts'
import type { OpeningLine } from './import-plan.ts'
import {
  classOf,
  isStockCode,
  readTransactions,
  type TransactionLine,
} from './transaction-lines.ts'
import { exactYuan, totalsByClass, totalsByMonth } from './transaction-totals.ts'
import {
  draftsOf,
  missingCustomers,
  missingSkus,
  type TransactionContext,
  type TransactionDraft,
} from './transactions.ts'

const china = 480

/** Every code has a SKU, 's1' the first asked for; ids count up. */
function context(given: Partial<TransactionContext> = {}): TransactionContext {
  let count = 0
  const skuIds = new Map<string, SkuId>()
  return {
    branchId: asId<BranchId>('branch'),
    warehouseId: asId<WarehouseId>('w1'),
    ids: () => `id-${++count}`,
    skuIdOf(code) {
      const skuId = skuIds.get(code) ?? asId<SkuId>(`s${skuIds.size + 1}`)
      skuIds.set(code, skuId)
      return skuId
    },
    customerIdOf: (code) => (code === '17850' ? asId<CustomerId>('c1') : undefined),
    ...given,
  }
}

function linesOf(text: string): readonly TransactionLine[] {
  const read = readTransactions(exampleSheet(text), china)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.value.lines
}

const day = `
  InvoiceNo | StockCode | Description | Quantity | InvoiceDate | UnitPrice | CustomerID | Country
  536365 | 85123a | HEART HOLDER | 6 | 2010-12-01 08:26:00 | 2.5512 | 17850.0 | United Kingdom
  536365 | POST | POSTAGE | 1 | 2010-12-01 08:26:00 | 18 | 17850.0 | United Kingdom
  536366 | 85123A |  | 3 | 2010-12-01 08:28:00 | 0 |  | United Kingdom
  536365 | 22423 | CAKESTAND | 2 | 2010-12-01 08:26:00 | 0 | 17850.0 | United Kingdom
  C536379 | 85123A | HEART | -1 | 2010-12-01 09:41:00 | 27.5 | 14527.0 | United Kingdom
  536589 | 22423 | damages | -10 | 2010-12-01 16:50:00 | 0 |  | United Kingdom
  536590 | POST | lost | -1 | 2010-12-01 16:51:00 | 0 |  | United Kingdom
  A563185 | B | Adjust bad debt | 1 | 2011-08-12 14:50:00 | -11062.06 |  | United Kingdom
`

describe('sales history', () => {
  it('[EXH1] tells what each line was', () => {
    expect(
      linesOf(day)
        .map((line) => line.class)
        .join(''),
    ).toBe('SSGGRWWA')
    expect([
      classOf('a1', 5, 1),
      classOf('c1', -5, 1),
      classOf('1', -5, 1),
      classOf('1', 5, 0),
    ]).toEqual(['A', 'R', 'W', 'G'])
  })

  it('[EXH1] reads prices of four decimals, float customers and local times', () => {
    expect(linesOf(day)[0]).toEqual({
      row: 2,
      invoice: '536365',
      code: '85123A',
      name: 'HEART HOLDER',
      class: 'S',
      isStock: true,
      quantity: 60_000,
      price: 2_551_200,
      at: Date.UTC(2010, 11, 1, 0, 26),
      date: '2010-12-01',
      customer: '17850',
    })
  })

  it('[EXH1] reports what it cannot read, and goes on', () => {
    const read = readTransactions(
      exampleSheet(`
        InvoiceNo | StockCode | Quantity | InvoiceDate | UnitPrice
        1 | 85123A | x | 2010-12-01 | 1
        2 | 85123A | 1 | 1/12/2010 | 1
        3 |  | 1 | 2010-12-01 | 1
        4 | 85123A | 1 | 2010-12-01 | -1
        5 | 85123A | 1 | 2010-12-01 | 9999999
        6 | 85123A | 1 | 2010-12-01 | 1
      `),
      china,
    )
    expect(read).toMatchObject({ ok: true, value: { lines: [{ invoice: '6' }] } })
    const problems = read.ok ? read.value.problems : []
    expect(problems.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      '2 Quantity not-a-number',
      '3 InvoiceDate not-a-date',
      '4 StockCode required',
      '5 UnitPrice number-negative',
      '6 UnitPrice number-too-large',
    ])
  })

  it('[EXH2] makes one SKU per code, services of what is no goods', () => {
    const { changes, skuIds } = missingSkus(
      linesOf(day),
      context({ skuIdOf: () => undefined }),
      '件',
    )
    expect([...skuIds.keys()]).toEqual(['85123A', 'POST', '22423', 'B'])
    const products = changes
      .filter(({ entity }) => entity === 'product')
      .map(({ fields }) => fields)
    expect(products).toEqual([
      { code: '85123A', name: 'HEART HOLDER' },
      { code: 'POST', name: 'POSTAGE', kind: 'service' },
      { code: '22423', name: 'CAKESTAND' },
      { code: 'B', name: 'Adjust bad debt', kind: 'service' },
    ])
  })

  it('[EXH3] makes one document per invoice and class', () => {
    const { drafts, reported, unknown } = draftsOf(linesOf(day), context())
    expect(drafts.map(({ type, header, lines }) => [type, header['note'], lines.length])).toEqual([
      ['shipment', '536365', 2],
      ['shipment', '536366', 1],
      ['shipment', '536365', 1],
      ['sales-return', 'C536379', 1],
      ['write-off', '536589', 1],
    ])
    expect(drafts[0]).toEqual({
      docId: 'id-1',
      type: 'shipment',
      branch: 'branch',
      at: Date.UTC(2010, 11, 1, 0, 26),
      header: { warehouseId: 'w1', note: '536365', customerId: 'c1' },
      lines: [
        { lineId: '1', skuId: 's1', quantity: 60_000, price: 2_551_200 },
        { lineId: '2', skuId: 's2', quantity: 10_000, price: 18_000_000 },
      ],
    })
    expect(drafts[3]?.header).toEqual({ warehouseId: 'w1', note: 'C536379', refund: 'receivable' })
    expect(drafts[4]?.lines).toEqual([{ lineId: '1', skuId: 's3', quantity: 100_000 }])
    expect(reported.map(({ invoice }) => invoice)).toEqual(['536590', 'A563185'])
    expect(unknown).toEqual([])
    expect(draftsOf(linesOf(day), context({ skuIdOf: () => undefined })).unknown).toHaveLength(6)
  })

  it('[EXH3] continues a long invoice in a next document', () => {
    const [line] = linesOf(day)
    const many = Array.from({ length: limitLines + 1 }, () => line).flatMap((each) => each ?? [])
    const { drafts } = draftsOf(many, context())
    expect(drafts.map(({ lines }) => lines.length)).toEqual([limitLines, 1])
  })

  it('[EXH6] makes one customer per code that nobody has', () => {
    const { changes, customerIds } = missingCustomers(linesOf(day), context())
    expect([...customerIds.keys()]).toEqual(['14527'])
    expect(changes).toEqual([
      { entity: 'customer', id: 'id-1', fields: { code: '14527', name: '14527' } },
    ])
  })

  it('[EXH4] sums without rounding', () => {
    const totals = totalsByClass(linesOf(day))
    expect(totals.get('S')).toMatchObject({ lines: 2, quantity: 70_000, invoices: 1 })
    expect(exactYuan(totals.get('S')?.amount ?? 0n)).toBe('33.3072')
    expect(exactYuan(totals.get('A')?.amount ?? 0n)).toBe('-11062.06')
    expect([...totalsByMonth(linesOf(day)).keys()]).toEqual(['2010-12', '2011-08'])
    expect([exactYuan(0n), exactYuan(-1n)]).toEqual(['0', '-0.0000000001'])
  })
})

interface Total {
  readonly lines: number
  readonly quantity: number
  readonly amount: string
  readonly invoices?: number
}

interface Expected {
  readonly classes: {
    readonly all_codes: Readonly<Record<string, Total>>
    readonly stock_codes_only: Readonly<Record<string, Total>>
  }
  readonly by_month_all_lines: Readonly<Record<string, Total>>
  readonly stock_run: { readonly codes: number; readonly sha256_of_lines: string }
}

const history = sharedData('uci_online_retail/online_retail.csv.gz')
const openingStock = sharedData('uci_online_retail/opening_stock.csv')
const answers = sharedData('uci_online_retail/expected.json')

describe.skipIf(history === undefined)('541,909 real lines', () => {
  it('[EXH3] give the known classes, months and closing stock', { timeout: 600_000 }, async () => {
    const expected = JSON.parse(await readFile(answers ?? '', 'utf8')) as Expected
    const lines = await realLines(history ?? '')
    expect(lines).toHaveLength(541_909)
    expectTotals(totalsByClass(lines), byLetter(expected.classes.all_codes))
    const stocked = lines.filter((line) => line.isStock)
    expectTotals(totalsByClass(stocked), byLetter(expected.classes.stock_codes_only))
    expectTotals(totalsByMonth(lines), expected.by_month_all_lines)

    const { changes, skuIds } = missingSkus(lines, context({ skuIdOf: () => undefined }), '件')
    const { drafts, reported, unknown } = draftsOf(
      lines,
      context({ skuIdOf: (code) => skuIds.get(code) }),
    )
    expect([reported.length, unknown.length]).toEqual([3 + 12, 0])
    expect(drafts.reduce((sum, draft) => sum + draft.lines.length, 15)).toBe(lines.length)
    const opening = await realOpening(openingStock ?? '', changes)
    const run = stockRun(skuIds, opening, drafts)
    expect(run).toHaveLength(expected.stock_run.codes)
    expect(sha256Hex(run.join('\n'))).toBe(expected.stock_run.sha256_of_lines)
  })
})

async function firstSheet(bytes: Uint8Array): Promise<Sheet> {
  const decoded = await decodeFile(bytes)
  const sheet = decoded.ok ? decoded.value[0] : undefined
  return sheet ?? { name: '', rows: [] }
}

async function realLines(path: string): Promise<readonly TransactionLine[]> {
  const sheet = await firstSheet(new Uint8Array(gunzipSync(await readFile(path))))
  const read = readTransactions(sheet, 0)
  return read.ok && read.value.problems.length === 0 ? read.value.lines : []
}

async function realOpening(path: string, changes: readonly MasterChange[]) {
  const masters = (entity: string) =>
    Object.fromEntries(
      changes.filter((change) => change.entity === entity).map(({ id, fields }) => [id, fields]),
    )
  const plan = planOpening(
    await firstSheet(new Uint8Array(await readFile(path))),
    exampleContext(
      { product: masters('product'), sku: masters('sku') },
      { warehouseId: asId<WarehouseId>('w1'), costWhenBlank: zeroMoney },
    ),
  )
  expect(plan.ok && plan.value.problems).toEqual([])
  return plan.ok ? plan.value.opening.flatMap((document) => document.lines) : []
}

function byLetter(totals: Readonly<Record<string, Total>>): Record<string, Total> {
  return Object.fromEntries(
    Object.entries(totals).map(([name, total]) => [name.slice(0, 1), total]),
  )
}

function expectTotals(
  found: ReadonlyMap<string, { lines: number; quantity: number; amount: bigint; invoices: number }>,
  expected: Readonly<Record<string, Total>>,
): void {
  expect([...found.keys()]).toEqual(Object.keys(expected).sort())
  for (const [key, { lines, quantity, amount, invoices }] of Object.entries(expected)) {
    const total = found.get(key)
    expect([key, total?.lines, total?.quantity]).toEqual([key, lines, quantity * 10_000])
    expect([key, exactYuan(total?.amount ?? -1n)]).toEqual([key, amount.replace(/\.?0+$/, '')])
    if (invoices !== undefined) expect([key, total?.invoices]).toEqual([key, invoices])
  }
}

/** 'code,opening,in,out,closing' per stocked code, summed over the planned documents. */
function stockRun(
  skuIds: ReadonlyMap<string, SkuId>,
  opening: readonly OpeningLine[],
  drafts: readonly TransactionDraft[],
): string[] {
  const sums = new Map<unknown, { opening: number; ins: number; outs: number }>()
  const add = (skuId: unknown, to: 'opening' | 'ins' | 'outs', quantity: unknown) => {
    const sum = sums.get(skuId) ?? { opening: 0, ins: 0, outs: 0 }
    sum[to] += Number(quantity) / 10_000
    sums.set(skuId, sum)
  }
  for (const { skuId, quantity } of opening) add(skuId, 'opening', quantity)
  for (const { type, lines } of drafts) {
    const to = type === 'sales-return' ? 'ins' : 'outs'
    for (const line of lines) add(line['skuId'], to, line['quantity'])
  }
  return [...skuIds]
    .filter(([code, skuId]) => isStockCode(code) && sums.has(skuId))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, skuId]) => {
      const { opening: first, ins, outs } = sums.get(skuId) ?? { opening: 0, ins: 0, outs: 0 }
      return [code, first, ins, outs, first + ins - outs].join(',')
    })
}
