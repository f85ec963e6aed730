/**
 * How many of a product its components give (够做多少): of a bundle, which has no stock of its own, that is what
 * is available of it. Services are no limit, phantoms are taken as their components.
 */
import { explodeOneLevel, wholeOutputs } from '#domain/masters/bom.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { isService } from '#domain/masters/product.ts'
import { bomsOn } from '#domain/masters/sku-bom.ts'
import { quantityDecimals, stepsPerUnit } from '#domain/values/quantity.ts'
import { oneRatio, ratioOfScaled } from '#domain/values/ratio.ts'
import { type Reading, todayOf } from './reading.ts'

/** [BOM6] Whole ones; undefined without any component that limits. */
export function makeableOf(
  reading: Reading,
  skuId: string,
  availableOf: (skuId: string) => number,
): number | undefined {
  const { masters } = reading.fold
  const needs = explodeOneLevel(bomsOn(masters, todayOf(reading)), skuId, oneRatio)
  const isNoLimit = (id: string) => {
    const productId = textOf(masters.get('sku', id) ?? {}, 'productId')
    return isService(masters.get('product', productId) ?? {})
  }
  const lines = [...needs].map(([component, quantity]) => ({
    ...{ component, quantity, isConsumable: isNoLimit(component) },
  }))
  const whole = wholeOutputs({ output: oneRatio, lines }, (id) =>
    ratioOfScaled(availableOf(id), quantityDecimals),
  )
  return whole === undefined ? undefined : Number(whole)
}

/** 可用量 of a bundle, steps: of the components of one warehouse. */
export function bundlesIn(reading: Reading, skuId: string, warehouseId: string): number {
  const today = todayOf(reading)
  const availableOf = (id: string) => reading.fold.claims.figures(id, warehouseId, today).available
  return (makeableOf(reading, skuId, availableOf) ?? 0) * stepsPerUnit
}
