/**
 * 套装 (bundle, MD-09): sold as one line at one price, and gone as its components. Which those are says its
 * recipe on the day; what each of them brought in is fixed when it is sold, by their list prices then.
 */

import { explodeOneLevel } from '#domain/masters/bom.ts'
import { integerOf, type MasterFields } from '#domain/masters/master-field.ts'
import { isBundle, tracksOf } from '#domain/masters/product.ts'
import { bomsOn } from '#domain/masters/sku-bom.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { asId, type SkuId } from '#domain/values/ids.ts'
import { type Money, shareMoney, zeroMoney } from '#domain/values/money.ts'
import { absQuantity, type Quantity, quantity, quantityDecimals } from '#domain/values/quantity.ts'
import { ratioOfScaled, scaledRatio } from '#domain/values/ratio.ts'
import { boundedPriceOf, unitPrice } from '#domain/values/unit-price.ts'
import { baseFactor } from '#domain/values/unit.ts'
import { sells } from './check-goods.ts'
import { dayOfDocument, productOf } from './complete-goods.ts'
import type { AnyDocumentDefinition, DraftDocument, Movement, PostProblem } from './define.ts'
import type { MasterReader, Readers } from './readers.ts'

type Known = Pick<Readers, 'masters' | 'goods'>

interface Component {
  readonly skuId: SkuId
  /** Steps, for the quantity asked. */
  readonly quantity: Quantity
}

export function isBundleSku(masters: MasterReader, skuId: Json | undefined): boolean {
  return isBundle(productOf(masters, skuId))
}

/** [BDL1] What so many of a bundle hold on the day of the document, in the order of its recipe. */
function componentsOf(
  skuId: string,
  of: Quantity,
  document: DraftDocument,
  { masters, goods }: Known,
): readonly Component[] {
  const wanted = ratioOfScaled(absQuantity(of), quantityDecimals)
  const needs = explodeOneLevel(bomsOn(masters, dayOfDocument(document, goods)), skuId, wanted)
  return [...needs].map(([id, needed]) => ({
    ...{ skuId: asId<SkuId>(id), quantity: quantity(scaledRatio(needed, quantityDecimals)) },
  }))
}

/** [BDL1] The movements of one line: of a bundle those of its components, each a move of its own. */
export function movedGoods(
  movement: Movement,
  document: DraftDocument,
  known: Known,
): readonly Movement[] {
  const { leg, lineId = leg, skuId, warehouseId, quantity: moved } = movement
  if (!isBundleSku(known.masters, skuId)) return [movement]
  return componentsOf(skuId, moved, document, known).map((component, i) => ({
    ...{ leg: `${leg}#${i + 1}`, lineId, skuId: component.skuId, warehouseId },
    quantity: quantity(moved < 0 ? 0 - component.quantity : component.quantity),
  }))
}

/** [BDL3] 'sku-a:1200 sku-b:600': fen of list price by component, the weights by which they share. */
export function bundleShares(
  line: DraftDocument['lines'][number],
  document: DraftDocument,
  known: Known,
): string | undefined {
  const { skuId, quantity: sold } = line
  if (typeof skuId !== 'string' || typeof sold !== 'number') return undefined
  if (!isBundleSku(known.masters, skuId)) return undefined
  const components = componentsOf(skuId, quantity(sold), document, known)
  const listed = components.map((each) => listValue(known.masters.get('sku', each.skuId), each))
  const isListed = listed.some((value) => value > 0)
  return components
    .map((each, i) => `${each.skuId}:${isListed ? listed[i] : each.quantity}`)
    .join(' ')
}

function listValue(sku: MasterFields = {}, { quantity: steps }: Component): Money {
  const price = integerOf(sku, 'retailPrice') ?? 0
  return boundedPriceOf(steps, unitPrice(price), baseFactor) ?? zeroMoney
}

/** [BDL3] The part of a line's money that one component brought in; all of it where it is no bundle. */
export function shareOfBundle(shares: Json | undefined, skuId: string, whole: Money): Money {
  if (typeof shares !== 'string') return whole
  const parts = shares.split(' ').map((part) => part.split(':'))
  const weights = parts.map(([, weight]) => Number(weight))
  const at = parts.findIndex(([id]) => id === skuId)
  return shareMoney(whole, weights)[at] ?? zeroMoney
}

/** [BDL2] A bundle is sold and nothing else; what it holds is known, and needs no serial numbers. */
export function bundleProblem(
  definition: AnyDocumentDefinition,
  row: Readonly<Record<string, Json | undefined>>,
  document: DraftDocument,
  known: Known,
): PostProblem | undefined {
  const { skuId } = row
  if (typeof skuId !== 'string' || !isBundleSku(known.masters, skuId)) return undefined
  const field = 'skuId'
  if (!sells(definition) || definition.claims !== undefined)
    return { code: 'bundle-sold-only', field }
  const components = componentsOf(skuId, quantity(10_000), document, known)
  if (components.length === 0) return { code: 'bundle-empty', field }
  const isNumbered = components.some(
    (each) => tracksOf(productOf(known.masters, each.skuId)).serial,
  )
  return isNumbered ? { code: 'bundle-of-serials', field } : undefined
}
