/**
 * What checks may look at while posts share a transaction: the fold, and on top of it the records planned
 * before this one. So each post is judged as if those before it had been folded already.
 */
import type { PostContext } from '#domain/doctype/post.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import type { MasterChange, ReversedBody } from '#domain/records/kinds.ts'
import type { Leg, PostedBody } from '#domain/records/posted-body.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { Reading } from '#client/projections/reading.ts'
import type { PlannedRecord } from '../append.ts'

export type PendingReaders = Pick<PostContext, 'masters' | 'stock' | 'documents'>

export function pendingReaders(
  reading: Reading,
  pending: readonly PlannedRecord[],
): PendingReaders {
  const { stock, masters } = reading.fold
  const planned = plannedOf(reading, pending)
  return {
    masters: {
      get: (entity, id) =>
        mergedMaster(masters.get(entity, id), planned.masters.get(entity)?.get(id)),
      list: (entity) => listed(reading, entity, planned.masters.get(entity)),
    },
    stock: {
      onHand: (skuId, warehouseId) =>
        plus(
          stock.balance(skuId, warehouseId),
          planned.legs.filter((leg) => leg.sku === skuId && leg.warehouse === warehouseId),
        ),
    },
    documents: {
      get: (docId) => planned.documents.get(docId) ?? reading.documents.get(docId),
      returnedOf: (docId, leg) =>
        plus(
          stock.returnedOf(docId, leg),
          planned.legs
            .filter(({ origin }) => origin?.docId === docId && origin.leg === leg)
            .map((each) => ({ ...each, quantity: Math.abs(each.quantity) })),
        ),
    },
  }
}

interface Planned {
  readonly legs: readonly {
    readonly quantity: number
    readonly sku: string
    readonly warehouse: string
    readonly origin?: Leg['origin']
  }[]
  readonly documents: ReadonlyMap<string, PostedDocument>
  readonly masters: ReadonlyMap<EntityName, ReadonlyMap<string, MasterFields>>
}

function plannedOf(reading: Reading, pending: readonly PlannedRecord[]): Planned {
  const legs: Planned['legs'][number][] = []
  const documents = new Map<string, PostedDocument>()
  const masters = new Map<EntityName, Map<string, MasterFields>>()
  for (const record of pending) {
    const body = record.body as unknown
    if (record.kind === 'posted.v1') {
      const posted = body as PostedBody
      const before = documents.get(posted.docId)
      documents.set(posted.docId, documentWith(before, posted, record))
      legs.push(...(posted.legs ?? []))
    } else if (record.kind === 'reversed.v1') {
      const { docId } = body as ReversedBody
      const document = documents.get(docId) ?? reading.documents.get(docId)
      if (document === undefined) continue
      documents.set(docId, { ...document, state: 'reversed' })
      legs.push(...document.legs.map((leg) => ({ ...leg, quantity: 0 - leg.quantity })))
    } else if (record.kind === 'masters-changed.v1') {
      noteMasters(masters, (body as { readonly changes: readonly MasterChange[] }).changes)
    }
  }
  return { legs, documents, masters }
}

function documentWith(
  before: PostedDocument | undefined,
  body: PostedBody,
  record: PlannedRecord,
): PostedDocument {
  const { docId, type, number, postingId, part, header, lines, legs } = body
  return {
    ...{ docId, type, number, postingId, branch: record.branch, at: record.at as Instant },
    state: 'posted',
    parts: { ...before?.parts, [part]: record.id },
    header: { ...before?.header, ...header },
    lines: part === body.lead ? lines : (before?.lines ?? lines),
    legs: legs ?? before?.legs ?? [],
  }
}

function noteMasters(
  masters: Map<EntityName, Map<string, MasterFields>>,
  changes: readonly MasterChange[],
): void {
  for (const { entity, id, fields } of changes) {
    const ofEntity = masters.get(entity) ?? new Map<string, MasterFields>()
    masters.set(entity, ofEntity)
    ofEntity.set(id, { ...ofEntity.get(id), ...fields })
  }
}

function mergedMaster(
  known: MasterFields | undefined,
  planned: MasterFields | undefined,
): MasterFields | undefined {
  if (planned === undefined) return known
  return { ...known, ...planned }
}

function* listed(
  reading: Reading,
  entity: EntityName,
  planned: ReadonlyMap<string, MasterFields> | undefined,
): Generator<{ readonly id: string; readonly fields: MasterFields }> {
  const seen = new Set<string>()
  for (const { id, fields } of reading.fold.masters.list(entity)) {
    seen.add(id)
    yield { id, fields: mergedMaster(fields, planned?.get(id)) ?? fields }
  }
  for (const [id, fields] of planned ?? []) if (!seen.has(id)) yield { id, fields }
}

function plus(quantity: Quantity, legs: readonly { readonly quantity: number }[]): Quantity {
  return legs.reduce((sum, leg) => sum + leg.quantity, quantity as number) as Quantity
}
