/** What must be read from the store before a workplace can be put together. */
import { parseJournalName } from '#domain/records/journal-name.ts'
import { openProjector, type Projector } from '#client/projections/projector.ts'
import { filledName } from '../sync/filling.ts'
import { distrustedOf, setAsideOf } from '../sync/distrusted.ts'
import { type Doubt, doubtsOf } from '../sync/doubts.ts'
import type { KeptIdentity } from '../people/identity.ts'
import type { Problem } from '../face/face.ts'
import type { DeviceClock } from '../own/device-clock.ts'
import type { EnginePorts } from '../ports.ts'
import type { HeadRow, JournalRow } from '../store/store.ts'
import { journalProblem, recordRefused } from '../sync/trouble.ts'
import { openUnconfirmed, type Unconfirmed } from '../own/unconfirmed.ts'

/** Where an engine that found its history forked keeps that over restarts. */
export const forkedName = 'forked'

export interface Loaded {
  /** All that are kept, own and foreign. */
  readonly journals: readonly JournalRow[]
  readonly heads: readonly HeadRow[]
  readonly isForked: boolean
  /** The company's records were once here in full. */
  readonly isFilled: boolean
  /** Journals of others that do not hold and are not fetched. */
  readonly distrusted: readonly string[]
  /** What is still to be told of what did not hold, the latest last. */
  readonly troubles: readonly Problem[]
  /** What the server said against its own word. */
  readonly doubts: readonly Doubt[]
  readonly projector: Projector
  readonly unconfirmed: Unconfirmed
}

export async function load(
  ports: EnginePorts,
  identity: KeptIdentity,
  clock: Pick<DeviceClock, 'now'>,
): Promise<Loaded> {
  const { store } = ports
  // At once: the checkpoint takes by far the longest.
  const [projector, journals, heads, forked, filled, distrusted, setAside, doubts] =
    await Promise.all([
      openProjector(store, ports.build, identity.audiences, clock),
      store.journals(),
      store.heads(),
      store.value(forkedName),
      store.value(filledName),
      distrustedOf(store),
      setAsideOf(store),
      doubtsOf(store),
    ])
  const own = journals.map((row) => row.journal).filter((each) => isOf(identity, each))
  const covered = new Map(heads.map((row) => [row.journal, row.seq]))
  const refused = setAside.filter(({ journal }) => isOf(identity, journal))
  return {
    ...{ journals, heads, projector, doubts, isForked: forked !== undefined },
    isFilled: filled !== undefined,
    distrusted: distrusted.map(({ journal }) => journal),
    troubles: [
      ...distrusted.map((trouble) => journalProblem(trouble, projector.fold)),
      ...refused.map(({ code }) => recordRefused(code, refused.length)),
    ],
    unconfirmed: await openUnconfirmed(store, own, (journal) => covered.get(journal) ?? -1),
  }
}

/** Whether a journal is this device's own. */
export function isOf(identity: KeptIdentity, journal: string): boolean {
  const name = parseJournalName(journal)
  return name.ok && name.value.device === identity.device.id
}
