import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64Text, bytesOfBase64, isBase64 } from './base64.ts'

describe('base64', () => {
  it('[REC11] is what every other reader understands', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = base64Text(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect(bytesOfBase64(text)).toEqual(bytes)
      }),
    )
  })

  it('[REC11] has one spelling for the same bytes', () => {
    for (const text of ['A', 'AB==', 'AAB=', 'AA=A', 'AA', 'A A=', 'AA\n==', 'AA-_', '====']) {
      expect([text, isBase64(text)]).toEqual([text, false])
    }
    expect(isBase64('')).toBe(true)
    expect(() => bytesOfBase64('AB==')).toThrow('checked')
  })
})
