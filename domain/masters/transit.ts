/**
 * 在途仓 (transit): where dispatched goods of a branch are until they have arrived. It has no master, and nobody opens
 * or closes it; its id follows from that of its branch.
 */

import { asId, type WarehouseId } from '#domain/values/ids.ts'

const prefix = 'transit-'

/** What people call it where no screen says it in their language. */
export const transitName = '在途'

export function transitOf(branch: string): WarehouseId {
  return asId<WarehouseId>(`${prefix}${branch}`)
}

export function isTransit(warehouse: string): boolean {
  return warehouse.startsWith(prefix)
}
