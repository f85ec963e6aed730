/**
 * The rows of a price table while they are typed, what is wrong with them, and the master changes that follow: only
 * what differs from what stood before is written, one field per SKU and unit.
 */
import type { MasterChange, PriceHolder, PriceSheetRow } from '#client/engine/face/face.ts'
import { priceRowsField } from '#domain/masters/price-rows.ts'
import type { Json } from '#domain/values/canonical-text.ts'

export interface TypedPrice {
  readonly key: string
  readonly skuId?: string
  readonly unit?: string
  readonly price?: number
  readonly least?: number
  readonly since?: string
  readonly until?: string
}

export type PriceRowProblem = {
  readonly key: string
  readonly field: 'skuId' | 'price' | 'until'
  readonly text: 'prices.needsSku' | 'prices.needsPrice' | 'prices.daysWrong' | 'prices.repeated'
}

/** What keeps the rows from being saved, by cell. */
export function rowProblems(
  rows: readonly TypedPrice[],
  baseUnitOf: (skuId: string) => string,
): readonly PriceRowProblem[] {
  const seen = new Set<string>()
  return rows.flatMap((row): PriceRowProblem[] => {
    const { key, skuId, price, least, since, until } = row
    if (skuId === undefined) return [{ key, field: 'skuId', text: 'prices.needsSku' }]
    if (price === undefined) return [{ key, field: 'price', text: 'prices.needsPrice' }]
    if (since !== undefined && until !== undefined && until < since) {
      return [{ key, field: 'until', text: 'prices.daysWrong' }]
    }
    const same = JSON.stringify([skuId, row.unit ?? baseUnitOf(skuId), least, since, until])
    if (seen.has(same)) return [{ key, field: 'skuId', text: 'prices.repeated' }]
    seen.add(same)
    return []
  })
}

/** Fields of one change of a customer at most; a record holds no more than 200. */
const limitFields = 150

/** [ANS40] `after` without problems. */
export function priceChanges(
  { entity, id }: PriceHolder,
  before: readonly PriceSheetRow[],
  after: readonly TypedPrice[],
  baseUnitOf: (skuId: string) => string,
): readonly MasterChange[] {
  const family = entity === 'customer' ? 'specialPrice' : 'listPrice'
  const old = rowsByPlace(before, baseUnitOf)
  const next = rowsByPlace(after, baseUnitOf)
  const changed = [...new Map([...old, ...next])]
    .map(([name, place]) => ({
      ...{ place, was: old.get(name)?.rows ?? [], is: next.get(name)?.rows ?? [] },
    }))
    .filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is))
    .map(({ place: { skuId, unit }, is }) => {
      const holder = entity === 'customer' ? skuId : id
      return {
        skuId,
        field: priceRowsField(family, holder, unit),
        value: is.length === 0 ? '' : is,
      }
    })
  if (entity === 'price-list') {
    return changed.map(({ skuId, field, value }) => ({
      ...{ entity: 'sku', id: skuId, fields: { [field]: value } },
    }))
  }
  return portions(changed).map((some) => ({
    ...{ entity, id },
    fields: Object.fromEntries(some.map(({ field, value }) => [field, value])),
  }))
}

interface Place {
  readonly skuId: string
  readonly unit: string
  readonly rows: Json[]
}

function rowsByPlace(
  rows: readonly (TypedPrice | PriceSheetRow)[],
  baseUnitOf: (skuId: string) => string,
): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  for (const { skuId = '', unit = baseUnitOf(skuId), price = 0, least, since, until } of rows) {
    const name = `${skuId}/${unit}`
    const place = places.get(name) ?? { skuId, unit, rows: [] }
    const row = { price, ...(least && { least }), ...(since && { since }), ...(until && { until }) }
    place.rows.push(row)
    places.set(name, place)
  }
  return places
}

function portions<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / limitFields)
  return Array.from({ length: count }, (_, i) =>
    items.slice(i * limitFields, (i + 1) * limitFields),
  )
}
