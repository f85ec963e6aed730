/**
 * The numbers of the Yjs update format v1 (yjs 13.6: `UpdateEncoderV1`, `Item.write`), in one place.
 *
 * update  = blocks:uint block… deletes:uint delete…
 * block   = structs:uint client:uint clock:uint struct…      (clients in descending order)
 * struct  = info:byte [origin:id] [rightOrigin:id] [parent] [key] content
 * parent  = 1 root:text | 0 id                               (only without origin and rightOrigin)
 * delete  = client:uint ranges:uint (clock:uint length:uint)…
 */

/** Low five bits of `info`: what a struct holds. */
export const content = { gc: 0, deleted: 1, binary: 3, any: 8, skip: 10 } as const

/** The bits of `info` that say what a struct holds. */
export const contentMask = 0x1f

/** High three bits of `info`. */
export const has = { origin: 0x80, rightOrigin: 0x40, key: 0x20 } as const

/** The parent is a root, named by a text. */
export const rootParent = 1

/** Yjs draws client ids from 0 to 2^32 − 1. */
export const limitClientId = 0xffff_ffff

/** Clocks of one page load, far above what one can use: a run of deletes may claim any length. */
export const limitClock = 2 ** 40

/** structs, client, clock. */
export const blockBytesMin = 3
