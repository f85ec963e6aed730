import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from './money.ts'
import { netOfTax, percent, taxOn } from './percent.ts'

describe('percent', () => {
  it('[PCT1] keeps the printed price', () => {
    expect(netOfTax(money(11_300), percent(1_300))).toEqual({ net: 10_000, tax: 1_300 })
    expect(netOfTax(money(100), percent(1_300))).toEqual({ net: 88, tax: 12 })
    expect(netOfTax(money(100), percent(0))).toEqual({ net: 100, tax: 0 })
  })

  it('[PCT1] loses nothing, of either sign', () => {
    const gross = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })
    fc.assert(
      fc.property(gross, fc.integer({ min: 0, max: 10_000 }), (fen, rate) => {
        const { net, tax } = netOfTax(money(fen), percent(rate))
        expect(net + tax).toBe(fen)
        const mirrored = netOfTax(money(0 - fen), percent(rate))
        expect(mirrored.net + net).toBe(0)
        // The nearest fen: never more than half of one away.
        const off = BigInt(fen) * 10_000n - BigInt(net) * BigInt(10_000 + rate)
        expect(2n * (off < 0n ? -off : off) <= BigInt(10_000 + rate)).toBe(true)
      }),
    )
  })

  it('[PCT2] rounds tax on top half away from zero', () => {
    expect(taxOn(money(50), percent(100))).toBe(1)
    expect(taxOn(money(-50), percent(100))).toBe(-1)
    expect(taxOn(money(10_000), percent(1_300))).toBe(1_300)
    expect(() => percent(0.13)).toThrow('safe integer')
    expect(() => netOfTax(money(1), percent(-10_000))).toThrow('no net')
  })
})
