/** Seals over the records of a generated history, and reopenings. */
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { aReopening, aSeal } from '#tests/builders/a-seal.ts'
import { seededRandom } from '#tests/builders/arrivals.ts'
import { idOf, type JournalWriter } from '#tests/builders/journal-writer.ts'
import type { Closing } from './history.ts'
import { momentOf } from './plan.ts'

/** Of every journal the first so many records, more at each closing. */
export function closingRecords(
  writer: JournalWriter,
  closings: readonly Closing[],
  entries: readonly FoldEntry[],
): FoldEntry[] {
  const reached = new Map<string, number>()
  const sealsOf = new Map<string, FoldEntry[]>()
  const written: FoldEntry[] = []
  for (const { branch: nth, hour, seed, isReopening } of closings) {
    const branch = `branch-${nth}`
    const seals = sealsOf.get(branch) ?? []
    sealsOf.set(branch, seals)
    const last = seals.at(-1)
    const until = momentOf(hour)
    if (isReopening && last !== undefined) {
      written.push(aReopening(writer, branch, [last]))
      seals.pop()
    } else {
      const seal = aSeal(writer, branch, until, coveredNow(entries, branch, { reached, seed }))
      if (until > untilOf(last)) seals.push(seal)
      written.push(seal)
    }
  }
  return written
}

function untilOf(seal: FoldEntry | undefined): number {
  return (seal?.record.body as { readonly until?: number } | undefined)?.until ?? 0
}

function coveredNow(
  entries: readonly FoldEntry[],
  branch: string,
  { reached, seed }: { readonly reached: Map<string, number>; readonly seed: number },
): FoldEntry[] {
  const random = seededRandom(seed)
  const journals = new Map<string, FoldEntry[]>()
  for (const entry of entries) {
    const { record } = entry
    if (record.branch !== idOf('branch', branch)) continue
    const journal = `${record.branch} ${record.device} ${record.audience}`
    journals.set(journal, [...(journals.get(journal) ?? []), entry])
  }
  return [...journals].flatMap(([journal, records]) => {
    const known = reached.get(journal) ?? 0
    const more = known + Math.floor(random() * (records.length - known + 1))
    reached.set(journal, more)
    return records.slice(0, more)
  })
}
