/**
 * What is changed in the store of a device because something did not hold: journals of others that leave it, own
 * records that the server refuses. Each takes the workplace apart and has it opened again from what is left.
 */
import { noCheckpoint, noStart, startName } from '#client/projections/kept-fold.ts'
import type { DamagedJournal } from '#client/projections/projector.ts'
import type { FetchedStart } from '../start/fetch-start.ts'
import { dropJournal } from '../sync/distrusted.ts'
import type { KeptIdentity } from '../people/identity.ts'
import type { JournalTrouble } from '../sync/inbox.ts'
import type { Anew } from '../people/session.ts'
import type { EnginePorts } from '../ports.ts'
import { healJournals } from './heal.ts'
import { offerAgain } from './offer-again.ts'
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
  /** Records that rotted here are written anew from what is kept twice, or fetched again; once in a run. */
  heal(damaged: readonly DamagedJournal[]): void
  /** What was set aside under a key goes into its chain again, to be sent once more. */
  offerAgain(key: string): Promise<void>
  /** Everything leaves this device. */
  wipe(): Promise<void>
  /** This machine becomes another device, with what the old one had not handed in. */
  startAnew(before: KeptIdentity, anew: Anew): Promise<void>
  /** The server refused an own journal that it has up to `covered`. */
  refused(journal: string, reason: string, covered: number): Remedy
}

export function makeMending(options: MendingOptions): Mending {
  return new StoreMending(options)
}

class StoreMending implements Mending {
  readonly #options: MendingOptions
  readonly #remedies = makeRemedies()
  /** Journals that were taken out in this run and fetched again. */
  readonly #droppedOnce = new Set<string>()
  readonly #healed = new Set<string>()
  #hasStarted = false

  constructor(options: MendingOptions) {
    this.#options = options
  }

  drop(trouble: JournalTrouble): void {
    if (this.#droppedOnce.has(trouble.journal)) return this.dropForGood(trouble)
    this.#droppedOnce.add(trouble.journal)
    this.#mend(({ store }, term) => dropJournal(store, term, { ...trouble, isFinal: false }))
  }

  dropForGood(trouble: JournalTrouble): void {
    this.#mend(({ store }, term) => dropJournal(store, term, { ...trouble, isFinal: true }))
  }

  startFrom({ blob, kept }: FetchedStart): boolean {
    if (this.#hasStarted) return false
    this.#hasStarted = true
    const values = { [startName]: kept }
    this.#mend(({ store }, term) => store.commit({ term, blobs: [noCheckpoint, blob], values }))
    return true
  }

  forgetStart(): void {
    const values = { [startName]: undefined }
    this.#mend(({ store }, term) => store.commit({ term, blobs: [noCheckpoint, noStart], values }))
  }

  heal(damaged: readonly DamagedJournal[]): void {
    const fresh = damaged.filter(({ journal }) => !this.#healed.has(journal))
    for (const { journal } of fresh) this.#healed.add(journal)
    const device = this.#options.identity()?.device.id
    if (fresh.length === 0 || device === undefined) return
    this.#mend(({ store }, term) => healJournals({ store, term, device }, fresh))
  }

  async offerAgain(key: string): Promise<void> {
    const { ports, term, identity: who, overhaul } = this.#options
    const { store, keys, random } = ports
    const identity = who()
    if (identity === undefined) return
    await overhaul(() => offerAgain({ store, term, keys, random, identity }, key))
  }

  wipe(): Promise<void> {
    const { overhaul, forget, ports } = this.#options
    return overhaul(async () => {
      await ports.store.wipe()
      await ports.shelf.wipe()
      forget()
    })
  }

  async startAnew(before: KeptIdentity, { adopt, ...next }: Anew): Promise<void> {
    const { ports, term, identity, overhaul } = this.#options
    const { store, keys, random } = ports
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
  }

  refused(journal: string, reason: string, covered: number): Remedy {
    const remedy = this.#remedies.after(journal, reason, covered)
    const identity = this.#options.identity()
    if (remedy === 'repair' && identity !== undefined) {
      this.#mend(({ store, keys, random }, term) =>
        repairJournal({ store, keys, random, term, identity }, journal, reason),
      )
    }
    return remedy
  }

  #mend(act: (ports: EnginePorts, term: number) => Promise<void>): void {
    const { ports, term, overhaul } = this.#options
    overhaul(() => act(ports, term)).catch(() => {
      // What the store refuses shows at the next post; what does not hold is found out again.
    })
  }
}
