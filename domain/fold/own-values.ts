/**
 * 单独计价 (own valuation): products each batch of which has a value of its own. What was said first of a
 * product holds, whenever it becomes known, as of the cost policy; a change counts from the first day of its
 * month on and only on the word of the server [OWN2] [OWN3].
 */

import { poolsOfSku } from '#domain/ledgers/stock/place.ts'
import type { BatchValuation } from '#domain/ledgers/stock/policy.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { canonicalText } from '#domain/values/canonical-text.ts'
import { limitText } from '#domain/values/limits.ts'
import { aboutFinding, type Finding } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { fieldsOf, type Masters, mastersOf } from './masters.ts'
import { masterIdOf, masterKey } from './names.ts'
import { saidOf } from './said-of-master.ts'
import { valueAnew } from './value-anew.ts'

export const valuationField = 'valuation'

/** By id of a SKU; those of which nothing was said have no entry. */
export type OwnValues = ReadonlyMap<string, readonly BatchValuation[]>

/** Whether what is said of a master may change which goods share a value. */
export function isAboutOwnValues(entity: string, field: string): boolean {
  return field === valuationField || (entity === 'sku' && field === 'productId')
}

export function ownValuesOf(masters: Masters): OwnValues {
  const found = new Map<string, readonly BatchValuation[]>()
  const { names } = masters
  if (names.fields.find(valuationField) < 0) return found
  for (const sku of mastersOf(masters, 'sku')) {
    const product = textOf(fieldsOf(masters, sku), 'productId')
    const valuations = valuationsOf(masters, names.masters.find(masterKey('product', product)))
    if (valuations.length > 0) found.set(masterIdOf(names, sku), valuations)
  }
  return found
}

/** Masters that were said may have changed it: goods that have moved are valued anew. */
export function followOwnValues(state: FoldState): void {
  if (!state.ownValues.isStale) return
  const before = state.ownValues.bySku
  state.ownValues = { bySku: ownValuesOf(state.masters), isStale: false }
  const { names, ledger } = state
  for (const id of new Set([...before.keys(), ...state.ownValues.bySku.keys()])) {
    const sku = names.skus.find(id)
    if (sku < 0 || poolsOfSku(ledger, sku).length === 0) continue
    if (canonicalValuations(before, id) === canonicalValuations(state.ownValues.bySku, id)) continue
    valueAnew(state, ledger.policy)
    return
  }
}

/** What was said of a product's valuation beside what holds, until somebody has seen it. */
export function* valuationRestated(state: FoldState): Generator<Finding> {
  const { masters, seen } = state
  if (masters.names.fields.find(valuationField) < 0) return
  for (const product of mastersOf(masters, 'product')) {
    const [held, ...later] = saidOf(masters, product, valuationField)
    const passedOver = [...new Set(later.filter((said) => said !== held))]
    if (held === undefined || passedOver.length === 0) continue
    const id = masterIdOf(masters.names, product)
    const key = `policy-restated|all|product|${id}`
    const seenAs = canonicalText(passedOver).slice(0, limitText)
    if (seen.get(key)?.has(seenAs)) continue
    yield {
      ...{ key, code: 'policy-restated' },
      ...{ ...aboutFinding['policy-restated'], layer: 'goods', branch: 'all' },
      evidence: { field: valuationField, productId: id, held, passedOver },
      seenAs,
      documents: [],
    }
  }
}

function valuationsOf(masters: Masters, product: number): readonly BatchValuation[] {
  if (product < 0) return []
  const [first] = saidOf(masters, product, valuationField)
  return first === 'batch' ? [{ from: Number.NEGATIVE_INFINITY, isOwn: true }] : []
}

function canonicalValuations(values: OwnValues, sku: string): string {
  return (values.get(sku) ?? []).map(({ from, isOwn }) => `${from}:${isOwn}`).join()
}
