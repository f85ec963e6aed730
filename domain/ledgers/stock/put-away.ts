/**
 * 上架建议 (put-away proposal): where goods that come in find room. Knows places by their id and how
 * much they hold; whether a place suits a product is decided before.
 */

import {
  addQuantity,
  type Quantity,
  subtractQuantity,
  zeroQuantity,
} from '#domain/values/quantity.ts'
import { compareTexts } from './order.ts'

/** A warehouse or bin that may take the goods. */
export interface PutAwayPlace {
  readonly place: string
  readonly capacity: Quantity
  /** What lies there already; more than the capacity leaves no room. */
  readonly held: Quantity
  /** The lowest is filled first. */
  readonly priority: number
}

export interface PutAwayProposal {
  readonly placed: readonly { readonly place: string; readonly quantity: Quantity }[]
  /** What found no room, ≥ 0. */
  readonly rest: Quantity
}

/** By priority; then where there is most room, so that few places are used; then by id [PTA1]. */
export function proposePutAway(wanted: Quantity, places: readonly PutAwayPlace[]): PutAwayProposal {
  const withRoom = places
    .map(({ place, priority, capacity, held }) => ({
      ...{ place, priority, room: subtractQuantity(capacity, held) },
    }))
    .filter(({ room }) => room > 0)
    .sort((a, b) => a.priority - b.priority || b.room - a.room || compareTexts(a.place, b.place))
  let placedSoFar = zeroQuantity
  const placed = withRoom.flatMap(({ place, room }) => {
    const left = subtractQuantity(wanted, placedSoFar)
    const taken = left < room ? left : room
    if (taken <= 0) return []
    placedSoFar = addQuantity(placedSoFar, taken)
    return [{ place, quantity: taken }]
  })
  return { placed, rest: subtractQuantity(wanted, placedSoFar) }
}
