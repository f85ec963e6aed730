import { describe, expect, it } from 'vitest'
import { goodStatus } from '#tests/builders/good-status.ts'
import { standingMatter } from './standing-matter.ts'

describe('what stands in the way', () => {
  it('is nothing on a good day, and nothing before the engine has answered', () => {
    expect(standingMatter(undefined)).toBeUndefined()
    expect(
      standingMatter({ ...goodStatus, connection: 'offline', documentsWaiting: 3 }),
    ).toBeUndefined()
  })

  it('says why posting stopped and hands out what only this device holds', () => {
    const full = standingMatter({
      ...goodStatus,
      stopped: { code: 'store-full' },
      isSignInNeeded: true,
    })
    expect(full).toMatchObject({ kind: 'stop', act: undefined })
    const forked = standingMatter({ ...goodStatus, stopped: { code: 'device-forked' } })
    expect(forked).toMatchObject({ kind: 'stop', act: 'export' })
  })

  it('asks for the sign-in and says what waits for it', () => {
    const matter = standingMatter({ ...goodStatus, isSignInNeeded: true, documentsWaiting: 12 })
    expect(matter).toMatchObject({ kind: 'decide', act: 'sign-in' })
    expect(matter?.text).toContain('12')
  })

  it('names records that are not used', () => {
    const refused = { code: 'journal-broken', facts: { reason: 'record-damaged' } }
    expect(standingMatter({ ...goodStatus, refused })).toMatchObject({
      kind: 'decide',
      act: undefined,
    })
  })
})
