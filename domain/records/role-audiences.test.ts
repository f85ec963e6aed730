import { describe, expect, it } from 'vitest'
import { audiences } from './audience.ts'
import { roles } from './kinds.ts'
import { audiencesOfRoles } from './role-audiences.ts'

describe('what a role reads', () => {
  it('[REC14] prices of sale for sellers, of purchase for buyers, books for those who answer for them', () => {
    const read = roles.map((role) => [role, audiencesOfRoles([role]).join(' ')])
    expect(Object.fromEntries(read)).toEqual({
      keeper: 'goods',
      seller: 'goods sales',
      buyer: 'goods buying',
      finance: audiences.join(' '),
      manager: audiences.join(' '),
      owner: audiences.join(' '),
    })
  })

  it('[REC14] of somebody with several roles is what any of them reads', () => {
    expect(audiencesOfRoles(['buyer', 'seller'])).toEqual(['goods', 'sales', 'buying'])
    expect(audiencesOfRoles([])).toEqual([])
  })
})
