/** The months in which journals lie. */
import { parseJournalName } from '#domain/records/journal-name.ts'

/** Empty where the name is none of a journal. */
export function shardOf(journal: string): string {
  const name = parseJournalName(journal)
  return name.ok ? name.value.shard : ''
}

export function newestShardOf(heads: Iterable<{ readonly journal: string }>): string {
  let newest = ''
  for (const { journal } of heads) if (shardOf(journal) > newest) newest = shardOf(journal)
  return newest
}
