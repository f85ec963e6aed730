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
import { quantity, stepsPerUnit, wholeQuantity } from '#domain/values/quantity.ts'
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
  const lines = document.lines.map((line) => completeRow(definition, document, line, readers))
  if (!('skuId' in definition.header)) return { ...document, lines }
  const header = completeRow(definition, document, document.header, readers)
  return { ...document, lines, header: { ...header, ...inherited({ header, lines }, readers) } }
}

/** ST-08: what is made of goods that expire expires with the first of them, where nothing else is known. */
function inherited(
  { header, lines }: Pick<Typed, 'header' | 'lines'>,
  { masters, goods }: Readers,
): Values {
  const isTracked = tracksOf(productOf(masters, header['skuId'])).batch
  if (goods === undefined || header['expires'] !== undefined || !isTracked) return {}
  const warehouseId = sourceOf({ header })
  const proposedOf = (skuId: SkuId) =>
    warehouseId === undefined
      ? []
      : goods.propose({ skuId, warehouseId, wanted: wholeQuantity(1) }).map(({ batch }) => batch)
  const days = lines.flatMap(({ skuId, batch, costShare }) => {
    if (typeof skuId !== 'string' || !isId(skuId) || costShare !== undefined) return []
    const sku = asId<SkuId>(skuId)
    const batches = typeof batch === 'string' ? [batch] : proposedOf(sku)
    return batches.flatMap((each) => goods.datesOf(sku, each).expires ?? [])
  })
  const [first] = days.sort()
  return header['batch'] === undefined || first === undefined ? {} : { expires: first }
}

/** The product of a line's SKU; nothing where it is not known. */
export function productOf(masters: MasterReader, skuId: Json | undefined): MasterFields {
  const sku = typeof skuId === 'string' ? masters.get('sku', skuId) : undefined
  return masters.get('product', textOf(sku ?? {}, 'productId')) ?? {}
}

/**
 * Whether a row of a document brings goods into the branch: all of a type do or none, but where goods are
 * made of others. The header is the row without a line's id.
 */
export function bringsIn(
  { movementClass, makes }: AnyDocumentDefinition,
  row: Readonly<Record<string, Json | undefined>>,
): boolean {
  if (makes === undefined) return ['opening', 'receipt', 'return-in'].includes(movementClass)
  if (row['lineId'] === undefined) return makes === 'header'
  return makes === 'lines' || row['costShare'] !== undefined
}

/** What a document says of goods: its lines, before them the product of one that is made or taken apart. */
export function goodsRows<Row extends Values>(
  { header: fields }: AnyDocumentDefinition,
  { header, lines }: { readonly header: Row; readonly lines: readonly (Row & Line)[] },
): readonly Row[] {
  return 'skuId' in fields ? [header, ...lines] : lines
}

/** The day by which goods of a document are judged: its own, else today. */
export function dayOfDocument({ at }: DraftDocument, goods: Readers['goods']) {
  return at === undefined ? goods?.today : goods?.dayOf(at)
}

function completeRow<Row extends Values>(
  definition: AnyDocumentDefinition,
  document: Typed,
  line: Row,
  readers: Readers,
): Row {
  const product = productOf(readers.masters, line['skuId'])
  const serials = serialsOf(line['serials'])
  const counted = line['quantity'] === undefined && serials.length > 0
  return {
    ...line,
    ...(counted && { quantity: serials.length * stepsPerUnit }),
    ...(bringsIn(definition, line) ? arrival(product, line) : {}),
    ...passedOver(definition, document, line, readers),
  }
}

/** A batch without a number of its own is called after its day of production. */
function arrival(product: MasterFields, line: Values): Values {
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
  line: Values,
  { goods }: Readers,
): Values {
  const isOut = line['lineId'] !== undefined && !bringsIn(definition, line)
  const { skuId, batch, quantity: wanted, originId, status } = line
  if (!('proposedBatch' in definition.lines) || goods === undefined || !isOut) return {}
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
export function sourceOf({
  header,
}: {
  readonly header: Readonly<Record<string, unknown>>
}): WarehouseId | undefined {
  const id = header['sourceWarehouseId'] ?? header['warehouseId']
  return typeof id === 'string' && isId(id) ? asId<WarehouseId>(id) : undefined
}
