/**
 * Who works on this device now: set-up, enrolment, password online, PIN offline. Losing the server, the token
 * or the password never takes local work away; it only stops syncing.
 */
import * as v from 'valibot'
import type { Audience } from '#domain/records/audience.ts'
import type { Role } from '#domain/records/kinds.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { ClockMeasurement, DeviceClock } from '../own/device-clock.ts'
import type { CommandArgs, Problem } from '../face/face.ts'
import {
  type Enrolled,
  enrolledShape,
  type Grant,
  type KeptIdentity,
  type KeptPerson,
  type KeptSession,
  noSession,
  readableBy,
  rolesIn,
  type SignedIn,
  type ServerState,
  serverStateShape,
  signedInShape,
} from './identity.ts'
import { identityOf, type LetIn, signedIn, withPerson } from './kept-session.ts'
import { checkPinTry, isPinRight, makePin, pinAccepted, pinTried } from './pin.ts'
import type { Api, Clock, Keys, Random } from '../ports.ts'
import { makeServerDoor, type ServerDoor } from './server-door.ts'

export type Acted = Result<Record<never, never>, readonly Problem[]>

/** Who acts, where, with which rights. */
export interface Actor {
  readonly userId: string
  readonly name: string
  readonly branchId: string
  readonly roles: readonly Role[]
  /** What both the device may hold and the person may read. */
  readonly audiences: readonly Audience[]
}

export interface KeptSessions {
  readonly identity: KeptIdentity | undefined
  readonly session: KeptSession | undefined
}

/** What is written together, strictly; undefined leaves a part as it is. */
export interface SessionChange {
  readonly identity?: KeptIdentity
  readonly session?: KeptSession
  readonly clock?: ClockMeasurement
}

export interface SessionOptions {
  readonly kept: KeptSessions
  readonly keys: Keys
  readonly random: Random
  readonly wallClock: Clock
  readonly clock: DeviceClock
  readonly api: Api | undefined
  /** What the company's records grant a person; undefined while they say nothing of them. */
  grantsOf(userId: string): readonly Grant[] | undefined
  /** Durable when it resolves. */
  keep(change: SessionChange): Promise<void>
  /** Something that the session's view shows has changed. */
  onChanged(): void
  /** The device has been made one of the company's. */
  onEnrolled(identity: KeptIdentity): Promise<void>
}

/** An identity that is enrolled and not used yet. */
export interface Anew {
  readonly identity: KeptIdentity
  readonly session: KeptSession
  adopt(): void
}

export type Stage = 'unreachable' | 'set-up' | 'sign-in' | 'locked' | 'ready'

export interface Sessions {
  readonly identity: KeptIdentity | undefined
  readonly person: KeptPerson | undefined
  /** Of anybody who was signed in here before. */
  nameOf(userId: string): string | undefined
  readonly stage: Stage
  /** Until when, by the device's own clock, the stage stays ready if nobody touches the device, ms. */
  readonly readyUntilMs: number | undefined
  readonly companyName: string | undefined
  /** The logins of a company made for looking around. */
  readonly demonstration: ServerState['demonstration']
  readonly branchId: string | undefined
  /** The way to the server, with this device's key and the person's token. */
  readonly door: ServerDoor
  /** Asks the server where it stands; never rejects. */
  start(): Promise<void>
  /** Who acts in a branch, by default the chosen one. */
  actor(branchId?: string): Result<Actor, readonly Problem[]>
  setUp(path: string, body: Record<string, unknown>): Promise<Result<unknown, readonly Problem[]>>
  enrol(args: CommandArgs<'enrol'>): Promise<Acted>
  /** A further identity for this machine; it is used from `adopt` on. */
  enrolAnew(args: CommandArgs<'enrol'>, forkOf: string): Promise<Result<Anew, readonly Problem[]>>
  signIn(args: CommandArgs<'signIn'>): Promise<Acted>
  unlock(args: CommandArgs<'unlock'>): Promise<Acted>
  setPin(pin: string): Promise<Acted>
  lock(): Promise<Acted>
  chooseBranch(branchId: string): Promise<Acted>
  /** What the store says, which may have kept another identity and told nobody. */
  recall(kept: KeptSessions): void
  /** The store was emptied: this machine is nobody's any more. */
  forget(): void
  /** A person did something. */
  touch(): void
}

/** PINs and open sessions hold this long after the server last knew the password. */
const limitOfflineMs = 30 * 86_400_000
/** A device with a PIN that nobody touched for so long asks for it. */
const limitIdleMs = 15 * 60_000
const touchEveryMs = 60_000

export function openSessions(options: SessionOptions): Sessions {
  return new DeviceSessions(options)
}

class DeviceSessions implements Sessions {
  readonly #options: SessionOptions
  readonly door: ServerDoor
  #identity: KeptIdentity | undefined
  #session: KeptSession
  #server: ServerState | undefined
  #changing: Promise<void> = Promise.resolve()
  #unlocking: Promise<unknown> = Promise.resolve()
  #touchedAtMs = 0

  constructor(options: SessionOptions) {
    this.#options = options
    this.#identity = options.kept.identity
    this.door = makeServerDoor({
      ...options,
      identity: () => this.#identity,
      keepClock: (clock) => options.keep({ clock }),
    })
    const kept = options.kept.session ?? noSession
    const isIdle = options.wallClock.nowMs() - kept.activeAtMs > limitIdleMs
    this.#session = kept
    if (isIdle && this.person?.pin !== undefined) this.#session = { ...kept, isLocked: true }
  }

  get identity(): KeptIdentity | undefined {
    return this.#identity
  }

  get person(): KeptPerson | undefined {
    const { people, currentId } = this.#session
    return people.find((person) => person.id === currentId)
  }

  nameOf(userId: string): string | undefined {
    return this.#session.people.find(({ id }) => id === userId)?.name
  }

  get companyName(): string | undefined {
    return this.#server?.companyName
  }

  get demonstration(): ServerState['demonstration'] {
    return this.#server?.demonstration
  }

  get branchId(): string | undefined {
    return this.#session.branchId ?? this.#identity?.branches[0]?.id
  }

  get stage(): Stage {
    if (this.#identity === undefined) {
      if (this.#server === undefined) return 'unreachable'
      return this.#server.isSetUp ? 'sign-in' : 'set-up'
    }
    if (this.person === undefined || !this.#isWithinDays(this.person)) return 'sign-in'
    return this.#session.isLocked ? 'locked' : 'ready'
  }

  get readyUntilMs(): number | undefined {
    const { person, stage } = this
    if (stage !== 'ready' || person === undefined) return undefined
    const signedInMs = person.signedInAtMs - this.#options.clock.offset().ms + limitOfflineMs
    if (person.pin === undefined) return signedInMs
    return Math.min(signedInMs, this.#session.activeAtMs + limitIdleMs)
  }

  async start(): Promise<void> {
    const answered = await this.door.call('GET', '/api/state')
    const parsed = v.safeParse(serverStateShape, answered.ok ? answered.value : undefined)
    if (parsed.success) this.#server = parsed.output
    this.#options.onChanged()
  }

  recall({ identity, session = noSession }: KeptSessions): void {
    if (identity === undefined || identity.device.id === this.#identity?.device.id) return
    this.#identity = identity
    this.#session = session
    this.door.tokenRefused()
    this.#options.onChanged()
  }

  forget(): void {
    this.#identity = undefined
    this.#session = noSession
    this.door.tokenRefused()
    this.#options.onChanged()
  }

  actor(branchId = this.branchId): Result<Actor, readonly Problem[]> {
    const { person, stage } = this
    if (stage !== 'ready' || person === undefined || branchId === undefined) {
      return fail([{ code: stage === 'locked' ? 'device-locked' : 'signed-out' }])
    }
    const held = this.#rolesOf(person, branchId)
    return done({
      userId: person.id,
      name: person.name,
      branchId,
      roles: held,
      audiences: readableBy(held, this.#identity?.audiences ?? []),
    })
  }

  async setUp(
    path: string,
    body: Record<string, unknown>,
  ): Promise<Result<unknown, readonly Problem[]>> {
    const answered = await this.door.call('POST', path, body)
    if (answered.ok) await this.start()
    return answered
  }

  async enrol(args: CommandArgs<'enrol'>): Promise<Acted> {
    if (this.#identity !== undefined) return fail([{ code: 'device-enrolled-already' }])
    const made = await this.#makeIdentity(args)
    if (!made.ok) return made
    const { enrolled, identity } = made.value
    // One transaction: a device without a person, or the other way round, would be of no use.
    const letIn = this.#letIn(args.login, enrolled)
    await this.#change((session) => signedIn(session, identity, letIn), identity)
    this.door.adopt(enrolled)
    await this.#options.onEnrolled(identity)
    this.#options.onChanged()
    return done({})
  }

  async enrolAnew(
    args: CommandArgs<'enrol'>,
    forkOf: string,
  ): Promise<Result<Anew, readonly Problem[]>> {
    const made = await this.#makeIdentity({ ...args, forkOf })
    if (!made.ok) return made
    const { enrolled, identity } = made.value
    const session = signedIn(this.#session, identity, this.#letIn(args.login, enrolled))
    return done({
      identity,
      session,
      adopt: () => {
        this.#identity = identity
        this.#session = session
        this.door.adopt(enrolled)
        this.#options.onChanged()
      },
    })
  }

  /** A key of this machine, and the device that the server has made of it. */
  async #makeIdentity(
    args: CommandArgs<'enrol'> & { readonly forkOf?: string },
  ): Promise<Result<{ enrolled: Enrolled; identity: KeptIdentity }, readonly Problem[]>> {
    const key = await this.#options.keys.createDeviceKey()
    const answered = await this.door.callTimed('/api/enrol', { ...args, publicKey: key.publicKey })
    if (!answered.ok) return answered
    const parsed = v.safeParse(enrolledShape, answered.value)
    if (!parsed.success) return fail([{ code: 'answer-malformed' }])
    const enrolled = parsed.output
    return done({ enrolled, identity: identityOf(enrolled, args.deviceName, key.handle) })
  }

  async signIn(args: CommandArgs<'signIn'>): Promise<Acted> {
    const identity = this.#identity
    if (identity === undefined) return fail([{ code: 'device-not-enrolled' }])
    const answered = await this.door.callProved('session', '/api/session', { ...args })
    if (!answered.ok) return answered
    const parsed = v.safeParse(signedInShape, answered.value)
    if (!parsed.success) return fail([{ code: 'answer-malformed' }])
    this.door.adopt(parsed.output)
    const letIn = this.#letIn(args.login, parsed.output)
    await this.#change((session) => signedIn(session, identity, letIn))
    return done({})
  }

  /** One try after the other: tries at once would count as one. */
  unlock(args: CommandArgs<'unlock'>): Promise<Acted> {
    const tried = this.#unlocking.then(() => this.#tryUnlock(args))
    this.#unlocking = tried.catch(() => {})
    return tried
  }

  async #tryUnlock({ userId, pin }: CommandArgs<'unlock'>): Promise<Acted> {
    const { keys, wallClock } = this.#options
    const person = this.#session.people.find(
      (each) => each.id === (userId ?? this.#session.currentId),
    )
    if (person === undefined || !this.#isWithinDays(person)) {
      return fail([{ code: 'pin-expired' }])
    }
    const refused = checkPinTry(person.pin, wallClock.nowMs())
    if (person.pin === undefined || refused !== undefined) {
      return fail([refused ?? { code: 'pin-not-set' }])
    }
    const tried = pinTried(person.pin, wallClock.nowMs())
    await this.#change((session) => withPerson(session, { ...person, pin: tried }))
    if (!(await isPinRight(keys, tried, pin))) return fail([{ code: 'pin-wrong' }])
    const accepted = { ...person, pin: pinAccepted(tried) }
    await this.#change((session) => ({
      ...withPerson(session, accepted),
      currentId: person.id,
      isLocked: false,
      activeAtMs: wallClock.nowMs(),
    }))
    return done({})
  }

  async setPin(pin: string): Promise<Acted> {
    const { person } = this
    if (person === undefined || this.stage !== 'ready') return fail([{ code: 'signed-out' }])
    const made = await makePin(this.#options.keys, pin, this.#options.random.uuid())
    if (!made.ok) return made
    await this.#change((session) => withPerson(session, { ...person, pin: made.value }))
    return done({})
  }

  /** Without a PIN there would be no way back in without a network: then it signs out. */
  async lock(): Promise<Acted> {
    const hasPin = this.person?.pin !== undefined
    await this.#change((session) => {
      const { currentId: _, ...signedOut } = session
      return hasPin ? { ...session, isLocked: true } : signedOut
    })
    return done({})
  }

  async chooseBranch(branchId: string): Promise<Acted> {
    const { person } = this
    if (person === undefined || this.#rolesOf(person, branchId).length === 0) {
      return fail([{ code: 'branch-not-yours' }])
    }
    await this.#change((session) => ({ ...session, branchId }))
    return done({})
  }

  touch(): void {
    const nowMs = this.#options.wallClock.nowMs()
    if (this.person === undefined || Math.abs(nowMs - this.#touchedAtMs) < touchEveryMs) return
    this.#touchedAtMs = nowMs
    this.#change((session) => ({ ...session, activeAtMs: nowMs })).catch(() => {
      // The store's failure shows where it matters: at the next post.
    })
  }

  /** What the server has let in, at this moment of both clocks. */
  #letIn(login: string, answer: SignedIn): LetIn {
    const { clock, wallClock } = this.#options
    return { login, answer, signedInAtMs: clock.now(), activeAtMs: wallClock.nowMs() }
  }

  /** One after the other: a change never works on a session that another one is replacing. */
  #change(make: (session: KeptSession) => KeptSession, identity = this.#identity): Promise<void> {
    const changed = this.#changing.then(async () => {
      const session = make(this.#session)
      const isNew = identity !== undefined && identity !== this.#identity
      await this.#options.keep(isNew ? { identity, session } : { session })
      this.#identity = identity
      this.#session = session
      this.#options.onChanged()
    })
    this.#changing = changed.catch(() => {})
    return changed
  }

  /** Records that came since the sign-in count for more than what the server said then. */
  #rolesOf({ id, grants }: KeptPerson, branchId: string): readonly Role[] {
    return rolesIn(this.#options.grantsOf(id) ?? grants, branchId)
  }

  #isWithinDays(person: KeptPerson): boolean {
    return this.#options.clock.now() - person.signedInAtMs <= limitOfflineMs
  }
}
