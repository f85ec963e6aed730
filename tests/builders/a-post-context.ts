/** What `post` and its siblings are given in tests: the example shop, all rights, ids that count. */

import type { AnyDocumentDefinition, DraftDocument } from '#domain/doctype/define.ts'
import { exampleDispatch } from '#domain/doctype/example-dispatch.ts'
import { exampleOrder } from '#domain/doctype/example-order.ts'
import { exampleReceipt } from '#domain/doctype/example-receipt.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { completeDraft } from '#domain/doctype/complete.ts'
import { type PostContext, type Posting, post } from '#domain/doctype/post.ts'
import type { MasterReader, PostedDocument, Readers } from '#domain/doctype/readers.ts'
import { audiences } from '#domain/records/audience.ts'
import type { Leg, PostedBody } from '#domain/records/posted-body.ts'
import { assert } from '#domain/values/assert.ts'
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { instant } from '#domain/values/instant.ts'
import { moneyDecimals } from '#domain/values/money.ts'
import {
  absQuantity,
  addQuantity,
  type Quantity,
  quantityDecimals,
  wholeQuantity,
  zeroQuantity,
} from '#domain/values/quantity.ts'

/** 2026-11-22 10:00 in China. */
export const exampleNow = instant(Date.UTC(2026, 10, 22, 2))

/** The owner, with all audiences, in a shop that has 1,000 of everything and no documents yet. */
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
    documents: documentsOf([exampleOrder, exampleReceipt, exampleDispatch]),
    ...given,
  }
}

/** What posting `draft` writes; stops where it is refused. */
export function aPosting(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  given: Partial<PostContext> = {},
): Posting {
  const posting = post(aPostContext(definition, given), draft)
  assert(posting.ok, JSON.stringify(posting))
  return posting.value
}

/** Why posting `draft` is refused, as 'code' or 'code field'; none where it is not. */
export function refusalsOf(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  given: Partial<PostContext> = {},
): string[] {
  const posting = post(aPostContext(definition, given), draft)
  if (posting.ok) return []
  return posting.problem.map(({ code, field }) => (field === undefined ? code : `${code} ${field}`))
}

/** The legs of a posting as sentences: 'issue line-1 -2.5 sku-1 warehouse-1 of doc-1/line-1'. */
export function legsOf(posting: Posting): string[] {
  return postedDocument(posting).legs.map(({ leg, sku, warehouse, pair, origin, ...rest }) => {
    const moved = formatDecimal(rest.quantity, quantityDecimals, { trim: true })
    const link = origin === undefined ? '' : ` of ${origin.docId}/${origin.leg}`
    return `${rest.class} ${leg} ${moved} ${sku} ${warehouse}${link}${pair ? ` with ${pair}` : ''}`
  })
}

/** What the buying part says that inbound goods cost: 'line-1 100.00'. */
export function costsOf(posting: Posting): string[] {
  return postedDocument(posting)
    .bodies.flatMap(({ values }) => values ?? [])
    .map(({ leg, amount }) => `${leg} ${formatDecimal(amount, moneyDecimals)}`)
}

/** The example shop with one master disabled. */
export function aDisabled(id: string): MasterReader {
  const { masters } = exampleShop
  return {
    list: (entity) => masters.list(entity),
    get(entity, wanted) {
      const master = masters.get(entity, wanted)
      return master !== undefined && wanted === id ? { ...master, isDisabled: 1 } : master
    },
  }
}

/** The voucher of a draft as sentences: 'debit inventory net-of line-1', 'red credit payable …'. */
export function voucherOf(definition: AnyDocumentDefinition, draft: DraftDocument): string[] {
  const document = completeDraft(definition, draft, aPostContext(definition))
  return definition.voucherLines(document).map(({ side, account, amount, isRed }) => {
    const value = amount.kind === 'stated' ? amount.amount : `${amount.kind} ${amount.leg}`
    return `${isRed ? 'red ' : ''}${side} ${account} ${value}`
  })
}

/** What a device knows of a document, holding the parts of `posting` and those supplied `later`. */
export function postedDocument(
  posting: Posting,
  ...later: readonly Posting[]
): PostedDocument & { readonly bodies: readonly PostedBody[] } {
  const parts = [posting, ...later].flatMap((each) => each.parts)
  const bodies = parts.flatMap((part) => ('lines' in part.body ? [part.body] : []))
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

export function documentsOf(known: readonly PostedDocument[]): Readers['documents'] {
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
