/**
 * What became of the claims on one SKU: orders, changes, shipments, receipts and counts are gone
 * through in one order, so every device gives contested goods to the same customers. Pure.
 */

import { compareTexts } from '../stock/order.ts'

/** When something was said: trade moment, clock, and what tells two of one clock apart. */
export interface ClaimStamp {
  readonly at: number
  readonly hlc: number
  readonly device: string
  /** Document, and place within it. */
  readonly id: string
  readonly position: number
}

/** Goods spoken for. Quantities are steps. */
export interface StatedClaim {
  readonly key: string
  /** Warehouse of a branch, by number. */
  readonly place: number
  readonly quantity: number
  readonly stamp: ClaimStamp
}

export type ClaimEvent =
  /** From here on `quantity` in all. */
  | {
      readonly kind: 'change'
      readonly key: string
      readonly quantity: number
      readonly stamp: ClaimStamp
    }
  | {
      readonly kind: 'take'
      readonly key: string
      readonly quantity: number
      readonly stamp: ClaimStamp
    }
  /** After it `good` was there; who reserved more is trimmed (policies 21). */
  | {
      readonly kind: 'count'
      readonly place: number
      readonly good: number
      readonly stamp: ClaimStamp
    }

export interface SettledClaim {
  readonly key: string
  readonly place: number
  /** What it comes to: as ordered or changed last, less what counts have trimmed. */
  readonly quantity: number
  /** By documents that name it; may be more. */
  readonly taken: number
  readonly trimmed: number
  /** Still spoken for, ≥ 0. */
  readonly open: number
  /** What of it is there, after everybody who was first. */
  readonly kept: number
}

/** A part of a claim with its own place in the queue: what was ordered, or what it was raised by. */
interface Share {
  readonly stamp: ClaimStamp
  quantity: number
}

interface Running {
  readonly claim: StatedClaim
  readonly shares: Share[]
  taken: number
  trimmed: number
  hasBegun: boolean
}

/**
 * `goodAt`: good goods in a place now. Whoever was approved first, by (hlc, device, id), keeps the
 * goods; the increase of a claim stands where it was raised [CLM3] [CLM4].
 */
export function settleClaims(
  claims: readonly StatedClaim[],
  events: readonly ClaimEvent[],
  goodAt: (place: number) => number,
): readonly SettledClaim[] {
  const running = new Map(claims.map((claim) => [claim.key, begin(claim)]))
  const starts = claims.map(({ key, stamp }) => ({ kind: 'start', key, stamp }) as const)
  const inOrder = [...starts, ...events].sort((a, b) => compareMoments(a.stamp, b.stamp))
  for (const event of inOrder) {
    if (event.kind === 'count') trim([...running.values()], event.place, event.good)
    else goThrough(running.get(event.key), event)
  }
  return keep([...running.values()], goodAt)
}

function begin(claim: StatedClaim): Running {
  const shares = [{ stamp: claim.stamp, quantity: claim.quantity }]
  return { claim, shares, taken: 0, trimmed: 0, hasBegun: false }
}

function goThrough(
  one: Running | undefined,
  event: Exclude<ClaimEvent, { kind: 'count' }> | { readonly kind: 'start' },
): void {
  if (one === undefined) return
  if (event.kind === 'start') one.hasBegun = true
  else if (event.kind === 'take') one.taken += event.quantity
  else {
    const before = totalOf(one)
    if (event.quantity > before) {
      one.shares.push({ stamp: event.stamp, quantity: event.quantity - before })
    } else cut(one, before - event.quantity)
    one.trimmed = 0
  }
}

/** [CLM5] The last in the queue give way first; a later surplus gives nothing back. */
function trim(all: readonly Running[], place: number, good: number): void {
  const here = all.filter(({ claim, hasBegun }) => hasBegun && claim.place === place)
  let excess = here.reduce((sum, one) => sum + openOf(one), 0) - Math.max(good, 0)
  const queue = queueOf(here).reverse()
  for (const { one, quantity } of queue) {
    const lost = Math.min(excess, quantity)
    if (lost <= 0) continue
    cut(one, lost)
    one.trimmed += lost
    excess -= lost
  }
}

/** Takes from what stands last in the queue. */
function cut({ shares }: Running, quantity: number): void {
  let left = quantity
  for (let i = shares.length - 1; i >= 0 && left > 0; i--) {
    const share = shares[i] as Share
    const lost = Math.min(left, share.quantity)
    share.quantity -= lost
    left -= lost
  }
}

/** [CLM3] */
function keep(all: readonly Running[], goodAt: (place: number) => number): readonly SettledClaim[] {
  const left = new Map<number, number>()
  const kept = new Map<Running, number>()
  for (const { one, quantity } of queueOf(all)) {
    const { place } = one.claim
    const there = left.get(place) ?? Math.max(goodAt(place), 0)
    const given = Math.min(there, quantity)
    left.set(place, there - given)
    kept.set(one, (kept.get(one) ?? 0) + given)
  }
  return all.map((one) => ({
    ...{ key: one.claim.key, place: one.claim.place },
    ...{ quantity: totalOf(one), taken: one.taken, trimmed: one.trimmed },
    ...{ open: openOf(one), kept: kept.get(one) ?? 0 },
  }))
}

/** The open shares of all, first come first served; what was taken is taken from the first. */
function queueOf(all: readonly Running[]): { readonly one: Running; readonly quantity: number }[] {
  return all
    .flatMap((one) => {
      let { taken } = one
      return one.shares.map(({ stamp, quantity }) => {
        const gone = Math.min(taken, quantity)
        taken -= gone
        return { one, stamp, quantity: quantity - gone }
      })
    })
    .sort((a, b) => compareApproval(a.stamp, b.stamp))
}

function totalOf({ shares }: Running): number {
  return shares.reduce((sum, { quantity }) => sum + quantity, 0)
}

function openOf(one: Running): number {
  return Math.max(totalOf(one) - one.taken, 0)
}

/** By trade moment: what a count found is compared with what was reserved by then. */
function compareMoments(a: ClaimStamp, b: ClaimStamp): number {
  return a.at - b.at || compareApproval(a, b)
}

/** [CLM3] By approval: (hlc, device), then id. */
function compareApproval(a: ClaimStamp, b: ClaimStamp): number {
  return (
    a.hlc - b.hlc ||
    compareTexts(a.device, b.device) ||
    compareTexts(a.id, b.id) ||
    a.position - b.position
  )
}
