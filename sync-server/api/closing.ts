/** 月末结账 (month close): what can be closed and what speaks against it; closing, reopening, checkpoints. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { base64Text } from '#domain/records/base64.ts'
import type { Month } from '#domain/values/business-date.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { IdentityParts } from '../identity/parts.ts'
import { mayClose } from '../identity/rights.ts'
import { readActor, readClaims } from './actor.ts'
import { type ApiProblem, answer, readBody } from './answers.ts'
import type { ApiParts } from './api.ts'
import { type LatestSeal, scopeOf } from '../seals/seals.ts'
import { closeBody, closingQuery, fileParams, idParams, reopenBody } from './schemas.ts'

export function closingRoutes(app: FastifyInstance, parts: ApiParts): void {
  const { identity, seals } = parts
  checkpointRoutes(app, parts)

  app.get('/api/branches/:id/closing', async (request, reply) => {
    const closer = await readCloser(identity, request)
    if (!closer.ok) return answer(reply, closer)
    const query = readBody(closingQuery, request.query)
    if (!query.ok) return answer(reply, query)
    const { month } = query.value
    return answer(reply, done(await seals.stateOf(closer.value.branch, month as Month | undefined)))
  })

  app.post('/api/branches/:id/close', async (request, reply) => {
    const closer = await readCloser(identity, request)
    if (!closer.ok) return answer(reply, closer)
    const body = readBody(closeBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { month, accepted, reason } = body.value
    const said = reason === undefined ? {} : { reason }
    return answer(
      reply,
      await seals.close({ ...closer.value, month: month as Month, accepted, ...said }),
    )
  })

  app.post('/api/branches/:id/reopen', async (request, reply) => {
    const closer = await readCloser(identity, request)
    if (!closer.ok) return answer(reply, closer)
    const body = readBody(reopenBody, request.body)
    if (!body.ok) return answer(reply, body)
    return answer(reply, await seals.reopen({ ...closer.value, ...body.value }))
  })
}

function checkpointRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.get('/api/checkpoint', async (request, reply) => {
    const latest = await latestFor(parts, request)
    if (!latest.ok) return answer(reply, latest)
    const { hash, bytes, record } = latest.value
    return answer(reply, done({ hash, bytes, record: base64Text(record) }))
  })

  app.get('/api/checkpoint/:id', async (request, reply) => {
    const latest = await latestFor(parts, request)
    if (!latest.ok) return answer(reply, latest)
    const params = readBody(fileParams, request.params)
    if (!params.ok) return answer(reply, params)
    const isLatest = latest.value.hash === params.value.id
    const file = isLatest ? await parts.seals.file(params.value.id) : undefined
    if (file === undefined) return answer(reply, fail({ code: 'not-found' }))
    return reply.type('application/octet-stream').send(Buffer.from(file))
  })
}

/** Who may close a branch, and which. */
async function readCloser(
  identity: IdentityParts,
  request: FastifyRequest,
): Promise<Result<{ readonly branch: string; readonly by: string }, ApiProblem>> {
  const actor = await readActor(identity, request)
  if (!actor.ok) return actor
  const params = readBody(idParams, request.params)
  if (!params.ok) return params
  const branch = params.value.id
  if (!identity.directory.branches.has(branch)) return fail({ code: 'not-found' })
  if (!mayClose(actor.value, branch)) return fail({ code: 'not-allowed' })
  return done({ branch, by: actor.value.id })
}

/** The newest seal for the device that asks. */
async function latestFor(
  { identity, seals }: ApiParts,
  request: FastifyRequest,
): Promise<Result<LatestSeal, ApiProblem>> {
  const claims = await readClaims(identity, request)
  if (!claims.ok) return claims
  const device = identity.directory.activeDevice(claims.value.device)
  if (device === undefined) return fail({ code: 'not-allowed' })
  const latest = await seals.latestFor(scopeOf(identity.directory, device))
  return latest === undefined ? fail({ code: 'not-found' }) : done(latest)
}
