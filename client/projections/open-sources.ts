/**
 * 从上游单据选 (open sources): earlier documents whose lines a document may still take on, newest first: receipts
 * for an invoice (待开票) or a charge, requests and orders for what carries them out.
 */

import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import type { DocumentEntry } from '#domain/fold/documents.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { definitionOf } from '#domain/registry.ts'
import type { OpenSourceRow, OpenSources, OpenSourcesArgs } from '#client/engine/face/face.ts'
import { invoicingOf } from './invoicing-rows.ts'
import { canRead, nameOf, type Reading } from './reading.ts'

/** Documents that one answer looks through, and how many of them it reads at once. */
const limitSearched = 5_000
const readAtOnce = 200
/** Rows of one answer. */
const limitFound = 100

type Asked = OpenSourcesArgs

/** [ANS30] Of the chosen branch; of costs only for those who may read them. */
export async function openSources(reading: Reading, asked: Asked): Promise<OpenSources> {
  const definition = definitionOf(asked.type)
  if (definition === undefined) return { rows: [], isMore: false }
  const ofTypes = sourceTypesOf(definition, reading).map((type) =>
    sourcesOfType(reading, definition, asked, type),
  )
  const found = await Promise.all(ofTypes)
  return {
    rows: found.flatMap(({ rows }) => rows),
    isMore: found.some(({ isMore }) => isMore),
  }
}

function sourceTypesOf({ adjusts, orders }: AnyDocumentDefinition, reading: Reading) {
  if (adjusts !== undefined) return canRead(reading, 'buying') ? adjusts.from : []
  return orders?.from ?? []
}

async function sourcesOfType(
  reading: Reading,
  definition: AnyDocumentDefinition,
  asked: Asked,
  type: string,
): Promise<OpenSources> {
  const rows: OpenSourceRow[] = []
  for (let offset = 0; rows.length <= limitFound; offset += readAtOnce) {
    const { rows: entries } = reading.fold.documents.page({ type, offset, limit: readAtOnce })
    if (entries.length === 0) return { rows: rows.slice(0, limitFound), isMore: false }
    if (offset >= limitSearched) break
    rows.push(...(await rowsOf(reading, definition, asked, entries)))
  }
  return { rows: rows.slice(0, limitFound), isMore: true }
}

async function rowsOf(
  reading: Reading,
  definition: AnyDocumentDefinition,
  asked: Asked,
  entries: readonly DocumentEntry[],
): Promise<readonly OpenSourceRow[]> {
  const { branchId } = reading.reader()
  const standing = entries.filter(({ branch, state }) => branch === branchId && state === 'posted')
  await reading.documents.load(standing.map(({ docId }) => docId))
  return standing.flatMap((entry) => {
    const document = reading.documents.get(entry.docId)
    const row = document && rowOf(reading, definition, entry, document)
    return row !== undefined && isAsked(reading, asked, row, document) ? [row] : []
  })
}

function rowOf(
  reading: Reading,
  definition: AnyDocumentDefinition,
  { docId, type, number, at, amount }: DocumentEntry,
  document: PostedDocument,
): OpenSourceRow | undefined {
  const open = openLines(reading, definition, document)
  if (open.length === 0) return undefined
  const goods = open.map((line) => nameOf(reading, 'sku', textOf(line, 'skuId')))
  return {
    ...{ docId, type, number, at, ...partyOf(reading, document) },
    ...{ goods: [...new Set(goods)], lineIds: open.map(({ lineId }) => lineId) },
    ...(amount !== undefined && canRead(reading, amount.audience) && { amount: amount.gross }),
  }
}

/** The other side (往来单位), as far as this reader may know it. */
function partyOf(reading: Reading, { header }: PostedDocument) {
  const entity = canRead(reading, 'buying') && 'supplierId' in header ? 'supplier' : 'customer'
  const mayRead = entity === 'supplier' || canRead(reading, 'sales')
  const partyId = mayRead ? textOf(header, `${entity}Id`) : ''
  return { partyId, partyName: nameOf(reading, entity, partyId) }
}

function openLines(
  reading: Reading,
  { adjusts }: AnyDocumentDefinition,
  document: PostedDocument,
): PostedDocument['lines'] {
  if (adjusts?.as === 'landed') return document.lines
  const isOpen =
    adjusts === undefined ? isClaimed(reading, document) : isBillable(reading, document)
  return document.lines.filter(({ lineId }) => isOpen(lineId))
}

function isBillable(reading: Reading, document: PostedDocument) {
  const openByLine = invoicingOf(reading, document).invoicing?.openByLine ?? {}
  return (lineId: string) => (openByLine[lineId] ?? 0) > 0
}

function isClaimed({ fold }: Reading, { docId }: PostedDocument) {
  const open = fold.claims.ofDocument(docId).filter((claim) => claim.open > 0)
  const lineIds = new Set(open.map(({ lineId }) => lineId))
  return (lineId: string) => lineIds.has(lineId)
}

function isAsked(
  { fold }: Reading,
  { partyId, search = '' }: Asked,
  row: OpenSourceRow,
  { lines = [] }: Partial<PostedDocument> = {},
): boolean {
  if (partyId !== undefined && row.partyId !== '' && row.partyId !== partyId) return false
  const text = search.trim().toLowerCase()
  const codes = lines.map((line) => {
    return textOf(fold.masters.get('sku', textOf(line, 'skuId')) ?? {}, 'code')
  })
  const words = [row.number, row.partyName, ...row.goods, ...codes]
  return text === '' || words.some((word) => word.toLowerCase().includes(text))
}
