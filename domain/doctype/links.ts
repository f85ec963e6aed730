/**
 * 关联 (link): the earlier line that a line takes back. A linked return cannot take back more than
 * there was, and its money is a share of what was agreed then: returning all returns every fen.
 */

import { branchOfTransit } from '#domain/masters/transit.ts'
import type { Leg } from '#domain/records/posted-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { asId, type DocumentId } from '#domain/values/ids.ts'
import { type Money, proportionOf, subtractMoney } from '#domain/values/money.ts'
import {
  absQuantity,
  addQuantity,
  type Quantity,
  quantity,
  subtractQuantity,
  zeroQuantity,
} from '#domain/values/quantity.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { AnyDocumentDefinition, DraftDocument } from './define.ts'
import type { PostedDocument, Readers } from './readers.ts'

/** Header fields that name the other side (往来单位). */
const parties = ['supplierId', 'customerId'] as const

/** What a linked line takes back. */
export interface Origin {
  readonly docId: DocumentId
  readonly leg: Leg
  /** All legs of the line, and how much of each is left. */
  readonly legs: readonly { readonly leg: Leg; readonly left: Quantity }[]
  readonly line: Readonly<Record<string, Json>>
  /** 可退数量: what neither another document nor an earlier line of this one has taken back [LNK2]. */
  readonly returnable: Quantity
  /** The part of an amount of the origin's line that this line takes back [LNK3]. */
  shareOf(whole: Money): Money
}

/** A line of an earlier document, and its legs. */
export type Found = Pick<Origin, 'docId' | 'leg' | 'line'> & { readonly ofLine: readonly Leg[] }

export type OriginProblemCode =
  | 'origin-unknown'
  | 'origin-type-wrong'
  | 'origin-reversed'
  | 'origin-of-other-branch'
  | 'origin-line-unknown'
  | 'origin-sku-differs'
  | 'origin-party-differs'

/** By line id; a free line has no entry [LNK1]. */
export function originsOf(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  documents: Readers['documents'],
): ReadonlyMap<string, Result<Origin, OriginProblemCode>> {
  const origins = new Map<string, Result<Origin, OriginProblemCode>>()
  const returned = new Map<string, Quantity>()
  if (definition.links === undefined) return origins
  const { from } = definition.links
  for (const line of draft.lines) {
    const { lineId, originId, originLineId, quantity: steps } = line
    if (typeof originId !== 'string') continue
    const found = findOrigin(from, draft, documents.get(originId), line)
    if (!found.ok) {
      origins.set(lineId, found)
      continue
    }
    const key = `${originId}|${JSON.stringify([originLineId, found.value.leg.sku])}`
    const { ofLine } = found.value
    const returnedOf = ({ leg }: Leg) => documents.returnedOf(originId, leg)
    const before = returned.get(key) ?? sumOf(ofLine.map(returnedOf))
    const after = addQuantity(before, quantity(typeof steps === 'number' ? steps : 0))
    returned.set(key, after)
    const legs = leftOf(ofLine, returnedOf, subtractQuantity(before, sumOf(ofLine.map(returnedOf))))
    origins.set(lineId, done({ ...originOf(found.value, before, after), legs }))
  }
  return origins
}

/** The line of a document of one of the types `from` that a line names, and its legs [LNK1]. */
export function findOrigin(
  from: readonly string[],
  draft: DraftDocument,
  origin: PostedDocument | undefined,
  line: DraftDocument['lines'][number],
): Result<Found, OriginProblemCode> {
  if (origin === undefined) return fail('origin-unknown')
  if (!from.includes(origin.type)) return fail('origin-type-wrong')
  if (origin.branch !== draft.branch && !isSentTo(origin, draft.branch)) {
    return fail('origin-of-other-branch')
  }
  if (origin.state === 'reversed') return fail('origin-reversed')
  const originLine = origin.lines.find((each) => each.lineId === line['originLineId'])
  const all = origin.legs.filter((each) => (each.lineId ?? each.leg) === line['originLineId'])
  if (originLine === undefined || all.length === 0) return fail('origin-line-unknown')
  // The line of a bundle has legs of several SKUs, of which this line takes one back [BDL4].
  // Of an internal move the goods are where they came in.
  const isIn = ({ pair }: Leg) => pair !== undefined
  const ofSku = all.filter(({ sku }) => sku === line['skuId'])
  const ofLine = ofSku.some(isIn) ? ofSku.filter(isIn) : ofSku
  const [leg] = ofLine
  if (leg === undefined) return fail('origin-sku-differs')
  const isOfOther = parties.some((party) => differs(origin.header[party], draft.header[party]))
  if (isOfOther) return fail('origin-party-differs')
  return done({ line: originLine, docId: asId<DocumentId>(origin.docId), leg, ofLine })
}

/** Whether its goods are under way to that branch. */
function isSentTo({ legs }: PostedDocument, branch: string): boolean {
  return legs.some(({ warehouse }) => branchOfTransit(warehouse) === branch)
}

/** What earlier lines of the same document take comes off the first legs. */
function leftOf(
  legs: readonly Leg[],
  returnedOf: (leg: Leg) => Quantity,
  takenHere: Quantity,
): Origin['legs'] {
  let taken = takenHere
  return legs.map((leg) => {
    const free = subtractQuantity(absQuantity(leg.quantity), returnedOf(leg))
    const own = taken < free ? taken : free
    taken = subtractQuantity(taken, own)
    return { leg, left: subtractQuantity(free, own) }
  })
}

function sumOf(quantities: readonly Quantity[]): Quantity {
  return quantities.reduce<Quantity>(addQuantity, zeroQuantity)
}

/** What one of the two does not say, or this device may not read, differs from nothing. */
function differs(a: Json | undefined, b: Json | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b
}

/**
 * Shares are taken on the running total of what was returned: however many returns there are,
 * together they carry the whole amount, to the fen.
 */
function originOf(
  { ofLine, ...found }: Found,
  before: Quantity,
  after: Quantity,
): Omit<Origin, 'legs'> {
  const all = sumOf(ofLine.map((leg) => absQuantity(leg.quantity)))
  return {
    ...found,
    returnable: subtractQuantity(all, before),
    shareOf: (whole) =>
      subtractMoney(proportionOf(whole, after, all), proportionOf(whole, before, all)),
  }
}
