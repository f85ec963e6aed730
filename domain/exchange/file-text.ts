/** Bytes of a text file as text: the encodings that Chinese offices really use, told apart by content. */

import { done, fail, type Result } from '#domain/values/result.ts'

export interface TextProblem {
  readonly code: 'encoding-unknown'
}

/**
 * UTF-8 with or without byte-order mark, UTF-16 with one, else GB18030 (GBK is its subset). Text that
 * is right in none of them, or holds a NUL, is refused rather than guessed [EXD1].
 */
export function decodeText(bytes: Uint8Array): Result<string, TextProblem> {
  for (const encoding of candidatesOf(bytes)) {
    const text = tryDecode(bytes, encoding)
    if (text !== undefined) return done(text)
  }
  return fail({ code: 'encoding-unknown' })
}

function candidatesOf([first, second]: Uint8Array): readonly string[] {
  if (first === 0xff && second === 0xfe) return ['utf-16le']
  if (first === 0xfe && second === 0xff) return ['utf-16be']
  return ['utf-8', 'gb18030']
}

function tryDecode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
