/**
 * [E3] What is open on the wire, and when: the presence of the branch, the heads of every branch that this
 * device follows, own journals with something to send, foreign journals whose head differs from what is
 * kept, and the desks. Moves no bytes itself and says nothing about what is saved or synced.
 */
import { parseJournalName } from '#domain/records/journal-name.ts'
import { documentNameText } from '#domain/replica/document-name.ts'
import { createHeadsDoc, type Head, readHeads, watchHeads } from '#domain/replica/heads.ts'
import { journalTail } from '#domain/replica/journal.ts'
import type { Desks } from '../drafts/desks.ts'
import { type BehindOptions, isBehind, isShort } from './behind.ts'
import type { HandIn } from './hand-in.ts'
import type { HeadBook } from './head-book.ts'
import type { Inbox } from './inbox.ts'
import type { Outbox } from './outbox.ts'
import { firstOfChains, ownChain } from '../own/own-chain.ts'
import type { Channel, Random, Timers, Wire } from '../ports.ts'
import type { FirstStep } from '../start/beginning.ts'
import type { PresenceLine } from './presence-line.ts'
import { makeRetries, type Retries } from './retries.ts'
import { newestShardOf, shardOf } from './shards.ts'
import type { UpdateRow } from '../store/store.ts'

export interface SyncOptions extends BehindOptions {
  readonly wire: Wire
  readonly timers: Timers
  readonly random: Random
  readonly heads: HeadBook
  readonly inbox: Inbox
  readonly outbox: Outbox
  readonly handIn: HandIn
  readonly desks: Desks
  readonly presence: PresenceLine
  /** Journals that count already and whose records are fetched when nobody waits. */
  missing(): readonly string[]
  begin(): Promise<FirstStep>
  onHeardAll(branch: string): void
  /** Own journals kept here, and how far each goes. */
  ownJournals(): Iterable<{ readonly journal: string; readonly seq: number }>
  token(): Promise<string>
  onTokenRefused(): void
  onConnection(connection: Connection): void
  onHeard(): void
  /** The number of journals that still have to arrive has changed. */
  onBehind(): void
  /** All that the server has of a journal ends at `kept`, before what its head had named. */
  onShort(head: Head, kept: number): void
  onFailure(error: unknown): void
}

export type Connection = 'online' | 'offline' | 'connecting'

export interface Sync {
  start(): void
  stop(): void
  hurry(): void
  /** Branches, desks or the chosen branch have changed. */
  refresh(): void
  /** Own records are durable: they may leave. */
  offer(rows: readonly UpdateRow[]): void
  /** Heads have moved: what may now be sent, what is to be fetched. */
  headsMoved(heads: readonly Head[]): void
  /** A foreign journal has grown. */
  received(journals: Iterable<string>): void
  /** The server does not serve a document: asked for again after a while. */
  refused(name: string): void
  /** What came of a foreign journal does not hold: fetched anew after a while. */
  distrusted(journal: string): void
  /** Own journals that were refused may be tried again now. */
  again(): void
  /** After a failure of the store: looks again at what the server said and at what is to be sent. */
  reread(): void
  readonly behind: number
}

/** Documents that wait for their first sync at once; the server takes 300. */
const limitOpening = 50
/** Foreign journals that stay open after they have arrived. */
const limitOpen = 200
const tokenRetry = 'token'

interface Foreign {
  readonly channel: Channel
  isSynced: boolean
}

export function makeSync(options: SyncOptions): Sync {
  return new WireSync(options)
}

class WireSync implements Sync {
  readonly #options: SyncOptions
  /** There is a socket. */
  #isDialled = false
  /** There is a token for it too: documents are open. */
  #isOnline = false
  /** Heads documents of this connection, by branch or 'all'. */
  readonly #headChannels = new Map<string, { readonly channel: Channel; reread(): void }>()
  readonly #syncedHeads = new Set<string>()
  /** Foreign journals on the wire, in the order in which they were last wanted. */
  readonly #foreign = new Map<string, Foreign>()
  /** Foreign journals that differ from their head and are not on the wire. */
  readonly #wanted = new Set<string>()
  #opening = new Set<string>()
  readonly #retries: Retries

  constructor(options: SyncOptions) {
    this.#options = options
    this.#retries = makeRetries(options.timers, options.random)
  }

  start(): void {
    const { wire, onConnection, onHeard, token, onTokenRefused } = this.#options
    onConnection('connecting')
    wire.connect({
      onOnline: () => this.#guard(() => this.#online()),
      onOffline: () => this.#guard(() => this.#offline()),
      ...{ onHeard, token, onTokenRefused },
    })
  }

  stop(): void {
    this.#options.wire.disconnect()
    this.#offline()
  }

  hurry(): void {
    this.#retries.forget(tokenRetry)
    if (this.#isDialled && !this.#isOnline) this.#guard(() => this.#online())
    else this.#options.wire.hurry()
  }

  get behind(): number {
    let behind = 0
    for (const head of this.#options.heads.all()) if (isBehind(this.#options, head)) behind += 1
    return behind + this.#unheard
  }

  /** Branches of which it is not known yet what the server holds. */
  get #unheard(): number {
    if (!this.#isOnline) return 0
    return this.#followed().filter((branch) => !this.#syncedHeads.has(branch)).length
  }

  #followed(): readonly string[] {
    return ['all', ...this.#options.branches()]
  }

  /** A socket without a token is of no use: nothing is opened on it. */
  async #online(): Promise<void> {
    this.#isDialled = true
    try {
      await this.#options.token()
    } catch {
      this.#later(tokenRetry, () => this.#online())
      return
    }
    const step = await this.#options.begin()
    if (step === 'later') this.#later(tokenRetry, () => this.#online())
    if (step !== 'fetch') return
    if (!this.#isDialled || this.#isOnline) return
    this.#isOnline = true
    this.#options.onConnection('online')
    this.refresh()
  }

  #offline(): void {
    this.#options.onConnection('offline')
    this.#isDialled = false
    this.#isOnline = false
    this.#options.outbox.closeAll()
    this.#options.handIn.stop()
    this.#options.desks.disconnect()
    this.#options.presence.disconnect()
    for (const { channel } of this.#headChannels.values()) channel.close()
    for (const [journal, { channel }] of this.#foreign) {
      channel.close()
      this.#options.inbox.close(journal)
    }
    this.#headChannels.clear()
    this.#syncedHeads.clear()
    this.#foreign.clear()
    this.#wanted.clear()
    this.#opening = new Set()
    this.#retries.clear()
  }

  refresh(): void {
    if (!this.#isOnline) return
    this.#options.presence.connect(this.#options.wire)
    for (const branch of this.#followed()) this.#openHeads(branch)
    this.#options.desks.connect(this.#options.wire)
  }

  #openHeads(branch: string): void {
    if (this.#headChannels.has(branch)) return
    const { wire, heads, org } = this.#options
    const doc = createHeadsDoc()
    const name = documentNameText({ kind: 'heads', org, branch })
    const stop = watchHeads(doc, (told) => heads.take(told))
    const reread = () => heads.take([...readHeads(doc).values()])
    const channel = wire.open(name, doc, {
      onSynced: () => this.#guard(() => this.#headsSynced(branch, readHeads(doc))),
      onRefused: () => {
        close()
        this.#headChannels.delete(branch)
        this.#later(name, () => this.#openHeads(branch))
      },
    })
    const close = () => {
      stop()
      channel.close()
      doc.destroy()
    }
    this.#headChannels.set(branch, { channel: { close }, reread })
  }

  /** Until then nothing of the branch is sent: it is not known what the server holds. */
  async #headsSynced(branch: string, told: ReadonlyMap<string, Head>): Promise<void> {
    const { heads, handIn, org } = this.#options
    this.#retries.forget(documentNameText({ kind: 'heads', org, branch }))
    heads.complete(branch, told)
    await heads.settled()
    if (this.#isOnline) await handIn.heard(branch)
    if (!this.#isOnline) return
    this.#syncedHeads.add(branch)
    this.#options.onHeardAll(branch)
    this.#catchUp(heads.all())
  }

  headsMoved(moved: readonly Head[]): void {
    if (!this.#isOnline) return
    const { device, ownJournals: own } = this.#options
    for (const head of moved) {
      this.#options.outbox.advance(head.journal)
      // What a resting journal of ours waited for may have come: its older month.
      for (const journal of ownChain(head.journal, device, own())) this.#retries.forget(journal)
    }
    this.#catchUp(moved)
  }

  #catchUp(heads: Iterable<Head>): void {
    for (const head of heads) this.#consider(head)
    this.#sendOwn()
    this.#openWanted()
    this.#options.onBehind()
  }

  again(): void {
    if (this.#isOnline) this.#sendOwn()
  }

  reread(): void {
    if (!this.#isOnline) return
    for (const { reread } of this.#headChannels.values()) reread()
    // Nothing may have moved: what could not be opened, or was kept unheard, goes on now.
    this.#options.outbox.reread()
    this.#catchUp(this.#options.heads.all())
  }

  offer(rows: readonly UpdateRow[]): void {
    this.again()
    this.#options.outbox.offer(rows)
  }

  /** Opens own journals that go beyond their heads; of one chain the older month first. */
  #sendOwn(): void {
    const { outbox, heads, ownJournals } = this.#options
    const waiting = [...ownJournals()].filter(({ journal, seq }) => {
      const name = parseJournalName(journal)
      if (!name.ok || !this.#syncedHeads.has(name.value.branch)) return false
      return seq > heads.coveredSeq(journal) && !this.#retries.isResting(journal)
    })
    for (const journal of firstOfChains(waiting)) outbox.open(journal)
  }

  #consider(head: Head): void {
    const { journal } = head
    // While it is being opened the head may move again: one document is opened once.
    if (this.#foreign.has(journal) || this.#opening.has(journal)) return
    if (isBehind(this.#options, head) && !this.#retries.isResting(journal))
      this.#wanted.add(journal)
  }

  /** Without a network they stay wanted: a journal that is being opened is not opened again. */
  #openWanted(): void {
    if (!this.#isOnline) return
    for (const journal of this.#wanted) {
      if (this.#opening.size >= limitOpening) return
      this.#wanted.delete(journal)
      this.#opening.add(journal)
      this.#openForeign(journal).catch((error: unknown) => {
        this.#opening.delete(journal)
        this.#options.onFailure(error)
      })
    }
    if (this.#wanted.size + this.#opening.size === 0) this.#openOlder()
  }

  /** [STP4] What counts already is fetched when nothing else is on its way, one journal after the other. */
  #openOlder(): void {
    if (this.#followed().some((branch) => !this.#syncedHeads.has(branch))) return
    const older = this.#options.missing().find((journal) => {
      const isOpen = this.#foreign.has(journal) || this.#retries.isResting(journal)
      return !isOpen && this.#options.heads.of(journal) !== undefined
    })
    if (older === undefined) return
    this.#wanted.add(older)
    this.#openWanted()
  }

  async #openForeign(journal: string, opening = this.#opening): Promise<void> {
    const { inbox, wire, heads } = this.#options
    const doc = await inbox.open(journal)
    const head = heads.of(journal)
    if (opening !== this.#opening) return // Another connection by now: it opens it for itself.
    if (!opening.has(journal)) return inbox.close(journal)
    const channel = wire.open(journal, doc, {
      onSynced: () =>
        this.#guard(() => this.#foreignSynced(journal, head, journalTail(doc)?.lastSeq ?? -1)),
      onRefused: () => this.#rest(journal),
    })
    this.#foreign.set(journal, { channel, isSynced: false })
  }

  distrusted(journal: string): void {
    this.#guard(() => this.#rest(journal))
  }

  #rest(journal: string): void {
    this.#closeForeign(journal)
    this.#later(journal, () => {
      const head = this.#options.heads.of(journal)
      if (head !== undefined) this.#consider(head)
      this.#openWanted()
    })
  }

  /** [LIE5] `head`: what had been named before it was opened. A server that has said all hands that out. */
  #foreignSynced(journal: string, head: Head | undefined, kept: number): void {
    this.#opening.delete(journal)
    this.#options.inbox.answered(journal)
    const foreign = this.#foreign.get(journal)
    if (foreign !== undefined) foreign.isSynced = true
    if (head !== undefined && kept < head.seq) {
      this.#options.onShort(head, kept)
      this.#rest(journal)
    } else this.#retries.forget(journal)
    this.#closeIdle()
    this.#openWanted()
  }

  /** Past months are closed when they have arrived, and the longest open when there are too many. */
  #closeIdle(): void {
    const newest = newestShardOf(this.#options.heads.all())
    for (const [journal, { isSynced }] of this.#foreign) {
      const isCurrent = shardOf(journal) >= newest && this.#foreign.size <= limitOpen
      if (!isSynced || isCurrent || this.#isStillArriving(journal)) continue
      this.#closeForeign(journal)
    }
  }

  #isStillArriving(journal: string): boolean {
    const head = this.#options.heads.of(journal)
    return head !== undefined && isShort(this.#options, head)
  }

  #closeForeign(journal: string): void {
    this.#foreign.get(journal)?.channel.close()
    this.#foreign.delete(journal)
    this.#opening.delete(journal)
    this.#options.inbox.close(journal)
  }

  received(journals: Iterable<string>): void {
    for (const journal of journals) {
      const foreign = this.#foreign.get(journal)
      if (foreign === undefined) continue
      this.#foreign.delete(journal)
      this.#foreign.set(journal, foreign)
    }
    this.#closeIdle()
    this.#options.onBehind()
  }

  refused(name: string): void {
    this.#later(name, () => this.#sendOwn())
  }

  #later(name: string, act: () => void | Promise<void>): void {
    this.#retries.later(name, () => this.#isDialled && this.#guard(act))
  }

  /** Nothing that goes wrong in here may reach the wire. */
  #guard(act: () => void | Promise<void>): void {
    Promise.resolve()
      .then(act)
      .catch((error: unknown) => this.#options.onFailure(error))
  }
}
