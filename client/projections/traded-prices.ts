/** 历史价格: at which prices a product was sold or bought, newest first, by documents that stand (PU-12). */
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { documentTypes } from '#domain/registry.ts'
import type { QueryArgs, TradedPrice } from '#client/engine/face/face.ts'
import { canRead, nameOf, type Reading } from './reading.ts'

type Side = 'sales' | 'buying'

/** Documents of one SKU that are looked through for one party. */
const limitLooked = 200

/** [TRP1] With one party where it is given; gifts and returns set no price. */
export async function tradedPrices(
  reading: Reading,
  { skuId, side, partyId, limit }: QueryArgs<'tradedPrices'>,
): Promise<readonly TradedPrice[]> {
  if (!canRead(reading, side)) return []
  const docIds = reading.fold.stock.tradedIn(skuId, {
    types: pricedTypes[side],
    branches: reading.reader().branches,
    limit: partyId === undefined ? limit : limitLooked,
  })
  await reading.documents.load(docIds)
  return docIds
    .flatMap((docId) => pricesIn(reading, reading.documents.get(docId), skuId, side))
    .filter((row) => partyId === undefined || row.partyId === partyId)
    .slice(0, limit)
}

const pricedTypes: Readonly<Record<Side, ReadonlySet<string>>> = {
  sales: typesOf('sales', 'issue'),
  buying: typesOf('buying', 'receipt'),
}

function typesOf(
  side: Side,
  movementClass: AnyDocumentDefinition['movementClass'],
): ReadonlySet<string> {
  const priced = documentTypes.filter(
    (each) =>
      each.lines['price']?.audience === side &&
      each.movementClass === movementClass &&
      each.claims === undefined,
  )
  return new Set(priced.map(({ type }) => type))
}

/** The header field that names the other side. */
export const partyField = { sales: 'customerId', buying: 'supplierId' } as const

function pricesIn(
  reading: Reading,
  document: PostedDocument | undefined,
  skuId: string,
  side: Side,
): TradedPrice[] {
  if (document === undefined || document.state !== 'posted') return []
  const { docId, type, number, at, header, lines } = document
  const partyId = header[partyField[side]]
  const baseUnit = textOf(reading.fold.masters.get('sku', skuId) ?? {}, 'baseUnit')
  return lines.flatMap((line): TradedPrice[] => {
    const { price, quantity, unit } = line
    if (line['skuId'] !== skuId || typeof price !== 'number' || price === 0) return []
    return [
      {
        ...{ docId, type, number, at, price },
        quantity: Number(quantity ?? 0),
        unit: typeof unit === 'string' ? unit : baseUnit,
        ...(typeof partyId === 'string' && {
          partyId,
          partyName: nameOf(reading, side === 'sales' ? 'customer' : 'supplier', partyId),
        }),
      },
    ]
  })
}
