/**
 * What a generator of demonstration data may do: found the organisation, enrol devices, and hand in
 * records that those devices signed. Nothing goes round the guard: the records take the same way as
 * any device's.
 */
import type { Hocuspocus } from '@hocuspocus/server'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { SealedJournal } from '#domain/records/seal-commit.ts'
import { done, type Result } from '#domain/values/result.ts'
import type { Objection } from '../extensions/guard.ts'
import { admit } from '../extensions/admission.ts'
import { type EnrolProblem, enrolFor, type NewDevice } from '../identity/devices.ts'
import type { Device, User } from '../identity/directory.ts'
import {
  type FoundedOrganization,
  type NewOrganization,
  setUp,
  type SetUpProblem,
} from '../identity/set-up.ts'
import { groupBy } from '../journals/group-by.ts'
import { Pen } from '../journals/pen.ts'
import { chainKey } from '../journals/tails.ts'
import type { Kernel } from '../kernel.ts'
import type { SyncContext } from '../socket/sync-socket.ts'

/** Bytes of records in one update: few commits, and none so large that it holds up others. */
const limitPieceBytes = 524_288

export class DemonstrationTools {
  readonly #kernel: Kernel
  readonly #hocuspocus: Hocuspocus<SyncContext>

  constructor(kernel: Kernel, hocuspocus: Hocuspocus<SyncContext>) {
    this.#kernel = kernel
    this.#hocuspocus = hocuspocus
  }

  nowMs(): number {
    return this.#kernel.nowMs()
  }

  found(wanted: NewOrganization): Promise<Result<FoundedOrganization, SetUpProblem>> {
    return setUp(this.#kernel.identity, wanted)
  }

  /** The caller made the key pair and keeps the private key. */
  enrol(
    user: User,
    device: NewDevice,
  ): Promise<Result<Device, Exclude<EnrolProblem, { readonly code: 'sign-in-failed' }>>> {
    return enrolFor(this.#kernel.identity, user, device)
  }

  /**
   * Takes commits of one device, sealed by `sealCommit`, in order. Fast when many come in one call:
   * commits of a journal share updates, and journals of different chains are judged and stored side
   * by side.
   */
  async appendForDevice(
    device: string,
    sealed: readonly SealedJournal[],
  ): Promise<Result<undefined, Objection>> {
    const byChain = groupBy(sealed, ({ journal }) => chainOf(journal))
    const outcomes = await Promise.all(
      [...byChain.values()].map((commits) => this.#appendChain(device, commits)),
    )
    return outcomes.find((outcome) => !outcome.ok) ?? done(undefined)
  }

  async #appendChain(
    device: string,
    commits: readonly SealedJournal[],
  ): Promise<Result<undefined, Objection>> {
    for (const [journal, ofJournal] of groupBy(commits, (commit) => commit.journal)) {
      const appended = await this.#appendJournal(device, journal, ofJournal)
      if (!appended.ok) return appended
    }
    return done(undefined)
  }

  async #appendJournal(
    device: string,
    journal: string,
    commits: readonly SealedJournal[],
  ): Promise<Result<undefined, Objection>> {
    const opened = await this.#hocuspocus.openDirectConnection(journal)
    const pen = new Pen()
    try {
      for (const entries of piecesOf(commits)) {
        const incoming = { document: journal, update: pen.write(entries), device, limitWaitMs: 0 }
        const admitted = await admit(this.#kernel.admission, incoming)
        if (!admitted.ok) return admitted
        pen.moveOn(entries.length)
      }
      return done(undefined)
    } finally {
      await opened.disconnect()
    }
  }
}

/** Entries in pieces that end where a commit ends, because only there stands a signature. */
function piecesOf(commits: readonly SealedJournal[]): SealedJournal['entries'][] {
  const pieces: SealedJournal['entries'][number][][] = []
  let size = limitPieceBytes
  for (const { entries } of commits) {
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes.length, 0)
    if (size + bytes > limitPieceBytes) {
      pieces.push([])
      size = 0
    }
    pieces.at(-1)?.push(...entries)
    size += bytes
  }
  return pieces
}

function chainOf(journal: string): string {
  const name = parseJournalName(journal)
  return name.ok ? chainKey(name.value) : journal
}
