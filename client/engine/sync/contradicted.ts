/**
 * A head that the server signed speaks of another record than the one that is kept of a journal. Whose word
 * counts: that of the device that wrote the journal, where it has signed what is kept [LIE9]; the server's
 * where nobody has, and of its own journals.
 */
import { isServerDevice, parseJournalName } from '#domain/records/journal-name.ts'
import type { HeadBook } from './head-book.ts'
import type { Inbox, JournalTrouble } from './inbox.ts'
import type { Mending } from '../own/mending.ts'
import type { Objections } from './objections.ts'
import type { Witness } from './witness.ts'

export interface Parties {
  readonly witness: Pick<Witness, 'vouchesFor'>
  readonly heads: Pick<HeadBook, 'of'>
  readonly inbox: Pick<Inbox, 'reinstate'>
  readonly objections: Pick<Objections, 'rewrote' | 'journalBroken'>
  readonly mending: Pick<Mending, 'drop'>
}

export async function settleContradiction(
  { witness, heads, inbox, objections, mending }: Parties,
  trouble: JournalTrouble,
): Promise<void> {
  const { journal } = trouble
  const said = heads.of(journal)
  const isSigned = await witness.vouchesFor(journal)
  if (isSigned) objections.rewrote(journal, said === undefined ? [] : [said])
  if (isSigned && !isOfServer(journal)) return inbox.reinstate(journal)
  objections.journalBroken(trouble)
  mending.drop(trouble)
}

function isOfServer(journal: string): boolean {
  const name = parseJournalName(journal)
  return name.ok && isServerDevice(name.value.device)
}
