/**
 * [MP-07] The one box: a document's number, a GS1 or plain barcode, a code, then whatever the text finds.
 * An exact answer stands alone; a search gives several.
 */
import type { EntityName } from '#domain/masters/entity.ts'
import type { LookupHit, QueryArgs } from '#client/engine/face/face.ts'
import { documentRows } from './document-rows.ts'
import { masterPage } from './master-rows.ts'
import { productRow } from './product-rows.ts'
import type { Reading } from './reading.ts'
import { barcodesIn } from './scan-text.ts'

const searchedEntities: readonly EntityName[] = ['customer', 'supplier', 'warehouse']
/** Hits of one kind in a mixed answer, so that products do not crowd out everything else. */
const limitOfKind = 5

export async function lookUp(
  reading: Reading,
  { text, limit }: QueryArgs<'lookup'>,
): Promise<readonly LookupHit[]> {
  const plain = text.trim()
  if (plain === '') return []
  const numbered = await documentsNumbered(reading, plain)
  if (numbered.length > 0) return numbered.slice(0, limit)
  const scanned = scannedSkus(reading, plain)
  if (scanned.length > 0) return scanned.slice(0, limit)
  const pieces = reading.fold.stock.skusOfSerial(plain)
  if (pieces.length > 0) {
    return pieces.flatMap((skuId) =>
      skuHit(reading, skuId).map((hit) => ({ ...hit, serial: plain })),
    )
  }
  const coded = skuHit(reading, reading.catalogue.byCode(plain))
  const found = [
    ...coded,
    ...reading.catalogue
      .search(plain, limit)
      .flatMap((skuId) => skuHit(reading, skuId))
      .filter((hit) => hit.product.skuId !== coded[0]?.product.skuId),
    ...(await documentsLike(reading, plain)),
    ...mastersLike(reading, plain),
  ]
  return found.slice(0, limit)
}

async function documentsNumbered(reading: Reading, text: string): Promise<LookupHit[]> {
  const entries = reading.fold.documents.byNumber(text.toUpperCase())
  const rows = await documentRows(reading, entries)
  return rows.map((document) => ({ kind: 'document', document }))
}

/** More than one is a conflict that the person decides. */
function scannedSkus(reading: Reading, text: string): LookupHit[] {
  for (const barcode of barcodesIn(text)) {
    const hits = reading.catalogue.scan(barcode)
    if (hits.length === 0) continue
    return hits.flatMap(({ skuId, unit }) =>
      skuHit(reading, skuId).map((hit) => ({ ...hit, unit })),
    )
  }
  return []
}

function skuHit(
  reading: Reading,
  skuId: string | undefined,
): Extract<LookupHit, { kind: 'sku' }>[] {
  const product = skuId === undefined ? undefined : productRow(reading, skuId)
  return product === undefined ? [] : [{ kind: 'sku', product }]
}

/** People type the end of a number: the counter, or branch and counter. */
async function documentsLike(reading: Reading, text: string): Promise<LookupHit[]> {
  if (!/\d{3}/.test(text)) return []
  const recent = reading.fold.documents.page({ offset: 0, limit: 2_000 }).rows
  const entries = recent.filter((entry) => entry.number.includes(text.toUpperCase()))
  const rows = await documentRows(reading, entries.slice(0, limitOfKind))
  return rows.map((document) => ({ kind: 'document', document }))
}

function mastersLike(reading: Reading, text: string): LookupHit[] {
  return searchedEntities.flatMap((entity) =>
    masterPage(reading, { entity, search: text, offset: 0, limit: limitOfKind }).rows.map(
      ({ id, name }): LookupHit => ({ kind: 'master', entity, id, name }),
    ),
  )
}
