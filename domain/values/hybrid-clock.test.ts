import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hlc, hlcCounter, hlcMs, isHlc, isHlcAhead, mergeHlc, nextHlc } from './hybrid-clock.ts'

const now = 1_795_000_000_000
const wall = fc.integer({ min: now - 1_000, max: now + 1_000 })

describe('hybrid clock', () => {
  it('[HLC1] packs into one safe integer', () => {
    const last = hlc(2 ** 43 - 1, 1_023)
    expect(last).toBe(Number.MAX_SAFE_INTEGER)
    expect([hlcMs(last), hlcCounter(last)]).toEqual([2 ** 43 - 1, 1_023])
    expect(() => hlc(2 ** 43, 0)).toThrow()
    expect(() => hlc(0, 1_024)).toThrow()
    expect(() => nextHlc(last, now)).toThrow('run out')
    expect([isHlc(now), isHlc(-1), isHlc(0.5)]).toEqual([true, false, false])
  })

  it('[HLC1] always moves on, whatever the wall clock does', () => {
    fc.assert(
      fc.property(fc.array(wall, { maxLength: 50 }), (times) => {
        let last = hlc(now, 0)
        for (const ms of times) {
          const next = nextHlc(last, ms)
          expect(next > last && hlcMs(next) >= ms).toBe(true)
          last = next
        }
      }),
    )
  })

  it('[HLC2] carries a full counter into the milliseconds', () => {
    const next = nextHlc(hlc(now, 1_023), now)
    expect([hlcMs(next), hlcCounter(next)]).toEqual([now + 1, 0])
  })

  it('[HLC3] writes after what it has read', () => {
    fc.assert(
      fc.property(wall, wall, (mine, foreign) => {
        const merged = mergeHlc(hlc(mine, 0), hlc(foreign, 7), now)
        const next = nextHlc(merged, now)
        expect(next > hlc(foreign, 7) && next > hlc(mine, 0)).toBe(true)
      }),
    )
  })

  it('[HLC3] does not follow a clock that is a day ahead', () => {
    const last = hlc(now, 0)
    const broken = hlc(now + 86_400_001, 0)
    expect(mergeHlc(last, broken, now)).toBe(last)
    expect([isHlcAhead(broken, now), isHlcAhead(hlc(now + 86_400_000, 0), now)]).toEqual([
      true,
      false,
    ])
    expect(mergeHlc(last, hlc(now + 5_000, 0), now, 1_000)).toBe(last)
  })
})
