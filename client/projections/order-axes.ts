/** 进度 (axes): how far an order, a request or an offer is carried out, invoiced and closed; all of it derived. */

import type { ClaimEntry } from '#domain/fold/claims-view.ts'
import type { OrderAxes } from '#client/engine/face/face.ts'
import { invoicingOf } from './invoicing-rows.ts'
import { canRead, type Reading, todayOf } from './reading.ts'

/** [ANS60] Nothing on a document that claims nothing. */
export function orderAxes(
  reading: Reading,
  docId: string,
  header: Readonly<Record<string, unknown>>,
): { readonly axes?: OrderAxes } {
  const claims = reading.fold.claims.ofDocument(docId)
  const [first] = claims
  if (first === undefined) return {}
  const last = header['validUntil']
  const isOpen = claims.some(({ open }) => open > 0)
  const isExpired = isOpen && typeof last === 'string' && last < todayOf(reading)
  return {
    axes: {
      kind: first.kind,
      carriedOut: carriedOut(claims),
      close: isOpen ? 'open' : closedHow(reading, docId),
      ...(isExpired && { isExpired: true as const }),
    },
  }
}

function carriedOut(claims: readonly ClaimEntry[]): OrderAxes['carriedOut'] {
  if (claims.every(({ taken }) => taken === 0)) return 'none'
  return claims.every(({ taken, quantity }) => taken > 0 && taken >= quantity) ? 'all' : 'part'
}

function closedHow({ fold }: Reading, docId: string): OrderAxes['close'] {
  return fold.claims.progress(docId) === 'all' ? 'auto' : 'manual'
}

/** How far the receipts of a purchase order are invoiced; only for those who read costs. */
export async function invoicedAxis(
  reading: Reading,
  docId: string,
  axes: OrderAxes | undefined,
): Promise<Pick<OrderAxes, 'invoiced'>> {
  if (axes?.kind !== 'order' || !canRead(reading, 'buying')) return {}
  const followers = reading.fold.claims.followersOf(docId)
  await reading.documents.load(followers)
  const receipts = followers
    .map((each) => reading.documents.get(each))
    .filter((each) => each?.type === 'goods-receipt')
  const states = receipts.map((each) => invoicingOf(reading, each).invoicing?.state ?? 'all')
  if (states.every((state) => state === 'none')) return { invoiced: 'none' }
  const isAll = axes.carriedOut === 'all' && states.every((state) => state === 'all')
  return { invoiced: isAll ? 'all' : 'part' }
}
