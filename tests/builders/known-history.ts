/** A sales history with its figures, worked out in plain maps that share no code with the product. */
import { createHash } from 'node:crypto'

export interface KnownHistory {
  readonly csv: string
  /** The smallest opening stock that keeps every running balance at zero or above. */
  readonly opening: string
  /** Known figures, as JSON text. */
  readonly known: string
}

interface Row {
  readonly invoice: string
  readonly code: string
  readonly quantity: number
  readonly month: string
  /** Thousandths. */
  readonly price: bigint
}

/** Of the first `count` lines of `csv`; of invented lines where there is none. */
export function knownHistory(csv: string | undefined, count: number): KnownHistory {
  const lines = (csv ?? inventedHistory(count)).split('\n').slice(0, count + 1)
  const rows = lines.slice(1).map(rowOf)
  const stock = stockOf(rows.filter(({ invoice }) => classOf({ invoice }) !== 'A'))
  const run = [...stock].sort(([a], [b]) => (a < b ? -1 : 1))
  const text = run.map(([code, s]) => [code, s.opening, s.in, s.out, closingOf(s)].join(','))
  const sum = (of: (each: Stock) => number) => run.reduce((all, [, each]) => all + of(each), 0)
  const known = {
    rows: rows.length,
    classes: {
      all_codes: totalsBy(rows, classOf),
      stock_codes_only: totalsBy(rows.filter(isStocked), classOf),
    },
    by_month_all_lines: totalsBy(rows, ({ month }) => month),
    stock_run: {
      codes: run.length,
      opening_units: sum((each) => each.opening),
      in_units: sum((each) => each.in),
      out_units: sum((each) => each.out),
      closing_units: sum(closingOf),
      sha256_of_lines: createHash('sha256').update(text.join('\n')).digest('hex'),
    },
  }
  const opening = run.map(([code, each]) => `${code},${each.opening}`)
  return {
    csv: `${lines.join('\n')}\n`,
    opening: ['code,opening', ...opening, ''].join('\n'),
    known: JSON.stringify(known),
  }
}

/** 'no,code,"some, name",6,2010-12-01 08:26:00,2.55,17850.0,Country' */
function rowOf(line: string): Row {
  const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => match[1] ?? '')
  const [invoice = '', code = '', , quantity = '', moment = '', price = ''] = cells
  const [yuan = '', fraction = ''] = price.split('.')
  return {
    invoice,
    code: code.toUpperCase(),
    quantity: Number(quantity),
    month: moment.slice(0, 7),
    price: BigInt(yuan + fraction.padEnd(3, '0')),
  }
}

function isStocked({ code }: Row): boolean {
  return /^\d{5}/.test(code)
}

function classOf(row: { invoice: string } & Partial<Row>): string {
  if (row.invoice.startsWith('A')) return 'A'
  if (row.invoice.startsWith('C')) return 'R'
  if ((row.quantity ?? 0) < 0) return 'W'
  return row.price === 0n ? 'G' : 'S'
}

interface Stock {
  opening: number
  in: number
  out: number
}

function closingOf(stock: Stock): number {
  return stock.opening + stock.in - stock.out
}

function stockOf(rows: readonly Row[]): Map<string, Stock> {
  const stock = new Map<string, Stock>()
  for (const row of rows.filter(isStocked)) {
    const each = stock.get(row.code) ?? { opening: 0, in: 0, out: 0 }
    stock.set(row.code, each)
    if (classOf(row) === 'R') each.in += Math.abs(row.quantity)
    else each.out += Math.abs(row.quantity)
    each.opening = Math.max(each.opening, each.out - each.in)
  }
  return stock
}

function totalsBy(rows: readonly Row[], keyOf: (row: Row) => string) {
  const sums = new Map<string, { lines: number; quantity: number; amount: bigint }>()
  for (const row of rows) {
    const sum = sums.get(keyOf(row)) ?? { lines: 0, quantity: 0, amount: 0n }
    sum.lines += 1
    sum.quantity += row.quantity
    sum.amount += BigInt(row.quantity) * row.price
    sums.set(keyOf(row), sum)
  }
  return Object.fromEntries(
    [...sums].map(([key, sum]) => [key, { ...sum, amount: thousandths(sum.amount) }]),
  )
}

function thousandths(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(4, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`
}

/** Some of everything: sales, gifts, returns, losses, services. */
function inventedHistory(count: number): string {
  const lines = [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  ]
  for (let i = 0; i < count; i++) {
    const invoice = Math.floor(i / 7)
    const kind = invoice % 17
    const no = kind === 3 ? `C${500_000 + invoice}` : String(500_000 + invoice)
    const code = i % 23 === 5 ? 'POST' : `${10_000 + ((i * 37) % 301)}${kind === 9 ? 'a' : ''}`
    const units = (kind === 3 || kind === 5 ? -1 : 1) * (1 + ((i * 13) % 24))
    const price = kind === 5 || kind === 8 ? '0' : `${1 + (i % 9)}.${10 + ((i * 7) % 90)}`
    const day = String(1 + (Math.floor(invoice / 12) % 28)).padStart(2, '0')
    const minute = String(invoice % 60).padStart(2, '0')
    lines.push(
      `${no},${code},"Thing, ${code}",${units},2020-0${i < count / 2 ? 1 : 2}-${day} 09:${minute}:00,${price},${kind % 4 === 0 ? '' : `${12_000 + kind}.0`},UK`,
    )
  }
  return lines.join('\n')
}
