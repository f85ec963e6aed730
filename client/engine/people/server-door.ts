/**
 * How a device speaks to the server's JSON interface: signed by its key, measured by the server's clock, and
 * with a short-lived token that lives in memory only. Knows nobody's password and keeps nothing but the
 * measured clock.
 */
import * as v from 'valibot'
import { sha256Bytes } from '#domain/values/digest.ts'
import { fail, type Result } from '#domain/values/result.ts'
import { base64UrlText } from './base64-url.ts'
import { type ClockMeasurement, type DeviceClock, isServerTime } from '../own/device-clock.ts'
import type { Problem } from '../face/face.ts'
import { type KeptIdentity, renewedShape } from './identity.ts'
import type { Api, Clock, Keys } from '../ports.ts'

type Answered = Result<unknown, readonly Problem[]>
type Body = Record<string, unknown>

/** What a device signs for. */
type ProofPurpose = 'session' | 'renew' | 'quarantine'

export interface ServerDoor {
  /** The server wants the password again before it gives a token. */
  readonly isSignInNeeded: boolean
  readonly isRevoked: boolean
  call(method: 'GET' | 'POST', path: string, body?: Body): Promise<Answered>
  /** A request whose answer tells the server's time. */
  callTimed(path: string, body: Body): Promise<Answered>
  /** A request that carries the device's signature over what it wants and when. */
  callProved(purpose: ProofPurpose, path: string, body: Body): Promise<Answered>
  /** A token with some life left; rejects when there is none to be had. */
  token(): Promise<string>
  /** The server gave a token with another answer. */
  adopt(answer: { readonly accessToken: string; readonly expiresAt: number }): void
  /** The server did not take the last one. */
  tokenRefused(): void
}

export interface ServerDoorOptions {
  readonly api: Api | undefined
  readonly keys: Keys
  readonly wallClock: Clock
  readonly clock: DeviceClock
  identity(): KeptIdentity | undefined
  keepClock(measured: ClockMeasurement): Promise<void>
  onChanged(): void
}

/** The server asks for a fresh token a minute before the old one ends. */
const renewBeforeMs = 90_000
/** How long a clear no of the server is taken for its answer. */
const refusedMs = 60_000
const never = Number.NEGATIVE_INFINITY
/**
 * Answers that only a person can do something about. Everything else (a store that fails, a busy server,
 * somebody else's answer) passes by itself.
 */
const clearNo: ReadonlySet<string | undefined> = new Set([
  'session-ended',
  'device-revoked',
  'proof-invalid',
  'clock-off',
])
const timeShape = v.object({ serverTimeMs: v.pipe(v.number(), v.check(isServerTime)) })

interface Token {
  readonly text: string
  /** Server time. */
  readonly expiresAtMs: number
}

export function makeServerDoor(options: ServerDoorOptions): ServerDoor {
  return new DeviceDoor(options)
}

class DeviceDoor implements ServerDoor {
  readonly #options: ServerDoorOptions
  #token: Token | undefined
  #renewing: Promise<Token> | undefined
  #refusedAtMs = never
  isSignInNeeded = false
  isRevoked = false

  constructor(options: ServerDoorOptions) {
    this.#options = options
  }

  async call(method: 'GET' | 'POST', path: string, body?: Body): Promise<Answered> {
    const { api } = this.#options
    if (api === undefined) return fail([{ code: 'server-unreachable' }])
    const answered = await api.call(method, path, body)
    return answered.ok ? answered : fail([answered.problem])
  }

  async callTimed(path: string, body: Body): Promise<Answered> {
    const { wallClock, clock, keepClock } = this.#options
    const sentMs = wallClock.nowMs()
    const answered = await this.call('POST', path, body)
    const time = v.safeParse(timeShape, answered.ok ? answered.value : undefined)
    if (time.success) {
      const measured = clock.measure(time.output.serverTimeMs, sentMs, wallClock.nowMs())
      await keepClock(measured).catch(() => {
        // A clock that is not kept is measured again; the store's trouble shows elsewhere.
      })
    }
    return answered
  }

  /** A clock that is off is measured, and the request made again. */
  async callProved(purpose: ProofPurpose, path: string, body: Body): Promise<Answered> {
    const first = await this.callTimed(path, { ...body, ...(await this.#proof(purpose)) })
    if (first.ok || first.problem[0]?.code !== 'clock-off') return first
    const serverTimeMs = first.problem[0].facts?.['serverTimeMs']
    if (typeof serverTimeMs !== 'number' || !isServerTime(serverTimeMs)) return first
    const nowMs = this.#options.wallClock.nowMs()
    this.#options.clock.measure(serverTimeMs, nowMs, nowMs)
    return this.callTimed(path, { ...body, ...(await this.#proof(purpose)) })
  }

  async #proof(purpose: ProofPurpose): Promise<Body> {
    const { clock, keys, identity } = this.#options
    const device = identity()?.device.id ?? ''
    const timestampMs = clock.now()
    const hash = sha256Bytes(`${purpose}|${device}|${timestampMs}`)
    const signature = base64UrlText(await keys.signerOf(identity()?.key).sign(hash))
    const proof = { timestampMs, signature }
    return purpose === 'session' ? { device, proof } : { device, ...proof }
  }

  async token(): Promise<string> {
    const { wallClock, clock } = this.#options
    // The server said no, and nothing has changed since: it is not asked at every redial.
    const sinceMs = wallClock.nowMs() - this.#refusedAtMs
    // A clock that was set back since says nothing of how long ago that was: it is asked again.
    if (sinceMs >= 0 && sinceMs < refusedMs) throw new Error('no token for now')
    const lifeMs = (this.#token?.expiresAtMs ?? 0) - clock.now()
    if (this.#token !== undefined && lifeMs > renewBeforeMs) return this.#token.text
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined
    })
    return (await this.#renewing).text
  }

  async #renew(): Promise<Token> {
    const answered = await this.callProved('renew', '/api/session/renew', {})
    const parsed = v.safeParse(renewedShape, answered.ok ? answered.value : undefined)
    if (parsed.success) return this.#take(parsed.output)
    const code = answered.ok ? 'answer-malformed' : answered.problem[0]?.code
    if (clearNo.has(code)) {
      this.#refusedAtMs = this.#options.wallClock.nowMs()
      this.isSignInNeeded = true
      this.isRevoked = code === 'device-revoked'
      this.#options.onChanged()
    }
    throw new Error(`no token: ${code}`)
  }

  adopt(answer: { readonly accessToken: string; readonly expiresAt: number }): void {
    this.#take(answer)
  }

  #take({ accessToken, expiresAt }: { accessToken: string; expiresAt: number }): Token {
    this.#token = { text: accessToken, expiresAtMs: expiresAt }
    this.#refusedAtMs = never
    if (this.isSignInNeeded || this.isRevoked) {
      this.isSignInNeeded = false
      this.isRevoked = false
      this.#options.onChanged()
    }
    return this.#token
  }

  tokenRefused(): void {
    this.#token = undefined
  }
}
