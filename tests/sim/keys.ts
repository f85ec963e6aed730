/**
 * Signatures that cost next to nothing and repeat with the seed: a digest over the public key and what
 * is signed. They stop no forger; they stop bytes that were changed on their way, which is what a
 * simulated world has.
 */
import type { Random } from '#domain/demonstration/random.ts'
import type { PublicKeyJwk, Signer, Verifier } from '#domain/records/signature.ts'
import { sha256Bytes, sha256Hex } from '#domain/values/digest.ts'
import type { Keys } from '#client/engine/ports.ts'
import type { ServerKeys } from '#server/identity/keys.ts'

export const simVerifier: Verifier = {
  async verify(publicKey, hash, signature) {
    const right = signatureOf(publicKey, hash)
    return right.length === signature.length && right.every((byte, i) => byte === signature[i])
  },
}

export function simKeys(random: Random): Keys {
  return {
    verifier: simVerifier,
    async createDeviceKey() {
      const publicKey = publicKeyOf(random.uuid(0))
      return { handle: publicKey, publicKey }
    },
    signerOf: (handle) => signerOf(handle as PublicKeyJwk),
    stretch: async (pin, salt) => sha256Hex(`${pin}|${salt}`),
  }
}

export function simServerKeys(): ServerKeys {
  const publicKey = publicKeyOf('the server')
  return { signer: signerOf(publicKey), publicKey, tokenSecret: new Uint8Array(32) }
}

function publicKeyOf(seed: string): PublicKeyJwk {
  const point = (of: string) => Buffer.from(sha256Bytes(`${of}|${seed}`)).toString('base64url')
  return { crv: 'P-256', kty: 'EC', x: point('x'), y: point('y') }
}

function signerOf(publicKey: PublicKeyJwk): Signer {
  return { sign: async (hash) => signatureOf(publicKey, hash) }
}

/** 64 bytes. */
function signatureOf({ x, y }: PublicKeyJwk, hash: Uint8Array): Uint8Array {
  const half = sha256Bytes(`${x}.${y}|${Buffer.from(hash).toString('base64')}`)
  const signature = new Uint8Array(64)
  signature.set(half, 0)
  signature.set(half, 32)
  return signature
}
