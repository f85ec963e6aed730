/**
 * What keeps goods that are told apart from being posted: numbers that are missing or too many, a bin
 * of another warehouse, expired goods on sale (policy 16). What only may be wrong is a warning.
 */

import { hasFlag, textOf } from '#domain/masters/master-field.ts'
import { tracksOf } from '#domain/masters/product.ts'
import { transitOf } from '#domain/masters/transit.ts'
import type { BusinessDate } from '#domain/values/business-date.ts'
import { asId, isId, type SkuId } from '#domain/values/ids.ts'
import { stepsPerUnit } from '#domain/values/quantity.ts'
import type { completeDraft } from './complete.ts'
import { bringsIn, dayOfDocument, goodsRows, productOf, sourceOf } from './complete-goods.ts'
import type { AnyDocumentDefinition, PostProblem } from './define.ts'
import type { Field } from './fields.ts'
import { serialsOf, warehouseWithin } from './goods-fields.ts'
import type { Readers } from './readers.ts'

type Complete = ReturnType<typeof completeDraft>
type Row = Complete['header']

/** [GDF3] Whose fields all hold. */
export function checkGoods(
  definition: AnyDocumentDefinition,
  document: Complete,
  readers: Readers,
): PostProblem[] {
  return [
    ...goodsRows(definition, document).flatMap((row) =>
      checkRow(definition, document, row, readers).map((problem) => ({ ...problem, ...at(row) })),
    ),
    ...checkRepeated(document),
  ]
}

/** Where a problem of a row is: a header has no line's id. */
function at({ lineId }: Row): Pick<PostProblem, 'lineId'> {
  return typeof lineId === 'string' ? { lineId } : {}
}

/** 销售: sells what it takes out. */
export function sells({ movementClass, lines }: AnyDocumentDefinition): boolean {
  return movementClass === 'issue' && lines['price']?.audience === 'sales'
}

/** Says what was there, so the goods without a batch would pass for all of them. */
export function isCount({ movementClass }: Pick<AnyDocumentDefinition, 'movementClass'>): boolean {
  return movementClass === 'count'
}

/** 盘点: its lines say what was there, and blank ones nothing. */
export function assertsStock({ lines }: Pick<AnyDocumentDefinition, 'lines'>): boolean {
  return 'countedAt' in lines
}

/** [GDF4] Said, never refused: the goods are here, or have left. */
export function goodsWarnings(
  definition: AnyDocumentDefinition,
  document: Complete,
  { goods }: Readers,
): PostProblem[] {
  const on = dayOfDocument(document, goods)
  return goodsRows(definition, document).flatMap((row): PostProblem[] => {
    const { skuId = '' } = row
    return [
      ...batchWarnings(definition, row, { goods, on }).map((code) => ({
        ...{ code, skuId, batch: row['batch'] ?? '', expires: row['expires'] ?? '' },
        ...at(row),
      })),
      ...elsewhere(definition, document, row, goods).map((serial) => ({
        ...{ code: 'serial-not-here', skuId, serial, ...at(row) },
      })),
    ]
  })
}

/** [GDF6] What comes in expired, or is moved or returned so; what nobody has received by that number. */
function batchWarnings(
  definition: AnyDocumentDefinition,
  row: Row,
  { goods, on }: { readonly goods: Readers['goods']; readonly on: BusinessDate | undefined },
): string[] {
  const { skuId, batch, expires, originId } = row
  if (bringsIn(definition, row) && originId === undefined) {
    return on !== undefined && typeof expires === 'string' && expires < on
      ? ['received-expired']
      : []
  }
  if (goods === undefined || typeof batch !== 'string') return []
  const sku = asId<SkuId>(String(skuId))
  if (!isCount(definition) && !goods.isReceived(sku, batch)) return ['batch-not-received']
  const { expires: last } = goods.datesOf(sku, batch)
  const stays = definition.movementClass === 'internal' || originId !== undefined
  return stays && on !== undefined && last !== undefined && last < on ? ['moved-expired'] : []
}

function checkRow(
  definition: AnyDocumentDefinition,
  document: Complete,
  row: Row,
  readers: Readers,
): PostProblem[] {
  return [
    ...checkTracked(definition, document, row, readers),
    ...checkSerials(definition, row, readers),
    ...checkBins(definition, document, row, readers),
    ...checkDays(definition, document, row, readers),
  ]
}

function fieldsOfRow(
  { header, lines }: AnyDocumentDefinition,
  row: Row,
): AnyDocumentDefinition['lines'] {
  return row['lineId'] === undefined ? header : lines
}

/** Numbers are asked for where the product is tracked, and refused where it is not. */
function checkTracked(
  definition: AnyDocumentDefinition,
  document: Complete,
  row: Row,
  { masters }: Readers,
): PostProblem[] {
  const product = productOf(masters, row['skuId'])
  const tracks = tracksOf(product)
  const isFree = row['originId'] === undefined
  const has = (name: string) => Object.hasOwn(fieldsOfRow(definition, row), name)
  const untracked = [
    ...(tracks.batch ? [] : ['batch', 'produced', 'expires', 'newBatch']),
    ...(tracks.serial ? [] : ['serials', 'newSerials']),
  ].filter((name) => row[name] !== undefined)
  if (untracked.length > 0) return untracked.map((name) => ({ code: 'not-tracked', field: name }))
  const isNamed =
    bringsIn(definition, row) || isCount(definition) || hasFlag(product, 'namesBatches')
  const asksBatch = tracks.batch && isNamed && isFree && has('batch')
  if (asksBatch && row['batch'] === undefined) return [{ code: 'required', field: 'batch' }]
  // A piece is read by its number: a line listed to be counted has none until somebody has found one.
  const isBlank = assertsStock(definition) && row['quantity'] === undefined
  const isListed = isBlank && document.header['uncounted'] !== 'zero'
  const asksSerials =
    tracks.serial && has('serials') && row['newSerials'] === undefined && !isListed
  if (asksSerials && row['serials'] === undefined) return [{ code: 'required', field: 'serials' }]
  return []
}

function checkSerials(
  definition: AnyDocumentDefinition,
  row: Row,
  { goods }: Readers,
): PostProblem[] {
  // Looked for, and not there.
  if (isCount(definition) && (row['quantity'] ?? 0) === 0) return []
  return ['serials', 'newSerials'].flatMap((name): PostProblem[] => {
    const serials = serialsOf(row[name])
    if (serials.length === 0) return []
    if (serials.length * stepsPerUnit !== row['quantity']) {
      return [{ code: 'serials-differ', field: name, serials: serials.length }]
    }
    const comesIn = name === 'newSerials' || bringsIn(definition, row)
    if (!comesIn || goods === undefined) return []
    const here = serials.find((serial) => placeOf(goods, row, serial) !== undefined)
    return here === undefined ? [] : [{ code: 'serial-in-stock', field: name, serial: here }]
  })
}

function checkBins(
  definition: AnyDocumentDefinition,
  document: Complete,
  row: Row,
  { masters }: Readers,
): PostProblem[] {
  return Object.entries<Field>(fieldsOfRow(definition, row)).flatMap(
    ([name, { within }]): PostProblem[] => {
      const id = row[name]
      if (within === undefined || typeof id !== 'string') return []
      const warehouse = textOf(masters.get('bin', id) ?? {}, 'warehouseId')
      const isOwn = warehouse === warehouseWithin(document.header, within)
      return isOwn ? [] : [{ code: 'bin-of-other-warehouse', field: name }]
    },
  )
}

/** Sold expired needs the header's word for it; who may give it is asked when posting. */
function checkDays(
  definition: AnyDocumentDefinition,
  document: Complete,
  row: Row,
  { goods }: Readers,
): PostProblem[] {
  const { produced, expires, batch, skuId } = row
  if (typeof produced === 'string' && typeof expires === 'string' && expires < produced) {
    return [{ code: 'expires-before-produced', field: 'expires' }]
  }
  const isFree = document.header['sellExpired'] === 1 || !sells(definition)
  if (isFree || goods === undefined || typeof batch !== 'string') return []
  const { expires: last } = goods.datesOf(asId<SkuId>(String(skuId)), batch)
  const on = dayOfDocument(document, goods)
  if (last === undefined || on === undefined || last >= on) return []
  return [{ code: 'batch-expired', field: 'batch', batch, expires: last }]
}

/** One piece stands on one line. */
function checkRepeated({ lines }: Complete): PostProblem[] {
  const seen = new Set<string>()
  return lines.flatMap(({ lineId, ...line }) =>
    ['serials', 'newSerials'].flatMap((field) =>
      serialsOf(line[field]).flatMap((serial): PostProblem[] => {
        const key = `${line['skuId']}|${serial}`
        if (seen.has(key)) return [{ code: 'serial-repeated', field, lineId, serial }]
        seen.add(key)
        return []
      }),
    ),
  )
}

/** Pieces that leave a warehouse in which they do not lie, as far as this device knows. */
function elsewhere(
  definition: AnyDocumentDefinition,
  document: Complete,
  row: Row,
  goods: Readers['goods'],
): readonly string[] {
  if (goods === undefined || bringsIn(definition, row)) return []
  const isOnward = definition.links?.as === 'onward'
  const from = isOnward ? transitOf(document.branch) : sourceOf(document)
  return serialsOf(row['serials']).filter(
    (serial) => placeOf(goods, row, serial)?.warehouseId !== from,
  )
}

function placeOf(goods: NonNullable<Readers['goods']>, row: Row, serial: string) {
  const { skuId } = row
  return typeof skuId === 'string' && isId(skuId)
    ? goods.placeOf(asId<SkuId>(skuId), serial)
    : undefined
}
