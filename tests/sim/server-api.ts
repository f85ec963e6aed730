/**
 * What the simulated server answers to requests: enrolment and sessions by the real functions of
 * `sync-server/identity`, without passwords and without tokens that cost time.
 */
import { audiences as allAudiences, type Audience } from '#domain/records/audience.ts'
import { base64Text, bytesOfBase64 } from '#domain/records/base64.ts'
import type { PublicKeyJwk } from '#domain/records/signature.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { ApiProblem } from '#client/engine/ports.ts'
import type { Tokens } from '#server/identity/access-token.ts'
import { enrolFor } from '#server/identity/devices.ts'
import type { Device, User } from '#server/identity/directory.ts'
import { type OpenedSession, openSession, renewSession } from '#server/identity/sessions.ts'
import type { Kernel } from '#server/kernel.ts'
import { scopeOf } from '#server/seals/seals.ts'

type Body = Readonly<Record<string, unknown>>
type Answer = Result<unknown, ApiProblem>

/** Who asks: the cookie of the browser, and the token that the request carries. */
export interface Caller {
  readonly cookies: { refresh: string }
  readonly token: string | undefined
}

/** Nothing here throws for a store that fails: a request that cannot be kept is not answered. */
export async function answerOf(
  kernel: Kernel,
  path: string,
  body: Body,
  caller: Caller,
): Promise<Answer> {
  try {
    return await routed(kernel, path, body, caller)
  } catch {
    return fail({ code: 'server-unreachable' })
  }
}

function routed(
  kernel: Kernel,
  path: string,
  body: Body,
  { cookies, token }: Caller,
): Promise<Answer> | Answer {
  switch (path) {
    case '/api/state':
      return done({ isSetUp: true, companyName: kernel.directory.organization?.name ?? '' })
    case '/api/enrol':
      return enrol(kernel, body, cookies)
    case '/api/session':
      return signIn(kernel, body, cookies)
    case '/api/session/renew':
      return renew(kernel, body, cookies)
    case '/api/hand-in':
      return handIn(kernel, body, token)
    case '/api/checkpoint':
      return checkpoint(kernel, token)
    default:
      return fail({ code: 'not-found' })
  }
}

async function enrol(kernel: Kernel, body: Body, cookies: { refresh: string }): Promise<Answer> {
  const { directory, identity } = kernel
  const user = directory.userByLogin(String(body['login']))
  if (user === undefined) return fail({ code: 'sign-in-failed' })
  const enrolled = await enrolFor(identity, user, {
    name: String(body['deviceName']),
    kind: 'tablet',
    publicKey: body['publicKey'] as PublicKeyJwk,
    audiences: (body['audiences'] as readonly Audience[] | undefined) ?? undefined,
    branches: (body['branches'] as readonly string[] | undefined) ?? undefined,
    forkOf: body['forkOf'] as string | undefined,
  })
  if (!enrolled.ok) return fail({ code: enrolled.problem.code })
  const device = enrolled.value
  const session = await open(kernel, user, device, cookies)
  const branches = directory.branchesOf(device.branches).map(({ id, code }) => ({ id, code }))
  return done({
    ...signedIn(kernel, session),
    organizationId: directory.organization?.id ?? '',
    ...{ device: device.id, deviceCode: device.code, branches },
    audiences: allAudiences.filter((audience) => device.audiences.includes(audience)),
    serverKey: identity.serverKey,
  })
}

async function signIn(kernel: Kernel, body: Body, cookies: { refresh: string }): Promise<Answer> {
  const user = kernel.directory.userByLogin(String(body['login']))
  const device = kernel.directory.devices.get(String(body['device']))
  if (user === undefined) return fail({ code: 'sign-in-failed' })
  // A restored server may have forgotten it.
  if (device === undefined) return fail({ code: 'device-unknown' })
  if (device.status === 'revoked') return fail({ code: 'device-revoked' })
  return done(signedIn(kernel, await open(kernel, user, device, cookies)))
}

async function renew(kernel: Kernel, body: Body, cookies: { refresh: string }): Promise<Answer> {
  const timestampMs = Number(body['timestampMs'])
  const proof = { timestampMs, signature: String(body['signature']) }
  const renewed = await renewSession(
    kernel.identity,
    cookies.refresh,
    String(body['device']),
    proof,
  )
  if (renewed.ok) return done({ ...renewed.value, serverTimeMs: kernel.nowMs() })
  const { code, ...facts } = renewed.problem
  return fail({ code, facts })
}

/** [S7] */
async function handIn(kernel: Kernel, body: Body, token = ''): Promise<Answer> {
  const device = deviceOfToken(kernel, token)
  if (device === undefined) return fail({ code: 'token-invalid' })
  const update = bytesOfBase64(String(body['update']))
  const handed = { journal: String(body['journal']), update, device: device.id }
  const taken = await kernel.handIn(handed)
  return taken.ok ? done(taken.value) : fail({ code: taken.problem.code })
}

/** [MCL6] The newest closing that names a file for the device, and the file. */
async function checkpoint(kernel: Kernel, token = ''): Promise<Answer> {
  const device = deviceOfToken(kernel, token)
  if (device === undefined) return fail({ code: 'not-allowed' })
  const latest = await kernel.seals.latestFor(scopeOf(kernel.directory, device))
  if (latest === undefined) return fail({ code: 'not-found' })
  return done({ ...latest, record: base64Text(latest.record) })
}

export async function fileOf(
  kernel: Kernel,
  hash: string,
): Promise<Result<Uint8Array, ApiProblem>> {
  const file = await kernel.seals.file(hash)
  return file === undefined ? fail({ code: 'not-found' }) : done(file)
}

async function open(
  kernel: Kernel,
  user: User,
  device: Device,
  cookies: { refresh: string },
): Promise<OpenedSession> {
  const session = await openSession(kernel.identity, user, device)
  cookies.refresh = session.refresh
  return session
}

function signedIn(kernel: Kernel, { user, accessToken, expiresAt }: OpenedSession) {
  const { id, name, roles } = user
  return { user: { id, name, roles }, accessToken, expiresAt, serverTimeMs: kernel.nowMs() }
}

// ── tokens that say who speaks and nothing else ─────────────────────────────────────────────────

export function plainTokens(nowMs: () => number, lifeMs: number): Tokens {
  return {
    async issue({ device }) {
      const expiresAt = nowMs() + lifeMs
      return { accessToken: `${device}|${expiresAt}`, expiresAt }
    },
    read: async () => fail({ code: 'token-invalid' }),
  }
}

/** The device that a token speaks for; undefined when it has run out or the device is revoked. */
export function deviceOfToken({ directory, nowMs }: Kernel, token: string): Device | undefined {
  const [device = '', expiresAt = '0'] = token.split('|')
  return Number(expiresAt) > nowMs() ? directory.activeDevice(device) : undefined
}
