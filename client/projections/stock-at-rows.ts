/**
 * 时点库存 as a list: all goods at the end of a past day with what is known now, and, where asked, as it was believed
 * then (ST-17). What was believed is folded once from all records and kept until another day is asked about.
 */
import type { FiguresAt, QueryArgs, StockAtPage, StockAtRow } from '#client/engine/face/face.ts'
import type { Store } from '#client/engine/store/store.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { skuName } from '#domain/masters/sku.ts'
import type { Fold } from '#domain/fold/fold.ts'
import type { StockAtRow as FoldRow, StockAtScope } from '#domain/fold/stock-at.ts'
import { foundSkus, unitRows } from './product-rows.ts'
import { canRead, nameOf, type Reading } from './reading.ts'
import { believedFold } from './stock-then.ts'

type Source = Pick<Store, 'journals' | 'recordsOf'>
type Asked = QueryArgs<'stockAt'>

/** Known now and believed then, of the same goods. */
interface Both {
  readonly goods: FoldRow
  readonly known: FiguresAt
  readonly believed?: FiguresAt
}

const nothing: FiguresAt = { quantity: 0 }

export async function stockAtPage(
  reading: Reading,
  source: Source,
  asked: Asked,
): Promise<StockAtPage> {
  const scope = scopeOf(asked)
  const isToCome = asked.isCompared && !reading.isAllHere()
  const believed =
    asked.isCompared && !isToCome ? await believedRows(reading, source, scope) : undefined
  const rows = inOrder(reading, asked, joined(reading.fold.stock.listAt(scope), believed))
  const { offset, limit } = asked
  return {
    ...{ total: rows.length, offset },
    rows: rows.slice(offset, offset + limit).map((row) => stockAtRow(reading, row)),
    known: totalOf(reading, rows, ({ known }) => known),
    ...(believed !== undefined && {
      believed: totalOf(reading, rows, (row) => row.believed ?? nothing),
      differing: rows.filter(isDiffering).length,
    }),
    ...(isToCome && { isToCome }),
  }
}

function scopeOf({ at, warehouseId }: Asked): StockAtScope {
  return warehouseId === undefined ? { at } : { at, warehouse: warehouseId }
}

/** The last answer, by the fold that asked; what came since may say what was received. */
const kept = new WeakMap<
  Fold,
  { readonly key: string; readonly rows: Promise<readonly FoldRow[]> }
>()

function believedRows(
  { fold }: Reading,
  source: Source,
  scope: StockAtScope,
): Promise<readonly FoldRow[]> {
  const marks = [...fold.watermark().values()].reduce((sum, { seq }) => sum + seq + 1, 0)
  const key = `${scope.at} ${scope.warehouse ?? ''} ${marks}`
  const known = kept.get(fold)
  if (known?.key === key) return known.rows
  const rows = believedFold(source, scope.at).then(({ stock }) => stock.listAt(scope))
  kept.set(fold, { key, rows })
  return rows
}

function joined(known: readonly FoldRow[], believed: readonly FoldRow[] | undefined): Both[] {
  if (believed === undefined) return known.map((goods) => ({ goods, known: goods }))
  const then = new Map(believed.map((row) => [keyOf(row), row]))
  const now = new Set(known.map(keyOf))
  return [
    ...known.map((goods) => ({
      ...{ goods, known: goods, believed: then.get(keyOf(goods)) ?? nothing },
    })),
    ...believed
      .filter((row) => !now.has(keyOf(row)))
      .map((goods) => ({ goods, known: nothing, believed: goods })),
  ]
}

function keyOf({ sku, branch }: FoldRow): string {
  return `${sku}|${branch}`
}

function isDiffering({ known, believed = known }: Both): boolean {
  return known.quantity !== believed.quantity || (known.value ?? 0) !== (believed.value ?? 0)
}

/** Of the branches that are followed, in the order of the catalogue; of a search the best match first. */
function inOrder(reading: Reading, { search }: Asked, rows: readonly Both[]): readonly Both[] {
  const branches = new Set([...reading.reader().branches, 'all'])
  const rank = new Map(foundSkus(reading, search).map((skuId, index) => [skuId, index]))
  const rankOf = ({ goods }: Both) => rank.get(goods.sku) ?? rank.size
  const isSearched = (search?.trim() ?? '') !== ''
  return rows
    .filter(({ goods }) => branches.has(goods.branch) && (!isSearched || rank.has(goods.sku)))
    .sort((one, other) => rankOf(one) - rankOf(other) || compareGoods(one.goods, other.goods))
}

function compareGoods(one: FoldRow, other: FoldRow): number {
  return keyOf(one) < keyOf(other) ? -1 : 1
}

/** Undefined where a row has no value of its own. */
function totalOf(
  reading: Reading,
  rows: readonly Both[],
  of: (row: Both) => FiguresAt,
): { readonly value?: number } {
  if (!canRead(reading, 'buying')) return {}
  const values = rows.map((row) => of(row)).filter((figures) => figures !== nothing)
  if (values.some(({ value }) => value === undefined)) return {}
  return { value: values.reduce((sum, { value }) => sum + (value ?? 0), 0) }
}

function stockAtRow(reading: Reading, { goods, known, believed }: Both): StockAtRow {
  const { masters } = reading.fold
  const sku = masters.get('sku', goods.sku) ?? {}
  const product = masters.get('product', textOf(sku, 'productId')) ?? {}
  return {
    ...{ skuId: goods.sku, code: textOf(sku, 'code'), name: skuName(product, sku) },
    ...{ specification: textOf(product, 'specification'), baseUnit: textOf(sku, 'baseUnit') },
    ...{ units: unitRows(reading, sku), branchName: nameOf(reading, 'branch', goods.branch) },
    known: shown(reading, known),
    ...(believed !== undefined && { believed: shown(reading, believed) }),
  }
}

function shown(reading: Reading, { quantity, value }: FiguresAt): FiguresAt {
  return { quantity, ...(canRead(reading, 'buying') && value !== undefined && { value }) }
}
