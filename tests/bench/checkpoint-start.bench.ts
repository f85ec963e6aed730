/**
 * A new device that starts from a closing's file, as processor time from the bytes to the first stock: the file's
 * hash, its check, its opening, and one month of records decoded and folded behind it. 50,000 SKUs; a quarter of a
 * million and a million movements behind them, to see what a longer past costs. The line and the store are left out.
 */
import { type Fold, openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { decodeRecord, encodeRecord } from '#domain/records/record-bytes.ts'
import { webCryptoKeys } from '#client/engine/people/web-crypto-keys.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import type { BenchRow } from './bench-row.ts'
import { postedDocuments } from './bench-records.ts'
import { median } from './median.ts'

const skus = Array.from({ length: 50_000 }, (_, index) => idOf('sku', `start-${index}`))
const linesPerDocument = 5
const monthDocuments = 4_000
const [short, long] = [250_000, 1_000_000]
const limitMs = 1_500
const rounds = 5

interface Work {
  readonly hash: number
  readonly check: number
  readonly open: number
  readonly month: number
}

export async function checkpointStart(): Promise<BenchRow[]> {
  const fold = openFold()
  const source = postedDocuments(skus)
  const next = (documents: number) =>
    Array.from({ length: documents }, () => source.next().value ?? []).flat()
  let movements = 0
  const startAt = async (wanted: number): Promise<Work> => {
    for (; movements < wanted; movements += 1_000 * linesPerDocument) fold.apply(next(1_000))
    const month = next(monthDocuments)
    const work = await startFrom(fold.checkpoint(), month)
    fold.apply(month)
    movements += monthDocuments * linesPerDocument
    return work
  }
  const [less, more] = [await startAt(short), await startAt(long)]
  return [
    row(`from 50,000 SKUs, 250k movements, and a month of 20,000: ${textOf(less)}`, {
      ...{ floor: limitMs, ours: sum(less), target: '≤ 1' },
    }),
    row(`the same with 1M behind it: ${textOf(more)}`, {
      ...{ floor: limitMs, ours: sum(more), target: '≤ 1' },
    }),
  ]
}

function row(what: string, how: Pick<BenchRow, 'floor' | 'ours' | 'target'>): BenchRow {
  const ratio = how.ours / how.floor
  return {
    goal: 'G10',
    what: `start from a closing's file beside its limit, ${what}`,
    unit: 'ms',
    ratio,
    ...how,
  }
}

async function startFrom(file: Uint8Array, month: readonly FoldEntry[]): Promise<Work> {
  const stored = month.map(({ journal, record }) => ({ journal, bytes: encodeRecord(record) }))
  const works: Work[] = []
  for (let round = 0; round < rounds; round++) {
    globalThis.gc?.()
    const [kept, checked] = [file.slice(), file.slice()]
    const hash = await workedAsync(() => webCryptoKeys(crypto.subtle).digest?.(checked))
    const check = worked(() => void openFold({ checkpoint: checked }).watermark())
    let fold: Fold | undefined
    const open = worked(() => void (fold = openFold({ checkpoint: kept })))
    const folded = worked(() => {
      fold?.apply(stored.flatMap(({ journal, bytes }) => entryOf(journal, bytes)))
      fold?.stock.balance(skus[0] ?? '', '')
    })
    works.push({ hash, check, open, month: folded })
  }
  const middle = (name: keyof Work) => median(works.map((work) => work[name]))
  return {
    hash: middle('hash'),
    check: middle('check'),
    open: middle('open'),
    month: middle('month'),
  }
}

function entryOf(journal: string, bytes: Uint8Array): FoldEntry[] {
  const decoded = decodeRecord(bytes)
  return decoded.ok ? [{ journal, record: decoded.value.record, hash: decoded.value.hash }] : []
}

/** Ms of processor time, of all threads. */
async function workedAsync(act: () => Promise<unknown> | undefined): Promise<number> {
  const before = process.cpuUsage()
  await act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** Ms of processor time. */
function worked(act: () => void): number {
  const before = process.cpuUsage()
  act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function sum({ hash, check, open, month }: Work): number {
  return hash + check + open + month
}

function textOf({ hash, check, open, month }: Work): string {
  const parts = { hash, check, open, month }
  return Object.entries(parts)
    .map(([name, ms]) => `${name} ${Math.round(ms)}`)
    .join(', ')
}
