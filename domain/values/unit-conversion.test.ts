import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { multiplyRatios, ratio } from './ratio.ts'
import { convertQuantity, convertUnitPrice } from './unit-conversion.ts'

const kilogram = { dimension: 'mass', perUnit: ratio(1n) }
const gram = { dimension: 'mass', perUnit: ratio(1n, 1_000n) }
const pound = { dimension: 'mass', perUnit: ratio(45_359_237n, 100_000_000n) }
const cubicMetre = { dimension: 'volume', perUnit: ratio(1n) }

describe('unit conversion', () => {
  it('[UNT5] is exact, and rounded once where a step is given', () => {
    const toPounds = { from: gram, to: pound }
    expect(convertQuantity(ratio(1n), toPounds)).toEqual({
      ok: true,
      value: ratio(100_000n, 45_359_237n),
    })
    const cents = { step: ratio(1n, 100n), mode: 'up' } as const
    expect(convertQuantity(ratio(1n), toPounds, cents)).toMatchObject({ value: ratio(1n, 100n) })
  })

  it('[UNT5] crosses to another dimension by a stated rate only', () => {
    const toVolume = { from: kilogram, to: cubicMetre }
    expect(convertQuantity(ratio(1n), toVolume)).toEqual({
      ok: false,
      problem: { code: 'dimension-differs', from: 'mass', to: 'volume' },
    })
    const density = { ...toVolume, crossRate: ratio(1n, 800n) }
    expect(convertQuantity(ratio(1_600n), density)).toMatchObject({ value: ratio(2n) })
  })

  it('[UNT6] a price goes the other way round: the money stays', () => {
    const size = fc.bigInt({ min: 1n, max: 1_000_000n })
    fc.assert(
      fc.property(size, size, size, size, (count, price, a, b) => {
        const conversion = {
          from: { dimension: 'sku', perUnit: ratio(a) },
          to: { dimension: 'sku', perUnit: ratio(b) },
        }
        const converted = convertQuantity(ratio(count), conversion)
        const priced = convertUnitPrice(ratio(price), conversion)
        if (!converted.ok || !priced.ok) throw new Error('one dimension converts')
        expect(multiplyRatios(converted.value, priced.value)).toEqual(ratio(count * price))
      }),
    )
    expect(convertUnitPrice(ratio(1n), { from: gram, to: cubicMetre }).ok).toBe(false)
  })
})
