/** What the server holds of a revoked device beside its journals: one row of the registry for each journal. */
import { type JournalName, parseJournalName } from '#domain/records/journal-name.ts'
import type { ShardTail } from '#domain/records/seal-commit.ts'
import type { RegistryRow } from '../storage/store.ts'

/** Why what is held waits no longer, up to `seq`. */
export interface Decision {
  readonly verdict: 'adopted' | 'declined'
  readonly seq: number
  /** Id of the user. */
  readonly by: string
  readonly at: number
  readonly reason?: string
}

export interface HeldJournal {
  readonly journal: string
  /** The last record that is held. */
  readonly seq: number
  readonly hash: string
  /** Of all that was ever handed in. */
  readonly bytes: number
  /** When the last piece came. */
  readonly handedInAt: number
  readonly decision?: Decision
}

const kind = 'quarantine'

export function heldRow(held: HeldJournal): RegistryRow {
  return { kind, id: held.journal, value: JSON.stringify(held) }
}

export function heldJournals(rows: readonly RegistryRow[]): Map<string, HeldJournal> {
  const own = rows.filter((row) => row.kind === kind && row.value !== undefined)
  return new Map(own.map(({ id, value = '' }) => [id, JSON.parse(value) as HeldJournal]))
}

/** The document in which the store keeps what is held: no name that a socket can open. */
export function heldDocument(journal: string): string {
  return `quarantine/${journal}`
}

export function nameOfHeld({ journal }: Pick<HeldJournal, 'journal'>): JournalName {
  const name = parseJournalName(journal)
  if (!name.ok) throw new Error(`a row of the quarantine names ${journal}`)
  return name.value
}

/** The later of two ends of one chain. */
export function laterEnd(
  one: ShardTail | undefined,
  other: ShardTail | undefined,
): ShardTail | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return other.seq > one.seq ? other : one
}
