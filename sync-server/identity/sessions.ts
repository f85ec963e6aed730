/** Signing in on an enrolled device, staying signed in, signing out [S6]. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { AccessClaims, TokenProblem } from './access-token.ts'
import { checkProof, type DeviceProof, type ProofProblem, proofText } from './device-proof.ts'
import type { Device, Session, User } from './directory.ts'
import type { IdentityParts } from './parts.ts'
import { type BusyProblem, verifyPassword } from './password.ts'
import { mayHold } from './rights.ts'
import type { Caller } from './throttle.ts'

export interface Credentials {
  readonly login: string
  readonly password: string
}

export interface SignIn extends Credentials {
  readonly device: string
  readonly proof: DeviceProof
}

/** A session that was just opened: what the API answers with, and the secret for the cookie. */
export interface OpenedSession {
  readonly user: User
  readonly device: Device
  readonly accessToken: string
  readonly expiresAt: number
  /** Value of the refresh cookie. */
  readonly refresh: string
}

export interface RenewedSession {
  readonly accessToken: string
  readonly expiresAt: number
}

export type CredentialProblem =
  | BusyProblem
  | { readonly code: 'sign-in-failed' }
  | { readonly code: 'too-many-attempts'; readonly waitMs: number }

export type SignInProblem =
  | CredentialProblem
  | ProofProblem
  | { readonly code: 'device-unknown' | 'device-revoked' }
  /** The device holds what this person may not see. */
  | { readonly code: 'device-beyond-rights' }

export type RenewProblem = ProofProblem | { readonly code: 'session-ended' | 'device-revoked' }

const secretBytes = 32

/**
 * The person behind a login and password. Says the same, as slowly, for a wrong login as for a
 * wrong password.
 */
export async function checkCredentials(
  { directory, throttle, nowMs }: IdentityParts,
  { login, password }: Credentials,
  caller: Caller,
): Promise<Result<User, CredentialProblem>> {
  const waitMs = throttle.waitMs(login, caller, nowMs())
  if (waitMs > 0) return fail({ code: 'too-many-attempts', waitMs })
  const user = directory.userByLogin(login)
  const verified = await verifyPassword(password, user?.password)
  if (!verified.ok) return verified
  if (!verified.value || user === undefined || user.isRevoked) {
    throttle.noteFailure(login, caller, nowMs())
    return fail({ code: 'sign-in-failed' })
  }
  throttle.noteSuccess(login, caller)
  return done(user)
}

export async function signIn(
  parts: IdentityParts,
  { device: deviceId, proof, ...credentials }: SignIn,
  address: string,
): Promise<Result<OpenedSession, SignInProblem>> {
  const device = parts.directory.activeDevice(deviceId)
  const proved = device === undefined ? undefined : await proveDevice(parts, device, proof)
  const caller = { address, device: proved?.ok === true ? deviceId : undefined }
  const user = await checkCredentials(parts, credentials, caller)
  if (!user.ok) return user
  if (device === undefined || proved === undefined) {
    const isKnown = parts.directory.devices.has(deviceId)
    return fail({ code: isKnown ? 'device-revoked' : 'device-unknown' })
  }
  if (!proved.ok) return proved
  if (!mayHold(user.value.roles, device)) return fail({ code: 'device-beyond-rights' })
  return done(await openSession(parts, user.value, device))
}

/** Whether a sign-in is asked for by the device itself. */
export function proveDevice(
  { verifier, nowMs }: IdentityParts,
  { id, publicKey }: Device,
  proof: DeviceProof,
): Promise<Result<undefined, ProofProblem>> {
  const text = proofText('session', id, proof.timestampMs)
  return checkProof(text, proof, { publicKey, verifier, nowMs: nowMs() })
}

/** Opens a session; those that the device had end, because a device has one refresh cookie. */
export async function openSession(
  parts: IdentityParts,
  user: User,
  { id: deviceId, ...enrolled }: Device,
): Promise<OpenedSession> {
  const { directory, registrar, nowMs, sessionMs, uuid } = parts
  const secret = randomBytes(secretBytes).toString('base64url')
  const session: Session = {
    ...{ id: uuid(), secretHash: hashSecret(secret), user: user.id, device: deviceId },
    ...{ expiresAt: nowMs() + sessionMs, renewedAt: 0 },
  }
  const device = await registrar.inTurn(async () => {
    const current = directory.devices.get(deviceId) ?? { id: deviceId, ...enrolled }
    const seen: Device = { ...current, lastSeenAt: nowMs() }
    const endedSessions = sessionsOf(directory.sessions.values(), (one) => one.device === deviceId)
    const rows = [
      { kind: 'session', value: session } as const,
      { kind: 'device', value: seen } as const,
    ]
    await registrar.write({ rows, endedSessions })
    return seen
  })
  const token = await issueToken(parts, session)
  return { user, device, ...token, refresh: `${session.id}.${secret}` }
}

/** A fresh token for the cookie's session, if the device itself asks. */
export async function renewSession(
  parts: IdentityParts,
  refresh: string,
  deviceId: string,
  proof: DeviceProof,
): Promise<Result<RenewedSession, RenewProblem>> {
  const { directory, registrar, verifier, nowMs, sessionMs } = parts
  const device = directory.devices.get(deviceId)
  if (device === undefined) return fail({ code: 'session-ended' })
  const text = proofText('renew', deviceId, proof.timestampMs)
  const { publicKey } = device
  const proved = await checkProof(text, proof, { publicKey, verifier, nowMs: nowMs() })
  if (!proved.ok) return proved
  if (device.status === 'revoked') return fail({ code: 'device-revoked' })
  return registrar.inTurn(async () => {
    const current = sessionOf(parts, refresh)
    if (current?.device !== deviceId) return fail({ code: 'session-ended' })
    // A proof is used once: what was seen before is answered like a clock that went back.
    if (proof.timestampMs <= current.renewedAt) {
      return fail({ code: 'clock-off', serverTimeMs: nowMs() })
    }
    const expiresAt = nowMs() + sessionMs
    const renewedAt = Math.min(proof.timestampMs, nowMs())
    const renewed: Session = { ...current, expiresAt, renewedAt }
    const seen = { ...(directory.devices.get(deviceId) ?? device), lastSeenAt: nowMs() }
    await registrar.write({
      rows: [
        { kind: 'session', value: renewed },
        { kind: 'device', value: seen },
      ],
    })
    return done(await issueToken(parts, renewed))
  })
}

/** Signs out; ending what has ended is no problem. */
export async function endSession(parts: IdentityParts, refresh: string): Promise<void> {
  const session = sessionOf(parts, refresh)
  if (session === undefined) return
  const { registrar } = parts
  await registrar.inTurn(() => registrar.write({ rows: [], endedSessions: [session.id] }))
}

/** What a token says, if its session still holds. */
export async function readToken(
  { tokens, directory, nowMs }: IdentityParts,
  token: string,
): Promise<Result<AccessClaims, TokenProblem | { readonly code: 'session-ended' }>> {
  const claims = await tokens.read(token)
  if (!claims.ok) return claims
  const { session: id, organization, user, device } = claims.value
  if (organization !== directory.organization?.id) return fail({ code: 'token-invalid' })
  const session = directory.validSession(id, nowMs())
  if (session === undefined) return fail({ code: 'session-ended' })
  // Who speaks is what the session says; a token that says otherwise was not made here.
  const isOfSession = session.user === user && session.device === device
  return isOfSession ? claims : fail({ code: 'token-invalid' })
}

export function sessionsOf(
  sessions: Iterable<Session>,
  matches: (session: Session) => boolean,
): readonly string[] {
  return [...sessions].filter(matches).map(({ id }) => id)
}

function sessionOf({ directory, nowMs }: IdentityParts, refresh: string): Session | undefined {
  const [id = '', secret = ''] = refresh.split('.')
  const session = directory.validSession(id, nowMs())
  if (session === undefined) return undefined
  const expected = Buffer.from(session.secretHash, 'hex')
  return timingSafeEqual(expected, Buffer.from(hashSecret(secret), 'hex')) ? session : undefined
}

async function issueToken(
  { tokens, directory }: IdentityParts,
  session: Session,
): Promise<RenewedSession> {
  const { id, user, device } = session
  const organization = directory.organization?.id ?? ''
  return tokens.issue({ session: id, user, device, organization })
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
