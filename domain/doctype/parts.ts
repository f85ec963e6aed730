/**
 * The parts of a posting [J6]: the fields of one audience each, the legs in the goods part, what
 * inbound goods cost in the buying part. Nothing else makes legs or parts.
 */

import type { Audience } from '#domain/records/audience.ts'
import type { Leg, LegValue, PostedBody, PostedLine } from '#domain/records/posted-body.ts'
import { assert } from '#domain/values/assert.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import {
  asId,
  type DocumentId,
  type LineId,
  type PostingId,
  type RecordId,
} from '#domain/values/ids.ts'
import { absQuantity, type Quantity } from '#domain/values/quantity.ts'
import { money, shareMoney, subtractMoney, zeroMoney } from '#domain/values/money.ts'
import { adjustmentsOf } from './adjustments.ts'
import { inTransitOf, otherBranch } from './between-branches.ts'
import { movedGoods } from './bundles.ts'
import { sells } from './check-goods.ts'
import { claimsOf, isStocked } from './claims.ts'
import type { completeDraft } from './complete.ts'
import { dayOfDocument } from './complete-goods.ts'
import type { AnyDocumentDefinition, Movement } from './define.ts'
import { originsOf } from './links.ts'
import { countedLegs } from './counted-legs.ts'
import { legsOfLine } from './pieces.ts'
import type { PostContext } from './post.ts'

/** What all parts of one posting have in common. */
interface Posted {
  readonly definition: AnyDocumentDefinition
  readonly document: ReturnType<typeof completeDraft>
  readonly postingId: string
  readonly number: string
  /** Parts that were written before. */
  readonly written: Readonly<Partial<Record<Audience, string>>>
  /** The legs that the goods part stated; left out while there is none. */
  readonly legs?: readonly Leg[]
}

interface Source
  extends Pick<
    PostContext,
    'masters' | 'documents' | 'goods' | 'priced' | 'stock' | 'at' | 'ids'
  > {}

interface Part {
  readonly audience: Audience
  readonly recordId: string
  readonly body: PostedBody
}

/**
 * One part per audience. INVARIANT: a part holds no field of another audience; all name each other by
 * record id, never by content, from which a price could be guessed [PRT1] [PRT2].
 */
export function makeParts(
  posted: Posted,
  audiences: readonly Audience[],
  source: Source,
): readonly Part[] {
  const legs = posted.legs ?? legsOf(posted, source)
  const alsoTo = otherBranch(posted.document.branch, legs, source)
  const own = audiences.map((audience) => [audience, source.ids()] as const)
  const parts = { ...posted.written, ...Object.fromEntries(own) }
  return own.map(([audience, recordId]) => ({
    audience,
    recordId,
    body: {
      docId: asId<DocumentId>(posted.document.docId),
      postingId: asId<PostingId>(posted.postingId),
      type: posted.definition.type,
      number: posted.number,
      part: audience,
      lead: posted.definition.lead,
      parts: parts as Readonly<Record<string, RecordId>>,
      ...contentOf(posted, audience, legs, source),
      ...(alsoTo !== undefined && { alsoTo }),
    },
  }))
}

function contentOf(
  { definition, document }: Posted,
  part: Audience,
  legs: readonly Leg[],
  source: Source,
): Pick<PostedBody, 'header' | 'lines' | 'legs' | 'claims' | 'values' | 'adjustments'> {
  const { masters } = source
  const claims = part === 'goods' ? claimsOf(definition, document, masters) : []
  const values = part === 'buying' ? costsOf(definition, document, legs) : []
  const adjustments = part === 'buying' ? adjustmentsOf(definition, document, source) : []
  return {
    header: fieldsFor(part, definition.header, document.header),
    lines: document.lines.flatMap((line) => lineFor(part, definition, line)),
    ...(part === 'goods' && { legs }),
    ...(part === 'goods' && claims.length > 0 && { claims }),
    ...(values.length > 0 && { values }),
    ...(adjustments.length > 0 && { adjustments }),
  }
}

function fieldsFor(
  part: Audience,
  fields: AnyDocumentDefinition['header'],
  values: Posted['document']['header'],
): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = values[name]
      return field.audience === part && value !== undefined ? [[name, value]] : []
    }),
  )
}

/** The lead part names every line; another one only those of which it knows something. */
function lineFor(
  part: Audience,
  definition: AnyDocumentDefinition,
  line: Posted['document']['lines'][number],
): readonly PostedLine[] {
  const fields = fieldsFor(part, definition.lines, line)
  const isSilent = part !== definition.lead && Object.keys(fields).length === 0
  return isSilent ? [] : [{ ...fields, lineId: asId<LineId>(line.lineId) }]
}

/** What the type's movements become: class and origin named, services left out [LEG1] [LEG2]. */
function legsOf({ definition, document }: Posted, source: Source): readonly Leg[] {
  const origins = originsOf(definition, document, source.documents)
  const taken = new Map<string, Quantity>()
  const day = sells(definition) ? dayOfDocument(document, source.goods) : undefined
  const movements = definition
    .movements(document)
    .flatMap((movement) => movedGoods(movement, document, source))
    .filter(({ skuId }) => isStocked(skuId, source.masters))
  const documentAt = document.at ?? source.at
  const legs = moves(movements).flatMap(([line, ofLine]) => {
    const [first] = ofLine
    if (first?.counted !== undefined || first?.isRestating) {
      return ofLine.flatMap((movement) => countedLegs(movement, { documentAt, ...source }))
    }
    const origin = origins.get(line)
    return legsOfLine(ofLine, origin?.ok ? origin.value : undefined, { day, taken, ...source })
  })
  assert(new Set(legs.map(({ leg }) => leg)).size === legs.length, 'legs have names of their own')
  return legs.map((leg) =>
    inTransitOf(document, { ...leg, class: definition.movementClass }, source),
  )
}

/** Audiences that a posting of the document has parts for: of extra ones, those with something to say. */
export function partsOfPosting(
  { parts, extraParts, header, lines }: AnyDocumentDefinition,
  document: {
    readonly header: Readonly<Record<string, unknown>>
    readonly lines: readonly Readonly<Record<string, unknown>>[]
  },
): readonly Audience[] {
  const says = (
    fields: AnyDocumentDefinition['header'],
    values: Readonly<Record<string, unknown>>,
  ) =>
    Object.keys(values)
      .filter((name) => values[name] !== undefined)
      .map((name) => fields[name]?.audience)
  const said = new Set([
    ...says(header, document.header),
    ...document.lines.flatMap((line) => says(lines, line)),
  ])
  return [...parts, ...extraParts.filter((audience) => said.has(audience))]
}

/** What falls into the same pieces: the movements of a line, but each component of a bundle by itself. */
function moves(movements: readonly Movement[]): [string, readonly Movement[]][] {
  return [...byLine(movements)].flatMap(([line, ofLine]): [string, readonly Movement[]][] => {
    const isBundle = ofLine.some(({ leg }) => leg.startsWith(`${line}#`))
    return isBundle ? ofLine.map((movement) => [line, [movement]]) : [[line, ofLine]]
  })
}

/** In the order in which lines come first. */
function byLine<Of extends { readonly leg: string; readonly lineId?: string }>(
  all: readonly Of[],
): ReadonlyMap<string, readonly Of[]> {
  const found = new Map<string, Of[]>()
  for (const each of all) {
    const line = each.lineId ?? each.leg
    const known = found.get(line)
    if (known === undefined) found.set(line, [each])
    else known.push(each)
  }
  return found
}

/**
 * Net of the tax that is deducted (policies 23). Only for goods that come in from outside: what comes
 * back brings no cost of its own, the fold knows it [PRT3]; what was found, where a price is stated.
 */
function costsOf(
  { movementClass, values }: AnyDocumentDefinition,
  document: Posted['document'],
  legs: readonly Leg[],
): readonly LegValue[] {
  if (values !== undefined) {
    const share = movementClass === 'count' ? forEachPiece : ofPieces
    return values(document).flatMap((value) => share(value, legs))
  }
  if (!pricedClasses.has(movementClass)) return []
  const lineById = new Map(document.lines.map((line) => [line.lineId, line]))
  return [...byLine(legs)].flatMap(([id, ofLine]) => {
    const line = lineById.get(id)
    const amount = line?.['amount']
    if (typeof amount !== 'number') return []
    const net = subtractMoney(money(amount), money(Number(line?.['tax'] ?? 0)))
    const shares = shareMoney(
      net,
      ofLine.map((leg) => leg.quantity),
    )
    return ofLine.map(({ leg }, i): LegValue => ({ leg, amount: shares[i] ?? zeroMoney }))
  })
}

/** What is said of a movement that fell into pieces is shared by them, by quantity. */
function ofPieces({ leg, amount }: LegValue, legs: readonly Leg[]): readonly LegValue[] {
  const pieces = legs.filter((each) => each.leg.startsWith(`${leg}#`))
  if (pieces.length === 0) return [{ leg, amount }]
  const shares = shareMoney(
    amount,
    pieces.map(({ quantity }) => absQuantity(quantity)),
  )
  return pieces.map((piece, i) => ({ leg: piece.leg, amount: shares[i] ?? zeroMoney }))
}

const pricedClasses: ReadonlySet<string> = new Set(['opening', 'receipt', 'count'])

/** A unit price holds for each piece of its line, where that was counted at all. */
function forEachPiece({ leg, amount }: LegValue, legs: readonly Leg[]): readonly LegValue[] {
  return legs
    .filter((each) => each.leg === leg || each.leg.startsWith(`${leg}#`))
    .map((each) => ({ leg: each.leg, amount }))
}
