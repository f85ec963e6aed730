/**
 * The engine of a device: answers questions, carries out acts, tells what has changed. One runs per device,
 * whoever holds the lock; it touches the world through its ports alone. What it does with records is in
 * workplace.ts; this file is its front door.
 */
import type { Instant } from '#domain/values/instant.ts'
import { type Answers, makeAnswers } from '#client/projections/answers.ts'
import { makeDocumentCache } from '#client/projections/document-cache.ts'
import type { Reading } from '#client/projections/reading.ts'
import { announcer } from './face/announcer.ts'
import { makeCommandResults } from './face/command-results.ts'
import { type ClockMeasurement, makeDeviceClock } from './own/device-clock.ts'
import type {
  CommandArgs,
  CommandName,
  CommandResult,
  EngineFace,
  QueryArgs,
  QueryName,
  QueryResult,
} from './face/face.ts'
import { type GlanceKeeper, makeGlanceKeeper } from './start/glance-keeper.ts'
import { impactOfAct } from './handlers/impact.ts'
import { stockAtPage } from '#client/projections/stock-at-rows.ts'
import { stockThen } from '#client/projections/stock-then.ts'
import { setAsideRows } from './handlers/set-aside.ts'
import { handlers } from './handlers/handlers.ts'
import { refusedByStore } from './handlers/refused-by-store.ts'
import type { Workshop } from './handlers/workshop.ts'
import type { Grant, KeptIdentity, KeptSession } from './people/identity.ts'
import { type LastHandIn, makeLastHandIn } from './own/last-hand-in.ts'
import { makeMending, type Mending } from './own/mending.ts'
import type { EnginePorts } from './ports.ts'
import { readerOf } from './people/reader-of.ts'
import { EngineGone } from './face/relay.ts'
import { heldDevices } from './people/held-devices.ts'
import { closingDetail } from './people/closing-rows.ts'
import { methodChangeDetail } from './people/method-change.ts'
import { deviceRows, userRows } from './people/server-rows.ts'
import {
  type KeptSessions,
  openSessions,
  type SessionChange,
  type Sessions,
} from './people/session.ts'
import { sessionOf } from './people/session-of.ts'
import { statusOf } from './status-of.ts'
import type { EngineRow, Store } from './store/store.ts'
import { type WatchedPorts, watchedStore } from './store/watched-store.ts'
import { openWorkplace, type Workplace } from './workplace.ts'

export interface EngineOptions {
  /** Another engine has taken over: this one answers nothing any more and is to be closed. */
  onTermLost?(): void
}

export interface Engine extends EngineFace {
  /** The network may be back: dials now. */
  hurry(): void
  /** Resolves when all that was received or confirmed so far is durable and shown. */
  settled(): Promise<void>
  /** Finishes the post in flight, and lets go of the store. */
  close(): Promise<void>
}

/** Results that are kept for repeats. */
const limitResults = 2_000
/** A server that does not answer must not keep a new browser blank. */
const limitAskedMs = 3_000
const valueNames = { identity: 'identity', session: 'session', clock: 'clock' } as const

export async function openEngine(ports: EnginePorts, options: EngineOptions = {}): Promise<Engine> {
  const store = watchedStore(ports.store)
  await store.open()
  const row = await store.takeTerm()
  const [sessions, clock, commands] = await Promise.all([
    sessionsIn(store),
    store.value(valueNames.clock),
    store.commands(limitResults),
  ])
  const engine = new DeviceEngine({ ...ports, store }, options, row, {
    ...sessions,
    clock: clock as ClockMeasurement | undefined,
  })
  engine.remember(commands.map(({ id, result }) => [id, result]))
  await engine.start()
  return engine
}

/** What this engine wrote itself; another build's shape would have another name. */
async function sessionsIn(store: Pick<Store, 'value'>): Promise<KeptSessions> {
  const { identity, session } = valueNames
  const [who, now] = await Promise.all([store.value(identity), store.value(session)])
  return {
    identity: who as KeptIdentity | undefined,
    session: now as KeptSession | undefined,
  }
}

interface Kept extends KeptSessions {
  readonly clock: ClockMeasurement | undefined
}

class DeviceEngine implements Engine {
  readonly #ports: WatchedPorts
  readonly #options: EngineOptions
  readonly #row: EngineRow
  readonly #sessions: Sessions
  readonly #clock
  readonly #announcer = announcer()
  readonly #results = makeCommandResults(limitResults)
  #workplace: Workplace | undefined
  #opening: Promise<void> | undefined
  #reading: Reading | undefined
  #answers: Answers | undefined
  readonly #mending: Mending
  readonly #lastHandIn: LastHandIn
  readonly #glances: GlanceKeeper
  #isGone = false

  constructor(ports: WatchedPorts, options: EngineOptions, row: EngineRow, kept: Kept) {
    this.#ports = ports
    this.#options = options
    this.#row = row
    this.#clock = makeDeviceClock(ports.clock, kept.clock)
    this.#mending = makeMending({
      ...{ ports, term: row.term },
      identity: () => this.#sessions.identity,
      forget: () => this.#sessions.forget(),
      overhaul: (act) => this.#overhaul(act),
    })
    this.#sessions = openSessions({
      kept,
      ...{ keys: ports.keys, random: ports.random, wallClock: ports.clock, clock: this.#clock },
      api: ports.network?.api,
      grantsOf: (userId) => this.#grantsOf(userId),
      keep: (change) => this.#keep(change),
      onChanged: () => {
        if (this.#sessions.door.isRevoked) this.#lastHandIn.begin()
        this.#announcer.announce(['session', 'status'])
      },
      onEnrolled: () => this.#ensureWorkplace(),
    })
    this.#lastHandIn = makeLastHandIn({
      ...{ ...ports, verifier: ports.keys.verifier },
      identity: () => this.#sessions.identity,
      call: (path, body) => this.#sessions.door.callProved('quarantine', path, body),
      onChanged: () => this.#announcer.announce(['status']),
    })
    this.#glances = makeGlanceKeeper({
      ...{ store: ports.store, term: row.term, timers: ports.timers, build: ports.build },
      readyUntilMs: () => this.#sessions.readyUntilMs,
      clock: this.#clock,
      zone: () => readerOf(this.#workplace, this.#sessions).zone,
      read: async (name, args) => this.#answer(name, args),
    })
  }

  remember(results: readonly (readonly [string, unknown])[]): void {
    for (const [id, result] of results) this.#results.keep(id, Promise.resolve(result))
  }

  async start(): Promise<void> {
    await this.#ensureWorkplace()
    const asked = this.#sessions.start()
    if (this.#sessions.identity !== undefined) return
    // An empty browser has nothing to show before the server has said what it is.
    const waited = new Promise<void>((resolve) => {
      this.#ports.timers.after(limitAskedMs, resolve)
    })
    await Promise.race([asked, waited])
  }

  // ── questions ───────────────────────────────────────────────────────────────────────────────

  async read<Name extends QueryName>(
    name: Name,
    args: QueryArgs<Name>,
  ): Promise<QueryResult<Name>> {
    if (this.#isGone) throw new EngineGone()
    if (name !== 'status') await this.#ensureWorkplace()
    this.#glances.asked(name, args)
    return (await this.#answer(name, args)) as QueryResult<Name>
  }

  #answer(name: QueryName, args: unknown): unknown {
    switch (name) {
      case 'status':
        return statusOf(this.#workplace, this.#sessions.door, this.#clock, this.#lastHandIn.now)
      case 'session':
        return sessionOf(this.#workplace, this.#reading, this.#sessions)
      case 'agreement':
        return this.#agreement()
      case 'impact':
        return impactOfAct(this.#workshop(), args as QueryArgs<'impact'>)
      case 'stockThen': {
        const { reading } = this.#workshop()
        if (reading === undefined) throw new Error('this browser is no device of a company yet')
        return stockThen(reading, this.#ports.store, args as QueryArgs<'stockThen'>)
      }
      case 'stockAt': {
        const { reading } = this.#workshop()
        if (reading === undefined) throw new Error('this browser is no device of a company yet')
        return stockAtPage(reading, this.#ports.store, args as QueryArgs<'stockAt'>)
      }
      case 'devices':
        return deviceRows(this.#workshop())
      case 'heldDevices':
        return heldDevices(this.#workshop())
      case 'setAside':
        return setAsideRows(this.#workshop())
      case 'users':
        return userRows(this.#workshop())
      case 'closing':
        return closingDetail(this.#workshop(), args as QueryArgs<'closing'>)
      case 'methodChange':
        return methodChangeDetail(this.#workshop())
      default: {
        if (this.#answers === undefined)
          throw new Error('this browser is no device of a company yet')
        const answer = this.#answers[name] as (args: unknown) => unknown
        return answer(args)
      }
    }
  }

  /** The code that people compare by phone: of the goods of the chosen branch. */
  #agreement(): QueryResult<'agreement'> {
    const { branchId } = this.#sessions
    if (this.#workplace === undefined || branchId === undefined) return undefined
    return this.#workplace.projector.fold.agreementCode('goods', branchId)
  }

  #grantsOf(userId: string): readonly Grant[] | undefined {
    const user = this.#workplace?.projector.fold.directory.user(userId)
    return user?.isRevoked === true ? [] : user?.roles
  }

  // ── acts ────────────────────────────────────────────────────────────────────────────────────

  command<Name extends CommandName>(
    name: Name,
    args: CommandArgs<Name>,
    commandId: string,
  ): Promise<CommandResult<Name>> {
    if (this.#isGone) return Promise.reject(new EngineGone())
    const known = this.#results.get(commandId)
    if (known !== undefined) return known as Promise<CommandResult<Name>>
    this.#sessions.touch()
    const handler = handlers[name] as (
      workshop: Workshop,
      args: CommandArgs<Name>,
      commandId: string,
    ) => Promise<CommandResult<Name>>
    const carryOut = async () => {
      await this.#ensureWorkplace()
      return handler(this.#workshop(), args, commandId)
    }
    const acting = carryOut()
      .catch((error: unknown) => {
        // The workplace was taken apart under it: the act is carried out in the next one.
        if (!(error instanceof EngineGone) || this.#isGone) throw error
        return carryOut()
      })
      .catch(refusedByStore<Name>)
    this.#results.keep(commandId, acting)
    return acting
  }

  #workshop(): Workshop {
    return {
      ports: this.#ports,
      sessions: this.#sessions,
      clock: this.#clock,
      workplace: this.#workplace,
      reading: this.#reading,
      mending: this.#mending,
      lastHandIn: this.#lastHandIn,
      announce: (topics) => this.#announcer.announce(topics),
    }
  }

  subscribe(onChange: (topics: readonly string[]) => void): () => void {
    return this.#announcer.subscribe(onChange)
  }

  // ── life ────────────────────────────────────────────────────────────────────────────────────

  /** Opened once; after a store that failed in the middle, tried again by whoever asks next. */
  #ensureWorkplace(): Promise<void> {
    const { identity } = this.#sessions
    if (identity === undefined || this.#workplace !== undefined) return Promise.resolve()
    this.#opening ??= this.#openWorkplace().finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  /** Takes the workplace apart, has `act` change what is kept, and opens it again from there. */
  async #overhaul(act: () => Promise<void>): Promise<void> {
    while (this.#opening !== undefined) await this.#opening.catch(() => {})
    const before = this.#workplace
    if (this.#isGone) throw new EngineGone()
    this.#workplace = undefined
    const overhauled = async () => {
      await before?.close()
      try {
        await act()
      } finally {
        if (!this.#isGone) await this.#openWorkplace()
      }
    }
    this.#opening = overhauled().finally(() => {
      this.#opening = undefined
    })
    await this.#opening
  }

  /** For whom the store says that this is: what was refused as new may have been kept all the same. */
  async #openWorkplace(): Promise<void> {
    const { store } = this.#ports
    const [row, kept] = await Promise.all([store.engine(), sessionsIn(store)])
    this.#sessions.recall(kept)
    const { identity } = this.#sessions
    if (identity === undefined) {
      this.#reading = undefined
      this.#answers = undefined
      return this.#announcer.announce(['*'])
    }
    const engine = { ...row, term: this.#row.term }
    const workplace = await openWorkplace({
      ports: this.#ports,
      ...{ identity, engine },
      mending: this.#mending,
      clock: this.#clock,
      branchId: () => this.#sessions.branchId,
      token: () => this.#sessions.door.token(),
      onTokenRefused: () => this.#sessions.door.tokenRefused(),
      announce: (topics) => this.#announcer.announce(topics),
      onTermLost: () => this.#loseTerm(),
    })
    const { fold, catalogue, news, recent } = workplace.projector
    const reading: Reading = {
      fold,
      catalogue,
      news,
      device: identity.device.id,
      documents: makeDocumentCache(this.#ports.store, fold.documents, recent),
      drafts: {
        read: (docId, held) => workplace.desks.read(docId, held),
        list: (held) => workplace.desks.list(held),
        othersIn: (docId) => workplace.presence.othersIn(docId),
      },
      reader: () => readerOf(workplace, this.#sessions),
      now: (): Instant => this.#clock.now(),
      signedInName: (userId) => this.#sessions.nameOf(userId),
      isAllHere: () => workplace.beginning.missing().length === 0,
      isWaiting: (docId) => workplace.unconfirmed.isWaiting(docId),
    }
    this.#workplace = workplace
    this.#reading = reading
    this.#answers = makeAnswers(reading)
    this.#announcer.announce(['*'])
    this.#mending.heal(workplace.projector.damaged)
  }

  async #keep({ identity, session, clock }: SessionChange): Promise<void> {
    await this.#ports.store.commit({
      term: this.#row.term,
      values: {
        ...(identity === undefined ? {} : { [valueNames.identity]: identity }),
        ...(session === undefined ? {} : { [valueNames.session]: session }),
        ...(clock === undefined ? {} : { [valueNames.clock]: clock }),
      },
    })
  }

  #loseTerm(): void {
    if (this.#isGone) return
    this.#isGone = true
    this.#options.onTermLost?.()
  }

  hurry(): void {
    this.#workplace?.sync?.hurry()
  }

  async settled(): Promise<void> {
    await this.#workplace?.settled()
  }

  async close(): Promise<void> {
    this.#isGone = true
    this.#glances.close()
    this.#lastHandIn.close()
    await this.#opening?.catch(() => {})
    await this.#workplace?.close()
    this.#ports.store.close()
  }
}
