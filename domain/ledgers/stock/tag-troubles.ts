/** What of batches and serial numbers is to be looked at, by number; why is derived when it is asked for. */

export interface TagTroubles {
  /** Goods keys (`tag-index.ts`) whose serial number was in two places. */
  readonly serials: Set<number>
  /** Goods keys of batches with two expiries. */
  readonly batches: Set<number>
  /** Movements that sold goods after their last day. */
  readonly expired: Set<number>
  /** Goods keys of batches that moved in a branch without having come there. */
  readonly unreceived: Set<number>
}

export function openTagTroubles(): TagTroubles {
  return { serials: new Set(), batches: new Set(), expired: new Set(), unreceived: new Set() }
}
