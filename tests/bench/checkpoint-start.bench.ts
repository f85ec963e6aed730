/**
 * A start from a checkpoint, as processor time from its bytes to the first stock, with 50,000 SKUs and a month of
 * 20,000 movements behind it. G10 is a new device: the hash of a closing's file, how far it covers the journals, its
 * opening, and the month decoded and folded. G6 is a device that has its own blob, ten million movements beside one:
 * the opening and the month. The line and the store are left out. `START_BEHIND=2000000` for another past than ten
 * million, which takes two minutes and 6 GB to fold.
 */
import { type Fold, openFold, watermarkOfCheckpoint } from '#domain/fold/fold.ts'
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
const longest = Number(process.env['START_BEHIND'] ?? 10_000_000)
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
  const [less, more, most] = [await startAt(short), await startAt(long), await startAt(longest)]
  const millions = longest / 1_000_000
  return [
    newDevice(`from 50,000 SKUs, 250k movements, and a month of 20,000: ${textOf(less)}`, less),
    newDevice(`the same with 1M behind it: ${textOf(more)}`, more),
    {
      ...{ goal: 'G6', unit: 'ms', target: '≤ 1.3' },
      what: `open the own blob and fold a month, ${millions}M movements behind it beside 1M: ${textOf(most)}`,
      ...{ floor: opened(more), ours: opened(most), ratio: opened(most) / opened(more) },
    },
  ]
}

function newDevice(what: string, work: Work): BenchRow {
  const ours = work.hash + work.check + opened(work)
  return {
    ...{ goal: 'G10', unit: 'ms', target: '≤ 1' },
    what: `start from a closing's file beside its limit, ${what}`,
    ...{ floor: limitMs, ours, ratio: ours / limitMs },
  }
}

function opened({ open, month }: Work): number {
  return open + month
}

async function startFrom(file: Uint8Array, month: readonly FoldEntry[]): Promise<Work> {
  const stored = month.map(({ journal, record }) => ({ journal, bytes: encodeRecord(record) }))
  const works: Work[] = []
  for (let round = 0; round < rounds; round++) {
    globalThis.gc?.()
    const kept = file.slice()
    const hash = await workedAsync(() => webCryptoKeys(crypto.subtle).digest?.(kept))
    const check = worked(() => void watermarkOfCheckpoint(kept))
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

function textOf({ hash, check, open, month }: Work): string {
  const parts = { hash, check, open, month }
  return Object.entries(parts)
    .map(([name, ms]) => `${name} ${Math.round(ms)}`)
    .join(', ')
}
