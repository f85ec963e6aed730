/**
 * Access tokens: short-lived JWTs for the API and the sync socket. One algorithm, one audience, one
 * issuer.
 */
import { errors, jwtVerify, SignJWT } from 'jose'
import { done, fail, type Result } from '#domain/values/result.ts'

export interface AccessClaims {
  readonly session: string
  readonly user: string
  readonly device: string
  readonly organization: string
  /** Ms of the server's clock. */
  readonly expiresAt: number
}

export interface TokenProblem {
  readonly code: 'token-invalid' | 'token-expired'
}

export interface Tokens {
  issue(
    claims: Omit<AccessClaims, 'expiresAt'>,
  ): Promise<{ accessToken: string; expiresAt: number }>
  read(token: string): Promise<Result<AccessClaims, TokenProblem>>
}

const algorithm = 'HS256'
const audience = 'liancang'
const type = 'at+jwt'

export function openTokens(secret: Uint8Array, lifeMs: number, nowMs: () => number): Tokens {
  return {
    async issue({ session, user, device, organization }) {
      const seconds = Math.floor((nowMs() + lifeMs) / 1000)
      const accessToken = await new SignJWT({ sid: session, dev: device })
        .setProtectedHeader({ alg: algorithm, typ: type })
        .setSubject(user)
        .setIssuer(organization)
        .setAudience(audience)
        .setExpirationTime(seconds)
        .sign(secret)
      return { accessToken, expiresAt: seconds * 1000 }
    },

    async read(token) {
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: [algorithm],
          audience,
          typ: type,
          currentDate: new Date(nowMs()),
          requiredClaims: ['exp', 'sub', 'iss', 'sid', 'dev'],
        })
        return done({
          session: String(payload['sid']),
          user: String(payload.sub),
          device: String(payload['dev']),
          organization: String(payload.iss),
          expiresAt: Number(payload.exp) * 1000,
        })
      } catch (error) {
        return fail({
          code: error instanceof errors.JWTExpired ? 'token-expired' : 'token-invalid',
        })
      }
    },
  }
}
