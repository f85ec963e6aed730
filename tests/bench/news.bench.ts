/**
 * What it costs to say which figures changed: a burst of 20,000 documents of others folded with and without somebody
 * having looked, telling the changes afterwards and again after each document more, looking, and all stock as of a past
 * day; 50,000 SKUs, processor time of this thread. `node tests/bench/news.bench.ts [movements before the burst]` prints
 * the rows; not in `npm run bench`.
 */
import { type Fold, openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { makeNews } from '#client/projections/news.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import { postedDocuments } from './bench-records.ts'
import { median } from './median.ts'

const burst = 20_000
const atOnce = 10_000
const linesPerDocument = 5
const history = Number(process.argv[2] ?? 250_000)

const skus = Array.from({ length: 50_000 }, (_, index) => idOf('sku', `news-${index}`))
const documents = postedDocuments(skus)

function take(count: number): FoldEntry[] {
  const entries: FoldEntry[] = []
  for (let n = 0; n < count; n++) entries.push(...((documents.next().value as FoldEntry[]) ?? []))
  return entries
}

function worked(act: () => void): number {
  const before = process.threadCpuUsage()
  act()
  const { user, system } = process.threadCpuUsage(before)
  return Math.round((user + system) / 1_000)
}

function foldAll(fold: Fold, entries: readonly FoldEntry[], note?: () => void): void {
  for (let from = 0; from < entries.length; from += atOnce) {
    fold.apply(entries.slice(from, from + atOnce))
    note?.()
  }
}

const before = take(history / linesPerDocument)
const later = take(burst)
const [bare, watched] = [openFold(), openFold()]
foldAll(bare, before)
foldAll(watched, before)
const news = makeNews(watched)
const looking = worked(() => news.look(1).done())
const floor = worked(() => foldAll(bare, later))
const ours = worked(() => foldAll(watched, later, () => news.note(2)))
let changed = 0
const telling = worked(() => {
  changed = news.changes().length
})
const tellings = Array.from({ length: 9 }, () => {
  foldAll(watched, take(1), () => news.note(3))
  return worked(() => void news.changes())
})
let bytes = 0
const keeping = worked(() => {
  bytes = news.blobs()[0]?.bytes.length ?? 0
})
let listed = 0
const listing = worked(() => {
  listed = watched.stock.listAt({ at: Number.MAX_SAFE_INTEGER }).length
})
const rows = [
  ['burst of 20,000 documents, nobody has looked', `${floor} ms`],
  ['the same, somebody has', `${ours} ms (${(ours / floor).toFixed(2)} ×)`],
  [`telling ${changed} changed goods`, `${telling} ms`],
  ['telling them again after one more document', `${median(tellings)} ms`],
  ['looking', `${looking} ms`],
  ['keeping what was seen', `${keeping} ms, ${bytes} bytes`],
  [
    `stock at a moment, ${listed} rows of ${history + burst * linesPerDocument} movements`,
    `${listing} ms`,
  ],
]
for (const [what, figure] of rows) process.stdout.write(`${what}: ${figure}\n`)
