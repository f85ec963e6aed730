/** 拣货建议 while a document is typed: which batches its lines take where nobody has named one (ST-12). */
import { sells } from '#domain/doctype/check-goods.ts'
import type { completeDraft } from '#domain/doctype/complete.ts'
import { dayOfDocument, productOf, sourceOf } from '#domain/doctype/complete-goods.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Readers } from '#domain/doctype/readers.ts'
import { tracksOf } from '#domain/masters/product.ts'
import { asId, isId, type SkuId } from '#domain/values/ids.ts'
import { quantity } from '#domain/values/quantity.ts'
import type { BatchShare, DraftDetail } from '#client/engine/face/face.ts'

type Complete = ReturnType<typeof completeDraft>

export function proposalsOf(
  definition: AnyDocumentDefinition,
  document: Complete,
  readers: Readers,
): DraftDetail['proposals'] {
  const takesOut = definition.movementClass === 'issue' || definition.movementClass === 'internal'
  if (!takesOut) return {}
  return Object.fromEntries(
    document.lines
      .map((line) => [line.lineId, proposalOf(definition, document, line, readers)] as const)
      .filter(([, shares]) => shares.length > 0),
  )
}

function proposalOf(
  definition: AnyDocumentDefinition,
  document: Complete,
  line: Complete['lines'][number],
  { goods, masters }: Readers,
): readonly BatchShare[] {
  const { skuId, quantity: wanted, batch, originId } = line
  const warehouseId = sourceOf(document)
  const isOpen = batch === undefined && originId === undefined && typeof wanted === 'number'
  if (!isOpen || goods === undefined || warehouseId === undefined) return []
  if (typeof skuId !== 'string' || !isId(skuId)) return []
  if (!tracksOf(productOf(masters, skuId)).batch) return []
  const sku = asId<SkuId>(skuId)
  const on = sells(definition) ? dayOfDocument(document, goods) : undefined
  return goods
    .propose({ skuId: sku, warehouseId, wanted: quantity(wanted), ...(on !== undefined && { on }) })
    .map((picked) => {
      const { expires } = goods.datesOf(sku, picked.batch)
      return {
        ...{ batch: picked.batch, quantity: picked.quantity },
        ...(picked.bin !== '' && { bin: picked.bin }),
        ...(expires !== undefined && { expires }),
      }
    })
}
