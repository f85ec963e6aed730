/** The person and the device behind a request with an access token. */
import type { FastifyRequest } from 'fastify'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { AccessClaims } from '../identity/access-token.ts'
import type { User } from '../identity/directory.ts'
import type { IdentityParts } from '../identity/parts.ts'
import { readToken } from '../identity/sessions.ts'
import type { ApiProblem } from './answers.ts'

/**
 * Reads `Authorization: Bearer …`. A cookie alone acts for nobody, so no foreign page can act
 * through a browser.
 */
export async function readActor(
  identity: IdentityParts,
  request: FastifyRequest,
): Promise<Result<User, ApiProblem>> {
  const claims = await readClaims(identity, request)
  if (!claims.ok) return claims
  const user = identity.directory.users.get(claims.value.user)
  return user === undefined ? fail({ code: 'token-invalid' }) : done(user)
}

/** What the token of a request says, where its session still holds. */
export async function readClaims(
  identity: IdentityParts,
  request: FastifyRequest,
): Promise<Result<AccessClaims, ApiProblem>> {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  if (scheme !== 'Bearer' || token === undefined) return fail({ code: 'token-missing' })
  return readToken(identity, token)
}
