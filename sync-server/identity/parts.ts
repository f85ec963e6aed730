/** What the acts of identity need from the running server. */
import type { PublicKeyJwk, Verifier } from '#domain/records/signature.ts'
import type { Tokens } from './access-token.ts'
import type { Directory } from './directory.ts'
import type { Registrar } from './registrar.ts'
import type { Throttle } from './throttle.ts'

export interface IdentityParts {
  readonly directory: Directory
  readonly registrar: Registrar
  readonly tokens: Tokens
  readonly verifier: Verifier
  readonly throttle: Throttle
  /** The key that heads and server journals are signed with. */
  readonly serverKey: PublicKeyJwk
  readonly nowMs: () => number
  /** A fresh UUIDv7. */
  readonly uuid: () => string
  /** How long a device stays signed in without being seen. */
  readonly sessionMs: number
}
