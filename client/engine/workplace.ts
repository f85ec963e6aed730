/**
 * An enrolled device at work, put together once. Here is the order in which things happen to a record:
 * durable → folded → announced → sent, and for what comes in: received → checked → durable → folded.
 */
import type { Head } from '#domain/replica/heads.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import type { Projector } from '#client/projections/projector.ts'
import { type Appended, type Appender, makeAppender } from './own/append.ts'
import { maxHlc } from './own/append-position.ts'
import { type Arrivals, makeArrivals } from './start/arrivals.ts'
import { type Beginning, makeBeginning } from './start/beginning.ts'
import { settleContradiction } from './sync/contradicted.ts'
import { type Desks, makeDesks } from './drafts/desks.ts'
import { type HeadBook, makeHeadBook } from './sync/head-book.ts'
import { type Health, makeHealth } from './health.ts'
import type { KeptIdentity } from './people/identity.ts'
import {
  headDiffers,
  type Inbox,
  type JournalTrouble,
  makeInbox,
  type ReceivedRecord,
} from './sync/inbox.ts'
import { forkedName, isOf, type Loaded, load } from './start/loaded.ts'
import { aboutPeople, isAboutReach } from './people/people-topics.ts'
import type { Network } from './ports.ts'
import { makePresenceLine, type PresenceLine } from './sync/presence-line.ts'
import { forgetPostedDrafts } from './drafts/posted-drafts.ts'
import { reachOf } from './people/reach.ts'
import { makeObjections, type Objections } from './sync/objections.ts'
import { makeUpkeep, type Upkeep } from './start/upkeep.ts'
import { type HeadRow, type JournalRow, storeFailureOf } from './store/store.ts'
import { makeExchange } from './sync/exchange.ts'
import { type Filling, makeFilling } from './sync/filling.ts'
import type { Connection, Sync } from './sync/sync.ts'
import { ownRecord, type Unconfirmed } from './own/unconfirmed.ts'
import { makeWitness, type Witness } from './sync/witness.ts'
import type { WorkplaceOptions } from './workplace-options.ts'

export interface Workplace {
  readonly identity: KeptIdentity
  /** Under which this engine writes. */
  readonly term: number
  readonly projector: Projector
  readonly appender: Appender
  readonly desks: Desks
  readonly presence: PresenceLine
  readonly health: Health
  readonly unconfirmed: Unconfirmed
  readonly heads: HeadBook
  /** Absent without a network, like what follows. */
  readonly sync: Sync | undefined
  readonly filling: Filling | undefined
  readonly connection: Connection
  readonly lastHeardAtMs: number | undefined
  readonly objections: Objections
  readonly upkeep: Upkeep
  readonly beginning: Pick<Beginning, 'missing'>
  /** Branches whose journals are followed. */
  branches(): readonly string[]
  /** The chosen branch has changed, or the branches that there are. */
  refresh(): Promise<void>
  settled(): Promise<void>
  close(): Promise<void>
}

export async function openWorkplace(options: WorkplaceOptions): Promise<Workplace> {
  const loaded = await load(options.ports, options.identity, options.clock)
  const workplace = new DeviceWorkplace(options, loaded)
  await workplace.start(loaded.isForked)
  return workplace
}

class DeviceWorkplace implements Workplace {
  readonly #options: WorkplaceOptions
  readonly identity: KeptIdentity
  readonly term: number
  readonly projector: Projector
  readonly unconfirmed: Unconfirmed
  readonly health: Health
  readonly objections: Objections
  readonly desks: Desks
  readonly presence: PresenceLine
  readonly appender: Appender
  readonly heads: HeadBook
  readonly sync: Sync | undefined
  readonly filling: Filling | undefined
  readonly beginning: Beginning
  readonly #inbox: Inbox
  readonly #arrivals: Arrivals
  readonly upkeep: Upkeep
  readonly #witness: Witness
  readonly #ownRows: Map<string, JournalRow>
  #branches: readonly string[] | undefined
  connection: Connection = 'offline'
  lastHeardAtMs: number | undefined

  constructor(options: WorkplaceOptions, loaded: Loaded) {
    const { ports, identity, engine, clock, announce } = options
    const { organizationId: org, audiences } = identity
    const { store, timers, random } = ports
    const { term } = engine
    const { journals, projector } = loaded
    this.#options = options
    this.identity = identity
    this.term = term
    this.projector = projector
    this.unconfirmed = loaded.unconfirmed
    this.#ownRows = new Map(
      journals.filter((row) => this.#isOwn(row.journal)).map((row) => [row.journal, row]),
    )
    this.objections = makeObjections({
      ...{ store, term, clock: ports.clock, loaded },
      onChanged: () => announce(['status']),
      onFailure: (error) => this.#fail(error),
    })
    this.health = makeHealth({
      timers,
      recover: () => this.#recover(),
      onChanged: () => announce(['status']),
    })
    this.desks = makeDesks({
      ...{ org, audiences, shelf: ports.shelf, random, timers },
      onChanged: () => announce(['drafts', 'draft:*']),
      onRefused: (name, reason) => this.objections.refused(name, reason),
    })
    this.presence = makePresenceLine({
      org,
      branchId: options.branchId,
      onChanged: (docIds) => announce(docIds.map((docId) => `draft:${docId}`)),
    })
    this.appender = makeAppender({
      ...{ org, device: identity.device.id, build: ports.build, store, clock, random, engine },
      ...{ journals, signer: ports.keys.signerOf(identity.key) },
      onAppended: (appended) => this.#appended(appended),
      onStopped: (problem) => this.health.suffer(problem),
      onTermLost: options.onTermLost,
    })
    this.#inbox = makeInbox({
      ...{ store, term, journals, broken: loaded.distrusted },
      ...{ headOf: (journal) => this.heads.of(journal), heads: () => this.heads.all() },
      onReceived: (records) => this.#received(records),
      onTrouble: (trouble) => this.#troubled(trouble),
      onStoreFailure: (error) => this.#fail(error),
    })
    const isBehind = () => (this.sync?.behind ?? 0) > 0
    this.#arrivals = makeArrivals({ timers, isBehind, fold: (records) => this.#fold(records) })
    this.heads = this.#makeHeads(loaded.heads)
    this.beginning = this.#makeBeginning(loaded)
    this.upkeep = this.#makeUpkeep()
    this.#witness = this.#makeWitness(journals)
    this.sync = ports.network && this.#makeSync(ports.network)
    this.filling = ports.network && this.#makeFilling(loaded.isFilled)
  }

  async start(isForked: boolean): Promise<void> {
    if (isForked) this.health.end({ code: 'device-forked' })
    await this.#openDesks()
    forgetPostedDrafts(this)
    this.sync?.start()
  }

  /** Asked for every head that moves, so found out once. */
  branches(): readonly string[] {
    this.#branches ??= reachOf(this.identity, this.projector.fold)
    return this.#branches
  }

  async refresh(): Promise<void> {
    await this.#openDesks()
    this.sync?.refresh()
  }

  async settled(): Promise<void> {
    await this.heads.settled()
    await this.#inbox.settled()
    this.#arrivals.flush()
  }

  async close(): Promise<void> {
    this.health.close()
    await this.appender.close()
    this.sync?.stop()
    this.upkeep.close()
    this.#witness.close()
    await this.#inbox.settled()
    this.#arrivals.close()
    await this.desks.close()
  }

  // ── own records ─────────────────────────────────────────────────────────────────────────────

  #appended({ journals, appends }: Appended): void {
    const entries = journals.flatMap(({ journal, entries: sealed }) =>
      sealed.map(({ record, hash }) => ({ journal, record, hash })),
    )
    for (const { journal, entries: sealed } of journals) {
      this.unconfirmed.add(journal, sealed.map(ownRecord))
    }
    for (const { journal } of appends) this.#ownRows.set(journal.journal, journal)
    this.#fold(entries)
    this.sync?.offer(appends.flatMap((append) => append.updates))
  }

  #fold(entries: Parameters<Projector['apply']>[0]): void {
    const topics = this.projector.apply(entries)
    this.#options.announce([...topics, 'status', ...aboutPeople(topics)])
    this.upkeep.touch(new Set(entries.map((entry) => entry.journal)))
    if (!isAboutReach(topics)) return
    this.#branches = undefined
    this.#witness.devicesChanged()
    this.refresh().catch((error: unknown) => this.#fail(error))
  }

  /** Reads again what is durable, which may be more than was heard to be. */
  async #recover(): Promise<void> {
    await this.appender.recover()
    const rows = await this.#options.ports.store.journals()
    for (const row of rows) if (this.#isOwn(row.journal)) this.#ownRows.set(row.journal, row)
    await this.unconfirmed.reload([...this.#ownRows.keys()], (journal) =>
      this.heads.coveredSeq(journal),
    )
    this.#arrivals.flush()
    this.#options.announce(await this.projector.catchUp())
    this.#branches = undefined
    this.#inbox.retry(rows)
    this.sync?.reread()
    this.sync?.refresh()
  }

  // ── what comes in ───────────────────────────────────────────────────────────────────────────

  #received(records: readonly ReceivedRecord[]): void {
    const newest = records.reduce((most, { record }) => maxHlc(most, record.hlc), 0 as Hlc)
    this.appender.heard(newest)
    this.#arrivals.take(records)
    const journals = new Set(records.map((record) => record.journal))
    this.#witness.look(journals)
    this.objections.received(journals)
    this.beginning.received(records)
    this.sync?.received(journals)
  }

  /** [E4] What the server has confirmed is 已同步; the draft of what is posted may go. */
  async #headsMoved(heads: readonly Head[]): Promise<void> {
    for (const head of heads) if (!this.#isOwn(head.journal)) this.#inbox.compare(head)
    this.beginning.headsMoved(heads)
    const confirmed: string[] = []
    for (const head of heads.filter(({ journal }) => this.#isOwn(journal))) {
      const confirmation = await this.unconfirmed.confirm(head)
      if (confirmation.kind === 'forked') return this.#forked(head)
      confirmed.push(...confirmation.documents)
    }
    for (const id of confirmed) if (this.projector.fold.documents.get(id)) this.desks.discard(id)
    if (confirmed.length > 0) {
      this.#options.announce(['status', 'documents', ...confirmed.map((id) => `document:${id}`)])
    }
    this.#witness.headsMoved(heads.map(({ journal }) => journal))
    this.sync?.headsMoved(heads)
  }

  /** [S7] The server was restored from before it knew these: own records wait again. */
  async #lost(journals: readonly string[]): Promise<void> {
    const own = journals.filter((journal) => this.#isOwn(journal))
    for (const journal of own) await this.unconfirmed.lose(journal)
    if (own.length > 0) this.#options.announce(['status', 'documents', 'document:*'])
  }

  /** [F6] The server knows another history of this device: what it writes now could not be merged. */
  async #forked(head: Head, before?: Head): Promise<void> {
    const { journal, seq } = head
    this.objections.denied(head, before)
    this.health.end({ code: 'device-forked', facts: { journal, seq } })
    const { store } = this.#options.ports
    await store.commit({ term: this.term, values: { [forkedName]: journal } })
  }

  // ── parts ───────────────────────────────────────────────────────────────────────────────────

  async #openDesks(): Promise<void> {
    const branchId = this.#options.branchId()
    if (branchId !== undefined) await this.desks.open(branchId)
  }

  #makeHeads(kept: readonly HeadRow[]): HeadBook {
    const { ports, identity, engine } = this.#options
    return makeHeadBook({
      ...{ store: ports.store, term: engine.term, kept, serverKey: identity.serverKey },
      verifier: ports.keys.verifier,
      isOwn: (journal) => this.#isOwn(journal),
      isForked: (head) => this.unconfirmed.contradicts(head),
      onForked: (head, before) => this.#forked(head, before),
      onFellBack: (steps) => this.objections.fellBack(steps),
      onMoved: (heads) => this.#headsMoved(heads),
      onLost: (journals) => this.#lost(journals),
      onForged: (journal) => this.objections.headForged(journal),
      onFailure: (error) => this.#fail(error),
    })
  }

  #makeWitness(journals: readonly JournalRow[]): Witness {
    const { ports, identity } = this.#options
    const { store, timers, keys } = ports
    return makeWitness({
      ...{ store, timers, journals, verifier: keys.verifier, serverKey: identity.serverKey },
      isOwn: (journal) => this.#isOwn(journal),
      keyOf: (device) => this.projector.fold.directory.device(device)?.publicKey,
      rowOf: (journal) => this.#inbox.rowOf(journal),
      headSeqOf: (journal) => this.heads.of(journal)?.seq,
      onForged: (trouble) => {
        this.#inbox.distrust(trouble)
        this.#options.mending.dropForGood(trouble)
      },
      onFailure: (error) => this.#fail(error),
    })
  }

  #makeSync(network: Network): Sync {
    const { ports, identity, token, announce, mending, onTokenRefused } = this.#options
    const { desks, presence, heads, objections } = this
    const isClone = () => this.health.problem?.code === 'device-forked'
    return makeExchange({
      ...{ ports, network, identity, heads, objections, mending, desks, presence },
      ...{ inbox: this.#inbox, beginning: this.beginning, token, onTokenRefused },
      isOwn: (journal) => this.#isOwn(journal),
      branches: () => this.branches(),
      ownJournals: () => (isClone() ? [] : this.#ownRows.values()),
      onConnection: (connection) => {
        this.connection = connection
        announce(['status'])
      },
      onHeard: () => void (this.lastHeardAtMs = ports.clock.nowMs()),
      onBehind: () => {
        this.filling?.look()
        announce(['status'])
      },
      onFailure: (error) => this.#fail(error),
    })
  }

  #makeFilling(isFilled: boolean): Filling {
    return makeFilling({
      ...{ store: this.#options.ports.store, term: this.term, isFilled },
      heads: () => this.heads.all(),
      behind: () => this.sync?.behind ?? 0,
      isOnline: () => this.connection === 'online',
      onFailure: (error) => this.#fail(error),
    })
  }

  #makeUpkeep(): Upkeep {
    const { ports, engine, announce } = this.#options
    const { store, timers, clock } = ports
    return makeUpkeep({
      ...{ store, timers, clock, term: engine.term, projector: this.projector },
      coveredSeq: (journal) => (this.#isOwn(journal) ? this.heads.coveredSeq(journal) : undefined),
      onFailure: (error) => this.#fail(error),
      onAudited: () => announce(['status']),
      prove: () => this.beginning.prove(),
    })
  }

  #makeBeginning(loaded: Loaded): Beginning {
    const { ports, identity, engine, token, mending, announce, clock } = this.#options
    const { store, build, keys, network } = ports
    return makeBeginning({
      ...{ store, build, term: engine.term, identity, token, mending, api: network?.api },
      ...{ projector: loaded.projector, keys, objections: this.objections, clock, announce },
      hasHistory: () => this.#inbox.sound().some(({ journal }) => !this.#isOwn(journal)),
      rowOf: (journal) => this.#inbox.rowOf(journal),
      headOf: (journal) => this.heads.of(journal),
      behind: () => this.sync?.behind,
      flush: () => this.#arrivals.flush(),
    })
  }

  #isOwn(journal: string): boolean {
    return isOf(this.identity, journal)
  }

  // ── trouble ─────────────────────────────────────────────────────────────────────────────────

  #troubled(trouble: JournalTrouble): void {
    const isFolded = (this.#inbox.rowOf(trouble.journal)?.seq ?? -1) >= trouble.seq
    if (!isFolded || trouble.code !== headDiffers) {
      this.objections.journalBroken(trouble)
      this.sync?.distrusted(trouble.journal)
      return
    }
    const { heads, objections } = this
    const own = { witness: this.#witness, inbox: this.#inbox, mending: this.#options.mending }
    settleContradiction({ heads, objections, ...own }, trouble).catch((e) => this.#fail(e))
  }

  #fail(error: unknown): void {
    const { code, message } = storeFailureOf(error)
    if (code === 'term-lost') this.#options.onTermLost()
    else this.health.suffer({ code, facts: { detail: message } })
  }
}
