/**
 * How outcomes become answers: a problem is `{code, …facts}` under the status that fits its code.
 * Texts are the client's.
 */
import type { FastifyReply } from 'fastify'
import * as v from 'valibot'
import { done, fail, type Result } from '#domain/values/result.ts'

export interface ApiProblem {
  readonly code: string
}

export interface BodyProblem extends ApiProblem {
  readonly code: 'body-malformed'
  /** Path of the first wrong field. */
  readonly field: string
}

/** Statuses other than 400. */
const statusByCode: Readonly<Record<string, number>> = {
  'sign-in-failed': 401,
  'token-missing': 401,
  'token-invalid': 401,
  'token-expired': 401,
  'session-ended': 401,
  'proof-invalid': 401,
  'clock-off': 409,
  'not-allowed': 403,
  'author-unknown': 409,
  'author-revoked': 403,
  'record-missing': 409,
  'device-not-revoked': 409,
  'quarantine-full': 429,
  'copy-differs': 409,
  'month-not-closable': 409,
  'not-in-order': 409,
  'not-last-seal': 409,
  'method-not-offered': 409,
  'method-holds-already': 409,
  'method-change-stated': 409,
  'method-month-closed': 409,
  'method-months-open': 409,
  'update-needed': 409,
  'set-up-elsewhere': 403,
  'beyond-rights': 403,
  'device-beyond-rights': 403,
  'device-revoked': 403,
  'device-unknown': 404,
  'user-unknown': 404,
  'not-found': 404,
  'already-set-up': 409,
  'not-set-up': 409,
  'login-taken': 409,
  'last-owner': 409,
  'key-already-enrolled': 409,
  'device-codes-used-up': 409,
  'too-many-devices': 409,
  'too-many-attempts': 429,
  'too-many-requests': 429,
  'over-quota': 429,
  busy: 503,
  'store-failing': 503,
}

function statusOf(code: string): number {
  return statusByCode[code] ?? 400
}

/** Sends the value, or the problem under its status. */
export function answer(
  reply: FastifyReply,
  result: Result<unknown, ApiProblem>,
  status = 200,
): FastifyReply {
  if (result.ok) return reply.code(status).send(result.value ?? {})
  return reply.code(statusOf(result.problem.code)).send(result.problem)
}

/** The body as its schema says, unknown fields left out. */
export function readBody<const Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): Result<v.InferOutput<Schema>, BodyProblem> {
  const parsed = v.safeParse(schema, body, { abortEarly: true })
  if (parsed.success) return done(parsed.output)
  return fail({ code: 'body-malformed', field: v.getDotPath(parsed.issues[0]) ?? '' })
}
