/** What this device knows of promised goods (占用, 可用量), as the document kit asks for it. */
import type { PromisedGoods } from '#domain/doctype/readers.ts'
import type { Claim } from '#domain/records/claim.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import { businessDateOf } from '#domain/values/business-date.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { Reading } from './reading.ts'

/** What records not folded yet reserve and ship, steps. */
export interface PlannedClaims {
  /** By `{sku}|{warehouse}`: what is available less. */
  readonly places: Map<string, number>
  /** By `{docId}|{lineId}`: what a reservation comes to. */
  readonly totals: Map<string, number>
  readonly takenFrom: Set<string>
}

export function noPlannedClaims(): PlannedClaims {
  return { places: new Map(), totals: new Map(), takenFrom: new Set() }
}

/** What a posting that is not folded yet says of claims. */
export function notePlannedClaims(
  planned: PlannedClaims,
  reading: Reading,
  { docId, claims = [] }: Pick<PostedBody, 'docId' | 'claims'>,
): void {
  for (const claim of claims) noteClaim(planned, reading, docId, claim)
}

function noteClaim(planned: PlannedClaims, reading: Reading, docId: string, claim: Claim): void {
  const { kind, of, lineId } = claim
  if (of !== undefined && kind !== 'change') planned.takenFrom.add(of.docId)
  const reservation = kind === 'reserve' ? { docId, lineId } : of
  if (reservation !== undefined && kind !== 'order') {
    noteReserved(planned, reading, reservation, claim)
  }
}

/** What the claim leaves of a reservation; one of something else is passed over. */
function noteReserved(
  planned: PlannedClaims,
  reading: Reading,
  { docId, lineId }: Pick<NonNullable<Claim['of']>, 'lineId'> & { readonly docId: string },
  { kind, sku, warehouse, quantity }: Claim,
): void {
  const [place, key] = [`${sku}|${warehouse}`, `${docId}|${lineId}`]
  const before = planned.totals.get(key) ?? reservedIn(reading, docId, lineId)
  if (kind === 'take') {
    if (before !== undefined) addTo(planned.places, place, -Math.min(quantity, before))
    return
  }
  if (kind === 'change' && before === undefined) return
  planned.totals.set(key, quantity)
  addTo(planned.places, place, quantity - (before ?? 0))
}

/** `moved`: goods that records not folded yet have moved, by `{sku}|{warehouse}`. */
export function promisedGoods(
  reading: Reading,
  planned: PlannedClaims = noPlannedClaims(),
  moved: ReadonlyMap<string, number> = new Map(),
): PromisedGoods {
  const { claims } = reading.fold
  return {
    available(skuId, warehouseId) {
      const place = `${skuId}|${warehouseId}`
      const today = businessDateOf(reading.now(), reading.reader().zone)
      const { available } = claims.figures(skuId, warehouseId, today)
      const change = (moved.get(place) ?? 0) - (planned.places.get(place) ?? 0)
      return (available + change) as Quantity
    },
    reserved: (docId, lineId) =>
      (planned.totals.get(`${docId}|${lineId}`) as Quantity | undefined) ??
      reservedIn(reading, docId, lineId),
    ordered: (docId, lineId) => claims.ofDocument(docId).find((each) => each.lineId === lineId),
    isTakenFrom: (docId) =>
      planned.takenFrom.has(docId) || claims.ofDocument(docId).some(({ taken }) => taken > 0),
  }
}

function reservedIn(reading: Reading, docId: string, lineId: string): Quantity | undefined {
  const found = reading.fold.claims.ofDocument(docId).find((each) => each.lineId === lineId)
  return found?.kind === 'reserve' ? found.quantity : undefined
}

function addTo(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount)
}
