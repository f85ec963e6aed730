/** Bits of a pool's `flags` column. */

export const isPoolTaintedBit = 1
/** Costed with a reference price, or would have been had there been one. */
export const asksReferenceBit = 2
/** In the list of pools to settle. */
export const isUnsettledBit = 4
/** Its chain is not in the order of rows: some movement arrived late. */
export const isShuffledBit = 8
/** The goods that its state holds are told apart by receipt. */
export const isLayeredBit = 16
/** Value comes into it from another pool, or goes into one: they are costed together. */
export const isJoinedBit = 32
/** Its goods are one batch or one piece with a value of its own. */
export const isOwnValueBit = 64
