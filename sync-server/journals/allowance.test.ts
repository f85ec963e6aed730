import { describe, expect, it } from 'vitest'
import { Allowance } from './allowance.ts'

const dayMs = 86_400_000

describe('an allowance', () => {
  it("[LIM15] is each device's own, and whole again a day after it was first used", () => {
    const allowance = new Allowance(100)
    allowance.note('till', 60, 5)
    allowance.note('till', 40, 9)
    expect(allowance.hasRoom('till', 1, dayMs)).toBe(false)
    expect(allowance.hasRoom('tablet', 100, dayMs)).toBe(true)
    expect(allowance.hasRoom('tablet', 101, dayMs)).toBe(false)
    expect(allowance.hasRoom('till', 100, 5 + dayMs)).toBe(true)
  })

  it('[LIM15] is not used up by what was not kept', () => {
    const allowance = new Allowance(100)
    for (let i = 0; i < 9; i++) expect(allowance.hasRoom('till', 90, i)).toBe(true)
    allowance.note('till', 90, 9)
    expect(allowance.hasRoom('till', 11, 9)).toBe(false)
    expect(allowance.hasRoom('till', 10, 9)).toBe(true)
  })
})
