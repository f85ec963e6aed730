import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Bytes, sha256Hex } from './digest.ts'

describe('digest', () => {
  it('[DIG1] is SHA-256 as the platform computes it', () => {
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const peer = createHash('sha256').update(text, 'utf8').digest('hex')
        expect(sha256Hex(text)).toBe(peer)
        expect(sha256Hex(new TextEncoder().encode(text))).toBe(peer)
      }),
    )
    expect(sha256Bytes('x')).toHaveLength(32)
  })
})
