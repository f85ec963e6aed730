/** Today in figures, for the branches that this device follows. */
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  startOf,
} from '#domain/values/business-date.ts'
import type { HomeFigures } from '#client/engine/face.ts'
import { documentRows } from './document-rows.ts'
import { findingRows } from './finding-rows.ts'
import { canRead, nameOf, type Reader, type Reading } from './reading.ts'
import type { SaleFigures, SalesFigures } from './sales-figures.ts'

const limitDays = 30
const limitLatest = 8
const limitFindings = 8

export async function homeFigures(reading: Reading, sales: SalesFigures): Promise<HomeFigures> {
  const reader = reading.reader()
  const today = businessDateOf(reading.now(), reader.zone)
  const first = addDays(today, 1 - limitDays)
  const isPriced = canRead(reading, 'sales')
  const sold = isPriced ? await sales.since(startOf(first, reader.zone)) : []
  const amounts = amountsByDay(reader, sold)
  const { rows } = reading.fold.documents.page({ offset: 0, limit: limitLatest })
  return {
    businessDate: today,
    ...(isPriced ? { sales: salesOn(reader, today, sold, amounts) } : {}),
    ...grossProfitOn(reading, today, sold),
    byBranch: reader.branches.map((branchId) => ({
      branchId,
      name: nameOf(reading, 'branch', branchId),
      ...(isPriced ? { amount: amounts.get(`${branchId}|${today}`) ?? 0 } : {}),
      days: isPriced ? daysOf(branchId, first, amounts) : [],
    })),
    ...stockFigures(reading),
    findings: findingRows(reading).slice(0, limitFindings),
    latest: await documentRows(reading, rows),
  }
}

/** By branch and day; what was reversed counts against the day of its reversal. */
function amountsByDay(reader: Reader, sold: readonly SaleFigures[]): Map<string, number> {
  const amounts = new Map<string, number>()
  const add = (branch: string, date: BusinessDate, amount: number) => {
    const key = `${branch}|${date}`
    amounts.set(key, (amounts.get(key) ?? 0) + amount)
  }
  for (const { entry, amount } of sold) {
    add(entry.branch, businessDateOf(entry.at, reader.zone), amount)
    if (entry.reversedBy === undefined) continue
    add(entry.branch, businessDateOf(entry.reversedBy.at, reader.zone), 0 - amount)
  }
  return amounts
}

function salesOn(
  reader: Reader,
  today: BusinessDate,
  sold: readonly SaleFigures[],
  amounts: ReadonlyMap<string, number>,
): NonNullable<HomeFigures['sales']> {
  const lastWeek = addDays(today, -7)
  const sumOn = (date: BusinessDate) =>
    reader.branches.reduce((sum, branch) => sum + (amounts.get(`${branch}|${date}`) ?? 0), 0)
  const documents = soldOn(reader, today, sold).length
  return { amount: sumOn(today), documents, sameDayLastWeek: sumOn(lastWeek) }
}

function soldOn(
  reader: Reader,
  date: BusinessDate,
  sold: readonly SaleFigures[],
): readonly SaleFigures[] {
  return sold.filter(
    ({ entry }) =>
      entry.state === 'posted' &&
      reader.branches.includes(entry.branch) &&
      businessDateOf(entry.at, reader.zone) === date,
  )
}

/** 毛利: what was sold without tax, less what the goods cost; absent without the right to both. */
function grossProfitOn(
  reading: Reading,
  today: BusinessDate,
  sold: readonly SaleFigures[],
): Pick<HomeFigures, 'grossProfit'> {
  if (!canRead(reading, 'sales') || !canRead(reading, 'buying')) return {}
  let grossProfit = 0
  for (const { entry, net } of soldOn(reading.reader(), today, sold)) {
    grossProfit += net
    for (const { cost, trueUp } of reading.fold.stock.costOf(entry.docId)) {
      grossProfit += cost - trueUp
    }
  }
  return { grossProfit }
}

function daysOf(
  branchId: string,
  first: BusinessDate,
  amounts: ReadonlyMap<string, number>,
): { date: string; amount: number }[] {
  return Array.from({ length: limitDays }, (_, index) => {
    const date = addDays(first, index)
    return { date, amount: amounts.get(`${branchId}|${date}`) ?? 0 }
  })
}

function stockFigures(
  reading: Reading,
): Pick<HomeFigures, 'stockValue' | 'skusInStock' | 'skusNegative'> {
  const { branches } = reading.reader()
  const inStock = new Set<string>()
  const negative = new Set<string>()
  for (const { sku, branch, quantity } of reading.fold.stock.balances()) {
    if (quantity === 0 || !branches.includes(branch)) continue
    if (quantity > 0) inStock.add(sku)
    else negative.add(sku)
  }
  const figures = { skusInStock: inStock.size, skusNegative: negative.size }
  if (!canRead(reading, 'buying')) return figures
  let stockValue = 0
  for (const { branch, value } of reading.fold.stock.pools()) {
    if (branches.includes(branch)) stockValue += value
  }
  return { ...figures, stockValue }
}
