/** Months that are closed and reopened over any part of each journal: the fold is what the auditor has reckoned. */
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { agrees } from './agree.ts'
import { histories, type Shape } from './history.ts'
import { patience, runs } from './runs.ts'

/** What is late of goods, of counts and of prices. */
const closed = {
  ...{ skus: 1, branches: 1, closings: 4, details: 4 },
  often: [
    ...(['count', 'count', 'count', 'unpriced-receipt', 'supply-price', 'supply-price'] as const),
    ...(['invoice', 'invoice', 'landed-cost', 'reversal', 'linked-return'] as const),
  ],
} satisfies Partial<Shape>

const shapes: readonly (readonly [string, Shape, number])[] = [
  ['closed again and again', { ...closed, acts: 30 }, 400],
  ['closed branches of two', { ...closed, skus: 2, branches: 2, acts: 40, closings: 6 }, 250],
  ['closed, FIFO by warehouse', { ...closed, acts: 30, method: 'fifo', scope: 'warehouse' }, 250],
  ['closed months', { ...closed, acts: 30, hours: 1_800, method: 'month-end' }, 250],
  [
    'closed months of the whole company',
    { ...closed, acts: 30, branches: 2, hours: 1_800, method: 'month-end', scope: 'company' },
    200,
  ],
  ['closed, all at one moment', { ...closed, acts: 12, hours: 1 }, 400],
]

describe('the fold and the auditor, where months are closed', () => {
  it.each(shapes)(
    '[ORC12] agree to the fen: %s',
    (_what, shape, count) => {
      fc.assert(fc.property(histories(shape), agrees), runs(count))
    },
    patience,
  )
})
