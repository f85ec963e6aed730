/** 月末结账 (month close): what can be closed and what speaks against it; closing, reopening, checkpoints. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { base64Text } from '#domain/records/base64.ts'
import type { Month } from '#domain/values/business-date.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { IdentityParts } from '../identity/parts.ts'
import { mayClose } from '../identity/rights.ts'
import { readActor, readClaims } from './actor.ts'
import { type ApiProblem, answer, readBody } from './answers.ts'
import type { ApiParts } from './api.ts'
import { closeBody, closingQuery, idParams, reopenBody } from './schemas.ts'

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

function checkpointRoutes(app: FastifyInstance, { identity, seals }: ApiParts): void {
  app.get('/api/branches/:id/checkpoint', async (request, reply) => {
    const device = await readDevice(identity, request)
    if (!device.ok) return answer(reply, device)
    const latest = await seals.latest(device.value.branch, device.value.held)
    if (latest === undefined) return answer(reply, fail({ code: 'not-found' }))
    const { hash, bytes, record } = latest
    return answer(reply, done({ hash, bytes, record: base64Text(record) }))
  })

  app.get('/api/branches/:id/checkpoint/file', async (request, reply) => {
    const device = await readDevice(identity, request)
    if (!device.ok) return answer(reply, device)
    const latest = await seals.latest(device.value.branch, device.value.held)
    const file = latest === undefined ? undefined : await seals.file(latest.hash)
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

/** A device that follows the branch, and what it may read. */
async function readDevice(
  identity: IdentityParts,
  request: FastifyRequest,
): Promise<Result<{ readonly branch: string; readonly held: readonly Audience[] }, ApiProblem>> {
  const claims = await readClaims(identity, request)
  if (!claims.ok) return claims
  const params = readBody(idParams, request.params)
  if (!params.ok) return params
  const branch = params.value.id
  const device = identity.directory.activeDevice(claims.value.device)
  const isOfBranch = device?.branches.includes(branch) || device?.branches.includes('all')
  if (device === undefined || isOfBranch !== true) return fail({ code: 'not-allowed' })
  const held = audiences.filter((audience) => device.audiences.includes(audience))
  return done({ branch, held })
}
