import { describe, expect, it } from 'vitest'
import { type Caller, Throttle } from './throttle.ts'

const stranger: Caller = { address: '1.2.3.4', device: undefined }
const tablet: Caller = { address: '1.2.3.4', device: 'tablet' }

function fail(throttle: Throttle, caller: Caller, times: number): void {
  for (let i = 0; i < times; i++) throttle.noteFailure('boss', caller, 0)
}

describe('guessing', () => {
  it('[IDN4] costs more time each time, at this address and for this login', () => {
    const throttle = new Throttle()
    fail(throttle, stranger, 4)
    expect(throttle.waitMs('boss', stranger, 0)).toBe(0)
    fail(throttle, stranger, 1)
    expect(throttle.waitMs('boss', stranger, 0)).toBe(5_000)
    fail(throttle, stranger, 1)
    expect(throttle.waitMs('boss', stranger, 0)).toBe(10_000)
    expect(throttle.waitMs('kim', stranger, 0)).toBe(0)
    expect(throttle.waitMs('boss', { ...stranger, address: '4.3.2.1' }, 0)).toBe(0)
  })

  it('[IDN14] keeps no device out that proves itself, from whichever address it comes', () => {
    const throttle = new Throttle()
    fail(throttle, stranger, 1_000)
    expect(throttle.waitMs('boss', tablet, 0)).toBe(0)
    fail(throttle, tablet, 5)
    expect(throttle.waitMs('boss', tablet, 0)).toBe(5_000)
    expect(throttle.waitMs('boss', { ...tablet, device: 'till' }, 0)).toBe(0)
    throttle.noteSuccess('boss', tablet)
    expect(throttle.waitMs('boss', tablet, 0)).toBe(0)
    expect(throttle.waitMs('boss', stranger, 0)).toBeGreaterThan(0)
  })

  it('[IDN4] from many addresses is slowed down too', () => {
    const throttle = new Throttle()
    for (let i = 0; i < 50; i++) fail(throttle, { ...stranger, address: `1.2.3.${i}` }, 1)
    expect(throttle.waitMs('boss', { ...stranger, address: '9.9.9.9' }, 0)).toBe(5_000)
  })
})
