/** What of a branch, of others and of the company is durable at one moment, as the store has it. */
import { parseJournalName, isServerDevice } from '#domain/records/journal-name.ts'
import type { SealedHead } from '#domain/records/sealed-body.ts'
import type { Tails } from '../journals/tails.ts'
import type { JournalTail, Store } from '../storage/store.ts'
import { type StoredEntry, type StoredJournal, storedEntries } from './closing-fold.ts'

type Source = Pick<Store, 'loadDocument'>

export interface CoveredJournals {
  /** Of the company and of all branches asked for, by name. */
  readonly journals: readonly StoredJournal[]
  /** Ends of the chains of the first branch. */
  readonly heads: readonly SealedHead[]
}

/**
 * What a seal of the first branch follows from, with what others hold who start from its files. The ends are
 * taken at once, the journals after that: what comes meanwhile is left for the next time.
 */
export async function coveredJournals(
  store: Source,
  tails: Tails,
  [branch = '', ...others]: readonly string[],
): Promise<CoveredJournals> {
  const ofBranch = tailsOf(tails, branch)
  const further = ['all', ...others].flatMap((each) => tailsOf(tails, each))
  const ends = [...further, ...ofBranch].sort((one, other) =>
    one.journal < other.journal ? -1 : 1,
  )
  const journals: StoredJournal[] = []
  for (const { journal, seq } of ends) {
    journals.push({ journal, seq, parts: await store.loadDocument(journal) })
  }
  return { journals, heads: headsOf(ofBranch) }
}

function tailsOf(tails: Tails, branch: string): JournalTail[] {
  return tails.journalsOf(branch).flatMap((journal) => tails.ofJournal(journal) ?? [])
}

/** What the server itself has said among the goods of a branch: little, and its seals among it. */
export async function serverRecords(
  store: Source,
  tails: Tails,
  branch: string,
): Promise<readonly StoredEntry[]> {
  const own = tails.journalsOf(branch).filter((journal) => {
    const name = parseJournalName(journal)
    return name.ok && name.value.audience === 'goods' && isServerDevice(name.value.device)
  })
  const read = await Promise.all(
    own.map(async (journal) => storedEntries(journal, await store.loadDocument(journal))),
  )
  return read.flat()
}

function headsOf(tails: readonly JournalTail[]): SealedHead[] {
  const heads = new Map<string, SealedHead>()
  for (const { journal, seq, hash } of tails) {
    const name = parseJournalName(journal)
    if (!name.ok) continue
    const { device, audience } = name.value
    const chain = `${device}/${audience}`
    if ((heads.get(chain)?.seq ?? -1) < seq) heads.set(chain, { device, audience, seq, hash })
  }
  return [...heads.keys()].sort().flatMap((chain) => heads.get(chain) ?? [])
}
