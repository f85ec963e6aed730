/**
 * Whether a product may stop being tracked (MD-14): not while its goods are kept by batch or serial number; and
 * whether its batches may get values of their own: not when goods have moved, for all of their cost would change.
 */
import { type MasterFields, textOf } from '#domain/masters/master-field.ts'
import type { Reading } from '#client/projections/reading.ts'
import type { MasterChange, Problem } from '../face/face.ts'

const tagByFlag = { hasBatches: 'batch', hasSerials: 'serial' } as const

/** [TAG2] */
export function trackingProblems(
  changes: readonly MasterChange[],
  reading: Reading,
): readonly Problem[] {
  return changes
    .filter(({ entity }) => entity === 'product')
    .flatMap(({ id, fields }) => [
      ...(['hasBatches', 'hasSerials'] as const)
        .filter((flag) => fields[flag] === '' && isTagged(reading, id, tagByFlag[flag]))
        .map((field) => ({ code: 'tracking-in-use', field })),
      ...(isRevalued(reading, id, fields) ? [{ code: 'valuation-fixed', field: 'valuation' }] : []),
    ])
}

/** [TAG3] What was said first of a product holds for ever: goods that have moved have their cost. */
function isRevalued({ fold }: Reading, productId: string, fields: MasterFields): boolean {
  const wanted = fields['valuation']
  const held = fold.masters.get('product', productId)?.['valuation']
  if (wanted === undefined || wanted === (held ?? '')) return false
  return held !== undefined || skusOf({ fold }, productId).some((sku) => fold.stock.hasMoved(sku))
}

function isTagged({ fold }: Reading, productId: string, tag: 'batch' | 'serial'): boolean {
  return skusOf({ fold }, productId).some((sku) =>
    fold.stock.cells(sku).some((cell) => cell[tag] !== undefined),
  )
}

function skusOf({ fold }: Pick<Reading, 'fold'>, productId: string): string[] {
  return [...fold.masters.list('sku')]
    .filter(({ fields }) => textOf(fields, 'productId') === productId)
    .map(({ id }) => id)
}
