/** Whether a product may stop being tracked (MD-14): not while its goods are kept by batch or serial number. */
import { textOf } from '#domain/masters/master-field.ts'
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
    .flatMap(({ id, fields }) =>
      (['hasBatches', 'hasSerials'] as const)
        .filter((flag) => fields[flag] === '' && isTagged(reading, id, tagByFlag[flag]))
        .map((field) => ({ code: 'tracking-in-use', field })),
    )
}

function isTagged({ fold }: Reading, productId: string, tag: 'batch' | 'serial'): boolean {
  for (const { id, fields } of fold.masters.list('sku')) {
    if (textOf(fields, 'productId') !== productId) continue
    if (fold.stock.cells(id).some((cell) => cell[tag] !== undefined)) return true
  }
  return false
}
