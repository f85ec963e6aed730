/**
 * What follows for goods that are told apart while a document is typed: the quantity from its serial
 * numbers, an expiry from the shelf life, 待检 on arrival, and which batch should have gone first.
 */

import { textOf } from '#domain/masters/master-field.ts'
import { expiryOf, tracksOf } from '#domain/masters/product.ts'
import { hasFlag, type MasterFields } from '#domain/masters/master-field.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { asId, isId, type SkuId, type WarehouseId } from '#domain/values/ids.ts'
import { quantity, stepsPerUnit } from '#domain/values/quantity.ts'
import type { AnyDocumentDefinition, DraftDocument } from './define.ts'
import { serialsOf } from './goods-fields.ts'
import type { MasterReader, Readers } from './readers.ts'

type Values = Readonly<Record<string, string | number | undefined>>
type Line = Values & { readonly lineId: string }
interface Typed extends DraftDocument {
  readonly header: Values
  readonly lines: readonly Line[]
}

/** [GDF2] Fills what stands empty; what was typed stays. */
export function completeGoods<Document extends Typed>(
  definition: AnyDocumentDefinition,
  document: Document,
  readers: Readers,
): Document {
  if (!('serials' in definition.lines) && !('batch' in definition.lines)) return document
  const lines = document.lines.map((line) => completeLine(definition, document, line, readers))
  return { ...document, lines }
}

/** The product of a line's SKU; nothing where it is not known. */
export function productOf(masters: MasterReader, skuId: Json | undefined): MasterFields {
  const sku = typeof skuId === 'string' ? masters.get('sku', skuId) : undefined
  return masters.get('product', textOf(sku ?? {}, 'productId')) ?? {}
}

/** Whether the lines of a type bring goods into the branch. */
export function bringsIn({ movementClass }: AnyDocumentDefinition): boolean {
  return ['opening', 'receipt', 'return-in'].includes(movementClass)
}

/** The day by which goods of a document are judged: its own, else today. */
export function dayOfDocument({ at }: DraftDocument, goods: Readers['goods']) {
  return at === undefined ? goods?.today : goods?.dayOf(at)
}

function completeLine(
  definition: AnyDocumentDefinition,
  document: Typed,
  line: Line,
  readers: Readers,
): Line {
  const product = productOf(readers.masters, line['skuId'])
  const serials = serialsOf(line['serials'])
  const counted = line['quantity'] === undefined && serials.length > 0
  return {
    ...line,
    ...(counted && { quantity: serials.length * stepsPerUnit }),
    ...(bringsIn(definition) ? arrival(product, line) : {}),
    ...passedOver(definition, document, line, readers),
  }
}

/** A batch without a number of its own is called after its day of production. */
function arrival(product: MasterFields, line: Line): Values {
  const { produced, expires, batch, status, originId } = line
  const made = typeof produced === 'string' ? businessDate(produced) : undefined
  const last = made === undefined || expires !== undefined ? undefined : expiryOf(product, made)
  const isNamed = batch !== undefined || made === undefined || !tracksOf(product).batch
  const isInspected = hasFlag(product, 'isInspected') && status === undefined
  return {
    ...(last !== undefined && { expires: last }),
    ...(!isNamed && originId === undefined && { batch: made.replaceAll('-', '') }),
    ...(isInspected && { status: 'pending' }),
  }
}

/** [GDF5] The batch that should have gone first, where another was typed. */
function passedOver(
  definition: AnyDocumentDefinition,
  document: Typed,
  line: Line,
  { goods }: Readers,
): Values {
  const { skuId, batch, quantity: wanted, originId, status } = line
  if (!('proposedBatch' in definition.lines) || goods === undefined) return {}
  if (batch === undefined || originId !== undefined || (status ?? 'good') !== 'good') return {}
  const warehouseId = sourceOf(document)
  if (typeof skuId !== 'string' || !isId(skuId) || warehouseId === undefined) return {}
  const on = dayOfDocument(document, goods)
  const [first] = goods.propose({
    ...{ skuId: asId<SkuId>(skuId), warehouseId },
    wanted: quantity(typeof wanted === 'number' ? wanted : stepsPerUnit),
    ...(on !== undefined && { on }),
  })
  if (first?.batch === undefined || first.batch === '' || first.batch === batch) return {}
  return { proposedBatch: first.batch }
}

/** Where the goods of a document leave from. */
export function sourceOf({ header }: Typed): WarehouseId | undefined {
  const id = header['sourceWarehouseId'] ?? header['warehouseId']
  return typeof id === 'string' && isId(id) ? asId<WarehouseId>(id) : undefined
}
