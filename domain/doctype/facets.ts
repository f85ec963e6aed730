/** Which fields that tell goods apart a draft shows: a shop that tracks nothing sees none of them. */

import { hasFlag, textOf } from '#domain/masters/master-field.ts'
import { tracksOf } from '#domain/masters/product.ts'
import { asId, isId, type SkuId } from '#domain/values/ids.ts'
import { sells } from './check-goods.ts'
import type { completeDraft } from './complete.ts'
import { dayOfDocument, goodsRows, productOf } from './complete-goods.ts'
import { warehouseWithin } from './goods-fields.ts'
import type { AnyDocumentDefinition } from './define.ts'
import type { Facet, Field } from './fields.ts'
import { excessLines } from './over-receipt.ts'
import type { Readers } from './readers.ts'

type Complete = ReturnType<typeof completeDraft>
type Line = Complete['header']

/** [GDF1] Of the goods on its lines, the bins of its warehouses, and of what somebody has written already. */
export function facetsOf(
  definition: AnyDocumentDefinition,
  document: Complete,
  readers: Readers,
): ReadonlySet<Facet> {
  const shown = new Set<Facet>()
  const rows = [document.header, ...document.lines]
  for (const [name, { facet, within }] of allFields(definition)) {
    if (facet === undefined) continue
    const isWritten = rows.some((row) => row[name] !== undefined)
    if (isWritten || hasBins(within, document, readers)) shown.add(facet)
  }
  for (const line of goodsRows(definition, document)) {
    for (const facet of facetsOfLine(definition, document, line, readers)) shown.add(facet)
  }
  if (excessLines(definition, document, readers).length > 0) shown.add('excess')
  return shown
}

function allFields(definition: AnyDocumentDefinition): [string, Field][] {
  return [...Object.entries(definition.header), ...Object.entries(definition.lines)]
}

function hasBins(within: string | undefined, { header }: Complete, { masters }: Readers): boolean {
  const warehouse = within === undefined ? undefined : warehouseWithin(header, within)
  if (warehouse === undefined) return false
  for (const { fields } of masters.list('bin')) {
    if (textOf(fields, 'warehouseId') === warehouse && !hasFlag(fields, 'isDisabled')) return true
  }
  return false
}

function facetsOfLine(
  definition: AnyDocumentDefinition,
  document: Complete,
  line: Line,
  { masters, goods }: Readers,
): Facet[] {
  const { skuId, batch } = line
  if (typeof skuId !== 'string' || !isId(skuId)) return []
  const product = productOf(masters, skuId)
  const tracks = tracksOf(product)
  const sku = asId<SkuId>(skuId)
  const last = typeof batch === 'string' ? goods?.datesOf(sku, batch).expires : undefined
  const on = dayOfDocument(document, goods)
  const isExpired = last !== undefined && on !== undefined && last < on && sells(definition)
  return [
    ...(tracks.batch ? (['batch'] as const) : []),
    ...(tracks.serial ? (['serial'] as const) : []),
    ...(hasFlag(product, 'isInspected') || goods?.hasStatuses(sku) ? (['status'] as const) : []),
    ...(isExpired ? (['expired'] as const) : []),
  ]
}
