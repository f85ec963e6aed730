/**
 * 门店间调拨 (transfers between branches): in whose transit goods are, which other branch a document concerns, and what
 * goods are worth when they set out for it. Knows no single document type.
 */

import { textOf } from '#domain/masters/master-field.ts'
import { branchOfTransit, isTransit, transitOf } from '#domain/masters/transit.ts'
import type { Leg } from '#domain/records/posted-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { quantity } from '#domain/values/quantity.ts'
import type { DocumentId, WarehouseId } from '#domain/values/ids.ts'
import type { AnyDocumentDefinition, DraftDocument, PostProblem } from './define.ts'
import { originsOf } from './links.ts'
import type { Readers } from './readers.ts'

type Known = Pick<Readers, 'masters' | 'documents'>

/** The field by whose name a line says what its goods are worth to the branch that gets them. */
const valueField = 'transferValue'

/** The branch to which the document sends goods; its own where it names no warehouse of another. */
function targetBranch({ branch, header }: Of, { masters }: Pick<Known, 'masters'>): string {
  return branchOf(masters, header['targetWarehouseId']) ?? branch
}

interface Of extends Pick<DraftDocument, 'branch'> {
  readonly header: Readonly<Record<string, Json | undefined>>
}

/** [TRD5] Goods that set out are in the transit of the branch that gets them; what goes on leaves the one where it is. */
export function inTransitOf(document: Of, leg: Leg, readers: Known): Leg {
  if (!isTransit(leg.warehouse)) return leg
  const origin = leg.origin && readers.documents.get(leg.origin.docId)
  const sent = origin?.legs.find((each) => each.leg === leg.origin?.leg)
  return { ...leg, warehouse: sent?.warehouse ?? transitOf(targetBranch(document, readers)) }
}

/** [TRD7] Another branch that has to know of the document: whose transit it changes, or whose goods it takes in. */
export function otherBranch(
  branch: string,
  legs: readonly Leg[],
  readers: Known,
): string | undefined {
  return legs.flatMap((leg) => othersOf(branch, leg, readers))[0]
}

function othersOf(branch: string, { warehouse, origin }: Leg, readers: Known): readonly string[] {
  const transit = branchOfTransit(warehouse)
  if (transit === undefined) return []
  if (transit !== branch) return [transit]
  const sender = origin && readers.documents.get(origin.docId)?.header['warehouseId']
  const home = branchOf(readers.masters, sender)
  return home === undefined || home === branch ? [] : [home]
}

/** [TRA6] One document goes to one other branch: what two have sent is taken in twice. */
export function checkSenders(
  definition: AnyDocumentDefinition,
  document: DraftDocument,
  readers: Known,
): PostProblem[] {
  if (definition.links?.as !== 'onward') return []
  const origins = [...originsOf(definition, document, readers.documents).values()]
  const others = origins.flatMap((origin) =>
    origin.ok ? othersOf(document.branch, linked(origin.value), readers) : [],
  )
  return new Set(others).size > 1 ? [{ code: 'sent-by-two-branches' }] : []
}

/** As a leg that takes it on has it. */
function linked({ docId, leg }: { readonly docId: DocumentId; readonly leg: Leg }): Leg {
  return { ...leg, origin: { docId, leg: leg.leg } }
}

/** [TRD6] What goods are worth here, where nobody has agreed on anything else: they are worth as much there. */
export function withTransferValues<Line extends Readonly<Record<string, Json | undefined>>>(
  definition: AnyDocumentDefinition,
  document: Of & { readonly lines: readonly Line[] },
  readers: Pick<Readers, 'masters' | 'audiences' | 'worth'>,
): readonly Line[] {
  const isHidden =
    !Object.hasOwn(definition.lines, valueField) || !readers.audiences.includes('buying')
  if (isHidden || targetBranch(document, readers) === document.branch) return document.lines
  return document.lines.map((line) => {
    const { skuId, quantity: steps } = line
    if (line[valueField] !== undefined || typeof skuId !== 'string' || typeof steps !== 'number') {
      return line
    }
    const worth = readers.worth?.(document.branch, skuId, quantity(steps))
    return worth === undefined ? line : { ...line, [valueField]: worth }
  })
}

function branchOf(
  masters: Readers['masters'],
  warehouse: Json | WarehouseId | undefined,
): string | undefined {
  if (typeof warehouse !== 'string') return undefined
  return textOf(masters.get('warehouse', warehouse) ?? {}, 'branchId') || undefined
}
