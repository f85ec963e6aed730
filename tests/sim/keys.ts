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

export interface SimKeys extends Keys {
  /** At once, without a promise. */
  signNow(handle: unknown, hash: Uint8Array): Uint8Array
}

export function simKeys(random: Random): SimKeys {
  return {
    signNow: (handle, hash) => signatureOf(handle as PublicKeyJwk, hash),
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

/** 64 bytes: a mix of the key and of what is signed. */
function signatureOf({ x, y }: PublicKeyJwk, hash: Uint8Array): Uint8Array {
  const signature = new Uint8Array(64)
  const words = new Uint32Array(signature.buffer)
  let mix = seedOf(x) ^ seedOf(y)
  for (const byte of hash) mix = Math.imul(mix ^ byte, 0x01000193) ^ (mix >>> 15)
  for (let i = 0; i < words.length; i += 1) {
    mix = Math.imul(mix ^ (hash[i] ?? i), 0x85ebca6b) ^ (mix >>> 13)
    words[i] = mix
  }
  return signature
}

const seeds = new Map<string, number>()

function seedOf(text: string): number {
  const known = seeds.get(text)
  if (known !== undefined) return known
  let seed = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) seed = Math.imul(seed ^ text.charCodeAt(i), 0x01000193)
  seeds.set(text, seed)
  return seed
}
