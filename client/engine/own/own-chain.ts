/** Chains of own journals: which belong together, and which goes first. */
import { chainText, parseJournalName } from '#domain/records/journal-name.ts'

/** Journals of the same branch and audience, all months; none for a foreign device's. */
export function ownChain(
  moved: string,
  device: string,
  own: Iterable<{ readonly journal: string }>,
): readonly string[] {
  const name = parseJournalName(moved)
  if (!name.ok || name.value.device !== device) return []
  const chain = chainText(name.value)
  return [...own].map(({ journal }) => journal).filter((journal) => chainOf(journal) === chain)
}

/** Of each chain the oldest month. */
export function firstOfChains(own: Iterable<{ readonly journal: string }>): readonly string[] {
  const firstByChain = new Map<string, { readonly journal: string; readonly shard: string }>()
  for (const { journal } of own) {
    const name = parseJournalName(journal)
    if (!name.ok) continue
    const { shard } = name.value
    const chain = chainText(name.value)
    const first = firstByChain.get(chain)
    if (first === undefined || shard <= first.shard) firstByChain.set(chain, { journal, shard })
  }
  return [...firstByChain.values()].map(({ journal }) => journal)
}

function chainOf(journal: string): string | undefined {
  const name = parseJournalName(journal)
  return name.ok ? chainText(name.value) : undefined
}
