/**
 * [F4] The one order of all movements, of all goods: by moment, class, clock, device, document and leg.
 * What is linked to a movement and not later than it follows it directly.
 */
import { followed, isInternalMove, type Movement } from './movement.ts'
import { compareKeys, type Stamp } from './stamp.ts'

export function inOrder(movements: readonly Movement[]): Movement[] {
  const ordered = orderedBy(movements, 'at')
  for (const [place, movement] of ordered.entries()) movement.place = place
  return ordered
}

/** Says of all of them where they would stand, had nothing ever been closed. */
export function placeInTime(movements: readonly Movement[]): void {
  for (const [place, movement] of orderedBy(movements, 'own').entries()) {
    movement.placeInTime = place
  }
}

/** Its own moment, or that of what it takes back where that is later. */
export function effectiveAt(movement: Movement): number {
  return latest(movement, 'at')
}

/** Whether it takes effect later than it says, by itself or because it follows what does. */
export function isLate(movement: Movement): boolean {
  if (movement.stamp.own !== movement.stamp.at) return true
  const before = followed(movement)
  return before !== undefined && followsDirectly(movement, before, 'at') && isLate(before)
}

type Moment = 'at' | 'own'

function orderedBy(movements: readonly Movement[], moment: Moment): Movement[] {
  const linked = new Map<Movement, Movement[]>()
  const free: Movement[] = []
  for (const movement of movements) {
    const before = followed(movement)
    if (before === undefined || !followsDirectly(movement, before, moment)) free.push(movement)
    else linked.set(before, [...(linked.get(before) ?? []), movement])
  }
  const withLinked = (movement: Movement): Movement[] => [
    movement,
    ...sorted(linked.get(movement) ?? [], moment).flatMap(withLinked),
  ]
  return sorted(free, moment).flatMap(withLinked)
}

/** Not later; of two that take effect at one moment the later is the one whose record says so. */
function followsDirectly({ stamp }: Movement, before: Movement, moment: Moment): boolean {
  const reached = latest(before, moment)
  if (stamp[moment] !== reached || moment === 'own') return stamp[moment] <= reached
  return stamp.own <= latestOwn(before, reached)
}

function latest(movement: Movement, moment: Moment): number {
  const before = followed(movement)
  const own = movement.stamp[moment]
  return before === undefined ? own : Math.max(own, latest(before, moment))
}

/** Of what takes effect at `at` together with it: the latest that a record says. */
function latestOwn(movement: Movement, at: number): number {
  const before = followed(movement)
  const { stamp } = movement
  const own = stamp.at === at ? stamp.own : Number.NEGATIVE_INFINITY
  return before === undefined ? own : Math.max(own, latestOwn(before, at))
}

function sorted(movements: readonly Movement[], moment: Moment): Movement[] {
  return movements
    .map((movement) => ({ movement, key: keyOf(movement, momentsOf(movement.stamp, moment)) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ movement }) => movement)
}

/** [ORD6] What came late stands first at its moment, in the order of what it says. */
function momentsOf({ at, own }: Stamp, moment: Moment): readonly number[] {
  return moment === 'at' ? [at, own] : [own]
}

function keyOf(movement: Movement, moments: readonly number[]): (string | number)[] {
  const { stamp, rank, docId, stated, isMirror } = movement
  const comesIn = isMirror ? stated.quantity < 0 : stated.quantity > 0
  // Of an internal move what goes out stands before what comes in.
  const side = isInternalMove(movement) ? Number(comesIn) : 0
  return [...moments, rank, stamp.hlc, stamp.device, docId, side, stated.leg, Number(isMirror)]
}
