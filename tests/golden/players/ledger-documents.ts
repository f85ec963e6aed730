/** Which document a person would write for each operation of the model `ledger`. */

import type { DraftDocument } from '#domain/doctype/define.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import { compareRatios, type Ratio, scaledRatio } from '#domain/values/ratio.ts'
import { unitPriceDecimals } from '#domain/values/unit-price.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import { exactIn, exactOf, scaled } from '../figures.ts'
import { momentOf } from '../moments.ts'
import { NotYet } from '../play.ts'
import { CaseProblem, nameOf, type Operation, referred, type Table } from '../read-cases.ts'
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

export function paperOf(op: Operation, ops: readonly Operation[]): Paper {
  const write = papers[op.op]
  if (write === undefined) throw new NotYet(`no document for the operation ${op.op}`)
  if (op['valued'] === false) throw new NotYet('no document for goods of others')
  return write(op, ops)
}

type WritePaper = (op: Operation, ops: readonly Operation[]) => Paper

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
    if (op['price'] !== undefined) throw new NotYet('no transfer at another price')
    const header = {
      sourceWarehouseId: idOf('warehouse', nameOf(op['from'])),
      targetWarehouseId: idOf('warehouse', nameOf(op['to'])),
    }
    return { draft: draftOf(op, 'transfer', header, goods(op)) }
  },
  return_in: (op, ops) => {
    const origin = originOf(op, ops)
    const isPriced = origin['sell_price'] !== undefined
    const header = { ...at({ ...origin, ...op }, 'wh'), ...(isPriced && { refund: 'receivable' }) }
    const line = { ...goods({ ...origin, qty: op['qty'] ?? null }), ...linkTo(origin) }
    return {
      draft: draftOf(op, 'sales-return', header, line),
      ...(!isPriced && { without: 'sales' }),
    }
  },
  return_out: (op, ops) => {
    const origin = originOf(op, ops)
    const header = { ...at(origin, 'wh'), supplierId, invoiceKind: 'none' }
    const line = { ...goods({ ...origin, qty: op['qty'] ?? null }), ...linkTo(origin) }
    return { draft: draftOf(op, 'purchase-return', header, line) }
  },
}

function originOf(op: Operation, ops: readonly Operation[]): Operation {
  const origin = ops.find(({ n }) => n === referred(op['of'])[0])
  if (origin === undefined) throw new CaseProblem(`${op.op} ${op.n}: nothing to return`)
  return origin
}

function linkTo({ n }: Operation): Readonly<Record<string, Json>> {
  return { originId: docIdOf(n), originLineId: firstLine }
}

function draftOf(
  op: Operation,
  type: string,
  header: Readonly<Record<string, Json>>,
  line: Readonly<Record<string, Json>>,
): DraftDocument {
  const { lines } = documentType(type)
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

function price(op: Operation, name: string): number {
  return inScale(exactIn(op, name, exactOf('0')), unitPriceDecimals)
}

/** Exactly; what a field of the product cannot hold is not played as something else. */
export function inScale(value: Ratio, decimals: number): number {
  const whole = scaledRatio(value, decimals)
  if (compareRatios(scaled(whole, decimals), value) !== 0) {
    throw new NotYet(`a figure with more than ${decimals} decimals`)
  }
  return whole
}
