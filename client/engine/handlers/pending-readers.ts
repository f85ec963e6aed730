/**
 * What checks may look at while posts share a transaction: the fold, and on top of it the records planned
 * before this one. So each post is judged as if those before it had been folded already.
 */
import type { PostContext } from '#domain/doctype/post.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import { type TakingBack, takenBackBy } from '#domain/fold/reversal.ts'
import { triedRecords } from '#domain/fold/tried-records.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import type { MasterChange } from '#domain/records/kinds.ts'
import type { Leg, PostedBody } from '#domain/records/posted-body.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { goodsPlace, goodsReader } from '#client/projections/goods-reader.ts'
import {
  noPlannedClaims,
  notePlannedClaims,
  type PlannedClaims,
  promisedGoods,
} from '#client/projections/promised-goods.ts'
import { pricedReceipts } from '#client/projections/priced-receipts.ts'
import { worthIn } from '#client/projections/worth-in.ts'
import type { Reading } from '#client/projections/reading.ts'
import type { PlannedRecord } from '../own/append.ts'

export type PendingReaders = Pick<
  PostContext,
  | 'masters'
  | 'stock'
  | 'documents'
  | 'openFrom'
  | 'goods'
  | 'promised'
  | 'priced'
  | 'followersOf'
  | 'worth'
>

export function pendingReaders(
  reading: Reading,
  pending: readonly PlannedRecord[],
  /** Where goods are counted; asked by who posts. */
  branchId = '',
): PendingReaders {
  const { stock, counts, masters } = reading.fold
  const planned = plannedOf(reading, pending)
  const priced = pricedReceipts(reading.fold)
  return {
    openFrom: (branch) => reading.fold.seals.openFrom(branch),
    masters: {
      get: (entity, id) =>
        mergedMaster(masters.get(entity, id), planned.masters.get(entity)?.get(id)),
      list: (entity) => listed(reading, entity, planned.masters.get(entity)),
    },
    stock: {
      onHand: (skuId, warehouseId) =>
        plus(stock.balance(skuId, warehouseId), planned.moved.get(`${skuId}|${warehouseId}`)),
      // What the same act moves besides is not in its place in the order yet.
      book: (goods, at) =>
        planned.moved.has(`${goods.sku}|${goods.warehouse}`)
          ? undefined
          : counts.booked(branchId, goods, at),
      shortfalls: (act) =>
        reading.fold.shortfallsOf([...pending.flatMap(triedRecord), ...triedRecords(act)]),
    },
    documents: {
      get: (docId) => planned.documents.get(docId) ?? reading.documents.get(docId),
      returnedOf: (docId, leg) =>
        plus(stock.returnedOf(docId, leg), planned.returned.get(`${docId}|${leg}`)),
    },
    worth: worthIn(reading.fold),
    followersOf: (docId) => reading.fold.documents.followersOf(docId).map(({ number }) => number),
    priced: {
      invoiced: (docId, leg) =>
        plus(priced.invoiced(docId, leg), planned.invoiced.get(`${docId}|${leg}`)),
      pricedBy: (docId) => priced.pricedBy(docId) ?? planned.pricedBy.get(docId),
    },
    goods: goodsReader(reading, planned.goods),
    promised: promisedGoods(reading, planned.claims, planned.moved),
  }
}

function triedRecord({ id, branch, at, audience, kind, body }: PlannedRecord) {
  return triedRecords({
    branch,
    at: at as Instant,
    parts: [{ audience, kind, recordId: id, body }],
  })
}

/** What the planned records change, added up. */
interface Planned {
  /** How many of the records are in here. */
  count: number
  /** By SKU and warehouse. */
  readonly moved: Map<string, number>
  /** Of good goods, by `goodsPlace`. */
  readonly goods: Map<string, number>
  readonly claims: PlannedClaims
  /** By document and leg that are taken back from. */
  readonly returned: Map<string, number>
  /** By document and leg that invoices bill, and by document the number of one that prices it. */
  readonly invoiced: Map<string, number>
  readonly pricedBy: Map<string, string>
  readonly documents: Map<string, PostedDocument>
  readonly masters: Map<EntityName, Map<string, MasterFields>>
}

/** INVARIANT: such an array only ever grows, so each of its records is added up once. */
const plannedByArray = new WeakMap<readonly PlannedRecord[], Planned>()

function plannedOf(reading: Reading, pending: readonly PlannedRecord[]): Planned {
  const planned = plannedByArray.get(pending) ?? {
    count: 0,
    moved: new Map(),
    goods: new Map(),
    claims: noPlannedClaims(),
    returned: new Map(),
    invoiced: new Map(),
    pricedBy: new Map(),
    documents: new Map(),
    masters: new Map(),
  }
  plannedByArray.set(pending, planned)
  for (const record of pending.slice(planned.count)) note(planned, reading, record)
  planned.count = pending.length
  return planned
}

function note(planned: Planned, reading: Reading, record: PlannedRecord): void {
  const { documents, masters } = planned
  const body = record.body as unknown
  if (record.kind === 'posted.v1') {
    const posted = body as PostedBody
    documents.set(posted.docId, documentWith(documents.get(posted.docId), posted, record))
    for (const leg of posted.legs ?? []) noteLeg(planned, leg, 1)
    notePlannedClaims(planned.claims, reading, posted)
    notePriced(planned, posted)
  } else if (record.kind === 'reversed.v1' || record.kind === 'unapproved.v1') {
    const docId = takenBackBy(record as unknown as TakingBack)
    const document = documents.get(docId) ?? reading.documents.get(docId)
    if (document === undefined) return
    documents.set(docId, { ...document, state: 'reversed' })
    for (const leg of document.legs) noteLeg(planned, leg, -1)
  } else if (record.kind === 'masters-changed.v1') {
    noteMasters(masters, (body as { readonly changes: readonly MasterChange[] }).changes)
  }
}

function noteLeg({ moved, goods, returned }: Planned, leg: Leg, sign: 1 | -1): void {
  const { sku, warehouse, quantity, origin, status } = leg
  if (status === undefined) addTo(goods, goodsPlace(sku, warehouse, leg), sign * quantity)
  addTo(moved, `${sku}|${warehouse}`, sign * quantity)
  if (origin !== undefined) {
    addTo(returned, `${origin.docId}|${origin.leg}`, sign * Math.abs(quantity))
  }
}

function notePriced(
  { invoiced, pricedBy }: Planned,
  { number, adjustments = [] }: PostedBody,
): void {
  for (const { docId, leg, quantity = 0 } of adjustments) {
    addTo(invoiced, `${docId}|${leg}`, quantity)
    pricedBy.set(docId, number)
  }
}

function addTo(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount)
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

function plus(quantity: Quantity, amount: number | undefined): Quantity {
  return (amount === undefined ? quantity : quantity + amount) as Quantity
}
