import { describe, expect, it } from 'vitest'
import { otherPlaces } from './menu-table.ts'

describe('the places that are led to', () => {
  it('[MCL3] the month close is shown to finance and owners only', () => {
    const leads = (role: string) => otherPlaces([role]).some(({ href }) => href === '/month-close')
    expect(['finance', 'owner', 'manager', 'keeper'].map(leads)).toEqual([true, true, false, false])
    expect(otherPlaces([]).length).toBeGreaterThan(3)
  })
})
