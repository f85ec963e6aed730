import { describe, expect, it } from 'vitest'
import { orderRecord, type TestOrder } from '#tests/builders/claims.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { type Fold, openFold } from './fold.ts'
import type { StockListed } from './stock-list.ts'

const at = (days: number) => 1_767_225_600_000 + days * 86_400_000
const unit = 10_000
const skus = ['rice', 'oil', 'salt']
const names = new Map(
  [...skus.map((name) => ['sku', name]), ['warehouse', 'shop'], ['warehouse', 'store']].map(
    ([kind, name]) => [idOf(String(kind), String(name)), String(name)],
  ),
)

const receipt = (sku: string, days: number, moves: number, warehouse = 'shop'): TestOrder => ({
  ...{ document: `in-${sku}-${warehouse}`, type: 'goods-receipt', at: at(days) },
  ...{ sku, moves, warehouse },
})
const order = (
  kind: 'reserve' | 'order',
  sku: string,
  quantity: number,
  { warehouse = 'shop', until }: { warehouse?: string; until?: string } = {},
): TestOrder => ({
  ...{ document: `${kind}-${sku}-${warehouse}`, type: 'sales-order', at: at(9), sku, warehouse },
  claims: [{ line: '1', kind, quantity, ...(until !== undefined && { until }) }],
})

function foldOf(steps: readonly TestOrder[]): Fold {
  const writer = new JournalWriter()
  const fold = openFold()
  fold.apply(steps.map((step) => orderRecord(writer, step)))
  return fold
}

/** sku@warehouse and its figures, in units: on hand, reserved, available, on order. */
function listed(fold: Fold, asked: Partial<StockListed> = {}): readonly string[] {
  const { rows } = fold.stock.list({
    ...{ skus: skus.map((name) => idOf('sku', name)), others: 'last', offset: 0, limit: 20 },
    warehouses: new Set([idOf('warehouse', 'shop'), idOf('warehouse', 'store')]),
    ...asked,
  })
  return rows.map(({ sku, warehouse, quantity, reserved, available, onOrder }) => {
    const figures = [quantity, reserved, available, onOrder].map((each) => each / unit)
    return `${names.get(sku)}@${names.get(warehouse)} ${figures.join(' ')}`
  })
}

const trade = [
  ...[receipt('rice', 1, 10), receipt('rice', 1, 3, 'store'), receipt('oil', 2, 4)],
  ...[order('reserve', 'rice', 6), order('reserve', 'oil', 7)],
  ...[order('order', 'oil', 20), order('order', 'salt', 5, { warehouse: 'store' })],
]

describe('the stock list and what is promised', () => {
  it('[DCV9] says what is reserved, available and on order, also of goods that never came', () => {
    const fold = foldOf(trade)
    expect(listed(fold)).toEqual([
      'rice@shop 10 6 4 0',
      'rice@store 3 0 3 0',
      'oil@shop 4 7 -3 20',
      'salt@store 0 0 0 5',
    ])
    for (const row of listed(fold)) {
      const [, sku, warehouse, figures] = /^(\w+)@(\w+) (.*)$/.exec(row) ?? []
      const own = fold.claims.figures(
        ...([idOf('sku', String(sku)), idOf('warehouse', String(warehouse))] as const),
      )
      const said = [own.reserved, own.available, own.onOrder].map((each) => each / unit)
      expect(String(figures).split(' ').slice(1)).toEqual(said.map(String))
    }
  })

  it('[DCV9] leaves out reservations that have lapsed today, and follows what comes next', () => {
    const writer = new JournalWriter()
    const fold = openFold()
    const steps = [receipt('rice', 1, 10), order('reserve', 'rice', 6, { until: '2026-01-20' })]
    fold.apply(steps.map((step) => orderRecord(writer, step)))
    expect(listed(fold, { today: businessDate('2026-01-20') })).toEqual(['rice@shop 10 6 4 0'])
    expect(listed(fold, { today: businessDate('2026-01-21') })).toEqual(['rice@shop 10 0 10 0'])
    fold.apply([orderRecord(writer, receipt('rice', 3, 5, 'store'))])
    expect(listed(fold, { today: businessDate('2026-01-21') })).toHaveLength(2)
  })

  it('[DCV10] is sorted by a figure, page by page, and narrowed by what is promised', () => {
    const fold = foldOf(trade)
    const first = (asked: Partial<StockListed>) =>
      listed(fold, asked).map((row) => row.split(' ')[0])
    const sorted = first({ sort: { by: 'available', direction: 'up' } })
    expect(sorted).toEqual(['oil@shop', 'salt@store', 'rice@store', 'rice@shop'])
    expect(first({ sort: { by: 'onHand', direction: 'down' }, offset: 1, limit: 2 })).toEqual([
      'oil@shop',
      'rice@store',
    ])
    expect(first({ only: 'reserved' })).toEqual(['rice@shop', 'oil@shop'])
    expect(first({ only: 'short' })).toEqual(['oil@shop'])
    expect(first({ only: 'on-order', sort: { by: 'onOrder', direction: 'up' } })).toEqual([
      'salt@store',
      'oil@shop',
    ])
    expect(fold.stock.figuresInUse()).toEqual(['reserved', 'on-order', 'short'])
    expect(foldOf([receipt('rice', 1, 10)]).stock.figuresInUse()).toEqual([])
  })
})
