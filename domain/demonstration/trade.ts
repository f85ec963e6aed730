/**
 * Ninety days of trade of the demonstration company, as drafts with their moments: opening stock, supply when
 * it runs low, a till's day with its week's rhythm, wholesale, returns, transfers, write-offs, and a few of the
 * things that go wrong in real shops (a receipt without prices, a sale before its receipt). Pure and seeded.
 */
import type { DraftDocument } from '#domain/doctype/define.ts'
import { addDays, type BusinessDate, startOf, type Zone } from '#domain/values/business-date.ts'
import { type Instant, instant } from '#domain/values/instant.ts'
import { priceOf, unitPrice } from '#domain/values/unit-price.ts'
import { stepsPerUnit, quantity } from '#domain/values/quantity.ts'
import type { DemonstrationBranch, DemonstrationCompany, DemonstrationSku } from './company.ts'
import type { Random } from './random.ts'

/** Which of a branch's devices a document is posted on; a tablet holds goods alone. */
export type DemonstrationDevice = 'pc' | 'till' | 'tablet'

export interface PlannedDocument {
  readonly branchId: string
  readonly device: DemonstrationDevice
  readonly at: Instant
  readonly draft: DraftDocument
}

export interface TradeSpan {
  /** The last business day, on which trade stops before `untilMs`. */
  readonly lastDay: BusinessDate
  readonly days: number
  readonly zone: Zone
}

type Line = DraftDocument['lines'][number]
type Header = DraftDocument['header']

const minuteMs = 60_000
const ticketsPerDay = 24
/** Stock is filled up to this many days of sale, when less than `lowDays` is left. */
const fullDays = 16
const lowDays = 5

/** One branch's trade while it is being planned. */
interface Desk {
  readonly branch: DemonstrationBranch
  readonly skus: readonly DemonstrationSku[]
  /** Whole base units by SKU in the front warehouse. */
  readonly onHand: Map<string, number>
  readonly planned: PlannedDocument[]
  readonly random: Random
  readonly customerIds: readonly string[]
}

/** In order of time over all branches. */
export function demonstrationTrade(
  company: DemonstrationCompany,
  span: TradeSpan,
  random: Random,
): readonly PlannedDocument[] {
  const desks = company.branches.map(
    (branch): Desk => ({
      ...{ branch, skus: company.skus, random, customerIds: company.customerIds },
      onHand: new Map(),
      planned: [],
    }),
  )
  for (let day = 0; day < span.days; day += 1) {
    const date = addDays(span.lastDay, day - span.days + 1)
    for (const desk of desks) planDay(desk, startOf(date, span.zone), day, span.days)
  }
  return desks
    .flatMap((desk) => desk.planned)
    .sort((a, b) => a.at - b.at || compareText(a.draft.docId, b.draft.docId))
}

function planDay(desk: Desk, midnight: Instant, day: number, days: number): void {
  const moment = (minute: number): Instant => instant(midnight + minute * minuteMs)
  const { random } = desk
  if (day === 0) planOpening(desk, moment(7 * 60))
  if (day > 0) planReceipts(desk, moment, day === days - 1)
  planTickets(desk, moment, day)
  if (random.chance(1, 2)) planShipment(desk, moment(10 * 60 + random.integer(0, 300)))
  if (random.chance(1, 4)) planReturn(desk, moment(16 * 60 + random.integer(0, 120)))
  if (random.chance(1, 6)) planWriteOff(desk, moment(20 * 60 + random.integer(0, 60)))
  if (random.chance(1, 30)) planGain(desk, moment(20 * 60 + random.integer(60, 90)))
  if (desk.branch.warehouseIds.length > 1 && day % 3 === 1) planTransfer(desk, moment(6 * 60 + 40))
}

function planOpening(desk: Desk, at: Instant): void {
  const lines = desk.skus.map((sku): Line => {
    const count = Math.max(sku.row.packSize, dailyRate(desk, sku) * fullDays)
    add(desk, sku, count)
    return { ...lineOf(desk, at, sku, count), price: sku.purchasePrice }
  })
  plan(desk, 'pc', at, 'opening-stock', warehouse(desk), lines)
}

/** One receipt per supplier whose goods run low, in whole packs; the tablet's receipts wait for prices. */
function planReceipts(desk: Desk, moment: (minute: number) => Instant, isLast: boolean): void {
  const low = desk.skus.filter((sku) => have(desk, sku) < dailyRate(desk, sku) * lowDays)
  const bySupplier = groupBySupplier(low)
  for (const [supplierId, skus] of bySupplier) {
    const at = moment(8 * 60 + desk.random.integer(0, 110))
    const isWithoutPrice = isLast && desk.branch.code === '002'
    const lines = skus.map((sku): Line => {
      const packs = Math.ceil((dailyRate(desk, sku) * fullDays) / sku.row.packSize)
      const count = packs * sku.row.packSize
      add(desk, sku, count)
      const line = lineOf(desk, at, sku, count)
      return isWithoutPrice
        ? line
        : { ...line, price: driftOf(desk, sku.purchasePrice), taxRate: 1300 }
    })
    const header: Header = isWithoutPrice
      ? warehouse(desk)
      : {
          ...warehouse(desk),
          supplierId,
          invoiceKind: desk.random.pick(['special', 'none', 'ordinary']),
        }
    plan(desk, isWithoutPrice ? 'tablet' : 'pc', at, 'goods-receipt', header, lines)
  }
}

function groupBySupplier(skus: readonly DemonstrationSku[]): Map<string, DemonstrationSku[]> {
  const groups = new Map<string, DemonstrationSku[]>()
  for (const sku of skus) groups.set(sku.supplierId, [...(groups.get(sku.supplierId) ?? []), sku])
  return groups
}

/** A week's rhythm: full weekends, quiet Mondays; baskets are drawn by each SKU's rate. */
function planTickets(desk: Desk, moment: (minute: number) => Instant, day: number): void {
  const rhythm = [115, 125, 85, 92, 95, 98, 108][day % 7] ?? 100
  const tickets = Math.round((ticketsPerDay * rhythm * desk.branch.share) / 10_000)
  for (let ticket = 0; ticket < tickets; ticket += 1) {
    const minute =
      8 * 60 + Math.floor(((ticket + 1) * 13 * 60) / (tickets + 1)) + desk.random.integer(0, 9)
    planTicket(desk, moment(minute))
  }
}

function planTicket(desk: Desk, at: Instant): void {
  const basket = new Map<string, Line>()
  const size = desk.random.integer(1, 6)
  for (let index = 0; index < size; index += 1) {
    const sku = drawByRate(desk)
    const count = Math.min(desk.random.integer(1, sku.row.rate > 60 ? 6 : 2), have(desk, sku))
    if (count < 1 || basket.has(sku.skuId)) continue
    add(desk, sku, 0 - count)
    basket.set(sku.skuId, {
      ...lineOf(desk, at, sku, count),
      price: sku.retailPrice,
      taxRate: 1300,
    })
  }
  const lines = [...basket.values()]
  if (lines.length === 0) return
  const tender = desk.random.pick(['wechat', 'wechat', 'wechat', 'alipay', 'alipay', 'cash'])
  const header: Header = { ...warehouse(desk), [tender]: totalOf(lines) }
  plan(desk, 'till', at, 'retail-sale', header, lines)
}

function planShipment(desk: Desk, at: Instant): void {
  const skus = Array.from({ length: desk.random.integer(2, 7) }, () => drawByRate(desk))
  const lines = [...new Set(skus)].flatMap((sku): Line[] => {
    const count = Math.min(
      sku.row.packSize * desk.random.integer(1, 3),
      Math.floor(have(desk, sku) / 2),
    )
    if (count < 1) return []
    add(desk, sku, 0 - count)
    return [{ ...lineOf(desk, at, sku, count), price: sku.wholesalePrice, taxRate: 1300 }]
  })
  if (lines.length === 0) return
  const header: Header = { ...warehouse(desk), customerId: desk.random.pick(desk.customerIds) }
  plan(desk, 'pc', at, 'shipment', header, lines)
}

/** A linked return of one line of an earlier ticket of this branch. */
function planReturn(desk: Desk, at: Instant): void {
  const isSaleBefore = (each: PlannedDocument) => each.draft.type === 'retail-sale' && each.at < at
  const sales = desk.planned.filter(isSaleBefore).slice(-60)
  if (sales.length === 0) return
  const { draft } = desk.random.pick(sales)
  const [line] = draft.lines
  const isReturned = desk.planned.some(({ draft: other }) =>
    other.lines.some((each) => each['originLineId'] === line?.lineId),
  )
  if (line === undefined || isReturned) return
  const sku = desk.skus.find(({ skuId }) => skuId === line['skuId'])
  if (sku === undefined) return
  add(desk, sku, 1)
  const back: Line = {
    ...lineOf(desk, at, sku, 1),
    originId: draft.docId,
    originLineId: line.lineId,
  }
  plan(desk, 'pc', at, 'sales-return', { ...warehouse(desk), refund: 'wechat' }, [back])
}

function planWriteOff(desk: Desk, at: Instant): void {
  const fresh = desk.skus.filter(({ row }) => row.shelfLifeDays <= 30)
  const sku = desk.random.pick(fresh)
  const count = Math.min(desk.random.integer(1, 4), have(desk, sku))
  if (count < 1) return
  add(desk, sku, 0 - count)
  const reason = desk.random.pick(['expired', 'expired', 'damaged', 'lost'])
  plan(desk, 'pc', at, 'write-off', { ...warehouse(desk), reason }, [lineOf(desk, at, sku, count)])
}

function planGain(desk: Desk, at: Instant): void {
  const sku = desk.random.pick(desk.skus)
  add(desk, sku, 1)
  const header = { ...warehouse(desk), reason: 'found' }
  plan(desk, 'pc', at, 'stock-gain', header, [lineOf(desk, at, sku, 1)])
}

/** Half of what is plentiful in front goes to the back store: inside one branch. */
function planTransfer(desk: Desk, at: Instant): void {
  const [source, target] = desk.branch.warehouseIds
  if (source === undefined || target === undefined) return
  const lines = [...new Set([drawByRate(desk), drawByRate(desk)])].flatMap((sku): Line[] => {
    const count = Math.floor(have(desk, sku) / 4)
    if (count < sku.row.packSize) return []
    add(desk, sku, 0 - count)
    return [lineOf(desk, at, sku, count)]
  })
  if (lines.length === 0) return
  const header = { sourceWarehouseId: source, targetWarehouseId: target }
  plan(desk, 'tablet', at, 'transfer', header, lines)
}

function plan(
  desk: Desk,
  device: DemonstrationDevice,
  at: Instant,
  type: string,
  header: Header,
  lines: readonly Line[],
): void {
  const { branchId } = desk.branch
  const docId = desk.random.uuid(at)
  desk.planned.push({
    branchId,
    device,
    at,
    draft: { docId, type, branch: branchId, at, header, lines },
  })
}

function lineOf(desk: Desk, at: Instant, sku: DemonstrationSku, count: number): Line {
  return {
    lineId: desk.random.uuid(at),
    skuId: sku.skuId,
    quantity: quantity(count * stepsPerUnit),
  }
}

function warehouse(desk: Desk): Header {
  return { warehouseId: desk.branch.warehouseIds[0] }
}

/** Whole units a day, at least one. */
function dailyRate(desk: Desk, sku: DemonstrationSku): number {
  return Math.max(1, Math.round((sku.row.rate * desk.branch.share) / 3_000))
}

function drawByRate(desk: Desk): DemonstrationSku {
  const total = desk.skus.reduce((sum, sku) => sum + sku.row.rate, 0)
  let left = desk.random.integer(1, total)
  return desk.skus.find((sku) => (left -= sku.row.rate) <= 0) ?? desk.random.pick(desk.skus)
}

/** A purchase price that moves by up to 3 % around the list price, to the fen. */
function driftOf(desk: Desk, price: number): number {
  return Math.round((price * (100 + desk.random.integer(-3, 3))) / 1_000_000) * 10_000
}

function totalOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => {
    const [steps, price] = [line['quantity'], line['price']]
    const isPriced = typeof steps === 'number' && typeof price === 'number'
    return isPriced ? sum + priceOf(quantity(steps), unitPrice(price)) : sum
  }, 0)
}

function have(desk: Desk, sku: DemonstrationSku): number {
  return desk.onHand.get(sku.skuId) ?? 0
}

function add(desk: Desk, sku: DemonstrationSku, count: number): void {
  desk.onHand.set(sku.skuId, have(desk, sku) + count)
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
