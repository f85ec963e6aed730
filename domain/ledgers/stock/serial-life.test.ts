import { describe, expect, it } from 'vitest'
import { type SerialAct, serialStates, serialTransitions } from './serial-life.ts'

/** Every way that goods come in. */
const waysIn: readonly SerialAct[] = [
  'receive',
  'find',
  'take-back',
  'take-apart',
  'arrive',
  'end-loan',
]

describe('transitions of serial numbers 序列号状态', () => {
  it('[SER1] what is in the house may leave and not come again; what is out may not leave again', () => {
    for (const state of ['in-stock', 'reserved', 'back-from-customer'] as const) {
      const acts = Object.keys(serialTransitions[state])
      expect(acts.filter((act) => waysIn.includes(act as SerialAct))).toEqual([])
      expect(acts).toContain('sell')
    }
    for (const state of ['sold', 'back-at-supplier', 'assembled', 'written-off'] as const) {
      const acts = Object.keys(serialTransitions[state])
      expect(acts.filter((act) => !waysIn.includes(act as SerialAct))).toEqual([])
      expect(acts).toHaveLength(1)
    }
  })

  it('[SER1] every state but the first is reached, and none leads to nowhere', () => {
    const reached = new Set(
      serialStates.flatMap((state) => Object.values(serialTransitions[state])),
    )
    // These two come from claims and from what a customer brings back in another status than good.
    const given = ['none', 'reserved', 'back-from-customer']
    expect(serialStates.filter((state) => !reached.has(state) && !given.includes(state))).toEqual(
      [],
    )
    expect(
      serialStates.filter((state) => Object.keys(serialTransitions[state]).length === 0),
    ).toEqual([])
  })
})
