import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base32Prefix, base32Text, isBase32, normalizeBase32 } from './base32.ts'

describe('base32', () => {
  it('[COD1] writes fixed lengths without letters that look alike', () => {
    expect(base32Text(0, 2)).toBe('00')
    expect(base32Text(1_023, 2)).toBe('ZZ')
    expect(() => base32Text(1_024, 2)).toThrow('fit')
    expect(() => base32Text(-1, 2)).toThrow()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 ** 8 - 1 }), (value) => {
        const text = base32Text(value, 8)
        expect(isBase32(text, 8)).toBe(true)
        expect(normalizeBase32(text)).toBe(text)
      }),
    )
  })

  it('[COD1] takes the leading bits of a digest', () => {
    const bytes = new Uint8Array([0xff, 0x00, 0x00, 0x00, 0x1f, 0xaa])
    expect(base32Prefix(bytes, 8)).toBe('ZW00000Z')
    expect(base32Prefix(bytes, 4)).toBe('ZW00')
    expect(() => base32Prefix(bytes.subarray(0, 4), 4)).toThrow()
  })

  it('[COD1] forgives how people type', () => {
    expect(normalizeBase32(' a7-ol i')).toBe('A7011')
    expect([isBase32('A7', 2), isBase32('A7', 4), isBase32('AU', 2)]).toEqual([true, false, false])
  })
})
