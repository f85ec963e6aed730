/** Any set of records: what the fold shows is what the auditor, who shares no code with it, has reckoned. */
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { agrees } from './agree.ts'
import { histories, type Shape } from './history.ts'
import { patience, runs } from './runs.ts'

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
  [
    'goods made of goods under month-end averages',
    {
      ...{ skus: 4, branches: 1, acts: 40, hours: 1_800, method: 'month-end' },
      often: ['assembly', 'assembly', 'disassembly', 'by-product', 'unit-break', 'receipt'],
    },
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

const changing = { skus: 2, branches: 1, hours: 2_400, changes: 4, acts: 40 } as const
const changingShapes: typeof shapes = [
  ['other methods from month to month', changing, 300],
  ['from FIFO on', { ...changing, skus: 1, method: 'fifo' }, 200],
  ['by warehouse', { ...changing, skus: 1, scope: 'warehouse' }, 200],
]

describe('the fold and the auditor', () => {
  it.each(shapes)(
    '[ORC1] agree to the fen: %s',
    (_what, shape, count) => {
      fc.assert(fc.property(histories(shape), agrees), runs(count))
    },
    patience,
  )

  it.each(changingShapes)(
    '[ORC13] agree to the fen: %s',
    (_what, shape, count) => {
      fc.assert(fc.property(histories(shape), agrees), runs(count))
    },
    patience,
  )

  it('[ORC1] [CST27] agree where what an assembly made is lost: nobody had sent it', () => {
    const act = { branch: 0, warehouse: 0, sku: 0, quantity: 1, price: 5, device: 0, detail: 0 }
    agrees({
      policy: { method: 'moving-average', scope: 'branch', purchaseReturn: 'receipt' },
      statedAt: 0,
      acts: [
        { ...act, kind: 'receipt', at: 0, about: 0 },
        { ...act, kind: 'by-product', at: 0, about: 0 },
        { ...act, kind: 'loss', at: 0, about: 231 },
        { ...act, kind: 'linked-return', at: 0, about: 257 },
        { ...act, kind: 'by-product', price: 9, at: 0, about: 0 },
      ],
    })
  })

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
