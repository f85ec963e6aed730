/**
 * 占用 and 在订 (claims) as a posting states them: goods that a line of an order speaks for, and what
 * later documents take of them. Moves no goods and knows no balance.
 */

import { type BusinessDate, isBusinessDate } from '#domain/values/business-date.ts'
import {
  type DocumentId,
  isId,
  type LineId,
  type SkuId,
  type WarehouseId,
} from '#domain/values/ids.ts'
import { limitQuantity } from '#domain/values/limits.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import {
  fields,
  idText,
  integer,
  oneOf,
  optional,
  type Shape,
  type ShapeProblem,
  text,
} from './shape.ts'

/**
 * reserve: goods kept for a customer (占用). order: goods that a supplier owes (在订). change: what a
 * claim is from here on, in all. take: what a shipment or receipt has taken of it. request: goods that
 * somebody asks for (请购, 要货). offer: goods offered to a customer (报价).
 */
export const claimKinds = ['reserve', 'order', 'change', 'take', 'request', 'offer'] as const

/** Those that speak for goods; the others speak of claims. */
export const statedKinds = ['reserve', 'order', 'request', 'offer'] as const

/** One of `claimKinds`. */
export type ClaimKind = (typeof claimKinds)[number]

/** One of `statedKinds`. */
export type StatedKind = (typeof statedKinds)[number]

/** A claim of another document, by the line that states it there. */
export interface ClaimName {
  readonly docId: DocumentId
  readonly lineId: LineId
}

export interface Claim {
  /** The line that states it: its name within the posting. */
  readonly lineId: LineId
  readonly kind: ClaimKind
  readonly sku: SkuId
  readonly warehouse: WarehouseId
  /** Base steps, 0 or more; 0 of a change ends a claim (中止). */
  readonly quantity: Quantity
  /** 预留至: the last day on which a reservation holds; for ever when left out. */
  readonly until?: BusinessDate
  /** What a change or a take is about; of goods spoken for, the request or offer that they are taken of. */
  readonly of?: ClaimName
}

export const claimShape: Shape<Claim> = fields({
  lineId: idText<LineId>(isId),
  kind: oneOf(claimKinds),
  sku: idText<SkuId>(isId),
  warehouse: idText<WarehouseId>(isId),
  quantity: integer<Quantity>(0, limitQuantity),
  until: optional(text<BusinessDate>(isBusinessDate)),
  of: optional(fields({ docId: idText<DocumentId>(isId), lineId: idText<LineId>(isId) })),
})

/** [REC16] Whatever changes or takes says of what, no request does; only a reservation ends by itself. */
export function checkClaims(claims: readonly Claim[]): ShapeProblem | undefined {
  for (const [i, { kind, of, until }] of claims.entries()) {
    const isAbout = kind === 'change' || kind === 'take'
    const mayBeAbout = isAbout || kind === 'reserve' || kind === 'order'
    if (of === undefined ? isAbout : !mayBeAbout) return badForm(`claims.${i}.of`)
    if (until !== undefined && kind !== 'reserve') return badForm(`claims.${i}.until`)
  }
  return undefined
}

function badForm(path: string): ShapeProblem {
  return { path, reason: 'bad-form' }
}
