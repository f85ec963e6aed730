/**
 * [J7] Masters changed in a branch reach the whole company, and transfers between branches the other branch: each such
 * record is relayed, byte for byte, into the server's journal there, of its audience. What is to be relayed is written down in the
 * transaction that keeps the record, and struck out in the transaction that keeps the relay, so
 * each is relayed exactly once, across crashes too.
 */
import { base64Text } from '#domain/records/base64.ts'
import {
  type JournalName,
  journalNameText,
  parseJournalName,
} from '#domain/records/journal-name.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import type { CheckedRecord } from '#domain/records/check-stored.ts'
import type { Audience } from '#domain/records/audience.ts'
import { limitRelayedBytes } from '../limits.ts'
import { type OpenRelay, type Store, type StoreChange, StoreFailure } from '../storage/store.ts'
import { groupBy } from './group-by.ts'
import type { OwnDraft, OwnJournals } from './own-journals.ts'
import { relayTarget } from './relay-target.ts'
import { Repeater } from './repeater.ts'

/** What must be kept together with `records` so that those that concern others are relayed. */
export function relayChanges(records: readonly CheckedRecord[]): readonly StoreChange[] {
  return records
    .filter((record) => relayTarget(record) !== undefined)
    .map(({ id, journal, bytes }) => ({
      put: 'relay',
      // Alone: a view would take the whole update along to the store's thread.
      relay: { recordId: id, journal: journalNameText(journal), bytes: bytes.slice() },
    }))
}

export interface RelayParts {
  readonly store: Store
  readonly ownJournals: OwnJournals
  readonly directory: { readonly branches: ReadonlyMap<string, unknown> }
  readonly onFault: (where: string, error: unknown) => void
}

/** Relays taken from the store at once, and bytes of those that share a commit. */
const limitBatch = 50
const limitBatchBytes = 393_216
const retryMs = 2_000

export class Relays {
  readonly #parts: RelayParts
  readonly #repeater: Repeater
  #retry: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(parts: RelayParts) {
    this.#parts = parts
    this.#repeater = new Repeater(
      () => this.#relayOpen(),
      (error) => this.#tryLater(error),
    )
  }

  /** Relays whatever is open; asked at the start and after each addition that opened one. */
  wake(): void {
    if (!this.#isClosed) void this.#repeater.ask()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#retry)
    await this.#repeater.idle()
  }

  #tryLater(error: unknown): void {
    // A store that fails has said so itself, and is no fault of ours.
    if (!(error instanceof StoreFailure)) this.#parts.onFault('relays', error)
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.wake(), retryMs)
    this.#retry.unref()
  }

  async #relayOpen(): Promise<void> {
    for (;;) {
      const open = await this.#parts.store.openRelays(limitBatch)
      if (open.length === 0 || this.#isClosed) return
      for (const [branch, relays] of groupBy(open, targetOf)) await this.#relayInto(branch, relays)
    }
  }

  async #relayInto(branch: string, all: readonly OpenRelay[]): Promise<void> {
    if (branch !== 'all' && !this.#parts.directory.branches.has(branch))
      return this.#giveUp('relay-to-nobody', all)
    const byAudience = groupBy(all, (relay) => nameOf(relay).audience)
    for (const [audience, relays] of byAudience) await this.#relayTo({ branch, audience }, relays)
  }

  /** They stay in their branch; holding up all later ones for them would be worse. */
  async #giveUp(why: string, relays: readonly OpenRelay[]): Promise<void> {
    for (const { recordId } of relays) this.#parts.onFault(why, recordId)
    if (relays.length > 0) await this.#parts.store.commit(relays.map(endOf))
  }

  async #relayTo(
    target: { readonly branch: string; readonly audience: Audience },
    relays: readonly OpenRelay[],
  ): Promise<void> {
    const tooLong = relays.filter(({ bytes }) => bytes.length > limitRelayedBytes)
    await this.#giveUp('relay-too-long', tooLong)
    const fitting = firstOf(relays.filter((relay) => !tooLong.includes(relay)))
    if (fitting.length === 0) return
    await this.#parts.ownJournals.append(target, fitting.map(draftOf), fitting.map(endOf))
  }
}

/** As many as one update should carry, oldest first; the others are still open the next time. */
function firstOf(relays: readonly OpenRelay[]): readonly OpenRelay[] {
  let size = 0
  return relays.filter(({ bytes }, index) => {
    size += bytes.length
    return index === 0 || size <= limitBatchBytes
  })
}

function endOf({ recordId }: OpenRelay): StoreChange {
  return { put: 'relayed', recordId }
}

function draftOf({ journal, bytes }: OpenRelay): OwnDraft {
  return { kind: 'relayed.v1', body: { record: base64Text(bytes), from: journal } }
}

/** What was written down before it could not be read any more goes nowhere. */
function targetOf({ journal, bytes }: OpenRelay): string {
  const decoded = decodeRecord(bytes)
  const kind = decoded.ok ? decoded.value.record.kind : ''
  return relayTarget({ kind, bytes }) ?? journal
}

function nameOf(relay: OpenRelay): JournalName {
  const name = parseJournalName(relay.journal)
  if (!name.ok) throw new Error(`a stored relay names ${relay.journal}`)
  return name.value
}
