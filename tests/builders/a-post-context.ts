/** What `post` and its siblings are given in tests: the example shop, everything allowed, ids that count up. */

import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import type { PostContext, Posting } from '#domain/doctype/post.ts'
import type { DocumentReader, PostedDocument } from '#domain/doctype/readers.ts'
import { audiences } from '#domain/records/audience.ts'
import type { Leg, PostedBody } from '#domain/records/posted-body.ts'
import { instant } from '#domain/values/instant.ts'
import {
  absQuantity,
  addQuantity,
  type Quantity,
  wholeQuantity,
  zeroQuantity,
} from '#domain/values/quantity.ts'

/** 2026-11-22 10:00 in China. */
export const exampleNow = instant(Date.UTC(2026, 10, 22, 2))

/** The owner, with all audiences, in a shop that has 1,000 of everything and no earlier documents. */
export function aPostContext(
  definition: AnyDocumentDefinition,
  given: Partial<PostContext> = {},
): PostContext {
  let count = 0
  return {
    definition,
    actor: { userId: 'user-1', roles: ['owner'] },
    audiences,
    branchId: exampleShop.branchId,
    at: exampleNow,
    number: `${definition.numbering.prefix}261122-001-A7-0001`,
    ids: () => `00000000-0000-7000-8000-${String(++count).padStart(12, '0')}`,
    masters: exampleShop.masters,
    stock: { onHand: () => wholeQuantity(1_000) },
    documents: documentsOf([]),
    ...given,
  }
}

/** What a device that holds all parts of `posting`, and later ones of the same, knows of the document. */
export function postedDocument(
  posting: Posting,
  ...later: readonly Posting[]
): PostedDocument & { readonly bodies: readonly PostedBody[] } {
  const parts = [posting, ...later].flatMap((each) => each.parts)
  const bodies = parts.flatMap((part) => (part.kind === 'reversed.v1' ? [] : [part.body]))
  const ids = [...new Set(bodies.flatMap(({ lines }) => lines.map(({ lineId }) => lineId)))]
  return {
    docId: posting.docId,
    type: posting.type,
    number: posting.number,
    branch: exampleShop.branchId,
    at: posting.at,
    state: parts.some((part) => part.kind === 'reversed.v1') ? 'reversed' : 'posted',
    postingId: posting.postingId,
    parts: Object.fromEntries(parts.map(({ audience, recordId }) => [audience, recordId])),
    header: Object.assign({}, ...bodies.map(({ header }) => header)),
    lines: ids.map((id) =>
      Object.assign({}, ...bodies.flatMap(({ lines }) => lines.filter((l) => l.lineId === id))),
    ),
    legs: bodies.flatMap(({ legs }) => legs ?? []),
    bodies,
  }
}

export function documentsOf(known: readonly PostedDocument[]): DocumentReader {
  const takesBack = (leg: Leg, docId: string, name: string) =>
    leg.origin?.docId === docId && leg.origin.leg === name
  return {
    get: (docId) => known.find((each) => each.docId === docId),
    returnedOf: (docId, name) =>
      known
        .filter(({ state }) => state === 'posted')
        .flatMap(({ legs }) => legs.filter((leg) => takesBack(leg, docId, name)))
        .reduce<Quantity>((sum, leg) => addQuantity(sum, absQuantity(leg.quantity)), zeroQuantity),
  }
}
