import { describe, expect, it } from 'vitest'
import { hlc, hlcMs } from '#domain/values/hybrid-clock.ts'
import { makeDeviceClock } from './device-clock.ts'

const day = 86_400_000
const noon = 1_790_000_000_000

function clockAt(startMs: number) {
  let nowMs = startMs
  return {
    nowMs: () => nowMs,
    set(ms: number) {
      nowMs = ms
    },
  }
}

describe('the clock of a device', () => {
  it('[CLK1] corrects by what the server showed and says how old that is', () => {
    const wall = clockAt(noon)
    const clock = makeDeviceClock(wall, undefined)
    expect(clock.now()).toBe(noon)
    expect(clock.ageMs()).toBeUndefined()
    clock.measure(noon + 7_000, noon - 100, noon + 100)
    wall.set(noon + 1_000)
    expect(clock.now()).toBe(noon + 8_000)
    expect(clock.offset()).toEqual({ ms: 7_000, ageMs: 900 })
  })

  it('[CLK1] keeps the sharper of two measurements until it is stale', () => {
    const wall = clockAt(noon)
    const clock = makeDeviceClock(wall, undefined)
    clock.measure(noon + 5_000, noon, noon + 20)
    clock.measure(noon + 9_000, noon, noon + 2_000)
    expect(clock.offset().ms).toBe(4_990)
    wall.set(noon + 3_600_000)
    clock.measure(noon + 3_600_000 + 9_000, noon + 3_600_000, noon + 3_602_000)
    expect(clock.offset().ms).toBe(8_000)
  })

  it('[CLK1] takes any measurement after the clock was set back', () => {
    const wall = clockAt(noon)
    const clock = makeDeviceClock(wall, undefined)
    clock.measure(noon, noon, noon + 20)
    wall.set(noon - 5 * 3_600_000)
    const sentMs = wall.nowMs()
    clock.measure(noon + 1_000, sentMs, sentMs + 2_000)
    expect(clock.offset().ms).toBe(5 * 3_600_000)
  })

  it('[CLK2] follows a foreign clock, but not one more than a day ahead of the server', () => {
    const wall = clockAt(noon - 3_600_000)
    const clock = makeDeviceClock(wall, undefined)
    clock.measure(noon, noon - 3_600_000, noon - 3_600_000)
    const last = hlc(noon, 0)
    expect(clock.merged(last, hlc(noon + day, 0))).toBe(hlc(noon + day, 0))
    expect(clock.merged(last, hlc(noon + day + 1, 0))).toBe(last)
  })

  it('[CLK3] never stamps lower than before, and survives any wall clock', () => {
    const wall = clockAt(noon)
    const clock = makeDeviceClock(wall, undefined)
    const first = clock.next(hlc(0, 0))
    expect(hlcMs(first)).toBe(noon)
    for (const ms of [0, -5, Number.MAX_SAFE_INTEGER, noon - day]) {
      wall.set(ms)
      expect(clock.next(first)).toBeGreaterThan(first)
    }
  })

  it('[CLK1] forgets a measurement made in what is now the future', () => {
    const kept = { offsetMs: 5, measuredAtMs: noon, errorMs: 1 }
    expect(makeDeviceClock(clockAt(noon + 1), kept).offset().ms).toBe(5)
    expect(makeDeviceClock(clockAt(noon - 1), kept).ageMs()).toBeUndefined()
  })
})
