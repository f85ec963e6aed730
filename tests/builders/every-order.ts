/** One set of records, however it comes: the state that every order of arrival, and every start from a checkpoint, leads to. */
import { expect } from 'vitest'
import { type Fold, openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { arrivalsOf } from './arrivals.ts'

/** The fold of the batches in the order given; of what `read` reads of it, all other orders lead to the same. */
export function inEveryOrder(
  batches: readonly (readonly FoldEntry[])[],
  read: (fold: Fold) => unknown,
): Fold {
  const expected = openFold()
  expected.apply(batches.flat())
  for (const order of arrivalsOf(batches.length)) {
    let fold = openFold()
    for (const index of order) {
      fold.apply(batches[index] ?? [])
      fold = openFold({ checkpoint: fold.checkpoint() })
    }
    expect(read(fold)).toEqual(read(expected))
  }
  return expected
}
