/**
 * [F4] The one order of all movements, of all goods: by moment, class, clock, device, document and leg.
 * What is linked to a movement and not later than it follows it directly.
 */
import { isInternalMove, type Movement } from './movement.ts'
import { compareKeys } from './stamp.ts'

export function inOrder(movements: readonly Movement[]): Movement[] {
  const linked = new Map<Movement, Movement[]>()
  const free: Movement[] = []
  for (const movement of movements) {
    const { origin } = movement
    if (origin === undefined || movement.stamp.at > effectiveAt(origin)) free.push(movement)
    else linked.set(origin, [...(linked.get(origin) ?? []), movement])
  }
  const withLinked = (movement: Movement): Movement[] => [
    movement,
    ...sorted(linked.get(movement) ?? []).flatMap(withLinked),
  ]
  const ordered = sorted(free).flatMap(withLinked)
  for (const [place, movement] of ordered.entries()) movement.place = place
  return ordered
}

/** Its own moment, or that of what it takes back where that is later. */
export function effectiveAt({ stamp, origin }: Movement): number {
  return origin === undefined ? stamp.at : Math.max(stamp.at, effectiveAt(origin))
}

function sorted(movements: readonly Movement[]): Movement[] {
  return movements
    .map((movement) => ({ movement, key: keyOf(movement) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ movement }) => movement)
}

function keyOf(movement: Movement): (string | number)[] {
  const { stamp, rank, docId, stated, isMirror } = movement
  const comesIn = isMirror ? stated.quantity < 0 : stated.quantity > 0
  // Of an internal move what goes out stands before what comes in.
  const side = isInternalMove(movement) ? Number(comesIn) : 0
  return [stamp.at, rank, stamp.hlc, stamp.device, docId, side, stated.leg, Number(isMirror)]
}
