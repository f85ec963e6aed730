/** A replay against figures that somebody else worked out: every difference, or none. */
import * as v from 'valibot'
import { exactYuan, type TransactionTotal } from '#domain/exchange/transaction-totals.ts'
import { totalsByClass, totalsByMonth } from '#domain/exchange/transaction-totals.ts'
import type { TransactionLine } from '#domain/exchange/transaction-lines.ts'
import { type StockRunRow, stockRunDigest, unitsText } from './stock-run.ts'

const total = v.object({
  lines: v.number(),
  quantity: v.number(),
  amount: v.string(),
  invoices: v.optional(v.number()),
})

/** The parts of such a file that are compared; what it lacks is not. Classes by their first letter. */
const shape = v.object({
  rows: v.optional(v.number()),
  classes: v.optional(
    v.object({
      all_codes: v.optional(v.record(v.string(), total)),
      stock_codes_only: v.optional(v.record(v.string(), total)),
    }),
  ),
  by_month_all_lines: v.optional(v.record(v.string(), total)),
  stock_run: v.optional(
    v.object({
      codes: v.number(),
      opening_units: v.number(),
      in_units: v.number(),
      out_units: v.number(),
      closing_units: v.number(),
      sha256_of_lines: v.string(),
    }),
  ),
})

export type KnownTotals = v.InferOutput<typeof shape>

/** Throws where the text is no such file. */
export function readKnownTotals(text: string): KnownTotals {
  return v.parse(shape, JSON.parse(text))
}

export interface Difference {
  readonly where: string
  readonly expected: string
  readonly found: string
}

export function differencesFrom(
  known: KnownTotals,
  lines: readonly TransactionLine[],
  run: readonly StockRunRow[],
): readonly Difference[] {
  const stocked = lines.filter((line) => line.isStock)
  return [
    ...compared('rows', known.rows, lines.length),
    ...compareTotals('classes', byLetter(known.classes?.all_codes), totalsByClass(lines)),
    ...compareTotals(
      'classes of stock codes',
      byLetter(known.classes?.stock_codes_only),
      totalsByClass(stocked),
    ),
    ...compareTotals('months', known.by_month_all_lines, totalsByMonth(lines)),
    ...compareRun(known.stock_run, run),
  ]
}

type Totals = Readonly<Record<string, v.InferOutput<typeof total>>>

function byLetter(totals: Totals | undefined): Totals | undefined {
  if (totals === undefined) return undefined
  return Object.fromEntries(Object.entries(totals).map(([name, each]) => [name.slice(0, 1), each]))
}

function compareTotals(
  where: string,
  known: Totals | undefined,
  found: ReadonlyMap<string, TransactionTotal>,
): Difference[] {
  if (known === undefined) return []
  return [...new Set([...Object.keys(known), ...found.keys()])].flatMap((key) => {
    const expected = known[key]
    const own = found.get(key)
    const at = `${where} ${key}`
    return [
      ...compared(`${at} lines`, expected?.lines ?? 0, own?.lines ?? 0),
      ...compared(`${at} quantity`, expected?.quantity ?? 0, unitsText(own?.quantity ?? 0)),
      ...compared(`${at} amount`, plain(expected?.amount ?? '0'), exactYuan(own?.amount ?? 0n)),
      ...compared(`${at} invoices`, expected?.invoices, own?.invoices ?? 0),
    ]
  })
}

/** '-11062.060' as '-11062.06'. */
function plain(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount
}

function compareRun(known: KnownTotals['stock_run'], run: readonly StockRunRow[]): Difference[] {
  if (known === undefined) return []
  const sum = (name: 'opening' | 'in' | 'out' | 'closing') =>
    unitsText(run.reduce((all, row) => all + row[name], 0))
  return [
    ...compared('stock codes', known.codes, run.length),
    ...compared('stock opening', known.opening_units, sum('opening')),
    ...compared('stock in', known.in_units, sum('in')),
    ...compared('stock out', known.out_units, sum('out')),
    ...compared('stock closing', known.closing_units, sum('closing')),
    ...compared('stock SHA-256', known.sha256_of_lines, stockRunDigest(run)),
  ]
}

function compared(
  where: string,
  expected: string | number | undefined,
  found: string | number,
): Difference[] {
  if (expected === undefined || String(expected) === String(found)) return []
  return [{ where, expected: String(expected), found: String(found) }]
}
