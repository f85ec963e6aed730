/**
 * 占用 and 在订: what the lines of orders claim, and what the lines that carry orders out take of them.
 * Whether the goods are there is asked while typing and before posting; the fold decides afterwards.
 */

import { textOf } from '#domain/masters/master-field.ts'
import { isService } from '#domain/masters/product.ts'
import type { Claim } from '#domain/records/claim.ts'
import type { BusinessDate } from '#domain/values/business-date.ts'
import {
  asId,
  type DocumentId,
  type LineId,
  type SkuId,
  type WarehouseId,
} from '#domain/values/ids.ts'
import { quantity } from '#domain/values/quantity.ts'
import type { completeDraft } from './complete.ts'
import { dayOfDocument } from './complete-goods.ts'
import type { AnyDocumentDefinition, PostProblem } from './define.ts'
import type { MasterReader, PostedDocument, PromisedGoods, Readers } from './readers.ts'

type Complete = ReturnType<typeof completeDraft>
type Line = Complete['lines'][number]

/** What the goods part states; services are neither kept nor awaited [OCL1] [OCL2]. */
export function claimsOf(
  definition: AnyDocumentDefinition,
  document: Complete,
  masters: MasterReader,
): readonly Claim[] {
  if (definition.claims === undefined && definition.orders === undefined) return []
  const { warehouseId, reservedUntil } = document.header
  const kind = definition.claims ?? 'take'
  return document.lines.flatMap((line): Claim[] => {
    const of = orderLineOf(line)
    const isOfNothing = (kind === 'take' || kind === 'change') && of === undefined
    if (isOfNothing || !isStocked(skuOf(line), masters)) return []
    return [
      {
        ...{ lineId: asId<LineId>(line.lineId), kind, sku: skuOf(line) },
        warehouse: asId<WarehouseId>(String(warehouseId)),
        quantity: quantity(Number(line['quantity'] ?? 0)),
        ...(kind === 'reserve' &&
          reservedUntil !== undefined && { until: reservedUntil as BusinessDate }),
        ...(of !== undefined && { of }),
      },
    ]
  })
}

/** [OCL3] An order that a line names is there, stands, and has such a line of the same goods. */
export function checkOrders(
  definition: AnyDocumentDefinition,
  document: Complete,
  { documents, goods }: Readers,
): PostProblem[] {
  if (definition.orders === undefined) return []
  const day = dayOfDocument(document, goods)
  return document.lines.flatMap((line): PostProblem[] => {
    const { lineId } = line
    const { orderId } = line
    if (typeof orderId !== 'string') {
      return definition.claims === 'change' ? [{ code: 'required', field: 'orderId', lineId }] : []
    }
    const order = documents.get(orderId)
    const isOver = definition.claims !== 'change' && hasExpired(order, day)
    const code =
      orderProblem(definition, document, order, line) ?? (isOver ? 'quotation-expired' : undefined)
    return code === undefined ? [] : [{ code, field: 'orderId', lineId }]
  })
}

/** [QUO3] Usable through its last day. */
function hasExpired(order: PostedDocument | undefined, day: BusinessDate | undefined): boolean {
  const last = order?.header['validUntil']
  return typeof last === 'string' && day !== undefined && last < day
}

function orderProblem(
  definition: AnyDocumentDefinition,
  { branch }: Complete,
  order: PostedDocument | undefined,
  line: Line,
): string | undefined {
  if (order === undefined) return 'order-unknown'
  if (!definition.orders?.from.includes(order.type)) return 'order-type-wrong'
  if (order.branch !== branch) return 'order-of-other-branch'
  if (order.state === 'reversed') return 'order-reversed'
  const ordered = order.lines.find(({ lineId }) => lineId === line['orderLineId'])
  if (ordered === undefined) return 'order-line-unknown'
  return ordered['skuId'] === line['skuId'] ? undefined : 'order-sku-differs'
}

/**
 * [OCL4] A reservation, and the increase of one (policies 21), does not go beyond what is available,
 * unless whoever sells says that the goods are to come (欠货接单).
 */
export function checkAvailable(
  definition: AnyDocumentDefinition,
  document: Complete,
  { masters, promised }: Readers,
): PostProblem[] {
  if (promised === undefined || document.header['isBackorder'] === 1) return []
  if (definition.claims !== 'reserve' && definition.claims !== 'change') return []
  return shortClaims(claimsOf(definition, document, masters), promised)
}

function shortClaims(claims: readonly Claim[], promised: PromisedGoods): PostProblem[] {
  const left = new Map<string, number>()
  return claims.flatMap(({ kind, sku, warehouse, quantity: asked, of, lineId }): PostProblem[] => {
    const isRaised = kind === 'change' && of !== undefined
    const before = isRaised ? promised.reserved(of.docId, of.lineId) : 0
    const wanted = asked - (before ?? asked)
    if (wanted <= 0) return []
    const place = `${sku}|${warehouse}`
    const available = left.get(place) ?? promised.available(sku, warehouse)
    left.set(place, available - wanted)
    if (wanted <= available) return []
    return [{ code: 'available-short', field: 'quantity', lineId, available }]
  })
}

function orderLineOf({ orderId, orderLineId }: Line): Claim['of'] {
  if (typeof orderId !== 'string' || typeof orderLineId !== 'string') return undefined
  return { docId: asId<DocumentId>(orderId), lineId: asId<LineId>(orderLineId) }
}

function skuOf(line: Line): SkuId {
  return asId<SkuId>(String(line['skuId']))
}

/** Goods, and no service. */
export function isStocked(skuId: SkuId, masters: MasterReader): boolean {
  const productId = textOf(masters.get('sku', skuId) ?? {}, 'productId')
  return !isService(masters.get('product', productId) ?? {})
}
