import { describe, expect, it } from 'vitest'
import { checkPinTry, isPinRight, type KeptPin, makePin, pinAccepted, pinTried } from './pin.ts'
import { webCryptoKeys } from './web-crypto-keys.ts'

const keys = webCryptoKeys(crypto.subtle)

describe('the PIN of a person on a device', () => {
  it('[PIN1] takes 4 to 12 digits that differ', async () => {
    for (const weak of ['123', '1234567890123', '12a4', '0000', '']) {
      expect((await makePin(keys, weak, 'salt')).ok).toBe(false)
    }
    const made = await makePin(keys, '2580', 'salt')
    if (!made.ok) throw new Error('refused')
    expect(made.value.iterations).toBeGreaterThanOrEqual(210_000)
    expect(await isPinRight(keys, made.value, '2580')).toBe(true)
    expect(await isPinRight(keys, made.value, '2581')).toBe(false)
  })

  it('[PIN2] waits longer after each wrong one from the fifth on, an hour at most', () => {
    let kept: KeptPin = { salt: 's', iterations: 1, hash: 'h', failures: 0, notBeforeMs: 0 }
    const waits = Array.from({ length: 16 }, () => {
      kept = pinTried(kept, 1_000)
      return (kept.notBeforeMs - 1_000) / 1_000
    })
    expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 30, 60, 120, 240])
    expect(waits.at(-1)).toBe(3_600)
    expect(checkPinTry(kept, 1_000)).toEqual({ code: 'pin-wait', facts: { seconds: 3_600 } })
    expect(checkPinTry(kept, 3_601_000)).toBeUndefined()
    expect(checkPinTry(pinAccepted(kept), 1_000)).toBeUndefined()
  })

  it('[PIN2] a clock set back does not lock the shop out for years', () => {
    const kept = { salt: 's', iterations: 1, hash: 'h', failures: 9, notBeforeMs: 9_000_000_000 }
    expect(checkPinTry(kept, 0)).toBeUndefined()
  })

  it('[PIN3] there is no way in where no PIN was set', () => {
    expect(checkPinTry(undefined, 0)).toEqual({ code: 'pin-not-set' })
  })
})
