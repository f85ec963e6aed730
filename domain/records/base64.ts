/** Base64 of bytes inside records (RFC 4648): one spelling, with padding, without line breaks. */

import { assert } from '#domain/values/assert.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const standardPattern =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/
/** 43 letters of base64url that hold exactly 32 bytes. */
const keyPartPattern = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/** Whether `text` is what `base64Text` writes for some bytes. */
export function isBase64(text: string): boolean {
  return standardPattern.test(text)
}

/** A coordinate of a P-256 key in a JWK: 32 bytes in base64url without padding. */
export function isBase64UrlOf32(text: string): boolean {
  return keyPartPattern.test(text)
}

/** The standard spelling, with padding. */
export function base64Text(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63)
    text += i + 1 < bytes.length ? alphabet.charAt((bits >> 6) & 63) : '='
    text += i + 2 < bytes.length ? alphabet.charAt(bits & 63) : '='
  }
  return text
}

/** The inverse of `base64Text`; only for text that passed `isBase64`. */
export function bytesOfBase64(text: string): Uint8Array {
  assert(isBase64(text), 'base64 was checked where it came in')
  const letters = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4))
  let bits = 0
  let at = 0
  for (let i = 0; i < letters.length; i++) {
    bits = ((bits << 6) | alphabet.indexOf(letters.charAt(i))) & 0xffffff
    // Letters 2, 3 and 4 of each four complete a byte.
    if (i % 4 > 0) bytes[at++] = (bits >> (6 - 2 * (i % 4))) & 255
  }
  return bytes
}
