/** Any set of records: what the fold shows is what the auditor, who shares no code with it, has reckoned. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { audit } from '#tests/oracle/audit.ts'
import { differences } from './compare.ts'
import { foldOf } from './fold-figures.ts'
import { histories, type History, type Shape } from './history.ts'
import { patience, runs } from './runs.ts'
import { shown } from './show.ts'
import { writeHistory } from './write-history.ts'

function agrees(history: History): void {
  const entries = writeHistory(history).groups.flat()
  const fold = foldOf(entries)
  expect(fold.findings().filter(({ code }) => code === 'malformed-record')).toEqual([])
  const audited = audit(entries)
  const found = differences(fold, audited)
  if (found.length > 0) throw new Error(`\n${shown(history, audited, found)}`)
}

/** What is late of goods, of counts and of prices. */
const closed = {
  ...{ skus: 1, branches: 1, closings: 4, details: 4 },
  often: [
    ...(['count', 'count', 'count', 'unpriced-receipt', 'supply-price', 'supply-price'] as const),
    ...(['invoice', 'invoice', 'landed-cost', 'reversal', 'linked-return'] as const),
  ],
} satisfies Partial<Shape>

const shapes: readonly (readonly [string, Shape, number])[] = [
  ['FIFO', { skus: 2, branches: 1, acts: 40, method: 'fifo' }, 300],
  [
    'FIFO by warehouse',
    { skus: 1, branches: 1, acts: 40, method: 'fifo', scope: 'warehouse' },
    300,
  ],
  [
    'month-end averages over three months',
    { skus: 2, branches: 1, acts: 40, hours: 1_800, method: 'month-end' },
    300,
  ],
  ['month-end average of one month', { skus: 1, branches: 2, acts: 30, method: 'month-end' }, 200],
  [
    'batches of one product with values of their own under FIFO',
    { skus: 2, branches: 1, acts: 40, method: 'fifo', ownBatches: true },
    300,
  ],
  [
    'batches of one product with values of their own under month-end averages',
    { skus: 2, branches: 1, acts: 40, hours: 1_800, method: 'month-end', ownBatches: true },
    300,
  ],
  ['two SKUs in two branches', { skus: 2, branches: 2, acts: 30 }, 1_200],
  ['one SKU on which everything depends', { skus: 1, branches: 1, acts: 60 }, 500],
  ['all at one moment', { skus: 1, branches: 1, acts: 12, hours: 0 }, 600],
  ['batches with values of their own', { skus: 1, branches: 1, acts: 40, method: 'batch' }, 300],
  [
    'serial numbers with values of their own',
    { skus: 1, branches: 1, acts: 40, method: 'serial' },
    300,
  ],
  [
    'warehouses with values of their own',
    { skus: 1, branches: 2, acts: 40, scope: 'warehouse' },
    300,
  ],
  ['one value in the whole company', { skus: 1, branches: 2, acts: 40, scope: 'company' }, 300],
  ['a long history', { skus: 1, branches: 1, acts: 300, actsMin: 150, hours: 200 }, 20],
]

const closedShapes: typeof shapes = [
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

describe('the fold and the auditor', () => {
  it.each(shapes)(
    '[ORC1] agree to the fen: %s',
    (_what, shape, count) => {
      fc.assert(fc.property(histories(shape), agrees), runs(count))
    },
    patience,
  )

  it.each(closedShapes)(
    '[ORC12] agree to the fen: %s',
    (_what, shape, count) => {
      fc.assert(fc.property(histories(shape), agrees), runs(count))
    },
    patience,
  )

  it('[ORC1] agree where goods of one receipt go back from two pools like any issue', () => {
    const act = { branch: 0, price: 100, device: 0, about: 2 }
    agrees({
      policy: { method: 'fifo', scope: 'warehouse', purchaseReturn: 'method' },
      statedAt: 0,
      acts: [
        { ...act, kind: 'receipt', warehouse: 0, sku: 1, quantity: 193, at: 2, detail: 7 },
        { ...act, kind: 'receipt', warehouse: 1, sku: 1, quantity: 28, at: 1, detail: 7 },
        { ...act, kind: 'receipt', warehouse: 1, sku: 0, quantity: 1, at: 4, detail: 4 },
        { ...act, kind: 'purchase-return', warehouse: 0, sku: 1, quantity: 197, at: 37, detail: 8 },
        { ...act, kind: 'purchase-return', warehouse: 0, sku: 0, quantity: 27, at: 9, detail: 9 },
      ],
    })
  })
})
