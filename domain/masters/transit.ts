/**
 * 在途仓 (transit): where dispatched goods of a branch are until they have arrived. It has no master, and nobody opens
 * or closes it; its id follows from that of its branch.
 */

import { asId, type WarehouseId } from '#domain/values/ids.ts'

const prefix = 'transit-'
const awayPrefix = 'away-'

/** What people call it where no screen says it in their language. */
export const transitName = '在途'

export function transitOf(branch: string): WarehouseId {
  return asId<WarehouseId>(`${prefix}${branch}`)
}

/** The branch to which goods in that transit are going; undefined for any other warehouse. */
export function branchOfTransit(warehouse: string): string | undefined {
  return isTransit(warehouse) ? warehouse.slice(prefix.length) : undefined
}

export function isTransit(warehouse: string): boolean {
  return warehouse.startsWith(prefix)
}

/**
 * 发往外店 (away): where the sending branch keeps account of goods that are in the transit of another. They are that
 * branch's stock by then, so nothing here is stock, and it belongs to a branch that there is not.
 */
export function awayOf(branch: string): WarehouseId {
  return asId<WarehouseId>(`${awayPrefix}${branch}`)
}

export function isAway(warehouse: string): boolean {
  return warehouse.startsWith(awayPrefix)
}
