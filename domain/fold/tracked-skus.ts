/** Which SKUs are told apart by batch or serial number (MD-14), as the masters have it now. */

import { type Tracks, tracksOf } from '#domain/masters/product.ts'
import { textOf } from '#domain/masters/master-field.ts'
import type { FoldState } from './fold-state.ts'
import { mastersView } from './masters.ts'

/** By id of the SKU; those that are not tracked have no entry. */
export type TrackedSkus = ReadonlyMap<string, Tracks>

/** Fields of products and SKUs that decide it. */
export const trackingFields: ReadonlySet<string> = new Set([
  'hasBatches',
  'hasSerials',
  'productId',
])

export function trackedSkusOf(state: FoldState): TrackedSkus {
  state.trackedSkus ??= findTracked(state)
  return state.trackedSkus
}

/** Whether goods that are tracked are among those that a batch of records has touched. */
export function hasTouchedTracked(state: FoldState): boolean {
  const tracked = trackedSkusOf(state)
  if (tracked.size === 0) return false
  return [...state.touched.skus].some((sku) => tracked.has(state.names.skus.text(sku)))
}

export function forgetTracked(state: FoldState): void {
  if (isAnyTracked(state)) state.touched.hasFindings = true
  state.trackedSkus = undefined
}

/** Most shops track nothing: then no master is read. */
function isAnyTracked({ names }: FoldState): boolean {
  return names.fields.find('hasBatches') >= 0 || names.fields.find('hasSerials') >= 0
}

function findTracked(state: FoldState): TrackedSkus {
  const tracked = new Map<string, Tracks>()
  if (!isAnyTracked(state)) return tracked
  const masters = mastersView(state.masters)
  for (const { id, fields } of masters.list('sku')) {
    const tracks = tracksOf(masters.get('product', textOf(fields, 'productId')) ?? {})
    if (tracks.batch || tracks.serial) tracked.set(id, tracks)
  }
  return tracked
}
