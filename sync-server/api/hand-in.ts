/** [S7] Copies of journals from devices that may read them, after the server has lost some of them. */
import type { FastifyInstance } from 'fastify'
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { limitHandInBody } from '../limits.ts'
import { readClaims } from './actor.ts'
import { type ApiProblem, answer, readBody } from './answers.ts'
import type { ApiParts } from './api.ts'
import { handInBody } from './schemas.ts'

/** Takes a piece of a journal; how far the server has it now. Rejects while the store fails. */
export type HandIn = (handed: {
  readonly journal: string
  readonly update: Uint8Array
  readonly device: string
}) => Promise<Result<{ readonly seq: number }, ApiProblem>>

export function handInRoutes(app: FastifyInstance, { identity, limits, handIn }: ApiParts): void {
  app.post(
    '/api/hand-in',
    {
      ...limits.handIn,
      bodyLimit: limitHandInBody,
      // Before a long body is read.
      async onRequest(request, reply) {
        const claims = await readClaims(identity, request)
        return claims.ok ? undefined : answer(reply, claims)
      },
    },
    async (request, reply) => {
      const claims = await readClaims(identity, request)
      if (!claims.ok) return answer(reply, claims)
      const body = readBody(handInBody, request.body)
      if (!body.ok) return answer(reply, body)
      const { journal, update } = body.value
      const { device } = claims.value
      const taken = await handIn({ journal, update: bytesOfBase64(update), device })
      return answer(reply, taken.ok ? done(taken.value) : fail({ code: taken.problem.code }))
    },
  )
}
