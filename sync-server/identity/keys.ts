/** The server's own secrets, in a file of the data folder that only its owner may read. */
import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import {
  type PublicKeyJwk,
  publicKeyJwk,
  type Signer,
  webCryptoSigner,
} from '#domain/records/signature.ts'

export interface ServerKeys {
  readonly signer: Signer
  readonly publicKey: PublicKeyJwk
  /** Signs access tokens. */
  readonly tokenSecret: Uint8Array
}

/** The file in the data folder. */
export const keyFileName = 'server-keys.json'

const { subtle } = globalThis.crypto
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

const keyFile = v.object({
  signing: v.object({
    kty: v.literal('EC'),
    crv: v.literal('P-256'),
    x: v.string(),
    y: v.string(),
    d: v.string(),
  }),
  tokenSecret: v.string(),
})

/**
 * Reads the keys of a data folder, or makes them on its first start. The open store keeps other
 * processes out.
 */
export async function openServerKeys(folder: string): Promise<ServerKeys> {
  const file = join(folder, keyFileName)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  const kept = v.parse(keyFile, text === undefined ? await createKeyFile(file) : JSON.parse(text))
  const { x, y, crv, kty } = kept.signing
  const privateKey = await subtle.importKey('jwk', kept.signing, algorithm, false, ['sign'])
  return {
    signer: webCryptoSigner(subtle, privateKey),
    publicKey: { crv, kty, x, y },
    tokenSecret: Buffer.from(kept.tokenSecret, 'base64url'),
  }
}

async function createKeyFile(file: string): Promise<unknown> {
  const pair = await subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { d } = await subtle.exportKey('jwk', pair.privateKey)
  const keys = {
    signing: { ...(await publicKeyJwk(subtle, pair.publicKey)), d },
    tokenSecret: randomBytes(32).toString('base64url'),
  }
  // Whole or not at all: a crash in between must not leave a file that no start can read.
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(JSON.stringify(keys))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
  return keys
}
