/** Documents of tests, in few words: what each type's legs are, without its fields. */

import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { transitOf } from '#domain/masters/transit.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { LegClass } from '#domain/records/posted-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { idOfVersion } from '#domain/values/document-version.ts'
import { idOf, type JournalWriter } from './journal-writer.ts'

/** Where the movements of each type stand among others of the same moment. */
export const classOfType: Readonly<Record<string, LegClass>> = {
  'opening-stock': 'opening',
  'goods-receipt': 'receipt',
  'sales-return': 'return-in',
  'stock-gain': 'count',
  'stock-count': 'count',
  'purchase-return': 'issue',
  shipment: 'issue',
  'retail-sale': 'issue',
  'write-off': 'issue',
  'other-out': 'issue',
  'other-in': 'count',
  transfer: 'internal',
  'transfer-dispatch': 'internal',
  'transfer-arrival': 'internal',
  'status-change': 'internal',
}

/** What tells the goods of a leg apart, as a record has it. */
export interface TestGoods {
  readonly batch?: string
  readonly produced?: string
  readonly expires?: string
  readonly serial?: string
  readonly bin?: string
  readonly status?: string
}

export interface TestLeg {
  readonly leg: string
  readonly sku: string
  readonly warehouse: string
  /** Steps, signed. */
  readonly quantity: number
  /** Name of the document and of its leg; the first version where none is said. */
  readonly origin?: { readonly document: string; readonly leg: string; readonly version?: number }
  readonly pair?: string
  readonly goods?: TestGoods
  /** Net cost, fen. */
  readonly value?: number
  /** Of a count, steps; `quantity` is 0 then. */
  readonly counted?: number
  readonly book?: number
  /** Moments of its last and its first entry. */
  readonly countedAt?: number
  readonly countedFrom?: number
}

export interface TestPosting {
  readonly device: string
  readonly branch: string
  /** Name of the document; its id follows from it. */
  readonly document: string
  /** 1 when left out; later ones were reopened (反审核). */
  readonly version?: number
  readonly type: string
  readonly at: number
  readonly legs: readonly TestLeg[]
  /** Name of the posting; that of the document when left out. */
  readonly posting?: string
  readonly number?: string
  readonly writtenAt?: number
  /** What customers pay, fen, tax included: makes a sales part. */
  readonly sold?: { readonly amounts: readonly number[]; readonly roundOff?: number }
  /** Which device supplies the costs; the poster when left out, nobody for 'nobody'. */
  readonly pricedBy?: string
}

/** The records of a posting: its goods part and, where there are costs or prices, those parts. */
export function postingRecords(writer: JournalWriter, posting: TestPosting): FoldEntry[] {
  const { version = 1 } = posting
  const name = posting.posting ?? idOfVersion({ docId: posting.document, version })
  const recordIds = {
    goods: idOf('goods-part', name),
    ...(hasValues(posting) && { buying: idOf('buying-part', name) }),
    ...(posting.sold !== undefined && { sales: idOf('sales-part', name) }),
  }
  const common = {
    docId: idOfVersion({ docId: idOf('document', posting.document), version }),
    postingId: idOf('posting', name),
    type: posting.type,
    number: posting.number ?? `N-${posting.document}`,
    lead: 'goods',
    header: {},
    lines: [],
    parts: recordIds,
  }
  const { device, branch, at } = posting
  const written = posting.writtenAt === undefined ? {} : { writtenAt: posting.writtenAt }
  const part = (audience: Audience, id: string, more: Json) =>
    writer.write({
      ...{ device, branch, audience, at, kind: 'posted.v1', id, ...written },
      body: { ...common, part: audience, ...(more as object) } as Json,
    })
  const goods = part('goods', recordIds.goods, {
    legs: posting.legs.map((leg) => legBody(posting, leg)),
  })
  const records = [goods]
  if (posting.sold !== undefined) {
    records.push(part('sales', idOf('sales-part', name), pricesOf(posting.sold)))
  }
  if (!hasValues(posting)) return records
  const values = valuesOf(posting.legs)
  return [...records, part('buying', idOf('buying-part', name), { values })]
}

/** A tenth of each amount is tax. */
function pricesOf({ amounts, roundOff }: NonNullable<TestPosting['sold']>): Json {
  return {
    header: roundOff === undefined ? {} : { roundOff },
    lines: amounts.map((amount, index) => ({
      ...{ lineId: idOf('line', String(index)), amount, tax: Math.floor(amount / 10) },
    })),
  }
}

/** What an invoice (采购发票) or landed cost says of receipts: a posting with a buying part alone. */
export interface TestAdjusting extends Pick<TestPosting, 'device' | 'branch' | 'document' | 'at'> {
  readonly posting?: string
  readonly writtenAt?: number
  /** The buying part itself when left out. */
  readonly lead?: Audience
  readonly adjustments: readonly {
    readonly document: string
    readonly leg: string
    readonly kind: 'invoice' | 'landed'
    readonly quantity?: number
    readonly amount: number
  }[]
}

export function adjustingRecord(writer: JournalWriter, posting: TestAdjusting): FoldEntry {
  const { device, branch, at, document, posting: name = document, writtenAt } = posting
  const { lead = 'buying' } = posting
  const id = idOf('buying-part', name)
  const body = {
    docId: idOf('document', document),
    postingId: idOf('posting', name),
    ...{ type: 'purchase-invoice', number: `N-${document}`, header: {}, lines: [] },
    ...{ part: 'buying', lead, parts: { buying: id } },
    adjustments: posting.adjustments.map(({ document: of, ...each }) => ({
      ...each,
      docId: idOf('document', of),
    })),
  }
  const written = writtenAt === undefined ? {} : { writtenAt }
  const audience = 'buying'
  return writer.write({ device, branch, at, audience, kind: 'posted.v1', id, ...written, body })
}

/** The costs of a posting, written later by `device`. */
export function suppliedRecord(
  writer: JournalWriter,
  posting: TestPosting,
  by: { readonly device: string; readonly at: number; readonly writtenAt?: number },
): FoldEntry {
  const name = posting.posting ?? posting.document
  const id = idOf('supplied', `${name}|${writer.count}`)
  const body = {
    docId: idOf('document', posting.document),
    postingId: idOf('posting', name),
    type: posting.type,
    number: posting.number ?? `N-${posting.document}`,
    ...{ part: 'buying', lead: 'goods', header: {}, lines: [] },
    parts: { goods: idOf('goods-part', name), buying: id },
    values: valuesOf(posting.legs),
  }
  const { branch } = posting
  return writer.write({ ...by, branch, audience: 'buying', kind: 'part-supplied.v1', id, body })
}

export function reversalRecord(
  writer: JournalWriter,
  of: {
    readonly device: string
    readonly branch: string
    readonly document: string
    readonly at: number
    readonly posting?: string
    readonly writtenAt?: number
    readonly audience?: Audience
  },
): FoldEntry {
  const { device, branch, at, document, posting = document, audience = 'goods' } = of
  return writer.write({
    ...{ device, branch, audience, at, kind: 'reversed.v1' },
    ...(of.writtenAt !== undefined && { writtenAt: of.writtenAt }),
    body: {
      docId: idOf('document', document),
      postingId: idOf('posting', posting),
      number: `R-${document}`,
      reason: 'test',
    },
  })
}

/** 反审核 of a version of a document, the first one when left out. */
export function unapprovalRecord(
  writer: JournalWriter,
  of: Pick<TestPosting, 'device' | 'branch' | 'document' | 'version' | 'at' | 'writtenAt'>,
): FoldEntry {
  const { device, branch, at, document, version = 1 } = of
  return writer.write({
    ...{ device, branch, audience: 'goods', at, kind: 'unapproved.v1' },
    ...(of.writtenAt !== undefined && { writtenAt: of.writtenAt }),
    body: { docId: idOf('document', document), version, reason: 'test' },
  })
}

function hasValues(posting: TestPosting): boolean {
  return posting.pricedBy === undefined && posting.legs.some(({ value }) => value !== undefined)
}

function valuesOf(legs: readonly TestLeg[]): { leg: string; amount: number }[] {
  return legs.flatMap(({ leg, value }) => (value === undefined ? [] : [{ leg, amount: value }]))
}

function legBody(
  posting: TestPosting,
  { leg, sku, warehouse, quantity, origin, pair, value: _value, goods, ...more }: TestLeg,
): Json {
  return {
    leg,
    quantity,
    sku: idOf('sku', sku),
    warehouse: placeOf(posting.branch, warehouse),
    class: classOfType[posting.type] ?? 'issue',
    ...more,
    ...(pair !== undefined && { pair }),
    ...goods,
    ...(origin !== undefined && {
      origin: {
        docId: idOfVersion({
          docId: idOf('document', origin.document),
          version: origin.version ?? 1,
        }),
        leg: origin.leg,
      },
    }),
  }
}

/** `transit` is that of the branch, `transit:north` that of another. */
function placeOf(branch: string, warehouse: string): string {
  const [kind, of = branch] = warehouse.split(':')
  return kind === 'transit' ? transitOf(idOf('branch', of)) : idOf('warehouse', warehouse)
}
