/**
 * What keeps goods that are told apart from being posted: numbers that are missing or too many, a bin
 * of another warehouse, expired goods on sale (policy 16). What only may be wrong is a warning.
 */

import { textOf } from '#domain/masters/master-field.ts'
import { tracksOf } from '#domain/masters/product.ts'
import { asId, isId, type SkuId } from '#domain/values/ids.ts'
import { stepsPerUnit } from '#domain/values/quantity.ts'
import type { completeDraft } from './complete.ts'
import { bringsIn, dayOfDocument, productOf, sourceOf } from './complete-goods.ts'
import type { AnyDocumentDefinition, PostProblem } from './define.ts'
import type { Field } from './fields.ts'
import { serialsOf } from './goods-fields.ts'
import type { Readers } from './readers.ts'

type Complete = ReturnType<typeof completeDraft>
type Line = Complete['lines'][number]

/** [GDF3] Whose fields all hold. */
export function checkGoods(
  definition: AnyDocumentDefinition,
  document: Complete,
  readers: Readers,
): PostProblem[] {
  return [
    ...document.lines.flatMap((line) =>
      checkLine(definition, document, line, readers).map((problem) => ({
        ...{ ...problem, lineId: line.lineId },
      })),
    ),
    ...checkRepeated(document),
  ]
}

/** 销售: sells what it takes out. */
export function sells({ movementClass, lines }: AnyDocumentDefinition): boolean {
  return movementClass === 'issue' && lines['price']?.audience === 'sales'
}

/** Says what was there, so the goods without a batch would pass for all of them. */
export function isCount({ movementClass }: Pick<AnyDocumentDefinition, 'movementClass'>): boolean {
  return movementClass === 'count'
}

/** [GDF4] Said, never refused: the goods are here, or have left. */
export function goodsWarnings(
  definition: AnyDocumentDefinition,
  document: Complete,
  { goods }: Readers,
): PostProblem[] {
  const on = dayOfDocument(document, goods)
  return document.lines.flatMap((line): PostProblem[] => {
    const { lineId, skuId = '', expires } = line
    const isLate = on !== undefined && typeof expires === 'string' && expires < on
    const late = { code: 'received-expired', lineId, skuId, expires: expires ?? '' }
    return [
      ...(isLate && bringsIn(definition) ? [late] : []),
      ...elsewhere(definition, document, line, goods).map((serial) => ({
        ...{ code: 'serial-not-here', lineId, skuId, serial },
      })),
    ]
  })
}

function checkLine(
  definition: AnyDocumentDefinition,
  document: Complete,
  line: Line,
  readers: Readers,
): PostProblem[] {
  return [
    ...checkTracked(definition, line, readers),
    ...checkSerials(definition, line, readers),
    ...checkBins(definition, document, line, readers),
    ...checkDays(definition, document, line, readers),
  ]
}

/** Numbers are asked for where the product is tracked, and refused where it is not. */
function checkTracked(
  definition: AnyDocumentDefinition,
  line: Line,
  { masters }: Readers,
): PostProblem[] {
  const tracks = tracksOf(productOf(masters, line['skuId']))
  const isFree = line['originId'] === undefined
  const has = (name: string) => Object.hasOwn(definition.lines, name)
  const untracked = [
    ...(tracks.batch ? [] : ['batch', 'produced', 'expires', 'newBatch']),
    ...(tracks.serial ? [] : ['serials', 'newSerials']),
  ].filter((name) => line[name] !== undefined)
  if (untracked.length > 0) return untracked.map((name) => ({ code: 'not-tracked', field: name }))
  const isNamed = bringsIn(definition) || isCount(definition)
  const asksBatch = tracks.batch && isNamed && isFree && has('batch')
  if (asksBatch && line['batch'] === undefined) return [{ code: 'required', field: 'batch' }]
  const asksSerials = tracks.serial && has('serials') && line['newSerials'] === undefined
  if (asksSerials && line['serials'] === undefined) return [{ code: 'required', field: 'serials' }]
  return []
}

function checkSerials(
  definition: AnyDocumentDefinition,
  line: Line,
  { goods }: Readers,
): PostProblem[] {
  // Looked for, and not there.
  if (isCount(definition) && (line['quantity'] ?? 0) === 0) return []
  return ['serials', 'newSerials'].flatMap((name): PostProblem[] => {
    const serials = serialsOf(line[name])
    if (serials.length === 0) return []
    if (serials.length * stepsPerUnit !== line['quantity']) {
      return [{ code: 'serials-differ', field: name, serials: serials.length }]
    }
    const comesIn = name === 'newSerials' || bringsIn(definition)
    if (!comesIn || goods === undefined) return []
    const here = serials.find((serial) => placeOf(goods, line, serial) !== undefined)
    return here === undefined ? [] : [{ code: 'serial-in-stock', field: name, serial: here }]
  })
}

function checkBins(
  definition: AnyDocumentDefinition,
  document: Complete,
  line: Line,
  { masters }: Readers,
): PostProblem[] {
  return Object.entries<Field>(definition.lines).flatMap(([name, { within }]): PostProblem[] => {
    const id = line[name]
    if (within === undefined || typeof id !== 'string') return []
    const warehouse = textOf(masters.get('bin', id) ?? {}, 'warehouseId')
    const isOwn = warehouse === document.header[within]
    return isOwn ? [] : [{ code: 'bin-of-other-warehouse', field: name }]
  })
}

/** Sold expired needs the header's word for it; who may give it is asked when posting. */
function checkDays(
  definition: AnyDocumentDefinition,
  document: Complete,
  line: Line,
  { goods }: Readers,
): PostProblem[] {
  const { produced, expires, batch, skuId } = line
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
  line: Line,
  goods: Readers['goods'],
): readonly string[] {
  if (goods === undefined || bringsIn(definition)) return []
  const from = sourceOf(document)
  return serialsOf(line['serials']).filter(
    (serial) => placeOf(goods, line, serial)?.warehouseId !== from,
  )
}

function placeOf(goods: NonNullable<Readers['goods']>, line: Line, serial: string) {
  const { skuId } = line
  return typeof skuId === 'string' && isId(skuId)
    ? goods.placeOf(asId<SkuId>(skuId), serial)
    : undefined
}
