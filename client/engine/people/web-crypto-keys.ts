/** Keys by WebCrypto: in a browser the private key never leaves it (non-extractable). */
import { bytesToHex } from '@noble/hashes/utils.js'
import { makeSigningKey, webCryptoSigner, webCryptoVerifier } from '#domain/records/signature.ts'
import { assert } from '#domain/values/assert.ts'
import type { Keys } from '../ports.ts'

export function webCryptoKeys(subtle: SubtleCrypto): Keys {
  return {
    verifier: webCryptoVerifier(subtle),

    async createDeviceKey() {
      const { privateKey, publicKey } = await makeSigningKey(subtle)
      return { handle: privateKey, publicKey }
    },

    signerOf(handle) {
      assert(handle instanceof CryptoKey, 'a device key is a CryptoKey')
      return webCryptoSigner(subtle, handle)
    },

    async digest(bytes) {
      return new Uint8Array(await subtle.digest('SHA-256', bytes as BufferSource))
    },

    async stretch(pin, salt, iterations) {
      const text = new TextEncoder()
      const key = await subtle.importKey('raw', text.encode(pin), 'PBKDF2', false, ['deriveBits'])
      const how = { name: 'PBKDF2', hash: 'SHA-256', salt: text.encode(salt), iterations }
      return bytesToHex(new Uint8Array(await subtle.deriveBits(how, key, 256)))
    },
  }
}
