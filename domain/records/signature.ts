/**
 * Signatures of devices: ECDSA P-256 with SHA-256 through WebCrypto, raw r||s. One signature covers
 * the chain up to its record, because the record's hash covers all before it [J4].
 */

import { done, fail, type Result } from '#domain/values/result.ts'
import { isBase64UrlOf32 } from './base64.ts'
import type { StoredRecord } from './record-bytes.ts'
import { fields, oneOf, type Shape, text } from './shape.ts'

/** A public key with nothing but its point, so that equal keys have equal texts. */
export interface PublicKeyJwk {
  readonly crv: 'P-256'
  readonly kty: 'EC'
  /** 32 bytes in base64url. */
  readonly x: string
  readonly y: string
}

/** Signs the 32 bytes of a hash; 64 bytes. The private key never leaves it. */
export interface Signer {
  sign(hash: Uint8Array): Promise<Uint8Array>
}

/** Never rejects: a key or signature that cannot be used is one that does not verify. */
export interface Verifier {
  verify(publicKey: PublicKeyJwk, hash: Uint8Array, signature: Uint8Array): Promise<boolean>
}

/** A key pair of this device. */
export interface SigningKey {
  /** Not extractable; keep it in IndexedDB, which stores keys as they are. */
  readonly privateKey: CryptoKey
  readonly publicKey: PublicKeyJwk
}

/** Exactly the four fields of the minimal JWK. */
export const publicKeyShape: Shape<PublicKeyJwk> = fields({
  crv: oneOf(['P-256']),
  kty: oneOf(['EC']),
  x: text(isBase64UrlOf32),
  y: text(isBase64UrlOf32),
})

const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
const signAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const
/** Imported keys that a verifier keeps: the devices of a large branch. */
const limitKeys = 500

/** A fresh key pair of a device or server. */
export async function makeSigningKey(subtle: SubtleCrypto): Promise<SigningKey> {
  const pair = await subtle.generateKey(keyAlgorithm, false, ['sign', 'verify'])
  return { privateKey: pair.privateKey, publicKey: await publicKeyJwk(subtle, pair.publicKey) }
}

/** The minimal JWK of a public key. */
export async function publicKeyJwk(subtle: SubtleCrypto, key: CryptoKey): Promise<PublicKeyJwk> {
  const { x = '', y = '' } = await subtle.exportKey('jwk', key)
  return { crv: 'P-256', kty: 'EC', x, y }
}

/** A signer over WebCrypto; `privateKey` from `makeSigningKey`. */
export function webCryptoSigner(subtle: SubtleCrypto, privateKey: CryptoKey): Signer {
  return {
    async sign(hash) {
      return new Uint8Array(await subtle.sign(signAlgorithm, privateKey, new Uint8Array(hash)))
    },
  }
}

/** A verifier over WebCrypto, which keeps the keys that it has imported. */
export function webCryptoVerifier(subtle: SubtleCrypto): Verifier {
  const keyByPoint = new Map<string, Promise<CryptoKey>>()

  function importedKey(jwk: PublicKeyJwk): Promise<CryptoKey> {
    const point = `${jwk.x}.${jwk.y}`
    const kept = keyByPoint.get(point)
    if (kept !== undefined) return kept
    if (keyByPoint.size >= limitKeys) keyByPoint.clear()
    const { crv, kty, x, y } = jwk
    const key = subtle.importKey('jwk', { crv, kty, x, y }, keyAlgorithm, false, ['verify'])
    keyByPoint.set(point, key)
    return key
  }

  return {
    async verify(publicKey, hash, signature) {
      try {
        const key = await importedKey(publicKey)
        return await subtle.verify(
          signAlgorithm,
          key,
          new Uint8Array(signature),
          new Uint8Array(hash),
        )
      } catch {
        return false
      }
    },
  }
}

/** Why a run of records is not vouched for. */
export type SpanProblem =
  /** Records after the last signature: a commit that is not whole. */
  | { readonly code: 'unsigned-tail'; readonly seq: number }
  | { readonly code: 'bad-signature'; readonly seq: number }

/**
 * [REC8] Whether `entries`, a chain that `checkChain` found whole, are vouched for by `publicKey`:
 * the last one is signed and its signature holds, which covers all before it.
 */
export async function verifySpan(
  verifier: Verifier,
  publicKey: PublicKeyJwk,
  entries: readonly StoredRecord[],
): Promise<Result<undefined, SpanProblem>> {
  const last = entries.at(-1)
  if (last === undefined) return done(undefined)
  const { record, ...signed } = last
  return verifyEnd(verifier, publicKey, { ...signed, seq: record.seq })
}

/** The last record of a run. */
export interface SpanEnd {
  readonly seq: number
  readonly hash: string
  readonly signature?: Uint8Array
}

/** [REC8] `verifySpan` of a run of which this is the last record. */
export async function verifyEnd(
  verifier: Verifier,
  publicKey: PublicKeyJwk,
  { seq, hash, signature }: SpanEnd,
): Promise<Result<undefined, SpanProblem>> {
  if (signature === undefined) return fail({ code: 'unsigned-tail', seq })
  const isGood = await verifier.verify(publicKey, hashBytes(hash), signature)
  return isGood ? done(undefined) : fail({ code: 'bad-signature', seq })
}

/** The 32 bytes of 64 hex digits. */
export function hashBytes(hash: string): Uint8Array {
  const bytes = new Uint8Array(hash.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16)
  }
  return bytes
}
