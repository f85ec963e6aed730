/**
 * [F4] The one order of movements, from what the records say and never from when they arrived:
 * moment of effect → own moment → class → hlc → device → document → leg. A linked movement that is not later than its origin
 * stands directly after it, so cost flows only forward. Total: no two movements compare equal.
 */

import type { TextHeap } from '../columns/text-heap.ts'
import { type EventTable, isReversalBit, type MovementTable, rankMask, rankOf } from './movement.ts'

export interface OrderSource {
  readonly events: EventTable
  readonly movements: MovementTable
  readonly texts: TextHeap
  /** Moments that records say, by event, where they take effect later: their own were closed [F8]. */
  readonly ownMoments: Map<number, number>
  /** By in leg of an internal move: its out leg, where that is linked and takes the in leg along (`led-legs.ts`). */
  readonly ledBy: ReadonlyMap<number, number>
  /** Texts of the numbers in `events`: numbers differ between devices, texts do not. */
  deviceText(device: number): string
  documentText(document: number): string
}

/** Links are at most this deep: a dispatch, its arrival, what that brings in, the reversal of it. */
const limitLinkDepth = 4

/** Negative when `a` takes effect before `b`; 0 only for one and the same. */
export function compareMovements(source: OrderSource, a: number, b: number): number {
  const { origin } = source.movements.columns
  const isFree = (origin[a] as number) < 0 && (origin[b] as number) < 0
  if (isFree && (source.ledBy.size === 0 || !(source.ledBy.has(a) || source.ledBy.has(b)))) {
    return compareOwn(source, a, b)
  }
  return compareLinked(source, a, b)
}

/** What `movement` stands directly behind if it is not later: its origin, of a led in leg its out leg; −1 for none. */
function leaderOf({ movements, ledBy }: OrderSource, movement: number): number {
  const origin = movements.columns.origin[movement] as number
  return origin >= 0 || ledBy.size === 0 ? origin : (ledBy.get(movement) ?? -1)
}

/** The moment a movement takes effect: its own, or its origin's where that is later. */
export function effectiveAt(source: OrderSource, movement: number): number {
  const { event } = source.movements.columns
  const { at } = source.events.columns
  let latest = at[event[movement] as number] as number
  let link = leaderOf(source, movement)
  for (let depth = 0; link >= 0 && depth < limitLinkDepth; depth++) {
    latest = Math.max(latest, at[event[link] as number] as number)
    link = leaderOf(source, link)
  }
  return latest
}

/** Of what takes effect together with `movement`, by itself or what it is linked to: the latest that a record says. */
function effectiveOwn(source: OrderSource, movement: number): number {
  const { event } = source.movements.columns
  const { at } = source.events.columns
  const moment = effectiveAt(source, movement)
  let latest = Number.NEGATIVE_INFINITY
  let link = movement
  for (let depth = 0; link >= 0 && depth <= limitLinkDepth; depth++) {
    const of = event[link] as number
    if (at[of] === moment) latest = Math.max(latest, ownMoment(source, of))
    link = leaderOf(source, link)
  }
  return latest
}

/** The moment that the record of an event says. */
export function ownMoment({ events, ownMoments }: OrderSource, event: number): number {
  return ownMoments.get(event) ?? (events.columns.at[event] as number)
}

/**
 * Whether a movement stands before, or among, those of class `rank` at moment `at`: with what it is
 * linked to, if it follows that directly.
 */
export function isBy(
  source: OrderSource,
  movement: number,
  { at, rank }: { readonly at: number; readonly rank: number },
): boolean {
  const [top = movement] = pathTo(source, movement)
  const { event, kind } = source.movements.columns
  const moment = source.events.columns.at[event[top] as number] as number
  return moment < at || (moment === at && ((kind[top] as number) & rankMask) <= rank)
}

/** Movements from the one that stands by its own key down to `movement`, each directly after the one before. */
export function pathTo(source: OrderSource, movement: number): number[] {
  const path = [movement]
  let top = movement
  while (path.length <= limitLinkDepth && followsLeader(source, top)) {
    top = leaderOf(source, top)
    path.unshift(top)
  }
  return path
}

/** [ORD4] Later is also what says so of itself, where its origin came late and both take effect at one moment. */
function followsLeader(source: OrderSource, movement: number): boolean {
  const { event } = source.movements.columns
  const link = leaderOf(source, movement)
  if (link < 0) return false
  const own = event[movement] as number
  const moment = source.events.columns.at[own] as number
  const latest = effectiveAt(source, link)
  if (moment !== latest || source.ownMoments.size === 0) return moment <= latest
  return ownMoment(source, own) <= effectiveOwn(source, link)
}

function compareLinked(source: OrderSource, a: number, b: number): number {
  const pathA = pathTo(source, a)
  const pathB = pathTo(source, b)
  const shared = Math.min(pathA.length, pathB.length)
  for (let depth = 0; depth < shared; depth++) {
    const order = compareOwn(source, pathA[depth] as number, pathB[depth] as number)
    if (order !== 0) return order
  }
  return pathA.length - pathB.length
}

/** By the movements' own keys, whatever they are linked to. */
function compareOwn(source: OrderSource, a: number, b: number): number {
  if (a === b) return 0
  const { event, kind } = source.movements.columns
  const { at, hlc } = source.events.columns
  const eventA = event[a] as number
  const eventB = event[b] as number
  return (
    (at[eventA] as number) - (at[eventB] as number) ||
    compareLate(source, eventA, eventB) ||
    ((kind[a] as number) & rankMask) - ((kind[b] as number) & rankMask) ||
    (hlc[eventA] as number) - (hlc[eventB] as number) ||
    compareWithin(source, a, b)
  )
}

/** [ORD6] Of one moment of effect: what came late stands first, in the order of what the records say. */
function compareLate(source: OrderSource, a: number, b: number): number {
  return source.ownMoments.size === 0 ? 0 : ownMoment(source, a) - ownMoment(source, b)
}

/** Same moment, class and clock: device, document, and the legs of one document. */
function compareWithin(source: OrderSource, a: number, b: number): number {
  const { event, leg, kind, quantity } = source.movements.columns
  const { device, document } = source.events.columns
  const eventA = event[a] as number
  const eventB = event[b] as number
  const byEvent =
    compareTexts(
      source.deviceText(device[eventA] as number),
      source.deviceText(device[eventB] as number),
    ) ||
    compareTexts(
      source.documentText(document[eventA] as number),
      source.documentText(document[eventB] as number),
    )
  if (byEvent !== 0) return byEvent
  const isInternal = ((kind[a] as number) & rankMask) === rankOf.internal
  const outFirst = isInternal
    ? Math.sign(quantity[a] as number) - Math.sign(quantity[b] as number)
    : 0
  return (
    outFirst ||
    compareTexts(source.texts.read(leg[a] as number), source.texts.read(leg[b] as number)) ||
    ((kind[a] as number) & isReversalBit) - ((kind[b] as number) & isReversalBit) ||
    a - b
  )
}

/** By UTF-16 code unit: the same on every device, unlike any locale. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
