/**
 * Who works on this device now: set-up, enrolment, password online, PIN offline, and the short-lived token
 * for the server, which lives in memory only. Losing the server, the token or the password never takes
 * local work away; it only stops syncing.
 */
import * as v from 'valibot'
import type { Audience } from '#domain/records/audience.ts'
import type { Role } from '#domain/records/kinds.ts'
import { base64UrlText } from './base64-url.ts'
import { sha256Bytes } from '#domain/values/digest.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { ClockMeasurement, DeviceClock } from './device-clock.ts'
import type { CommandArgs, Problem } from './face.ts'
import {
  type Enrolled,
  enrolledShape,
  type KeptIdentity,
  type KeptPerson,
  type KeptSession,
  noSession,
  readableBy,
  renewedShape,
  rolesIn,
  type SignedIn,
  serverStateShape,
  signedInShape,
} from './identity.ts'
import { checkPinTry, isPinRight, makePin, pinAccepted, pinTried } from './pin.ts'
import type { Api, Clock, Keys, Random } from './ports.ts'

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
  /** Durable when it resolves. */
  keep(change: SessionChange): Promise<void>
  /** Something that the session's view shows has changed. */
  onChanged(): void
  /** The device has been made one of the company's. */
  onEnrolled(identity: KeptIdentity): Promise<void>
}

export type Stage = 'unreachable' | 'set-up' | 'sign-in' | 'locked' | 'ready'

export interface Sessions {
  readonly identity: KeptIdentity | undefined
  readonly person: KeptPerson | undefined
  readonly stage: Stage
  readonly companyName: string | undefined
  readonly branchId: string | undefined
  /** The server wants the password again before it syncs. */
  readonly isSignInNeeded: boolean
  readonly isRevoked: boolean
  /** Asks the server where it stands; never rejects. */
  start(): Promise<void>
  /** Who acts in a branch, by default the chosen one. */
  actor(branchId?: string): Result<Actor, readonly Problem[]>
  setUp(path: string, body: Record<string, unknown>): Promise<Result<unknown, readonly Problem[]>>
  enrol(args: CommandArgs<'enrol'>): Promise<Acted>
  signIn(args: CommandArgs<'signIn'>): Promise<Acted>
  unlock(args: CommandArgs<'unlock'>): Promise<Acted>
  setPin(pin: string): Promise<Acted>
  lock(): Promise<Acted>
  chooseBranch(branchId: string): Promise<Acted>
  /** A token with some life left; rejects when there is none to be had. */
  token(): Promise<string>
  /** A person did something. */
  touch(): void
}

/** PINs and open sessions hold this long after the server last knew the password. */
const limitOfflineMs = 30 * 86_400_000
/** A device with a PIN that nobody touched for so long asks for it. */
const limitIdleMs = 15 * 60_000
const touchEveryMs = 60_000
/** The server asks for a fresh token a minute before the old one ends. */
const renewBeforeMs = 90_000

interface Token {
  readonly text: string
  /** Server time. */
  readonly expiresAtMs: number
}

export function openSessions(options: SessionOptions): Sessions {
  return new DeviceSessions(options)
}

class DeviceSessions implements Sessions {
  readonly #options: SessionOptions
  #identity: KeptIdentity | undefined
  #session: KeptSession
  #server: v.InferOutput<typeof serverStateShape> | undefined
  #token: Token | undefined
  #renewing: Promise<Token> | undefined
  #touchedAtMs = 0
  isSignInNeeded = false
  isRevoked = false

  constructor(options: SessionOptions) {
    this.#options = options
    this.#identity = options.kept.identity
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

  get companyName(): string | undefined {
    return this.#server?.companyName
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

  async start(): Promise<void> {
    const { api } = this.#options
    if (api === undefined) return
    const answered = await api.call('GET', '/api/state')
    const parsed = answered.ok ? v.safeParse(serverStateShape, answered.value) : undefined
    if (parsed?.success) this.#server = parsed.output
    this.#options.onChanged()
  }

  actor(branchId = this.branchId): Result<Actor, readonly Problem[]> {
    const { person, stage } = this
    if (stage !== 'ready' || person === undefined || branchId === undefined) {
      return fail([{ code: stage === 'locked' ? 'device-locked' : 'signed-out' }])
    }
    const held = rolesIn(person.grants, branchId)
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
    const answered = await this.#call('POST', path, body)
    if (answered.ok) await this.start()
    return answered
  }

  async enrol(args: CommandArgs<'enrol'>): Promise<Acted> {
    if (this.#identity !== undefined) return fail([{ code: 'device-enrolled-already' }])
    const { createDeviceKey } = this.#options.keys
    const key = await createDeviceKey()
    const answered = await this.#timed('/api/enrol', { ...args, publicKey: key.publicKey })
    if (!answered.ok) return answered
    const parsed = v.safeParse(enrolledShape, answered.value)
    if (!parsed.success) return fail([{ code: 'answer-malformed' }])
    const enrolled = parsed.output
    const identity = identityOf(enrolled, args.deviceName, key.handle)
    const session = this.#signedIn(args.login, enrolled, identity)
    await this.#options.keep({ identity, session })
    this.#identity = identity
    this.#adopt(session, enrolled)
    await this.#options.onEnrolled(identity)
    this.#options.onChanged()
    return done({})
  }

  async signIn(args: CommandArgs<'signIn'>): Promise<Acted> {
    const identity = this.#identity
    if (identity === undefined) return fail([{ code: 'device-not-enrolled' }])
    const answered = await this.#proved('session', '/api/session', { ...args })
    if (!answered.ok) return answered
    const parsed = v.safeParse(signedInShape, answered.value)
    if (!parsed.success) return fail([{ code: 'answer-malformed' }])
    const session = this.#signedIn(args.login, parsed.output, identity)
    await this.#options.keep({ session })
    this.#adopt(session, parsed.output)
    this.#options.onChanged()
    return done({})
  }

  async unlock({ userId, pin }: CommandArgs<'unlock'>): Promise<Acted> {
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
    await this.#put({ ...this.#session, people: this.#with({ ...person, pin: tried }) })
    if (!(await isPinRight(keys, tried, pin))) return fail([{ code: 'pin-wrong' }])
    const accepted = { ...person, pin: pinAccepted(tried) }
    await this.#put({
      ...this.#session,
      people: this.#with(accepted),
      currentId: person.id,
      isLocked: false,
      activeAtMs: wallClock.nowMs(),
    })
    return done({})
  }

  async setPin(pin: string): Promise<Acted> {
    const { person } = this
    if (person === undefined || this.stage !== 'ready') return fail([{ code: 'signed-out' }])
    const made = await makePin(this.#options.keys, pin, this.#options.random.uuid())
    if (!made.ok) return made
    await this.#put({ ...this.#session, people: this.#with({ ...person, pin: made.value }) })
    return done({})
  }

  /** Without a PIN there would be no way back in without a network: then it signs out. */
  async lock(): Promise<Acted> {
    const { currentId: _, ...signedOut } = this.#session
    const hasPin = this.person?.pin !== undefined
    await this.#put(hasPin ? { ...this.#session, isLocked: true } : signedOut)
    return done({})
  }

  async chooseBranch(branchId: string): Promise<Acted> {
    const { person } = this
    if (person === undefined || rolesIn(person.grants, branchId).length === 0) {
      return fail([{ code: 'branch-not-yours' }])
    }
    await this.#put({ ...this.#session, branchId })
    return done({})
  }

  async token(): Promise<string> {
    const lifeMs = (this.#token?.expiresAtMs ?? 0) - this.#options.clock.now()
    if (this.#token !== undefined && lifeMs > renewBeforeMs) return this.#token.text
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined
    })
    return (await this.#renewing).text
  }

  touch(): void {
    const nowMs = this.#options.wallClock.nowMs()
    if (this.person === undefined || Math.abs(nowMs - this.#touchedAtMs) < touchEveryMs) return
    this.#touchedAtMs = nowMs
    this.#put({ ...this.#session, activeAtMs: nowMs }).catch(() => {
      // The store's failure shows where it matters: at the next post.
    })
  }

  async #renew(): Promise<Token> {
    const answered = await this.#proved('renew', '/api/session/renew', {})
    const parsed = answered.ok ? v.safeParse(renewedShape, answered.value) : undefined
    if (parsed?.success) {
      this.#token = tokenOf(parsed.output)
      this.#setNeeds({ isSignInNeeded: false, isRevoked: false })
      return this.#token
    }
    const code = answered.ok ? 'answer-malformed' : (answered.problem[0]?.code ?? '')
    if (code !== 'server-unreachable') {
      this.#setNeeds({ isSignInNeeded: true, isRevoked: code === 'device-revoked' })
    }
    throw new Error(`no token: ${code}`)
  }

  #setNeeds(needs: { isSignInNeeded: boolean; isRevoked: boolean }): void {
    Object.assign(this, needs)
    this.#options.onChanged()
  }

  /** A request that carries the device's signature; a clock that is off is measured and asked again. */
  async #proved(
    purpose: 'session' | 'renew',
    path: string,
    body: Record<string, unknown>,
  ): Promise<Result<unknown, readonly Problem[]>> {
    const first = await this.#timed(path, { ...body, ...(await this.#proof(purpose)) })
    if (first.ok || first.problem[0]?.code !== 'clock-off') return first
    const serverTimeMs = first.problem[0].facts?.['serverTimeMs']
    if (typeof serverTimeMs !== 'number') return first
    const nowMs = this.#options.wallClock.nowMs()
    this.#options.clock.measure(serverTimeMs, nowMs, nowMs)
    return this.#timed(path, { ...body, ...(await this.#proof(purpose)) })
  }

  async #proof(purpose: 'session' | 'renew'): Promise<Record<string, unknown>> {
    const { clock, keys } = this.#options
    const device = this.#identity?.device.id ?? ''
    const timestampMs = clock.now()
    const hash = sha256Bytes(`${purpose}|${device}|${timestampMs}`)
    const signature = base64UrlText(await keys.signerOf(this.#identity?.key).sign(hash))
    const proof = { timestampMs, signature }
    return purpose === 'renew' ? { device, ...proof } : { device, proof }
  }

  /** A request whose answer tells the server's time. */
  async #timed(
    path: string,
    body: Record<string, unknown>,
  ): Promise<Result<unknown, readonly Problem[]>> {
    const { wallClock, clock } = this.#options
    const sentMs = wallClock.nowMs()
    const answered = await this.#call('POST', path, body)
    const time = answered.ok
      ? v.safeParse(v.object({ serverTimeMs: v.number() }), answered.value)
      : undefined
    if (time?.success) {
      const measured = clock.measure(time.output.serverTimeMs, sentMs, wallClock.nowMs())
      await this.#options.keep({ clock: measured })
    }
    return answered
  }

  async #call(
    method: 'GET' | 'POST',
    path: string,
    body: Record<string, unknown>,
  ): Promise<Result<unknown, readonly Problem[]>> {
    const { api } = this.#options
    if (api === undefined) return fail([{ code: 'server-unreachable' }])
    const answered = await api.call(method, path, body)
    return answered.ok ? answered : fail([answered.problem])
  }

  #signedIn(login: string, answer: SignedIn, identity: KeptIdentity): KeptSession {
    const { clock, wallClock } = this.#options
    const { id, name, roles: grants } = answer.user
    const before = this.#session.people.find((person) => person.id === id)
    const person: KeptPerson = { ...before, id, login, name, grants, signedInAtMs: clock.now() }
    const branches = identity.branches.map((branch) => branch.id)
    const usable = branches.find((branch) => rolesIn(grants, branch).length > 0)
    const isUsable = this.branchId !== undefined && rolesIn(grants, this.branchId).length > 0
    const branchId = isUsable ? this.branchId : (usable ?? branches[0])
    return {
      people: this.#with(person),
      currentId: id,
      isLocked: false,
      activeAtMs: wallClock.nowMs(),
      ...(branchId === undefined ? {} : { branchId }),
    }
  }

  #adopt(session: KeptSession, answer: SignedIn | Enrolled): void {
    this.#session = session
    this.#token = tokenOf(answer)
    this.isSignInNeeded = false
    this.isRevoked = false
  }

  #with(person: KeptPerson): readonly KeptPerson[] {
    return [person, ...this.#session.people.filter((each) => each.id !== person.id)]
  }

  async #put(session: KeptSession): Promise<void> {
    await this.#options.keep({ session })
    this.#session = session
    this.#options.onChanged()
  }

  #isWithinDays(person: KeptPerson): boolean {
    return this.#options.clock.now() - person.signedInAtMs <= limitOfflineMs
  }
}

function identityOf(enrolled: Enrolled, name: string, key: unknown): KeptIdentity {
  const { organizationId, device: id, deviceCode: code, serverKey, branches, audiences } = enrolled
  return { organizationId, device: { id, code, name }, key, serverKey, branches, audiences }
}

function tokenOf(answer: { accessToken: string; expiresAt: number }): Token {
  return { text: answer.accessToken, expiresAtMs: answer.expiresAt }
}
