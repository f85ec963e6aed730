/** Posted documents: lists, and one with everything that it says. */
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { DocumentEntry } from '#domain/fold/documents.ts'
import { definitionOf } from '#domain/registry.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { previousVersionId } from '#domain/values/document-version.ts'
import type {
  DocumentDetail,
  DocumentRow,
  FieldValues,
  Page,
  QueryArgs,
} from '#client/engine/face/face.ts'
import { bundledParts } from './bundled-parts.ts'
import { documentState } from './document-state.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import { namesIn } from './field-names.ts'
import { invoicingOf, pricingLinks } from './invoicing-rows.ts'
import { invoicedAxis, orderAxes } from './order-axes.ts'
import { productRowsById } from './product-rows.ts'
import { canRead, type Reading, userName } from './reading.ts'
import { previousIn, type Said, takenBackIn, versionIn } from './version-rows.ts'

type Fields = Readonly<Record<string, Json>>

/** Documents that one search looks through, newest first. */
const limitSearched = 20_000

export async function documentPage(
  reading: Reading,
  args: QueryArgs<'documents'>,
): Promise<Page<DocumentRow>> {
  const { total, rows } = entriesOf(reading, args)
  return { total, offset: args.offset, rows: await documentRows(reading, rows) }
}

function entriesOf(
  reading: Reading,
  { type, search, offset, limit }: QueryArgs<'documents'>,
): { readonly total: number; readonly rows: readonly DocumentEntry[] } {
  const filter = type === undefined ? {} : { type }
  const text = search?.trim().toUpperCase() ?? ''
  if (text === '') return reading.fold.documents.page({ ...filter, offset, limit })
  const searched = reading.fold.documents.page({ ...filter, offset: 0, limit: limitSearched })
  const found = searched.rows.filter((entry) => entry.number.toUpperCase().includes(text))
  return { total: found.length, rows: found.slice(offset, offset + limit) }
}

export async function documentRows(
  reading: Reading,
  entries: readonly DocumentEntry[],
): Promise<readonly DocumentRow[]> {
  await reading.documents.load(entries.map((entry) => entry.docId))
  return entries.map((entry) => documentRow(reading, entry))
}

/** The row of a document whose records are loaded. */
export function documentRow(reading: Reading, entry: DocumentEntry): DocumentRow {
  const definition = definitionOf(entry.type)
  const document = reading.documents.get(entry.docId)
  const listed = definition?.list ?? []
  const header = readableFields(reading, definition?.header, document?.header ?? {})
  const fields = Object.fromEntries(
    Object.entries(header).filter(([name]) => listed.includes(name)),
  )
  const amount = amountOf(reading, entry)
  return {
    docId: entry.docId,
    type: entry.type,
    number: entry.number,
    at: entry.at,
    branchId: entry.branch,
    deviceId: entry.device,
    by: entry.by,
    byName: userName(reading, entry.by),
    state: documentState(reading, entry.docId, entry),
    ...versionIn(entry.docId),
    pendingParts: entry.pendingParts.filter((part) => canRead(reading, part)),
    fields,
    names: namesIn(reading, definition?.header, [fields]),
    lineCount: document?.lines.length ?? 0,
    ...(amount === undefined ? {} : { amount }),
    ...orderAxes(reading, entry.docId, document?.header ?? {}),
  }
}

export async function documentDetail(
  reading: Reading,
  docId: string,
): Promise<DocumentDetail | undefined> {
  const entry = reading.fold.documents.get(docId)
  if (entry === undefined) return undefined
  await reading.documents.load([docId, previousVersionId(docId) ?? []].flat())
  const definition = definitionOf(entry.type)
  const document = reading.documents.get(docId)
  const { header, lines } = saidIn(reading, docId, definition) ?? { header: {}, lines: [] }
  const row = documentRow(reading, entry)
  const invoiced = await invoicedAxis(reading, docId, row.axes)
  return {
    ...row,
    ...(row.axes && { axes: { ...row.axes, ...invoiced } }),
    postingId: entry.postingId,
    ...(document === undefined && !reading.isAllHere() && { isContentToCome: true as const }),
    header,
    lines,
    names: {
      ...namesIn(reading, definition?.header, [header]),
      ...namesIn(reading, definition?.lines, lines),
    },
    skus: productRowsById(reading, skusOf(document)),
    ...(canRead(reading, 'buying') ? { costByLeg: costByLeg(reading, docId) } : {}),
    ...countByLeg(reading, docId),
    ...orderByLine(reading, docId),
    ...sentByLine(reading, docId),
    ...bundledParts(document),
    ...takenBackIn(reading, entry),
    ...previousIn(docId, { header, lines }, (id) => saidIn(reading, id, definition)),
    ...invoicingOf(reading, document),
    links: [...linksOf(reading, docId, lines), ...pricingLinks(reading, docId)],
  }
}

/** What a loaded document says to this reader. */
function saidIn(
  reading: Reading,
  docId: string,
  definition: AnyDocumentDefinition | undefined,
): Said | undefined {
  const document = reading.documents.get(docId)
  return (
    document && {
      header: readableFields(reading, definition?.header, document.header),
      lines: document.lines.map((line) => ({
        ...readableFields(reading, definition?.lines, line),
        lineId: line.lineId,
      })),
    }
  )
}

/** Only what the reader's audiences may see. */
export function readableFields(
  reading: Reading,
  group: AnyDocumentDefinition['header'] | undefined,
  values: Fields,
): FieldValues {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const audience = group?.[name]?.audience
      return audience !== undefined && canRead(reading, audience)
    }),
  )
}

/** 应付金额; undefined while prices are pending, or for readers who have no right to it. */
function amountOf(reading: Reading, { amount }: DocumentEntry): number | undefined {
  return amount !== undefined && canRead(reading, amount.audience) ? amount.gross : undefined
}

function costByLeg(reading: Reading, docId: string): Record<string, number> {
  const costs: Record<string, number> = {}
  for (const { leg, cost, trueUp } of reading.fold.stock.costOf(docId)) {
    // A line with several pieces has a leg for each: 'line#1', 'line#2'.
    const line = leg.replace(/(#\d+)+$/, '')
    costs[line] = (costs[line] ?? 0) + cost - trueUp
  }
  return costs
}

/** 账面数 and differences of what was counted; nothing on documents that counted nothing. */
function countByLeg(reading: Reading, docId: string): Pick<DocumentDetail, 'countByLeg'> {
  const counted = reading.fold.counts.of(docId)
  if (counted.length === 0) return {}
  const byLeg: Record<string, { readonly booked: number; readonly difference: number }> = {}
  for (const { leg, booked, difference } of counted) {
    // Pieces with serial numbers are legs of one line: `line#1`, `line#2` …
    const [line = leg] = leg.split('#')
    const sum = byLeg[line] ?? { booked: 0, difference: 0 }
    byLeg[line] = { booked: sum.booked + booked, difference: sum.difference + difference }
  }
  return { countByLeg: byLeg }
}

/** What moved, and what lines speak of that move nothing. */
function skusOf(document: PostedDocument | undefined): readonly string[] {
  const ofLines = (document?.lines ?? []).map((line) => line['skuId'])
  const moved = (document?.legs ?? []).map((leg) => leg.sku)
  return [...new Set([...moved, ...ofLines.filter((each) => typeof each === 'string')])]
}

/** How far each line of an order is carried out; nothing on other documents. */
function orderByLine(reading: Reading, docId: string): Pick<DocumentDetail, 'orderByLine'> {
  const claims = reading.fold.claims.ofDocument(docId)
  if (claims.length === 0) return {}
  const byLine = claims.map(
    ({ lineId, quantity, taken, open }) => [lineId, { quantity, taken, open }] as const,
  )
  return { orderByLine: Object.fromEntries(byLine) }
}

/** What became of the lines of a dispatch; nothing on other documents. */
function sentByLine(reading: Reading, docId: string): Pick<DocumentDetail, 'sentByLine'> {
  const sent = reading.fold.transit.ofDocument(docId)
  if (sent.length === 0) return {}
  const byLine = sent.map(({ lineId, arrived, lost, open, serials }) => {
    const pieces = serials.length === 0 ? {} : { serials: serials.join(' ') }
    return [lineId, { arrived, lost, open, ...pieces }] as const
  })
  return { sentByLine: Object.fromEntries(byLine) }
}

/** The documents that lines take back from, price or carry out, and those that carry this one out. */
function linksOf(
  reading: Reading,
  docId: string,
  lines: readonly Fields[],
): DocumentDetail['links'] {
  const origins = new Set([
    ...lines.flatMap((line) => [line['originId'] ?? [], line['orderId'] ?? []].flat()),
    ...reading.fold.claims.followersOf(docId),
    ...reading.fold.transit.followersOf(docId),
  ])
  return [...origins].flatMap((docId) => {
    const entry = typeof docId === 'string' ? reading.fold.documents.get(docId) : undefined
    return entry === undefined
      ? []
      : [{ docId: entry.docId, type: entry.type, number: entry.number }]
  })
}
