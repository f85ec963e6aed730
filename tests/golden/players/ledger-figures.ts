/** Reads the figures of the model `ledger` out of a fold, whoever fed it. */

import type { Fold } from '#domain/fold/fold.ts'
import type { CardRow } from '#domain/fold/stock-card.ts'
import type { LegCost } from '#domain/fold/stock-view.ts'
import { businessDate, businessDateOf, daysBetween } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import { moneyDecimals } from '#domain/values/money.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import {
  divideRatios,
  multiplyRatios,
  oneRatio,
  type Ratio,
  ratio,
  subtractRatios,
} from '#domain/values/ratio.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import { type Figure, isRatio, scaled } from '../figures.ts'
import { goodsOf } from '../goods-of.ts'
import { dayEnd, zone } from '../moments.ts'
import { NotYet } from '../play.ts'
import { type Expectation, listOf, nameOf, type Operation, type Value } from '../read-cases.ts'
import { branchId } from './ledger-world.ts'

/** What the figures are read from. */
export interface Books {
  readonly fold: Fold
  readonly ops: readonly Operation[]
  readonly refused: ReadonlySet<number>
  /** Whether each warehouse has a cost pool of its own. */
  readonly isByWarehouse: boolean
  /** The document that stands for an operation. */
  standing(n: number): string
}

type ReadFigure = (books: Books, expectation: Expectation) => Figure

const figures: Readonly<Record<string, ReadFigure>> = {
  verdict: ({ refused }, { of }) => (refused.has(Number(of)) ? 'refused' : 'accepted'),
  qty: quantityOf,
  value: valueOf,
  rate: rateOf,
  unit_cost: nextCostOf,
  cost: (books, { of }) => money(costOf(legsOf(books, of))),
  cost_total: (books, { of }) => money(costOf(legsOf(books, of)) + trueUpOf(legsOf(books, of))),
  in_value: (books, { of }) => money(inValueOf(legsOf(books, of))),
  cogs: (books) => money(costOfSales(books)),
  correction: (books, { by }) =>
    money(0 - sumOf(rowsOf(books, by).filter(isTrueUp), ({ cost }) => cost)),
  diff: (books, { of }) => money(sumOf(rowsOf(books, of), ({ cost }) => cost)),
  gain: (books, { of }) => gainOf(books, of),
  margin_pct: (books, { of }) =>
    multiplyRatios(divideRatios(gainOf(books, of), soldFor(books, of)), ratio(100n)),
  queue: (books, asked) =>
    layersOf(books, asked).map(({ quantity, value }) => {
      const count = scaled(quantity, quantityDecimals)
      return [count, divideRatios(money(value), count)]
    }),
  layers: (books, asked) => layersOf(books, asked).map(({ value }) => money(value)),
  ageing: ageingOf,
  count_delta: (books, { of }) =>
    scaled(
      sumOf(legsOf(books, of), ({ quantity }) => quantity),
      quantityDecimals,
    ),
  serial_state: serialStateOf,
  running: (books, { sku, wh }) =>
    books.fold.stock
      .card(idOf('sku', nameOf(sku)), { warehouse: idOf('warehouse', nameOf(wh)) })
      .filter(({ kind }) => kind === 'movement')
      .map(({ quantityAfter }) => scaled(quantityAfter, quantityDecimals)),
}

export function figureOf(books: Books, expectation: Expectation): Figure {
  const read = figures[expectation.what]
  if (read === undefined) throw new NotYet(`no figure ${expectation.what}`)
  return read(books, expectation)
}

function quantityOf({ fold }: Books, { sku, wh, at, batch }: Expectation): Ratio {
  if (batch !== undefined) return quantityOfBatch(fold, nameOf(sku), nameOf(batch), wh)
  const skuId = idOf('sku', nameOf(sku))
  const warehouse = wh === undefined ? undefined : idOf('warehouse', nameOf(wh))
  if (at === undefined && warehouse !== undefined) {
    return scaled(fold.stock.balance(skuId, warehouse), quantityDecimals)
  }
  const scope = warehouse === undefined ? { branch: branchId } : { warehouse }
  const { quantity } = fold.stock.asOf(skuId, scope, momentAsked(at))
  return scaled(quantity, quantityDecimals)
}

function quantityOfBatch(fold: Fold, sku: string, batch: string, wh: Value | undefined): Ratio {
  const warehouse = wh === undefined ? undefined : idOf('warehouse', nameOf(wh))
  const cells = fold.stock.cells(idOf('sku', sku), warehouse)
  const ofBatch = cells.filter((cell) => cell.batch === batch)
  return scaled(
    sumOf(ofBatch, ({ quantity }) => quantity),
    quantityDecimals,
  )
}

/** Of a branch, or of a warehouse that has a pool of its own. */
function valueOf(books: Books, { sku, wh, at, batch }: Expectation): Ratio {
  const { fold, isByWarehouse, ops } = books
  if (batch !== undefined) {
    if (wh !== undefined || at !== undefined)
      throw new NotYet('no value of a batch by place or day')
    return money(fold.stock.pool(idOf('sku', nameOf(sku)), branchId, nameOf(batch))?.value ?? 0)
  }
  if (wh !== undefined && !isByWarehouse && hasOtherWarehouse(ops, nameOf(sku), nameOf(wh))) {
    throw new NotYet('no value of one warehouse in a pool of several')
  }
  const skuId = idOf('sku', nameOf(sku))
  const isOfOne = wh !== undefined && isByWarehouse
  if (at === undefined && !isOfOne) return money(fold.stock.pool(skuId, branchId)?.value ?? 0)
  const scope = isOfOne ? { warehouse: idOf('warehouse', nameOf(wh)) } : { branch: branchId }
  return money(fold.stock.asOf(skuId, scope, momentAsked(at)).value)
}

function hasOtherWarehouse(ops: readonly Operation[], sku: string, warehouse: string): boolean {
  return ops
    .flatMap((op) => goodsOf(op, ops))
    .some((moved) => moved.sku === sku && moved.warehouse !== warehouse)
}

/** Value by quantity, exactly; undefined without goods. */
function rateOf(books: Books, expectation: Expectation): Figure {
  const quantity = quantityOf(books, expectation)
  return quantity.numerator === 0n ? undefined : divideRatios(valueOf(books, expectation), quantity)
}

function momentAsked(at: Value | undefined) {
  return dayEnd(typeof at === 'string' ? at : '2247-01-01')
}

function legsOf(books: Books, of: Value | undefined): readonly LegCost[] {
  return books.fold.stock.costOf(books.standing(Number(of)))
}

/** What goods cost that left; of an operation that only brings goods, what these cost. Fen. */
function costOf(legs: readonly LegCost[]): number {
  const out = legs.filter(({ quantity }) => quantity < 0)
  return out.length > 0 ? 0 - sumOf(out, ({ cost }) => cost) : sumOf(legs, ({ cost }) => cost)
}

function trueUpOf(legs: readonly LegCost[]): number {
  return sumOf(legs, ({ trueUp }) => trueUp)
}

function inValueOf(legs: readonly LegCost[]): number {
  return sumOf(
    legs.filter(({ quantity }) => quantity > 0),
    ({ cost }) => cost,
  )
}

/** Of goods sold, less what came back. Fen. */
function costOfSales(books: Books): number {
  return sumOf(
    books.ops.filter(({ op }) => op === 'out' || op === 'return_in'),
    ({ n, op }) => {
      const legs = legsOf(books, n)
      return op === 'out' ? costOf(legs) + trueUpOf(legs) : 0 - inValueOf(legs)
    },
  )
}

function gainOf(books: Books, of: Value | undefined): Ratio {
  const legs = legsOf(books, of)
  return subtractRatios(soldFor(books, of), money(costOf(legs) + trueUpOf(legs)))
}

/** What customers pay without tax. */
function soldFor(books: Books, of: Value | undefined): Ratio {
  const amount = books.fold.documents.get(books.standing(Number(of)))?.amount
  return money(amount?.net ?? 0)
}

/** The warehouse where the piece lies, 'gone' once it has left, 'none' as long as it never came. */
function serialStateOf({ fold, ops }: Books, { serial }: Expectation): Figure {
  const named = ops.find(({ serials }) => Array.isArray(serials) && serials.includes(serial ?? ''))
  const { state, warehouse } = fold.stock.serial(
    idOf('sku', nameOf(named?.['sku'])),
    nameOf(serial),
  )
  if (state === 'none') return 'none'
  const names = new Set(ops.flatMap((op) => goodsOf(op, ops).map((goods) => goods.warehouse)))
  return [...names].find((name) => idOf('warehouse', name) === warehouse) ?? 'gone'
}

/** What the next unit to leave costs: that of the oldest layer, where there are layers. */
function nextCostOf(books: Books, asked: Expectation): Figure {
  const [oldest] = layersOf(books, asked)
  if (oldest === undefined) return undefined
  return divideRatios(money(oldest.value), scaled(oldest.quantity, quantityDecimals))
}

function layersOf(books: Books, { sku, wh, at }: Expectation) {
  if (at !== undefined) throw new NotYet('no layers as of a date')
  const isOfOne = wh !== undefined && books.isByWarehouse
  const scope = isOfOne ? { warehouse: idOf('warehouse', nameOf(wh)) } : { branch: branchId }
  return books.fold.stock.layers(idOf('sku', nameOf(sku)), scope)
}

/** Quantities by age in days, or what they are worth at the average of all that is there. */
function ageingOf(books: Books, expectation: Expectation): Figure {
  const { sku, wh, asof, bounds, of_value: isOfValue } = expectation
  const scope =
    wh === undefined ? { branch: branchId } : { warehouse: idOf('warehouse', nameOf(wh)) }
  const ages = books.fold.stock.ages(idOf('sku', nameOf(sku)), scope, dayEnd(nameOf(asof)))
  const limits = listOf(bounds ?? [], 'bounds').map(Number)
  const rate = isOfValue === true ? rateOf(books, { what: 'rate', sku: nameOf(sku) }) : oneRatio
  return [...limits, Infinity].map((limit, index) => {
    const isIn = (days: number) => days <= limit && days > (limits[index - 1] ?? -Infinity)
    const ofClass = ages.filter(({ since }) => isIn(daysSince(since, nameOf(asof))))
    const quantity = scaled(
      sumOf(ofClass, (each) => each.quantity),
      quantityDecimals,
    )
    return isRatio(rate) ? multiplyRatios(quantity, rate) : undefined
  })
}

function daysSince(since: Instant, asof: string): number {
  return daysBetween(businessDateOf(since, zone), businessDate(asof))
}

/** Rows of the cards that an operation has caused, corrections included. */
function rowsOf(books: Books, of: Value | undefined): CardRow[] {
  const { fold, ops } = books
  const docId = books.standing(Number(of))
  const skus = new Set(ops.flatMap((op) => [op['sku'], ...goodsOf(op, ops).map(({ sku }) => sku)]))
  return [...skus]
    .filter((sku) => typeof sku === 'string')
    .flatMap((sku) => fold.stock.card(idOf('sku', sku), { branch: branchId }))
    .filter((row) => row.docId === docId)
}

function isTrueUp({ kind }: CardRow): boolean {
  return kind === 'true-up'
}

function money(fen: number): Ratio {
  return scaled(fen, moneyDecimals)
}

function sumOf<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + amountOf(item), 0)
}
