/** Ledgers of a given size for benchmarks: posted documents of five lines, skewed over SKUs. */

import { TextHeap } from '#domain/ledgers/columns/text-heap.ts'
import { type NewMovement, putEvent, putMovement, putValue } from '#domain/ledgers/stock/change.ts'
import { noteCount } from '#domain/ledgers/stock/counts.ts'
import { settle } from '#domain/ledgers/stock/settle.ts'
import { branchOfPool, lineOf, noCell, poolsOfSku } from '#domain/ledgers/stock/place.ts'
import { rankOf } from '#domain/ledgers/stock/movement.ts'
import { openStockLedger, type StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import { seededRandom } from '#tests/builders/arrivals.ts'

export interface BenchWorld {
  readonly movements: number
  readonly branches: number
  readonly skus: number
  /** What tells the goods of a leg apart; nothing, where it is left out. */
  readonly cellOf?: (ledger: StockLedger, line: number, sku: number) => number
  /** Documents of a hundred that are counts; none, where it is left out. */
  readonly countPercent?: number
}

const linesPerDocument = 5
const batchDocuments = 200

/** A ledger in which goods arrive before they go; three documents of ten are receipts. */
export function benchLedger(world: BenchWorld): StockLedger {
  const { movements, branches, skus, cellOf = () => noCell, countPercent = 0 } = world
  const random = seededRandom(movements + branches)
  const pick = (limit: number) => Math.floor(random() * limit)
  const texts = new TextHeap()
  const legs = Array.from({ length: linesPerDocument }, (_, index) => texts.append(`line-${index}`))
  const ledger = openStockLedger({
    texts,
    deviceText: (device) => `device-${device}`,
    documentText: (document) => `document-${document}`,
    referencePrice: () => undefined,
    closedUntil: () => Number.NEGATIVE_INFINITY,
    batchValuations: () => [],
    isApart: () => false,
  })
  const documents = movements / linesPerDocument
  for (let document = 0; document < documents; document++) {
    const event = putEvent(ledger, { at: document * 10, hlc: document, device: 0, document })
    const branch = pick(branches)
    const warehouse = branch * 2 + pick(2)
    const isReceipt = random() < 0.3
    const isCount = document % 100 < countPercent
    for (const leg of legs) {
      const sku = Math.floor(random() * random() * skus)
      const units = 1 + pick(20)
      // The first goods of a pool always arrive, and receipts are large: negative stock is rare.
      const isFirst = poolsOfSku(ledger, sku).every((pool) => branchOfPool(ledger, pool) !== branch)
      const quantity = (isReceipt || isFirst ? units * 40 : 0 - units) * 10_000
      const kind = quantity > 0 ? rankOf.receipt : rankOf.issue
      const line = lineOf(ledger, sku, warehouse, branch)
      const cell = cellOf(ledger, line, sku)
      if (isCount && !isFirst) {
        putCount(ledger, { event, line, cell, leg, quantity: 0, kind: rankOf.count })
        continue
      }
      const movement = putMovement(ledger, { event, line, cell, leg, quantity, kind })
      if (quantity > 0) putValue(ledger, movement, units * 40 * (1 + pick(3_000)))
    }
    if (document % batchDocuments === 0) settle(ledger)
  }
  settle(ledger)
  return ledger
}

/** One unit less than the books say. */
function putCount(ledger: StockLedger, count: NewMovement): void {
  const { cell, line } = count
  const table = cell === noCell ? ledger.lineTable : ledger.cellTable
  const book = table.columns.quantity[cell === noCell ? line : cell] as number
  noteCount(ledger, putMovement(ledger, count), { counted: Math.max(book - 10_000, 0), book })
}
