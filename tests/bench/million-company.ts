/**
 * A company with a million movements behind it, as its device would hold it: the fold of a real device's
 * checkpoint and of 200,000 posted documents of earlier months, with 5,000 SKUs in 40 warehouses.
 */
import { type Fold, openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import type { JournalRow } from '#client/engine/store.ts'
import { JournalWriter } from '#tests/builders/journal-writer.ts'
import { benchBranches, benchSkus, benchWarehouses, postedDocuments } from './bench-records.ts'

const linesPerDocument = 5
const documentsAtOnce = 1_000

export interface BigCompany {
  readonly checkpoint: Uint8Array<ArrayBuffer>
  /** Where the journals end that the checkpoint covers beside those of the device. */
  readonly journals: readonly JournalRow[]
  /** Rows of the stock list. */
  readonly places: number
}

export function bigCompany(base: Uint8Array, movements: number): BigCompany {
  const fold = openFold({ checkpoint: base })
  const known = new Set(fold.watermark().keys())
  if (known.size === 0) throw new Error('the checkpoint of the device could not be opened')
  fold.apply(masterRecords())
  const source = postedDocuments()
  for (let folded = 0; folded < movements; folded += documentsAtOnce * linesPerDocument) {
    fold.apply(Array.from({ length: documentsAtOnce }, () => source.next().value ?? []).flat())
  }
  const places = [...fold.stock.balances()].length
  return { checkpoint: fold.checkpoint().slice(), journals: tailsOf(fold, known), places }
}

function tailsOf(fold: Fold, known: ReadonlySet<string>): JournalRow[] {
  return [...fold.watermark()].flatMap(([journal, { seq, hash }]) =>
    known.has(journal) ? [] : [{ journal, firstSeq: 0, firstPrev: '', seq, hash, hlc: 0 }],
  )
}

/** Branches, warehouses and products in the words of the trade, a record for each kind. */
function masterRecords(): FoldEntry[] {
  const writer = new JournalWriter()
  const write = (changes: readonly object[]) =>
    writer.write({
      ...{
        device: 'server-1',
        branch: 'all',
        audience: 'goods',
        kind: 'masters-changed.v1',
        at: 1,
      },
      body: { changes } as never,
    })
  const branches = benchBranches.map((id, index) => ({
    ...{ entity: 'branch', id, fields: { name: `第${index + 1}门店`, code: `B${index}` } },
  }))
  const warehouses = benchWarehouses.map((id, index) => ({
    ...{ entity: 'warehouse', id },
    fields: { name: `第${index + 1}仓`, branchId: benchBranches[Math.floor(index / 2)] ?? '' },
  }))
  const goods = benchSkus.flatMap((id, index) => [
    { entity: 'product', id, fields: { name: `商品${index}`, specification: '500ml' } },
    { entity: 'sku', id, fields: { productId: id, code: `S${10_000 + index}`, baseUnit: '瓶' } },
  ])
  const chunks = Array.from({ length: Math.ceil(goods.length / 200) }, (_, index) =>
    goods.slice(index * 200, (index + 1) * 200),
  )
  return [branches, warehouses, ...chunks].map(write)
}
