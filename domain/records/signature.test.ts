import { describe, expect, it } from 'vitest'
import { decodeRecord, encodeRecord, type StoredRecord } from './record-bytes.ts'
import { exampleRecord } from './record.examples.ts'
import {
  hashBytes,
  makeSigningKey,
  publicKeyShape,
  verifySpan,
  webCryptoSigner,
  webCryptoVerifier,
} from './signature.ts'

const subtle = globalThis.crypto.subtle
const verifier = webCryptoVerifier(subtle)
const key = await makeSigningKey(subtle)
const stranger = await makeSigningKey(subtle)
const signer = webCryptoSigner(subtle, key.privateKey)

function stored(seq: number, signature?: Uint8Array): StoredRecord {
  const prev = seq === 0 ? '' : 'ab'.repeat(32)
  const decoded = decodeRecord(encodeRecord(exampleRecord({ seq, prev }), signature))
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.problem))
  return decoded.value
}

async function signed(seq: number): Promise<StoredRecord> {
  return stored(seq, await signer.sign(hashBytes(stored(seq).hash)))
}

describe('signatures', () => {
  it('[REC8] are 64 bytes, from a key that cannot leave', async () => {
    const { hash } = stored(0)
    expect(await signer.sign(hashBytes(hash))).toHaveLength(64)
    expect(key.privateKey.extractable).toBe(false)
    expect(Object.keys(key.publicKey).sort()).toEqual(['crv', 'kty', 'x', 'y'])
    expect(publicKeyShape.check({ ...key.publicKey })).toBeUndefined()
  })

  it('[REC8] hold for the hash and key they were made with, and for no other', async () => {
    const hash = hashBytes(stored(0).hash)
    const signature = await signer.sign(hash)
    expect(await verifier.verify(key.publicKey, hash, signature)).toBe(true)
    expect(await verifier.verify(stranger.publicKey, hash, signature)).toBe(false)
    expect(await verifier.verify(key.publicKey, hashBytes(stored(1).hash), signature)).toBe(false)
    const changed = signature.map((byte, i) => (i === 9 ? byte ^ 1 : byte))
    expect(await verifier.verify(key.publicKey, hash, changed)).toBe(false)
  })

  it('[REC8] from keys or of lengths that cannot be are bad, not a crash', async () => {
    const hash = hashBytes(stored(0).hash)
    const signature = await signer.sign(hash)
    const offCurve = { ...key.publicKey, y: key.publicKey.x }
    expect(await verifier.verify(offCurve, hash, signature)).toBe(false)
    expect(await verifier.verify(key.publicKey, hash, new Uint8Array(3))).toBe(false)
  })

  it('[REC8] cover the records before them', async () => {
    const entries = [stored(0), stored(1), await signed(2)]
    expect(await verifySpan(verifier, key.publicKey, entries)).toMatchObject({ ok: true })
    expect(await verifySpan(verifier, key.publicKey, [])).toMatchObject({ ok: true })
    expect(await verifySpan(verifier, stranger.publicKey, entries)).toEqual({
      ok: false,
      problem: { code: 'bad-signature', seq: 2 },
    })
  })

  it('[REC8] leave no record after the last one uncovered', async () => {
    const entries = [await signed(0), stored(1)]
    expect(await verifySpan(verifier, key.publicKey, entries)).toEqual({
      ok: false,
      problem: { code: 'unsigned-tail', seq: 1 },
    })
  })
})
