/** Enrolling a device, signing in on it, renewing, signing out. */
import type { RateLimitOptions } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify'
import { done, type Result } from '#domain/values/result.ts'
import { enrol } from '../identity/devices.ts'
import {
  endSession,
  type OpenedSession,
  proveDevice,
  renewSession,
  signIn,
} from '../identity/sessions.ts'
import { type ApiProblem, answer, readBody } from './answers.ts'
import type { ApiParts } from './api.ts'
import { enrolBody, renewBody, sessionBody } from './schemas.ts'

const cookieName = 'liancang-session'
/** The refresh cookie travels to these routes and nowhere else. */
const cookiePath = '/api/session'

export function sessionRoutes(app: FastifyInstance, parts: ApiParts): void {
  const { identity, limits } = parts

  app.post('/api/enrol', limits.signIn, async (request, reply) => {
    const body = readBody(enrolBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { login, password, deviceName: name, ...device } = body.value
    const opened = await enrol(identity, { login, password }, { name, ...device }, request.ip)
    return welcome(parts, reply, opened, 201)
  })

  app.post('/api/session', signInOptions(parts), async (request, reply) => {
    const body = readBody(sessionBody, request.body)
    if (!body.ok) return answer(reply, body)
    return welcome(parts, reply, await signIn(identity, body.value, request.ip), 200)
  })

  app.post('/api/session/renew', async (request, reply) => {
    const body = readBody(renewBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { device, ...proof } = body.value
    const refresh = request.cookies[cookieName] ?? ''
    const renewed = await renewSession(identity, refresh, device, proof)
    if (!renewed.ok) return answer(reply, renewed)
    setRefreshCookie(parts, reply, refresh)
    return { ...renewed.value, serverTimeMs: identity.nowMs() }
  })

  app.delete('/api/session', async (request, reply) => {
    await endSession(identity, request.cookies[cookieName] ?? '')
    return reply.clearCookie(cookieName, { path: cookiePath }).send({})
  })
}

/**
 * A device that proves itself has an allowance of its own: one machine in a shop cannot use up that of
 * all behind the same address.
 */
function signInOptions({ identity, limits }: ApiParts): RouteShorthandOptions {
  const { config, ...options } = limits.signIn
  const { rateLimit } = config as { readonly rateLimit: RateLimitOptions }
  async function keyGenerator(request: FastifyRequest): Promise<string> {
    const body = readBody(sessionBody, request.body)
    const device = body.ok ? identity.directory.activeDevice(body.value.device) : undefined
    if (!body.ok || device === undefined) return request.ip
    const proved = await proveDevice(identity, device, body.value.proof)
    return proved.ok ? device.id : request.ip
  }
  return { ...options, config: { rateLimit: { ...rateLimit, hook: 'preHandler', keyGenerator } } }
}

function welcome(
  parts: ApiParts,
  reply: FastifyReply,
  opened: Result<OpenedSession, ApiProblem>,
  status: number,
): FastifyReply {
  if (!opened.ok) return answer(reply, opened)
  setRefreshCookie(parts, reply, opened.value.refresh)
  return answer(reply, done(welcomeText(parts, opened.value)), status)
}

/** What a device needs to work with its person. */
function welcomeText({ identity }: ApiParts, opened: OpenedSession) {
  const { directory, serverKey, nowMs } = identity
  const { user, device, accessToken, expiresAt } = opened
  const branches = directory.branchesOf(device.branches)
  return {
    organizationId: directory.organization?.id,
    device: device.id,
    deviceCode: device.code,
    branches: branches.map(({ id, code }) => ({ id, code })),
    audiences: device.audiences,
    user: { id: user.id, name: user.name, roles: user.roles },
    accessToken,
    expiresAt,
    serverKey,
    serverTimeMs: nowMs(),
  }
}

function setRefreshCookie(
  { isSecure, identity }: ApiParts,
  reply: FastifyReply,
  refresh: string,
): void {
  reply.setCookie(cookieName, refresh, {
    path: cookiePath,
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    maxAge: Math.floor(identity.sessionMs / 1000),
  })
}
