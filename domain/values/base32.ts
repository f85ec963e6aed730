/**
 * Short codes that people read aloud and type: device codes and 校验码 (agreement code). Digits and
 * capitals without I, L, O and U (Crockford's alphabet).
 */

import { assert } from './assert.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `value` in exactly `length` letters: 0 ≤ value < 32^length ≤ 2^53. */
export function base32Text(value: number, length: number): string {
  assert(Number.isSafeInteger(value) && value >= 0, 'a code is made of an integer ≥ 0')
  let text = ''
  let rest = value
  for (let i = 0; i < length; i++) {
    text = alphabet.charAt(rest % 32) + text
    rest = Math.floor(rest / 32)
  }
  assert(rest === 0, `${value} does not fit in ${length} letters`)
  return text
}

/** The first `length` × 5 bits of `bytes` (a digest), `length` ≤ 8. */
export function base32Prefix(bytes: Uint8Array, length: number): string {
  assert(length <= 8 && bytes.length >= 5, 'a prefix of at most 8 letters from at least 5 bytes')
  const bits = bytes.subarray(0, 5).reduce((value, byte) => value * 256 + byte, 0)
  return base32Text(bits, 8).slice(0, length)
}

/** What somebody typed, in the alphabet: capitals, O as 0, I and L as 1, without spaces and '-'. */
export function normalizeBase32(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
}

/** Whether `text` is `length` letters of the alphabet, as `base32Text` writes them. */
export function isBase32(text: string, length: number): boolean {
  return text.length === length && [...text].every((letter) => alphabet.includes(letter))
}
