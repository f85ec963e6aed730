/**
 * Journals of others that turned out not to hold after they had been folded: they leave the store and with it
 * the fold. What merely differs from the server's word is fetched again; what its device did not sign is not.
 * Nothing is thrown away: what leaves is set aside.
 */
import { noCheckpoint, noStart, startName } from '#client/projections/kept-fold.ts'
import type { JournalTrouble } from './inbox.ts'
import type { Store } from '../store/store.ts'

/** The name under which they are kept, so that they stay out after a restart. */
const distrustedName = 'distrusted'

/** A journal to be taken out. */
export interface JournalDrop extends JournalTrouble {
  /** It is not fetched again. */
  readonly isFinal: boolean
}

export async function distrustedOf(
  store: Pick<Store, 'value'>,
): Promise<readonly JournalTrouble[]> {
  return ((await store.value(distrustedName)) as readonly JournalTrouble[] | undefined) ?? []
}

/** In one transaction: the journal, and the checkpoints that have it in them. */
export async function dropJournal(
  store: Pick<Store, 'value' | 'recordsOf' | 'commit'>,
  term: number,
  { isFinal, ...trouble }: JournalDrop,
): Promise<void> {
  const { journal } = trouble
  const others = (await distrustedOf(store)).filter((each) => each.journal !== journal)
  const aside = await setAsideOf(store)
  const rows = await store.recordsOf(journal, 0, Number.MAX_SAFE_INTEGER)
  const { code } = trouble
  const next = [...aside, { journal, code, records: rows.map(({ bytes }) => bytes) }]
  await store.commit({
    term,
    dropped: [journal],
    blobs: [noCheckpoint, noStart],
    values: {
      [startName]: undefined,
      [setAsideName]: next,
      ...(isFinal ? { [distrustedName]: [...others, trouble] } : {}),
    },
  })
}

/** Records that count no more and are kept all the same: to be looked at, and handed out with the rest. */
export interface SetAside {
  readonly journal: string
  /** Why they count no more. */
  readonly code: string
  readonly records: readonly Uint8Array[]
}

export const setAsideName = 'set-aside'

export async function setAsideOf(store: Pick<Store, 'value'>): Promise<readonly SetAside[]> {
  return ((await store.value(setAsideName)) as readonly SetAside[] | undefined) ?? []
}
