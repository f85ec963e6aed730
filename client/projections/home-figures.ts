/** Today in figures, for the branches that this device follows. */
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  startOf,
} from '#domain/values/business-date.ts'
import type { SalesPeriod } from '#domain/fold/sales.ts'
import type { HomeFigures } from '#client/engine/face/face.ts'
import { documentRows } from './document-rows.ts'
import { decisionCount, findingPage } from './finding-rows.ts'
import { canRead, nameOf, type Reader, type Reading } from './reading.ts'

const limitDays = 30
const limitLatest = 8
const limitFindings = 8

/** Sales per day of the last weeks, today last, by branch. */
type SoldByBranch = ReadonlyMap<string, readonly SalesPeriod[]>

export async function homeFigures(reading: Reading): Promise<HomeFigures> {
  const reader = reading.reader()
  const today = businessDateOf(reading.now(), reader.zone)
  const days = Array.from({ length: limitDays }, (_, index) =>
    addDays(today, index + 1 - limitDays),
  )
  const isPriced = canRead(reading, 'sales')
  const sold = isPriced ? soldOn(reading, reader, days) : new Map<string, readonly SalesPeriod[]>()
  const { rows } = reading.fold.documents.page({ offset: 0, limit: limitLatest })
  return {
    businessDate: today,
    ...(isPriced ? { sales: salesToday(sold) } : {}),
    ...(isPriced && canRead(reading, 'buying') ? { grossProfit: grossProfitToday(sold) } : {}),
    byBranch: reader.branches.map((branchId) => {
      const periods = sold.get(branchId)
      return {
        branchId,
        name: nameOf(reading, 'branch', branchId),
        ...(isPriced ? { amount: periods?.at(-1)?.amount ?? 0 } : {}),
        days: isPriced
          ? days.map((date, index) => ({ date, amount: periods?.[index]?.amount ?? 0 }))
          : [],
      }
    }),
    ...stockFigures(reading),
    findings: findingPage(reading, { offset: 0, limit: limitFindings }).rows,
    decisions: decisionCount(reading),
    latest: await documentRows(reading, rows),
  }
}

function soldOn(reading: Reading, reader: Reader, days: readonly BusinessDate[]): SoldByBranch {
  const edges = [...days, addDays(days.at(-1) as BusinessDate, 1)].map((date) =>
    startOf(date, reader.zone),
  )
  const sold = reading.fold.sales.byPeriod(edges)
  const followed = sold.filter(({ branch }) => reader.branches.includes(branch))
  return new Map(followed.map(({ branch, periods }) => [branch, periods]))
}

function salesToday(sold: SoldByBranch): NonNullable<HomeFigures['sales']> {
  const lastWeek = limitDays - 1 - 7
  let [amount, documents, sameDayLastWeek] = [0, 0, 0]
  for (const periods of sold.values()) {
    amount += periods.at(-1)?.amount ?? 0
    documents += periods.at(-1)?.documents ?? 0
    sameDayLastWeek += periods[lastWeek]?.amount ?? 0
  }
  return { amount, documents, sameDayLastWeek }
}

/** 毛利: what was sold without tax, less what the goods cost. */
function grossProfitToday(sold: SoldByBranch): number {
  let grossProfit = 0
  for (const periods of sold.values()) {
    const { net = 0, cost = 0 } = periods.at(-1) ?? {}
    grossProfit += net + cost
  }
  return grossProfit
}

function stockFigures(
  reading: Reading,
): Pick<HomeFigures, 'stockValue' | 'skusInStock' | 'skusNegative'> {
  const { value, ...counts } = reading.fold.stock.summary(reading.reader().branches)
  return canRead(reading, 'buying') ? { ...counts, stockValue: value } : counts
}
