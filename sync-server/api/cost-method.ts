/** 成本方法转换 (change of the cost method): from which month on it is possible, and the change itself. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Month } from '#domain/values/business-date.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { IdentityParts } from '../identity/parts.ts'
import { mayClose } from '../identity/rights.ts'
import { readActor } from './actor.ts'
import { type ApiProblem, answer, readBody } from './answers.ts'
import type { ApiParts } from './api.ts'
import { methodBody } from './schemas.ts'

export function methodRoutes(
  app: FastifyInstance,
  { identity, methodChanges }: Pick<ApiParts, 'identity' | 'methodChanges'>,
): void {
  app.get('/api/company/cost-method', async (request, reply) => {
    const changer = await readChanger(identity, request)
    if (!changer.ok) return answer(reply, changer)
    return answer(reply, done({ months: await methodChanges.months() }))
  })

  app.post('/api/company/cost-method', async (request, reply) => {
    const changer = await readChanger(identity, request)
    if (!changer.ok) return answer(reply, changer)
    const body = readBody(methodBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { month, method } = body.value
    const wish = { month: month as Month, method, by: changer.value }
    return answer(reply, await methodChanges.change(wish))
  })
}

/** [MTC4] Finance and owners of the whole company. */
async function readChanger(
  identity: IdentityParts,
  request: FastifyRequest,
): Promise<Result<string, ApiProblem>> {
  const actor = await readActor(identity, request)
  if (!actor.ok) return actor
  return mayClose(actor.value, 'all') ? done(actor.value.id) : fail({ code: 'not-allowed' })
}
