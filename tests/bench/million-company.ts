/**
 * A company with a million movements behind it, as its device would hold it: the fold of a real device's
 * records and of 200,000 posted documents of earlier months, with 5,000 SKUs in 40 warehouses. The past is
 * folded once and kept in .cache, under a name that changes with the code that makes it.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import type { JournalRow } from '#client/engine/store/store.ts'
import { JournalWriter } from '#tests/builders/journal-writer.ts'
import { benchBranches, benchSkus, benchWarehouses, postedDocuments } from './bench-records.ts'

const linesPerDocument = 5
const documentsAtOnce = 1_000
const root = join(import.meta.dirname, '..', '..')

export interface BigCompany {
  readonly checkpoint: Uint8Array<ArrayBuffer>
  /** Where the journals end that the checkpoint covers beside those of the device. */
  readonly journals: readonly JournalRow[]
  /** Rows of the stock list. */
  readonly places: number
}

/** `own`: what the device itself holds. */
export function bigCompany(own: readonly FoldEntry[], movements: number): BigCompany {
  const fold = openFold({ checkpoint: pastOf(movements) })
  const journals = [...fold.watermark()].map(([journal, { seq, hash }]) => {
    return { journal, firstSeq: 0, firstPrev: '', seq, hash, hlc: 0 }
  })
  fold.apply(own)
  const places = [...fold.stock.balances()].length
  return { checkpoint: fold.checkpoint().slice(), journals, places }
}

function pastOf(movements: number): Uint8Array {
  const folder = join(root, '.cache', 'bench')
  const file = join(folder, `company-${movements}-${fingerprint()}.bin`)
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, foldedPast(movements))
  }
  return new Uint8Array(readFileSync(file)).slice()
}

function foldedPast(movements: number): Uint8Array {
  const fold = openFold()
  fold.apply(masterRecords())
  const source = postedDocuments()
  for (let folded = 0; folded < movements; folded += documentsAtOnce * linesPerDocument) {
    fold.apply(Array.from({ length: documentsAtOnce }, () => source.next().value ?? []).flat())
  }
  return fold.checkpoint()
}

/** Of all that decides what a checkpoint holds. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const ours = ['million-company.ts', 'bench-records.ts'].map((name) =>
    join('tests', 'bench', name),
  )
  const domain = readdirSync(join(root, 'domain'), { recursive: true, encoding: 'utf8' })
  const read = domain.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort()
  for (const file of [...ours, ...read.map((name) => join('domain', name))]) {
    hash.update(readFileSync(join(root, file)))
  }
  return hash.digest('hex').slice(0, 12)
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
