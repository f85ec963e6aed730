/**
 * A shop's days as a text table, played through real records, in every order of arrival. So that a
 * bookkeeper can check a test:
 *
 *   day  device  document       id  sku   in  out  price  of
 *   01   A       goods-receipt  r1  苹果  10  -    5.00   -
 *   02   B       shipment       s1  苹果  -   4    -      -
 *
 * `day` is the trade day, with `@hh:mm` for a moment; without one receipts stand at 00:00, internal
 * moves at 12:00 and issues at 23:59:59. Rows are written in the order of the table. Columns may be
 * left out; further ones: `branch` (main), `warehouse` (shop), `to` (the other warehouse of a
 * transfer), `value` (of the whole line instead of `price`); `batch`, `produced`, `expires`, `serial`,
 * `bin`, `status`, and for the in leg of a move `toBin` and `toStatus`; of a `stock-count` `counted`,
 * `book` and `since` (`day@hh:mm` of its first entry), and `all`, where its price is of all that is there.
 * Where goods are sent to, or taken from, `transit` is that of the branch; `transfer-arrival` and
 * `transfer-loss` name `of` which dispatch. Further documents: `reversal`, `price-supplied`
 * (of another row), `reference-price` and `tracked` (a SKU, `by` batch or serial).
 */

import type { Fold } from '#domain/fold/fold.ts'
import { openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { parseDecimal } from '#domain/values/decimal-text.ts'
import { arrivalsOf } from './arrivals.ts'
import {
  classOfType,
  postingRecords,
  reversalRecord,
  suppliedRecord,
  type TestGoods,
  type TestLeg,
  type TestPosting,
} from './documents.ts'
import { idOf, JournalWriter } from './journal-writer.ts'

export interface Row {
  readonly [column: string]: string
}

export const mainBranch = idOf('branch', 'main')

const dayMs = 86_400_000
const firstDayMs = 1_767_225_600_000
const endOfDayMs = dayMs - 1_000

/** Rows of a text table; '-' and an absent column are ''. `//` starts a remark. */
export function rowsOf(table: string): Row[] {
  const lines = table
    .split('\n')
    .map((line) => line.replace(/\/\/.*$/, '').trim())
    .filter((line) => line !== '')
  const [head = '', ...body] = lines
  const columns = head.split(/\s+/)
  return body.map((line) => {
    const cells = line.split(/\s+/)
    if (cells.length !== columns.length) throw new Error(`table row has other columns: ${line}`)
    return Object.fromEntries(
      columns.map((column, index) => [column, cells[index] === '-' ? '' : (cells[index] ?? '')]),
    )
  })
}

/** The records of each row, in the order of the table. */
export function recordsOf(table: string): FoldEntry[][] {
  const writer = new JournalWriter()
  const postings = new Map<string, TestPosting>()
  return rowsOf(table).map((row, index) => writeRow(writer, postings, row, String(index + 1)))
}

/** One fold per order of arrival; every second one in a single batch, the others record by record. */
export function foldsOf(groups: readonly (readonly FoldEntry[])[]): Fold[] {
  return arrivalsOf(groups.length).map((order, index) => {
    const entries = order.flatMap((at) => groups[at] ?? [])
    const fold = openFold()
    if (index % 2 === 0) for (const entry of entries) fold.apply([entry])
    else fold.apply(entries)
    return fold
  })
}

export function quantityOf(text: string): number {
  return decimal(text, 4)
}

export function fenOf(text: string): number {
  return decimal(text, 2)
}

export function momentOf(row: Row): number {
  return momentOfDayText(row['day'] ?? '', row['document'] ?? '')
}

function momentOfDayText(text: string, type: string): number {
  const [day = '', time] = text.split('@')
  const start = firstDayMs + (Number(day) - 1) * dayMs
  if (time === undefined) return start + momentOfDay(type)
  const [hours = '0', minutes = '0'] = time.split(':')
  return start + Number(hours) * 3_600_000 + Number(minutes) * 60_000
}

function momentOfDay(type: string): number {
  const movementClass = classOfType[type] ?? 'issue'
  if (movementClass === 'internal') return dayMs / 2
  return movementClass === 'issue' ? endOfDayMs : 0
}

function writeRow(
  writer: JournalWriter,
  postings: Map<string, TestPosting>,
  row: Row,
  number: string,
): FoldEntry[] {
  const { device = 'A', branch = 'main', document: type = '', id = number, of = '' } = filled(row)
  const at = momentOf(row)
  if (type === 'reversal') return [reversalRecord(writer, { device, branch, at, document: of })]
  if (type === 'tracked') return [trackedSku(writer, row, device, at)]
  if (type === 'reference-price') return [referencePrice(writer, row, device, at)]
  if (type === 'price-supplied') {
    const posting = pricedPosting(postings.get(of), row)
    return [suppliedRecord(writer, posting, { device, at })]
  }
  const posting: TestPosting = { device, branch, document: id, type, at, legs: legsOf(row) }
  postings.set(id, posting)
  return postingRecords(writer, posting)
}

function legsOf(row: Row): TestLeg[] {
  const { sku = '', warehouse = 'shop', in: inwards, out, of, to } = filled(row)
  const quantity = inwards === undefined ? 0 - quantityOf(out ?? '0') : quantityOf(inwards)
  const goods = goodsOf(row)
  const leg = { leg: '1', sku, warehouse, quantity, goods }
  if (row['document'] === 'stock-count') return countLegs(row, leg)
  if (to !== undefined) {
    const moved = {
      ...goods,
      ...goodsOf({ bin: row['toBin'] ?? '', status: row['toStatus'] ?? '' }),
    }
    const { status: _status, ...good } = moved
    const arrived = row['toStatus'] === 'good' ? good : moved
    const into = { leg: '1-in', warehouse: to, quantity: 0 - quantity, pair: '1', goods: arrived }
    const origin = of === undefined ? {} : { origin: { document: of, leg: '1-in' } }
    return [
      { ...leg, ...origin },
      { ...leg, ...into },
    ]
  }
  const value = valueOf(row, quantity)
  return [
    {
      ...leg,
      ...(of !== undefined && { origin: { document: of, leg: originLegOf(row) } }),
      ...(value !== undefined && { value }),
    },
  ]
}

/** Goods that are lost on the way are those that came into transit. */
function originLegOf({ document }: Row): string {
  return document === 'transfer-loss' ? '1-in' : '1'
}

/** What is counted, and what is restated; the price of a count is that of ten thousand units. */
function countLegs(row: Row, plain: TestLeg): TestLeg[] {
  const { counted, price, all } = filled(row)
  const value = price === undefined ? {} : { value: decimal(price, 6) }
  const leg = counted === undefined ? plain : { ...plain, ...countedOf(row, counted) }
  if (all === undefined) return [{ ...leg, ...value }]
  return [...(counted === undefined ? [] : [leg]), { ...plain, ...value, leg: '1!' }]
}

function countedOf(row: Row, counted: string): Partial<TestLeg> {
  const { book, since } = filled(row)
  return {
    counted: quantityOf(counted),
    ...(book !== undefined && { book: quantityOf(book) }),
    ...(since !== undefined && {
      countedFrom: momentOfDayText(since, ''),
      countedAt: momentOf(row),
    }),
  }
}

function goodsOf(row: Row): TestGoods {
  const { batch, produced, expires, serial, bin, status } = filled(row)
  return {
    ...(batch !== undefined && { batch }),
    ...(produced !== undefined && { produced }),
    ...(expires !== undefined && { expires }),
    ...(serial !== undefined && { serial }),
    ...(bin !== undefined && { bin: idOf('bin', bin) }),
    ...(status !== undefined && status !== 'good' && { status }),
  }
}

/** A product of one SKU whose goods are told apart. */
function trackedSku(writer: JournalWriter, row: Row, device: string, at: number): FoldEntry {
  const { sku = '', by = '', branch = 'main' } = filled(row)
  const flags = by === 'serial' ? { hasSerials: 1 } : { hasBatches: 1 }
  const productId = idOf('product', sku)
  return writer.write({
    ...{ device, branch, audience: 'goods', kind: 'masters-changed.v1', at },
    body: {
      changes: [
        { entity: 'product', id: productId, fields: { name: sku, ...flags } },
        { entity: 'sku', id: idOf('sku', sku), fields: { productId, code: sku, baseUnit: '件' } },
      ],
    },
  })
}

function valueOf(row: Row, quantity: number): number | undefined {
  const { price, value } = filled(row)
  if (value !== undefined) return fenOf(value)
  if (price === undefined || quantity <= 0) return undefined
  const product = BigInt(decimal(price, 6)) * BigInt(quantity)
  return Number((product * 2n + 100_000_000n) / 200_000_000n)
}

function pricedPosting(posting: TestPosting | undefined, row: Row): TestPosting {
  if (posting === undefined) throw new Error(`no row ${row['of']} to supply a price for`)
  const legs = posting.legs.map((leg) => {
    const isCount = posting.type === 'stock-count' && leg.quantity === 0
    const value = isCount ? decimal(row['price'] ?? '0', 6) : valueOf(row, leg.quantity)
    return value === undefined ? leg : { ...leg, value }
  })
  return { ...posting, legs }
}

function referencePrice(writer: JournalWriter, row: Row, device: string, at: number): FoldEntry {
  const { sku = '', price = '0', branch = 'main' } = filled(row)
  const fields = { referencePurchasePrice: decimal(price, 6) }
  return writer.write({
    ...{ device, branch, audience: 'buying', kind: 'masters-changed.v1', at },
    body: { changes: [{ entity: 'sku', id: idOf('sku', sku), fields }] },
  })
}

/** Cells with something in them. */
function filled(row: Row): Partial<Record<string, string>> {
  return Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ''))
}

function decimal(text: string, places: number): number {
  const parsed = parseDecimal(text, places)
  if (!parsed.ok) throw new Error(`not a number: ${text}`)
  return parsed.value
}
