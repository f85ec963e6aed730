import { describe, expect, it } from 'vitest'
import { placeBeside } from './place-beside.ts'

const view = { width: 1000, height: 800 }

describe('floating place', () => {
  it('[LAY2] goes below where it fits', () => {
    const place = placeBeside(
      { left: 40, top: 100, bottom: 130 },
      { width: 200, height: 300 },
      view,
    )
    expect(place).toEqual({ left: 40, top: 134, maxHeight: 658 })
  })

  it('[LAY2] goes above where there is more room', () => {
    const place = placeBeside(
      { left: 40, top: 600, bottom: 630 },
      { width: 200, height: 300 },
      view,
    )
    expect(place).toEqual({ left: 40, top: 296, maxHeight: 588 })
  })

  it('[LAY2] stays inside at the right edge and never shrinks to nothing', () => {
    const place = placeBeside({ left: 950, top: 10, bottom: 795 }, { width: 200, height: 50 }, view)
    expect(place.left).toBe(792)
    expect(place.maxHeight).toBe(96)
  })
})
