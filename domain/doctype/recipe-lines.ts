/**
 * 按配方 (by the recipe): which goods a document that makes goods, or takes them apart, needs or yields by
 * the recipe of its product on its day. What was typed stands; how much it should have been stands beside.
 */

import { type Bom, chooseAlternatives, explodeOneLevel, type Needs } from '#domain/masters/bom.ts'
import { bomsOn } from '#domain/masters/sku-bom.ts'
import { asId, type SkuId } from '#domain/values/ids.ts'
import { limitQuantity } from '#domain/values/limits.ts'
import { percentDecimals } from '#domain/values/percent.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import {
  divideRatios,
  multiplyRatios,
  type Ratio,
  ratioOfScaled,
  scaledRatio,
} from '#domain/values/ratio.ts'
import { dayOfDocument, sourceOf } from './complete-goods.ts'
import type { AnyDocumentDefinition, DraftDocument } from './define.ts'
import type { Readers } from './readers.ts'

type Values = Readonly<Record<string, string | number | undefined>>
interface Typed extends DraftDocument {
  readonly header: Values
  readonly lines: readonly (Values & { readonly lineId: string })[]
}

/** A line as the recipe would have it. */
export interface RecipeLine {
  readonly skuId: string
  /** Steps, rounded to the nearest. */
  readonly quantity: number
  /** Of a by-product of an assembly. */
  readonly costShare?: number
}

/** [MKG1] In the order of the recipe, by-products last; nothing without product, quantity and recipe. */
export function recipeLines(
  definition: AnyDocumentDefinition,
  document: DraftDocument,
  readers: Readers,
): readonly RecipeLine[] {
  const { skuId, quantity } = document.header
  if (definition.makes === undefined) return []
  if (typeof skuId !== 'string' || typeof quantity !== 'number') return []
  const boms = bomsOn(readers.masters, dayOfDocument(document, readers.goods))
  const bom = boms.get(skuId)
  if (bom === undefined) return []
  const wanted = ratioOfScaled(quantity, quantityDecimals)
  const isMade = definition.makes === 'header'
  const chosen = isMade ? chooseAlternatives(bom, wanted, availableIn(document, readers)) : bom
  const own = { get: (id: string) => (id === skuId ? chosen : boms.get(id)) }
  return [
    ...linesOf(explodeOneLevel(own, skuId, wanted)),
    ...(isMade ? byproductsOf(bom, wanted) : []),
  ]
}

function linesOf(needs: Needs): readonly RecipeLine[] {
  return [...needs].flatMap(([skuId, needed]) => {
    const quantity = stepsOf(needed)
    return quantity === undefined ? [] : [{ skuId, quantity }]
  })
}

function byproductsOf(bom: Bom, wanted: Ratio): readonly RecipeLine[] {
  return (bom.byproducts ?? []).flatMap(({ product, quantity: ofRun, costShare }) => {
    const quantity = stepsOf(divideRatios(multiplyRatios(wanted, ofRun), bom.output))
    const share = scaledRatio(costShare, percentDecimals + 2)
    return quantity === undefined ? [] : [{ skuId: product, quantity, costShare: share }]
  })
}

/** Undefined where a line could not hold it. */
function stepsOf(value: Ratio): number | undefined {
  const scaled = value.numerator * 10n ** BigInt(quantityDecimals)
  if (scaled > BigInt(limitQuantity) * value.denominator) return undefined
  const steps = scaledRatio(value, quantityDecimals)
  return steps > 0 ? steps : undefined
}

/** 可用量 where the document takes its goods from; without limit where nobody knows it. */
function availableIn(document: DraftDocument, { promised }: Readers): (skuId: string) => Ratio {
  const place = sourceOf(document)
  const without = ratioOfScaled(limitQuantity, 0)
  if (promised === undefined || place === undefined) return () => without
  return (skuId) => ratioOfScaled(promised.available(asId<SkuId>(skuId), place), quantityDecimals)
}

/** [MKG2] Beside each line what it is by the recipe; the first line of a SKU stands for all of it. */
export function completeRecipe<Document extends Typed>(
  definition: AnyDocumentDefinition,
  document: Document,
  readers: Readers,
): Document {
  if (!('planned' in definition.lines)) return document
  const planned = new Map<string, number>()
  for (const each of recipeLines(definition, document, readers)) {
    planned.set(keyOf(each.skuId, each.costShare), each.quantity)
  }
  const lines = document.lines.map((line) => {
    const key = keyOf(line['skuId'], line['costShare'])
    const quantity = planned.get(key)
    planned.delete(key)
    return quantity === undefined ? line : { ...line, planned: quantity }
  })
  return { ...document, lines }
}

/** A by-product and a component of one SKU are two things. */
function keyOf(skuId: string | number | undefined, costShare: string | number | undefined): string {
  return `${skuId}|${costShare === undefined ? 'in' : 'out'}`
}
