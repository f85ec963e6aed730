/** Set-up of an empty server, and what anybody may ask: is it set up, what time is it. */
import type { FastifyInstance } from 'fastify'
import { fail, type Result } from '#domain/values/result.ts'
import { isTrustedPlace } from './trusted-place.ts'
import { setUp } from '../identity/set-up.ts'
import { type ApiProblem, answer, readBody } from './answers.ts'
import type { ApiParts } from './api.ts'
import { demonstrationLogins } from '../identity/demonstration-people.ts'
import { setUpBody } from './schemas.ts'

export type CreateDemonstration = () => Promise<Result<Record<never, never>, ApiProblem>>

export function setUpRoutes(app: FastifyInstance, parts: ApiParts): void {
  const { identity, limits, build } = parts
  const { directory, nowMs } = identity

  app.get('/api/state', async () => {
    const { organization } = directory
    return {
      isSetUp: organization !== undefined,
      ...(organization === undefined ? {} : { companyName: organization.name }),
      ...(organization?.isDemonstration ? { demonstration: demonstrationLogins } : {}),
      epoch: organization?.epoch ?? 0,
      build,
      time: nowMs(),
    }
  })

  app.get('/api/time', async () => ({ nowMs: nowMs() }))

  app.post('/api/setup', limits.signIn, async (request, reply) => {
    if (!isTrustedPlace(request)) return answer(reply, fail({ code: 'set-up-elsewhere' }))
    const body = readBody(setUpBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { company, owner, branch } = body.value
    const people = [{ ...owner, role: 'owner' } as const]
    const founded = await setUp(identity, { company, branches: [branch], people })
    return answer(reply, founded.ok ? { ok: true, value: {} } : founded, 201)
  })

  app.post('/api/setup/demonstration', limits.signIn, async (request, reply) => {
    if (!isTrustedPlace(request)) return answer(reply, fail({ code: 'set-up-elsewhere' }))
    return answer(reply, await parts.createDemonstration(), 201)
  })
}
