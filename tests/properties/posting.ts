/** Postings of generated histories in few words, as the records that a device writes of them. */
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { idOfVersion } from '#domain/values/document-version.ts'
import { idOf, type JournalWriter } from '#tests/builders/journal-writer.ts'

/** With names where records have ids. */
export interface PlannedLeg {
  readonly leg: string
  readonly class: string
  readonly sku: string
  readonly warehouse: string
  /** Steps, signed. */
  readonly quantity: number
  readonly bin?: string
  readonly batch?: string
  readonly serial?: string
  readonly status?: string
  readonly counted?: number
  readonly countedAt?: number
  readonly pair?: string
  readonly group?: string
  readonly share?: number
  readonly origin?: { readonly document: string; readonly leg: string }
}

export interface Planned {
  readonly document: string
  /** 1 when left out. */
  readonly version?: number
  /** Of several postings of one document, this one's name. */
  readonly posting: string
  readonly type: string
  readonly device: string
  readonly branch: string
  readonly at: number
  readonly legs: readonly PlannedLeg[]
  readonly values: readonly PlannedValue[]
  readonly adjustments?: readonly PlannedAdjustment[]
}

export interface PlannedValue {
  readonly leg: string
  readonly amount: number
}

export interface PlannedAdjustment {
  readonly document: string
  readonly leg: string
  readonly kind: 'invoice' | 'landed'
  readonly quantity?: number
  readonly amount: number
}

/** Legs in the goods part; costs in the buying part, which leads where no goods move. */
export function postedRecords(writer: JournalWriter, planned: Planned): FoldEntry[] {
  const { posting, device, branch, at, legs, values, adjustments = [] } = planned
  const hasCosts = values.length > 0 || adjustments.length > 0
  const lead = legs.length > 0 ? 'goods' : 'buying'
  const parts = {
    ...(legs.length > 0 && { goods: idOf('goods-part', posting) }),
    ...(hasCosts && { buying: idOf('buying-part', posting) }),
  }
  const write = (part: 'goods' | 'buying', body: Json) =>
    writer.write({
      ...{
        device,
        branch,
        at,
        audience: part,
        kind: 'posted.v1',
        id: idOf(`${part}-part`, posting),
      },
      body: { ...commonBody(planned), part, lead, parts, ...(body as object) } as Json,
    })
  return [
    ...(legs.length > 0 ? [write('goods', { legs: legs.map(legBody) })] : []),
    ...(hasCosts ? [write('buying', costBody(values, adjustments))] : []),
  ]
}

/** Costs that somebody else fills in later (补录). */
export function suppliedRecord(
  writer: JournalWriter,
  planned: Planned,
  by: { readonly device: string; readonly at: number; readonly values: readonly PlannedValue[] },
): FoldEntry {
  const { posting, branch } = planned
  const id = idOf('supplied', `${posting}|${writer.count}`)
  const parts = { goods: idOf('goods-part', posting), buying: id }
  return writer.write({
    ...{ device: by.device, at: by.at, branch, audience: 'buying', kind: 'part-supplied.v1', id },
    body: {
      ...commonBody(planned),
      ...{ part: 'buying', lead: 'goods', parts, values: [...by.values] },
    } as unknown as Json,
  })
}

export function reversedRecord(
  writer: JournalWriter,
  planned: Planned,
  by: { readonly device: string; readonly at: number },
): FoldEntry {
  const { document, posting } = planned
  return writer.write({
    ...{ ...placeOf(planned), ...by, kind: 'reversed.v1' },
    body: {
      docId: docIdOf(planned),
      postingId: idOf('posting', posting),
      ...{ number: `R-${document}`, reason: 'test' },
    },
  })
}

/** 反审核 of the version that was planned. */
export function unapprovedRecord(
  writer: JournalWriter,
  planned: Planned,
  by: { readonly device: string; readonly at: number },
): FoldEntry {
  const { document, version = 1 } = planned
  return writer.write({
    ...{ ...placeOf(planned), ...by, kind: 'unapproved.v1' },
    body: { docId: idOf('document', document), version, reason: 'test' },
  })
}

/** In the journal of its lead. */
function placeOf({ branch, legs }: Planned): {
  readonly branch: string
  readonly audience: 'goods' | 'buying'
} {
  return { branch, audience: legs.length > 0 ? 'goods' : 'buying' }
}

function docIdOf({ document, version = 1 }: Planned): string {
  return idOfVersion({ docId: idOf('document', document), version })
}

/** What the server says, or has relayed, in the company's journal. */
export function companyRecord(
  writer: JournalWriter,
  said: {
    readonly audience: 'goods' | 'buying'
    readonly at: number
    readonly entity: string
    readonly id: string
    readonly fields: { readonly [field: string]: Json }
    /** Who says it, where; the server to the company where it is left out. */
    readonly from?: { readonly device: string; readonly branch: string }
  },
): FoldEntry {
  const { entity, id, fields, from = { device: 'server-1', branch: 'all' }, ...about } = said
  return writer.write({
    ...{ ...about, ...from, kind: 'masters-changed.v1' },
    body: { changes: [{ entity, id, fields }] },
  })
}

function commonBody(planned: Planned): { readonly [field: string]: Json } {
  const { document, posting, type } = planned
  return {
    docId: docIdOf(planned),
    postingId: idOf('posting', posting),
    ...{ type, number: `N-${document}`, header: {}, lines: [] },
  }
}

function costBody(
  values: readonly PlannedValue[],
  adjustments: readonly PlannedAdjustment[],
): Json {
  return {
    ...(values.length > 0 && { values: values.map(({ leg, amount }) => ({ leg, amount })) }),
    ...(adjustments.length > 0 && {
      adjustments: adjustments.map(({ document, ...rest }) => ({
        ...rest,
        docId: idOf('document', document),
      })),
    }),
  }
}

function legBody({ sku, warehouse, bin, origin, ...rest }: PlannedLeg): Json {
  return {
    ...rest,
    sku: idOf('sku', sku),
    warehouse: idOf('warehouse', warehouse),
    ...(bin !== undefined && { bin: idOf('bin', bin) }),
    ...(origin !== undefined && {
      origin: { docId: idOf('document', origin.document), leg: origin.leg },
    }),
  }
}
