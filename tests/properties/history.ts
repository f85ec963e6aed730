/**
 * Generated histories of a small company: a policy and what people did, as fast-check values that
 * shrink. Indices wrap around what there is, so that every act means something.
 */
import fc from 'fast-check'
import { has } from './features.ts'

export interface Act {
  readonly kind: Kind
  readonly device: number
  readonly branch: number
  readonly warehouse: number
  readonly sku: number
  /** Tenths of a unit. */
  readonly quantity: number
  /** Fen per unit. */
  readonly price: number
  /** Hours. */
  readonly at: number
  /** Which earlier document it is about. */
  readonly about: number
  /** Which batch, serial number, bin and status; 0 for none. */
  readonly detail: number
}

export interface History {
  readonly policy: {
    readonly method: string
    readonly scope: string
    readonly purchaseReturn: string
  }
  /** Before which act the company states it. */
  readonly statedAt: number
  /** Before which act it is said that each batch of the first SKU has a value of its own; never where left out. */
  readonly batchesAt?: number
  readonly acts: readonly Act[]
  /** By month from the first on, the method from then on. */
  readonly changes?: readonly string[]
  /** In the order in which the server says them. */
  readonly closings?: readonly Closing[]
}

/** The server closes a branch up to an hour, over so much as it has of each journal by then. */
export interface Closing {
  readonly branch: number
  readonly hour: number
  /** Decides how much that is. */
  readonly seed: number
  /** Takes the branch's last closing back instead. */
  readonly isReopening: boolean
}

const always = [
  ...(['receipt', 'receipt', 'receipt', 'unpriced-receipt', 'opening'] as const),
  ...(['sale', 'sale', 'sale', 'write-off', 'gain', 'free-return'] as const),
  ...(['transfer', 'restatus', 'linked-return', 'linked-return', 'purchase-return'] as const),
  ...(['reversal', 'post-again', 'supply-price', 'reference-price'] as const),
  ...(['unapproval', 'next-version', 'next-version'] as const),
] as const
const flows = [
  'assembly',
  'rework',
  'by-product',
  'disassembly',
  'unit-break',
  'repriced-transfer',
  'value-change',
] as const
const transits = ['dispatch', 'dispatch', 'arrival', 'arrival', 'loss'] as const
const counts = ['count', 'count', 'count-nothing'] as const
const adjustments = ['invoice', 'landed-cost'] as const

export type Kind =
  | (typeof always)[number]
  | (typeof flows)[number]
  | (typeof transits)[number]
  | (typeof counts)[number]
  | (typeof adjustments)[number]

export const kinds: readonly Kind[] = [
  ...always,
  ...flows,
  ...transits,
  ...counts,
  ...(has('adjustments') ? adjustments : []),
]

const methods = [
  ...['moving-average', 'moving-average', 'batch', 'serial'],
  ...['fifo', 'fifo'],
  ...(has('month-end') ? ['month-end'] : []),
]

/** How wide trade spreads: over few goods everything depends on everything. */
export interface Shape {
  readonly skus: number
  readonly branches: number
  readonly acts: number
  readonly actsMin?: number
  /** Of one kind of policy only. */
  readonly method?: string
  readonly scope?: string
  /** The first SKU is always valued by batch, not now and then. */
  readonly ownBatches?: boolean
  /** Hours between the first and the last act. */
  readonly hours?: number
  /** At most; none where it is left out. */
  readonly closings?: number
  /** Months at most in which another method may begin to hold. */
  readonly changes?: number
  /** Drawn more often than others. */
  readonly often?: readonly Kind[]
  /** How many batches, serial numbers, bins and statuses there are. */
  readonly details?: number
}

export function histories(shape: Shape): fc.Arbitrary<History> {
  const { skus, branches, acts, actsMin = 1, hours = 40, often = [], details = 9 } = shape
  const act = fc.record({
    kind: fc.constantFrom(...kinds, ...often),
    device: fc.integer({ min: 0, max: 2 }),
    branch: fc.integer({ min: 0, max: branches - 1 }),
    warehouse: fc.integer({ min: 0, max: 1 }),
    sku: fc.integer({ min: 0, max: skus - 1 }),
    quantity: fc.integer({ min: 1, max: 200 }),
    price: fc.integer({ min: 0, max: 1_999 }),
    at: fc.integer({ min: 0, max: hours }),
    about: fc.integer({ min: 0, max: 1_000 }),
    detail: fc.integer({ min: 0, max: details }),
  })
  return fc.record({
    policy: fc.record({
      method: shape.method === undefined ? fc.constantFrom(...methods) : fc.constant(shape.method),
      scope:
        shape.scope === undefined
          ? fc.constantFrom('branch', 'branch', 'warehouse', 'company')
          : fc.constant(shape.scope),
      purchaseReturn: fc.constantFrom('receipt', 'receipt', 'method'),
    }),
    statedAt: fc.integer({ min: 0, max: acts }),
    ...(shape.method !== 'batch' && {
      batchesAt: fc.integer({ min: 0, max: acts * (shape.ownBatches === true ? 1 : 4) }),
    }),
    acts: fc.array(act, { minLength: actsMin, maxLength: acts }),
    ...(shape.changes !== undefined && {
      changes: fc.array(fc.constantFrom('', 'moving-average', 'fifo', 'month-end'), {
        maxLength: shape.changes,
      }),
    }),
    ...(shape.closings !== undefined && {
      closings: fc.array(
        fc.record({
          branch: fc.integer({ min: 0, max: branches - 1 }),
          hour: fc.integer({ min: 0, max: hours + 10 }),
          seed: fc.integer({ min: 0, max: 1_000 }),
          isReopening: fc.integer({ min: 0, max: 7 }).map((dice) => dice === 0),
        }),
        { maxLength: shape.closings },
      ),
    }),
  })
}
