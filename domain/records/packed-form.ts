/**
 * The packed form of canonical values: the same values as canonical text in a fraction of the bytes.
 * One value has one form: words of the dictionary, repeated texts, UUIDs and hashes each have a
 * single spelling, and names are sorted. Knows nothing of records.
 *
 * | bytes | meaning |
 * | --- | --- |
 * | 00–3f | word 0–63 of the dictionary |
 * | 40–7f | text 0–63 of this value, in order of first appearance |
 * | 80–bf | integer 0–63 |
 * | c0 n | integer n + 64 |
 * | c1 n | integer −n − 1 |
 * | c2 n … | new text, n bytes of UTF-8 |
 * | c3 … | new text that is a UUID, 16 bytes |
 * | c4 … | new text of 64 lower-case hex digits, 32 bytes |
 * | c5 n | word n + 64 |
 * | c6 n | text n + 64 |
 * | c7 n … | list of n + 16 values |
 * | c8 n … | fields: n + 32 pairs of text and value |
 * | d0–df … | list of 0–15 values |
 * | e0–ff … | fields: 0–31 pairs |
 *
 * n is an integer in base 128, lowest digit first, without leading zeros, at most 2^53 − 1.
 */

/** First bytes, as in the table above. */
export const packedTag = {
  word: 0x00,
  text: 0x40,
  integer: 0x80,
  positive: 0xc0,
  negative: 0xc1,
  utf8: 0xc2,
  uuid: 0xc3,
  hash: 0xc4,
  farWord: 0xc5,
  farText: 0xc6,
  longList: 0xc7,
  manyFields: 0xc8,
  list: 0xd0,
  fields: 0xe0,
} as const

/** What one byte can say: words, texts and integers below `near`; shorter lists, fewer fields. */
export const packedShort = { near: 64, list: 16, fields: 32 } as const

const hashPattern = /^[0-9a-f]{64}$/

/** The text of a SHA-256. */
export function isHashText(text: string): boolean {
  return text.length === 64 && hashPattern.test(text)
}
