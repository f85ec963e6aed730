/**
 * What is changed in the store of a device because something did not hold: journals of others that leave it, own
 * records that the server refuses. Each takes the workplace apart and has it opened again from what is left.
 */
import { noCheckpoint, noStart, startName } from '#client/projections/kept-fold.ts'
import type { FetchedStart } from '../start/fetch-start.ts'
import { dropJournal } from '../sync/distrusted.ts'
import type { KeptIdentity } from '../people/identity.ts'
import type { JournalTrouble } from '../sync/inbox.ts'
import type { Anew } from '../people/session.ts'
import type { EnginePorts } from '../ports.ts'
import { startAnew } from './start-anew.ts'
import { makeRemedies, type Remedy, repairJournal } from './quarantine.ts'

export interface MendingOptions {
  readonly ports: EnginePorts
  readonly term: number
  identity(): KeptIdentity | undefined
  /** Nothing of it is kept any more. */
  forget(): void
  /** Closes the workplace, runs `act`, opens it again; rejects when `act` does. */
  overhaul(act: () => Promise<void>): Promise<void>
}

export interface Mending {
  /** A journal of another device does not hold: it leaves the fold and is fetched again, once. */
  drop(trouble: JournalTrouble): void
  /** As `drop`, and it is never fetched again. */
  dropForGood(trouble: JournalTrouble): void
  /** [STP2] The fold begins from a checkpoint of the server, once in a run; false when it has. */
  startFrom(start: FetchedStart): boolean
  /** [STP5] The fold no longer stands on the checkpoint that it started from: everything is fetched. */
  forgetStart(): void
  /** Everything leaves this device. */
  wipe(): Promise<void>
  /** This machine becomes another device, with what the old one had not handed in. */
  startAnew(before: KeptIdentity, anew: Anew): Promise<void>
  /** The server refused an own journal that it has up to `covered`. */
  refused(journal: string, reason: string, covered: number): Remedy
}

export function makeMending({ ports, term, identity, forget, overhaul }: MendingOptions): Mending {
  const { store, keys, random, shelf } = ports
  const remedies = makeRemedies()
  /** Journals that were taken out in this run and fetched again. */
  const droppedOnce = new Set<string>()

  let hasStarted = false

  function mend(act: () => Promise<void>): void {
    overhaul(act).catch(() => {
      // What the store refuses shows at the next post; what does not hold is found out again.
    })
  }

  function dropForGood(trouble: JournalTrouble): void {
    mend(() => dropJournal(store, term, { ...trouble, isFinal: true }))
  }

  return {
    dropForGood,
    drop(trouble) {
      if (droppedOnce.has(trouble.journal)) return dropForGood(trouble)
      droppedOnce.add(trouble.journal)
      mend(() => dropJournal(store, term, { ...trouble, isFinal: false }))
    },
    startFrom({ blob, kept }) {
      if (hasStarted) return false
      hasStarted = true
      const values = { [startName]: kept }
      mend(() => store.commit({ term, blobs: [noCheckpoint, blob], values }))
      return true
    },
    forgetStart() {
      const values = { [startName]: undefined }
      mend(() => store.commit({ term, blobs: [noCheckpoint, noStart], values }))
    },
    wipe: () =>
      overhaul(async () => {
        await store.wipe()
        await shelf.wipe()
        forget()
      }),
    async startAnew(before, { adopt, ...next }) {
      try {
        await overhaul(async () => {
          await startAnew({ store, term, keys, random, before, next })
          adopt()
        })
      } catch (error) {
        // Unless it was kept, and not heard.
        if (identity()?.device.id !== next.identity.device.id) throw error
        adopt()
      }
    },
    refused(journal, reason, covered) {
      const remedy = remedies.after(journal, reason, covered)
      const owner = identity()
      if (remedy === 'repair' && owner !== undefined) {
        mend(() => repairJournal({ store, keys, random, term, identity: owner }, journal, reason))
      }
      return remedy
    },
  }
}
