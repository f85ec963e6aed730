import { describe, expect, it } from 'vitest'
import { quantity } from '#domain/values/quantity.ts'
import { proposePutAway } from './put-away.ts'

const place = (name: string, capacity: number, held = 0, priority = 0) => ({
  ...{ place: name, capacity: quantity(capacity), held: quantity(held), priority },
})

describe('put-away 上架', () => {
  it('[PTA1] fills by priority, then where there is most room, then by name', () => {
    const places = [
      ...[place('c', 100), place('b', 100), place('a', 500, 300)],
      ...[place('first', 10, 0, -1), place('full', 50, 60, -2)],
    ]
    expect(proposePutAway(quantity(350), places)).toEqual({
      placed: [
        { place: 'first', quantity: 10 },
        { place: 'a', quantity: 200 },
        { place: 'b', quantity: 100 },
        { place: 'c', quantity: 40 },
      ],
      rest: 0,
    })
  })

  it('[PTA2] says what found no room, and uses no place for nothing', () => {
    expect(proposePutAway(quantity(30), [place('a', 20)])).toEqual({
      placed: [{ place: 'a', quantity: 20 }],
      rest: 10,
    })
    expect(proposePutAway(quantity(0), [place('a', 20)])).toEqual({ placed: [], rest: 0 })
  })
})
