/** Which document a person would write for each operation of the model `ledger`. */

import type { DraftDocument } from '#domain/doctype/define.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { moneyDecimals } from '#domain/values/money.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import { percentDecimals } from '#domain/values/percent.ts'
import {
  compareRatios,
  multiplyRatios,
  type Ratio,
  ratio,
  scaledRatio,
} from '#domain/values/ratio.ts'
import { unitPriceDecimals } from '#domain/values/unit-price.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import { exactIn, exactOf, scaled } from '../figures.ts'
import { goodsOf } from '../goods-of.ts'
import { momentOf } from '../moments.ts'
import { NotYet } from '../play.ts'
import {
  CaseProblem,
  listOf,
  nameOf,
  type Operation,
  referred,
  type Table,
  tableOf,
  type Value,
} from '../read-cases.ts'
import { customerId, supplierId } from './ledger-settings.ts'
import { branchId, documentType } from './ledger-world.ts'

export interface Paper {
  readonly draft: DraftDocument
  /** The part that its poster leaves to others: a price that the case does not say. */
  readonly without?: Audience
}

/** The id of the document that operation `n` posts. */
export function docIdOf(n: number): string {
  return idOf('document', String(n))
}

export const firstLine = '1'

/** The document that stands for an operation now. */
type Standing = (n: number) => string

export function paperOf(op: Operation, ops: readonly Operation[], standing: Standing): Paper {
  const write = papers[op.op]
  if (write === undefined) throw new NotYet(`no document for the operation ${op.op}`)
  if (op['valued'] === false) throw new NotYet('no document for goods of others')
  return write(op, ops, standing)
}

type WritePaper = (op: Operation, ops: readonly Operation[], standing: Standing) => Paper

const papers: Readonly<Record<string, WritePaper>> = {
  in: (op) => {
    const header = { ...at(op, 'wh'), supplierId, invoiceKind: 'none' }
    return {
      draft: draftOf(op, 'goods-receipt', header, { ...goods(op), price: price(op, 'price') }),
    }
  },
  out: (op) => {
    const isPriced = op['sell_price'] !== undefined
    const line = { ...goods(op), ...(isPriced && { price: price(op, 'sell_price') }) }
    const header = { ...at(op, 'wh'), ...(isPriced && { customerId }) }
    return { draft: draftOf(op, 'shipment', header, line), ...(!isPriced && { without: 'sales' }) }
  },
  transfer: (op) => {
    const header = {
      sourceWarehouseId: idOf('warehouse', nameOf(op['from'])),
      targetWarehouseId: idOf('warehouse', nameOf(op['to'])),
    }
    const arrival = op['price'] !== undefined && { arrivalValue: amountOf(op) }
    return { draft: draftOf(op, 'transfer', header, { ...goods(op), ...arrival }) }
  },
  convert,
  count,
  revalue,
  bill,
  landed,
  return_in: (op, ops, standing) => {
    const origin = originOf(op, ops)
    const isPriced = origin['sell_price'] !== undefined
    const header = { ...at({ ...origin, ...op }, 'wh'), ...(isPriced && { refund: 'receivable' }) }
    const line = { ...goods({ ...origin, qty: op['qty'] ?? null }), ...linkTo(standing(origin.n)) }
    return {
      draft: draftOf(op, 'sales-return', header, line),
      ...(!isPriced && { without: 'sales' }),
    }
  },
  return_out: (op, ops, standing) => {
    const origin = originOf(op, ops)
    const header = { ...at(origin, 'wh'), supplierId, invoiceKind: 'none' }
    const line = { ...goods({ ...origin, qty: op['qty'] ?? null }), ...linkTo(standing(origin.n)) }
    return { draft: draftOf(op, 'purchase-return', header, line) }
  },
}

/** 组装: one product of many parts. 报损: parts that become nothing. 拆卸: many of one. */
function convert(op: Operation): Paper {
  const [inputs, outputs] = [rowsOf(op, 'inputs'), rowsOf(op, 'outputs')]
  const [sources, targets] = [placesOf(inputs), placesOf(outputs)]
  const isAcross = new Set([...sources, ...targets]).size > 1
  if (isAcross && !isAssembledAcross(inputs, outputs)) {
    throw new NotYet('no conversion of goods of several warehouses')
  }
  const header = at(inputs[0] ?? outputs[0] ?? {}, 'wh')
  const [input, output] = [inputs[0], outputs[0]]
  if (output === undefined) return written(op, 'write-off', { ...header, reason: 'other' }, inputs)
  const fee = exactIn(op, 'extra', undefined)
  const extra = fee === undefined ? {} : { fee: inScale(fee, moneyDecimals) }
  const shares = op['share'] === undefined ? undefined : sharesOf(op['share'], outputs)
  const made = outputs.filter((row) => row['value'] === undefined)
  const [product] = made
  if (product === undefined) throw new NotYet('no conversion with stated values alone')
  if (made.length === 1 || shares !== undefined) {
    const others = outputs.filter((row) => row !== product)
    const lines = [...inputs, ...others.map((row) => byproductOf(row, shares?.get(row)))]
    const from = isAcross ? { sourceWarehouseId: header['warehouseId'] ?? '' } : {}
    return written(
      op,
      'assembly',
      { ...at(product, 'wh'), ...from, ...extra, ...goods(product) },
      lines,
    )
  }
  if (inputs.length !== 1 || input === undefined) {
    throw new NotYet('no conversion of several goods into several without shares')
  }
  if (made.length !== outputs.length) throw new NotYet('no parts at a stated value without shares')
  return written(op, 'disassembly', { ...header, ...extra, ...goods(input) }, outputs)
}

/** Percent of the cost by output, as a list in their order or by SKU; the first has what others leave. */
function sharesOf(given: Value, outputs: readonly Table[]): Map<Table, number> {
  const figures = Array.isArray(given)
    ? given
    : outputs.map((row) => tableOf(given, 'share')[nameOf(row['sku'])])
  const shares = outputs.map((_, i) => exactOf(figures[i] ?? '0', 'share'))
  const isFraction = shares.every(({ numerator, denominator }) => numerator <= denominator)
  const whole = ratio(isFraction ? 100n : 1n)
  return new Map(
    outputs.map((row, i) => [
      row,
      inScale(multiplyRatios(shares[i] ?? whole, whole), percentDecimals),
    ]),
  )
}

/** 副产品: at a stated value, scrap at none (policy 22), or with a share of the cost. */
function byproductOf(row: Table, costShare = 0): Table {
  const stated = row['value'] === undefined ? undefined : exactOf(row['value'], 'value')
  if (stated === undefined) return { ...row, costShare: String(costShare) }
  const statedCost = inScale(stated, moneyDecimals)
  return { ...row, costShare: '0', ...(statedCost !== 0 && { statedCost: String(statedCost) }) }
}

function placesOf(rows: readonly Table[]): string[] {
  return [...new Set(rows.map((row) => nameOf(row['wh'])))]
}

/** 领料仓库: parts of one warehouse, one product into another. */
function isAssembledAcross(inputs: readonly Table[], outputs: readonly Table[]): boolean {
  return outputs.length === 1 && placesOf(inputs).length === 1
}

function rowsOf(op: Operation, side: 'inputs' | 'outputs'): Table[] {
  const wh = op['wh'] === undefined ? {} : { wh: op['wh'] }
  return listOf(op[side] ?? [], side).map((row) => ({ ...wh, ...tableOf(row, side) }))
}

function written(
  op: Operation,
  type: string,
  header: Readonly<Record<string, Json>>,
  rows: readonly Table[],
): Paper {
  const lines = rows.map((row) => ({
    ...goods(row),
    ...(row['costShare'] !== undefined && { costShare: Number(row['costShare']) }),
    ...(row['statedCost'] !== undefined && { statedCost: Number(row['statedCost']) }),
  }))
  return { draft: numbered(draftOf(op, type, header, goods(rows[0] ?? {})), lines) }
}

/** 盘点: what was there; a blank says nothing (policy 12). Their price is of all that is there. */
function count(op: Operation): Paper {
  const { rows, ...shared } = op
  const counted = rows === undefined ? [op] : listOf(rows, 'rows').map((row) => tableOf(row, 'row'))
  const lines = counted.map((row) => countedLine({ ...shared, ...row }))
  const isPriced = lines.some((line) => Object.hasOwn(line, 'price'))
  const header = { ...at({ ...counted[0], ...shared }, 'wh'), ...(isPriced && { restates: 1 }) }
  return { draft: numbered(draftOf(op, 'stock-count', header, lines[0] ?? {}), lines) }
}

function numbered(draft: DraftDocument, lines: readonly Readonly<Record<string, Json>>[]) {
  return { ...draft, lines: lines.map((line, index) => ({ ...line, lineId: String(index + 1) })) }
}

function countedLine(row: Table): Readonly<Record<string, Json>> {
  const { quantity, ...which } = goods({ ...row, qty: row['counted'] ?? '0' })
  return {
    ...which,
    ...(typeof row['counted'] === 'string' && { quantity: quantity ?? 0 }),
    ...(row['price'] !== undefined && { price: price(row, 'price') }),
  }
}

/** 成本调整: goods are worth so much more or less; a pool lies where its first goods came. */
function revalue(op: Operation, ops: readonly Operation[]): Paper {
  const place = ops.flatMap((each) => goodsOf(each, ops)).find(({ sku }) => sku === op['sku'])
  const amount = exactIn(op, 'amount', undefined)
  // To a rate: whatever is there is worth so much each, as a count without quantities says it.
  if (amount === undefined) {
    return count({ ...op, wh: place?.warehouse ?? '', price: op['rate'] ?? null })
  }
  const isLess = amount.numerator < 0n
  const header = {
    ...at({ wh: place?.warehouse ?? '' }, 'wh'),
    ...{ direction: isLess ? 'decrease' : 'increase', reason: 'other' },
  }
  const fen = Math.abs(inScale(amount, moneyDecimals))
  const line = { skuId: idOf('sku', nameOf(op['sku'])), amount: fen }
  return { draft: draftOf(op, 'cost-adjustment', header, line) }
}

/** 采购发票: of several receipts the earlier ones first, as far as earlier invoices have left of them. */
function bill(op: Operation, ops: readonly Operation[], standing: Standing): Paper {
  const header = { supplierId, invoiceKind: 'ordinary' }
  const lines = billedReceipts(op, ops).map(({ receipt, quantity }) => ({
    ...{ skuId: idOf('sku', nameOf(receipt['sku'])), quantity, price: price(op, 'price') },
    ...linkTo(standing(receipt.n)),
  }))
  return { draft: numbered(draftOf(op, 'purchase-invoice', header, {}), lines) }
}

interface Billed {
  readonly receipt: Operation
  /** Steps. */
  readonly quantity: number
}

/** The last receipt takes what is beyond them all. */
function billedReceipts(op: Operation, ops: readonly Operation[]): readonly Billed[] {
  const receipts = originsOf(op, ops)
  const earlier = ops.filter((each) => each.op === 'bill' && each.n < op.n)
  const billed = earlier.flatMap((each) => billedReceipts(each, ops))
  let rest = inScale(exactOf(op['qty'], 'qty'), quantityDecimals)
  const shares = receipts.map((receipt, index) => {
    const came = inScale(exactOf(receipt['qty'], 'qty'), quantityDecimals)
    const before = billed.filter((each) => each.receipt.n === receipt.n)
    const open = before.reduce((left, { quantity }) => left - quantity, came)
    const own = index === receipts.length - 1 ? rest : Math.min(Math.max(open, 0), rest)
    rest -= own
    return { receipt, quantity: own }
  })
  return shares.filter(({ quantity }) => quantity > 0)
}

/** 费用分摊: by what the goods cost, unless the case says what each receipt bears. */
function landed(op: Operation, ops: readonly Operation[], standing: Standing): Paper {
  if (op['parts'] !== undefined) throw new NotYet('no charge with stated shares')
  const fee = inScale(exactOf(op['amount'], 'amount'), moneyDecimals)
  const header = { kind: 'freight', by: 'amount', fee, bookAs: 'stock' }
  const lines = originsOf(op, ops).map((receipt) => ({
    ...{ skuId: idOf('sku', nameOf(receipt['sku'])), ...linkTo(standing(receipt.n)) },
  }))
  return { draft: numbered(draftOf(op, 'landed-cost', header, {}), lines) }
}

function originsOf(op: Operation, ops: readonly Operation[]): readonly Operation[] {
  const numbers = referred(op['of'])
  return ops.filter(({ n }) => numbers.includes(n))
}

function originOf(op: Operation, ops: readonly Operation[]): Operation {
  const origin = ops.find(({ n }) => n === referred(op['of'])[0])
  if (origin === undefined) throw new CaseProblem(`${op.op} ${op.n}: nothing to return`)
  return origin
}

function linkTo(originId: string): Readonly<Record<string, Json>> {
  return { originId, originLineId: firstLine }
}

function draftOf(
  op: Operation,
  type: string,
  header: Readonly<Record<string, Json>>,
  line: Readonly<Record<string, Json>>,
): DraftDocument {
  const { lines, header: fields } = documentType(type)
  const foreign = Object.keys(header).find((name) => !Object.hasOwn(fields, name))
  if (foreign !== undefined) throw new NotYet(`no ${foreign} on a ${type}`)
  const missing = Object.keys(line).find((name) => !Object.hasOwn(lines, name))
  if (missing !== undefined) throw new NotYet(`no ${missing} on a ${type}`)
  return {
    ...{ docId: docIdOf(op.n), type, branch: branchId, at: momentOf(op), header },
    lines: [{ ...line, lineId: firstLine }],
  }
}

function at(op: Table, field: string): Readonly<Record<string, Json>> {
  return { warehouseId: idOf('warehouse', nameOf(op[field])) }
}

/** What moves: product, quantity and, where the case says so, which of the goods. */
function goods(op: Table): Readonly<Record<string, Json>> {
  const { sku, batch, expires, serials } = op
  return {
    skuId: idOf('sku', nameOf(sku)),
    quantity: inScale(exactOf(op['qty'], 'qty'), quantityDecimals),
    ...(typeof batch === 'string' && { batch }),
    ...(typeof expires === 'string' && { expires }),
    ...(Array.isArray(serials) && { serials: serials.map(String).join(' ') }),
  }
}

function price(op: Table, name: string): number {
  return inScale(exactIn(op, name, exactOf('0')), unitPriceDecimals)
}

/** What the goods come to at the stated price, fen; half away from zero like every amount. */
function amountOf(op: Table): number {
  const [quantity, each] = [exactOf(op['qty'], 'qty'), exactOf(op['price'], 'price')]
  return scaledRatio(multiplyRatios(quantity, each), moneyDecimals)
}

/** Exactly; what a field of the product cannot hold is not played as something else. */
export function inScale(value: Ratio, decimals: number): number {
  const whole = scaledRatio(value, decimals)
  if (compareRatios(scaled(whole, decimals), value) !== 0) {
    throw new NotYet(`a figure with more than ${decimals} decimals`)
  }
  return whole
}
