/**
 * Keeps what is wrong with batches and serial numbers up to date: only goods that a batch of records
 * has moved are judged again, so posting costs the same however long their history is.
 */

import { datesOfBatch, statesDates } from '#domain/ledgers/stock/batch-dates.ts'
import { noCell } from '#domain/ledgers/stock/place.ts'
import { quantityReturned } from '#domain/ledgers/stock/link.ts'
import { effectiveAt } from '#domain/ledgers/stock/order.ts'
import {
  branchOf,
  goodsKey,
  isStanding,
  movementsOfBatch,
  skuOf,
  skuOfKey,
  tagOf,
  textOfKey,
} from '#domain/ledgers/stock/tag-index.ts'
import { branchesWithout, isReceived, mayBring } from '#domain/ledgers/stock/unreceived.ts'
import { zoneOf } from '#domain/masters/company.ts'
import { businessDateOf, type Zone } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { FoldState } from './fold-state.ts'
import { mastersView } from './masters.ts'
import { isSale } from './serial-acts.ts'
import { batchConflicts, serialTroubles } from './told-by-branch.ts'

/** Fields of the company that decide on which day goods were sold. */
export const zoneFields: ReadonlySet<string> = new Set(['offsetMinutes', 'cutOffMinutes'])

/** Judges what has changed since the last time; whether any trouble came or went. */
export function settleTagged(state: FoldState): boolean {
  const { ledger } = state
  if (ledger.taggedChanges.length === 0) return false
  const unreceived = batchesToReceive(state)
  const { serials, batches, movements } = changedGoods(state)
  const { tagTroubles: troubles } = ledger
  let hasChanged = false
  for (const key of serials) {
    hasChanged = put(troubles.serials, key, serialTroubles(state, key).length > 0, hasChanged)
  }
  for (const key of batches) {
    hasChanged = put(troubles.batches, key, batchConflicts(state, key).length > 0, hasChanged)
    const ofBatch = movementsOfBatch(ledger, skuOfKey(key), textOfKey(key))
    for (const movement of ofBatch) movements.add(movement)
  }
  for (const key of unreceived) {
    const isIn = branchesWithout(ledger, key).length > 0
    hasChanged = put(troubles.unreceived, key, isIn, hasChanged)
  }
  const zone = companyZone(state)
  for (const movement of movements) {
    hasChanged = put(troubles.expired, movement, isSoldExpired(state, movement, zone), hasChanged)
  }
  return hasChanged
}

/** The company's day begins at another hour: every sale is judged by the new one. */
export function judgeAllTagged({ ledger }: FoldState): void {
  const { cell } = ledger.movements.columns
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    if (cell[movement] !== noCell) ledger.taggedChanges.push(movement)
  }
}

export function companyZone(state: FoldState): Zone {
  const [company] = mastersView(state.masters).list('company')
  return zoneOf(company?.fields ?? {})
}

/** The day on which a movement took effect. */
export function dayOf({ ledger }: FoldState, movement: number, zone: Zone) {
  return businessDateOf(effectiveAt(ledger, movement) as Instant, zone)
}

function changedGoods(state: FoldState) {
  const { ledger } = state
  const { origin } = ledger.movements.columns
  const serials = new Set<number>()
  const batches = new Set<number>()
  const movements = new Set<number>()
  for (const movement of ledger.taggedChanges.splice(0)) {
    const { batch, serial } = tagOf(ledger, movement)
    if (batch === 0 && serial === 0) continue
    const sku = skuOf(ledger, movement)
    // What takes a movement back changes what it did, too.
    const about = [movement, origin[movement] as number].filter((each) => each >= 0)
    if (serial !== 0) serials.add(goodsKey(sku, serial))
    if (batch === 0) continue
    for (const each of about) movements.add(each)
    if (about.some((each) => statesDates(ledger, each))) batches.add(goodsKey(sku, batch))
  }
  return { serials, batches, movements }
}

/**
 * [TGF6] Batches of which it is asked anew whether they came: in a branch where one came, another issue changes
 * nothing, so what is sold all day costs no walk over its batch.
 */
function batchesToReceive({ ledger }: FoldState): ReadonlySet<number> {
  const { origin } = ledger.movements.columns
  const keys = new Set<number>()
  for (const movement of ledger.taggedChanges) {
    const { batch } = tagOf(ledger, movement)
    if (batch === 0) continue
    const key = goodsKey(skuOf(ledger, movement), batch)
    const about = [movement, origin[movement] as number].filter((each) => each >= 0)
    if (
      ledger.tagTroubles.unreceived.has(key) ||
      about.some((each) => mayBring(ledger, each)) ||
      !isReceived(ledger, key, branchOf(ledger, movement))
    ) {
      keys.add(key)
    }
  }
  return keys
}

/** [BAT3] Sold after the last day of its batch, and not brought back since. */
function isSoldExpired(state: FoldState, movement: number, zone: Zone): boolean {
  const { ledger } = state
  if (!isStanding(ledger, movement) || !isSale(state, movement)) return false
  const { batch } = tagOf(ledger, movement)
  const branch = branchOf(ledger, movement)
  const { expires } = datesOfBatch(ledger, skuOf(ledger, movement), batch, branch)
  if (expires === undefined || dayOf(state, movement, zone) <= expires) return false
  const moved = 0 - (ledger.movements.columns.quantity[movement] as number)
  return quantityReturned(ledger, movement) < moved
}

/** What was in trouble and still is may tell of other documents than before. */
function put(set: Set<number>, key: number, isIn: boolean, hasChanged: boolean): boolean {
  if (!isIn && !set.has(key)) return hasChanged
  if (isIn) set.add(key)
  else set.delete(key)
  return true
}
