/**
 * Model `reserve`: goods are promised by sales orders, restated by order changes and counted, through
 * the product's own documents; what is available is read from the fold.
 */

import { type Ratio, zeroRatio } from '#domain/values/ratio.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { asId, type SkuId, type WarehouseId } from '#domain/values/ids.ts'
import type { PromisedGoods } from '#domain/doctype/readers.ts'
import { audiences } from '#domain/records/audience.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import { exactOf, type Figure, scaled } from '../figures.ts'
import { dayEnd, momentOf } from '../moments.ts'
import type { Play } from '../play.ts'
import {
  CaseProblem,
  type Expectation,
  type GoldenCase,
  listOf,
  nameOf,
  type Operation,
  type Value,
} from '../read-cases.ts'
import { firstLine, inScale } from './ledger-documents.ts'
import { branchId, documentType, LedgerWorld } from './ledger-world.ts'

/** A case speaks of one product, whatever it calls it. */
const onlySku = 'goods'

class ReservePlay implements Play {
  readonly #world: LedgerWorld
  readonly #refused = new Set<number>()
  readonly #answers = new Map<number, boolean>()
  /** The document and place of each reservation by its name. */
  readonly #orders = new Map<string, { readonly docId: string; readonly loc: string }>()

  constructor({ ops }: GoldenCase) {
    const days = ops.map(({ at }) => nameOf(at).slice(0, 10))
    this.#world = new LedgerWorld(dayEnd(days.sort().at(-1) ?? '2026-01-01'))
    this.#setUp(ops)
  }

  enter(op: Operation): void {
    switch (op.op) {
      case 'ask':
        return void this.#answers.set(op.n, this.#has(op))
      case 'stock':
        return this.#post(op, 'goods-receipt', nameOf(op['loc']), { quantity: quantityOf(op) })
      case 'count':
        return this.#post(op, 'stock-count', nameOf(op['loc']), { quantity: quantityOf(op) })
      case 'reserve':
        return this.#reserve(op)
      case 'reserve_change':
        return this.#change(op)
      default:
        throw new CaseProblem(`unknown operation: ${op.op}`)
    }
  }

  read(expectation: Expectation): Figure {
    const of = Number(expectation['of'])
    switch (expectation.what) {
      case 'answer':
        return this.#answers.get(of)
      case 'available':
        return this.#sum(expectation['locs'], 'available')
      case 'reserved':
        return this.#sum(expectation['locs'], 'reserved')
      default:
        return this.#refused.has(of) ? 'refused' : 'accepted'
    }
  }

  #reserve(op: Operation): void {
    const docId = idOf('document', String(op.n))
    const loc = nameOf(op['loc'])
    this.#orders.set(nameOf(op['id']), { docId, loc })
    const header = op['backorder'] === true ? { isBackorder: 1 } : {}
    this.#post(op, 'sales-order', loc, { quantity: quantityOf(op) }, header)
  }

  #change(op: Operation): void {
    const order = this.#orders.get(nameOf(op['id']))
    if (order === undefined) throw new CaseProblem(`reserve_change ${op.n}: nothing to change`)
    const line = { orderId: order.docId, orderLineId: firstLine, quantity: quantityOf(op) }
    this.#post(op, 'order-change', order.loc, line)
  }

  #post(
    op: Operation,
    type: string,
    loc: string,
    line: Readonly<Record<string, Json>>,
    header: Readonly<Record<string, Json>> = {},
  ): void {
    documentType(type)
    const draft = {
      ...{ docId: idOf('document', String(op.n)), type, branch: branchId, at: momentOf(op) },
      header: { ...header, warehouseId: idOf('warehouse', loc) },
      lines: [{ ...line, skuId: idOf('sku', onlySku), lineId: firstLine }],
    }
    // Nobody says a price here.
    const posting = this.#world.post(op.n, draft, {
      audiences: audiences.filter((each) => each === 'goods'),
      promised: this.#promised(),
    })
    if (!posting.ok) this.#refused.add(op.n)
  }

  #promised(): PromisedGoods {
    const { claims } = this.#world.fold
    const find = (docId: string, lineId: string) =>
      claims.ofDocument(docId).find((each) => each.lineId === lineId)
    return {
      available: (sku, warehouse) => claims.figures(sku, warehouse).available,
      reserved: (docId, lineId) => find(docId, lineId)?.quantity,
      ordered: find,
      isTakenFrom: (docId) => claims.ofDocument(docId).some(({ taken }) => taken > 0),
    }
  }

  #has(op: Operation): boolean {
    const { numerator, denominator } = this.#sum(op['locs'], 'available')
    const wanted = exactOf(op['qty'], 'qty')
    return numerator * wanted.denominator >= wanted.numerator * denominator
  }

  #sum(locs: Value | undefined, figure: 'available' | 'reserved'): Ratio {
    const { claims } = this.#world.fold
    const sku = asId<SkuId>(idOf('sku', onlySku))
    if (locs === undefined || locs === null) {
      return scaled(claims.figures(sku)[figure], quantityDecimals)
    }
    const places = listOf(locs, 'locs').map((loc) =>
      asId<WarehouseId>(idOf('warehouse', nameOf(loc))),
    )
    const steps = places.reduce((sum, place) => sum + claims.figures(sku, place)[figure], 0)
    return places.length === 0 ? zeroRatio : scaled(steps, quantityDecimals)
  }

  #setUp(ops: readonly Operation[]): void {
    const world = this.#world
    world.setUp('company', idOf('company', 'company'), { name: 'Company', taxpayer: 'general' })
    world.setUp('branch', branchId, { name: 'Main', code: '001' })
    const places = ops.flatMap(({ loc }) => (typeof loc === 'string' ? [loc] : []))
    for (const name of new Set(places)) {
      world.setUp('warehouse', idOf('warehouse', name), { name, branchId })
    }
    const productId = idOf('product', onlySku)
    world.setUp('product', productId, { name: onlySku, code: onlySku })
    world.setUp('sku', idOf('sku', onlySku), { productId, code: onlySku, baseUnit: 'unit' })
  }
}

export function playReserve(golden: GoldenCase): Play {
  return new ReservePlay(golden)
}

function quantityOf(op: Operation): number {
  return inScale(exactOf(op['qty'], 'qty'), quantityDecimals)
}
