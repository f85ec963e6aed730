import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asId, type SkuId } from '#domain/values/ids.ts'
import { barcodeKey, gtinCheckDigit, isGtin } from './barcode.ts'
import { makeBarcodeIndex } from './barcode-index.ts'
import { codeKey } from './code.ts'

const cola = asId<SkuId>('cola')
const beer = asId<SkuId>('beer')

describe('barcode', () => {
  it('[BAR1] computes check digits of known codes', () => {
    const known = [
      '6901234567892',
      '4006381333931',
      '5901234123457',
      '96385074',
      '73513537',
      '036000291452',
      '08806388269617',
    ]
    expect(known.filter((code) => !isGtin(code))).toEqual([])
    expect(gtinCheckDigit('10614141234567890')).toBe('8') // SSCC
    for (const bad of ['6901234567893', '2001', '', '690123456789x', '69012345678920']) {
      expect([bad, isGtin(bad)]).toEqual([bad, false])
    }
  })

  it('[BAR1] notices every single wrong digit', () => {
    const digits = fc
      .array(fc.nat(9), { minLength: 12, maxLength: 12 })
      .map((each) => each.join(''))
    fc.assert(
      fc.property(digits, fc.nat(12), fc.integer({ min: 1, max: 9 }), (body, at, shift) => {
        const code = body + gtinCheckDigit(body)
        const wrong = (Number(code[at]) + shift) % 10
        expect(isGtin(code)).toBe(true)
        expect(isGtin(code.slice(0, at) + wrong + code.slice(at + 1))).toBe(false)
      }),
    )
  })

  it('[BAR2] knows one barcode in its spellings', () => {
    expect(barcodeKey('036000291452')).toBe('0036000291452')
    expect(barcodeKey(' ６９０１ ')).toBe('6901')
    expect(barcodeKey('200000000000')).toBe('200000000000') // no UPC-A: its check digit is wrong
    expect([codeKey(' ａb-1 '), codeKey('AB-1')]).toEqual(['AB-1', 'AB-1'])
  })

  it('[BAR3] finds all SKUs of a barcode, and none after removal', () => {
    const index = makeBarcodeIndex()
    index.put(cola, [
      { barcode: '6901234567892', unit: '罐' },
      { barcode: '036000291452', unit: '箱' },
    ])
    index.put(beer, [{ barcode: '6901234567892', unit: '瓶' }])
    expect(index.lookUp('0036000291452')).toEqual([{ skuId: cola, unit: '箱' }])
    expect(index.lookUp('6901234567892')).toEqual([
      { skuId: beer, unit: '瓶' },
      { skuId: cola, unit: '罐' },
    ])
    index.put(beer, [{ barcode: '2001', unit: '瓶' }])
    expect(index.lookUp('6901234567892')).toEqual([{ skuId: cola, unit: '罐' }])
    index.remove(cola)
    index.remove(cola)
    expect(index.lookUp('6901234567892')).toEqual([])
    expect(index.lookUp('2001')).toEqual([{ skuId: beer, unit: '瓶' }])
  })
})
