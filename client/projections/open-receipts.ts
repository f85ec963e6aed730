/** 待开票 and 可分摊: receipts whose lines an invoice, or a charge, may still take, newest first. */

import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import type { DocumentEntry } from '#domain/fold/documents.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { definitionOf } from '#domain/registry.ts'
import type { OpenReceiptRow, OpenReceipts, OpenReceiptsArgs } from '#client/engine/face/face.ts'
import { invoicingOf } from './invoicing-rows.ts'
import { canRead, nameOf, type Reading } from './reading.ts'

/** Receipts that one answer looks through, and how many of them it reads at once. */
const limitSearched = 5_000
const readAtOnce = 200
/** Rows of one answer. */
const limitFound = 100

type Asked = OpenReceiptsArgs

/** [ANS30] Of the chosen branch; none for those who may not read costs. */
export async function openReceipts(reading: Reading, asked: Asked): Promise<OpenReceipts> {
  const definition = definitionOf(asked.type)
  const [type] = definition?.adjusts?.from ?? []
  if (definition === undefined || type === undefined || !canRead(reading, 'buying')) {
    return { rows: [], isMore: false }
  }
  const rows: OpenReceiptRow[] = []
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
): Promise<readonly OpenReceiptRow[]> {
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
  { docId, number, at, amount }: DocumentEntry,
  document: PostedDocument,
): OpenReceiptRow | undefined {
  const open = openLines(reading, definition, document)
  if (open.length === 0) return undefined
  const supplierId = textOf(document.header, 'supplierId')
  const goods = open.map((line) => nameOf(reading, 'sku', textOf(line, 'skuId')))
  return {
    ...{ docId, number, at, supplierId, supplierName: nameOf(reading, 'supplier', supplierId) },
    ...{ goods: [...new Set(goods)], lineIds: open.map(({ lineId }) => lineId) },
    ...(amount !== undefined && canRead(reading, amount.audience) && { amount: amount.gross }),
  }
}

function openLines(
  reading: Reading,
  { adjusts }: AnyDocumentDefinition,
  document: PostedDocument,
): PostedDocument['lines'] {
  if (adjusts?.as === 'landed') return document.lines
  const openByLine = invoicingOf(reading, document).invoicing?.openByLine ?? {}
  return document.lines.filter(({ lineId }) => (openByLine[lineId] ?? 0) > 0)
}

function isAsked(
  { fold }: Reading,
  { supplierId, search = '' }: Asked,
  row: OpenReceiptRow,
  { lines = [] }: Partial<PostedDocument> = {},
): boolean {
  if (supplierId !== undefined && row.supplierId !== supplierId) return false
  const text = search.trim().toLowerCase()
  const codes = lines.map((line) => {
    return textOf(fold.masters.get('sku', textOf(line, 'skuId')) ?? {}, 'code')
  })
  const words = [row.number, row.supplierName, ...row.goods, ...codes]
  return text === '' || words.some((word) => word.toLowerCase().includes(text))
}
