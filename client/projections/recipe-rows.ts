/** The recipe of one SKU as its screen shows it: versions, and what holds today exploded over all levels. */
import { type Bom, type Boms, neededOf } from '#domain/masters/bom.ts'
import { hasFlag } from '#domain/masters/master-field.ts'
import { bomsOn, bomVersionOn, bomVersions } from '#domain/masters/sku-bom.ts'
import { percentDecimals } from '#domain/values/percent.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import { type Ratio, scaledRatio } from '#domain/values/ratio.ts'
import type { RecipeDetail, RecipeNode } from '#client/engine/face/face.ts'
import { makeableOf } from './makeable.ts'
import { productRow, productRowsById } from './product-rows.ts'
import { type Reading, todayOf, warehousesOf } from './reading.ts'

/** Rows of a tree that a person can still read. */
const limitNodes = 400

export function recipeDetail(
  reading: Reading,
  { skuId }: { readonly skuId: string },
): RecipeDetail | undefined {
  const product = productRow(reading, skuId)
  const { masters } = reading.fold
  const sku = masters.get('sku', skuId)
  if (product === undefined || sku === undefined) return undefined
  const boms = bomsOn(masters, todayOf(reading))
  const bom = boms.get(skuId)
  const versions = bomVersions(sku)
  const holds = bomVersionOn(sku, todayOf(reading))?.from
  const tree = bom === undefined ? [] : treeOf(boms, skuId, bom)
  const makeable = makeableOf(reading, skuId, (id) => availableOf(reading, id))
  return {
    ...{ product, tree, isPhantom: hasFlag(sku, 'isPhantom') },
    versions: versions.map(({ from, rows }) => ({ from, rows: rows.map((row) => ({ ...row })) })),
    ...(holds !== undefined && { holds }),
    outputQuantity: bom === undefined ? 0 : scaledRatio(bom.output, quantityDecimals),
    ...(makeable !== undefined && { makeable }),
    skus: productRowsById(reading, [
      ...versions.flatMap(({ rows }) => rows.flatMap((row) => ('skuId' in row ? named(row) : []))),
      ...idsIn(tree),
    ]),
  }
}

function named(row: { readonly skuId: string; readonly alternatives?: readonly string[] }) {
  return [row.skuId, ...(row.alternatives ?? [])]
}

/** A component that stands above itself is not opened again; nor is anything beyond what one can read. */
function treeOf(boms: Boms, skuId: string, bom: Bom): readonly RecipeNode[] {
  let count = 0
  const open = (at: Bom, wanted: Ratio, above: readonly string[]): readonly RecipeNode[] =>
    at.lines.flatMap((line): RecipeNode[] => {
      if (++count > limitNodes) return []
      const { component, loss } = line
      const needed = neededOf(line, at, wanted)
      const below = above.includes(component) ? undefined : boms.get(component)
      return [
        {
          skuId: component,
          quantity: scaledRatio(needed, quantityDecimals),
          ...(loss !== undefined && { loss: scaledRatio(loss, percentDecimals + 2) }),
          isPassedThrough: below?.isPhantom ?? false,
          parts: below === undefined ? [] : open(below, needed, [...above, component]),
        },
      ]
    })
  return open(bom, bom.output, [skuId])
}

function idsIn(tree: readonly RecipeNode[]): readonly string[] {
  return tree.flatMap(({ skuId, parts }) => [skuId, ...idsIn(parts)])
}

/** 可用量 in the warehouses of the chosen branch, steps. */
function availableOf(reading: Reading, skuId: string): number {
  const { branchId } = reading.reader()
  return warehousesOf(reading)
    .filter((warehouse) => warehouse.branchId === branchId)
    .reduce(
      (sum, { id }) => sum + reading.fold.claims.figures(skuId, id, todayOf(reading)).available,
      0,
    )
}
