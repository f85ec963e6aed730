/** 成本政策 (cost policy) of a company: how goods are valued, and which goods share one value [F6]. */

import type { Zone } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'

/** 计价方法 (cost methods); the first is what holds until a company chooses. */
export const costMethods = ['moving-average', 'fifo', 'month-end', 'batch', 'serial'] as const
export type CostMethod = (typeof costMethods)[number]

/** 计价范围: goods of one SKU share a value within one of these [CO-10]. */
export const costScopes = ['branch', 'warehouse', 'company'] as const
export type CostScope = (typeof costScopes)[number]

/** What a purchase return leaves at: the price of its receipt, or like any issue (policy 7). */
export const purchaseReturnCosts = ['receipt', 'method'] as const
export type PurchaseReturnCost = (typeof purchaseReturnCosts)[number]

/** A method that holds from a moment on, the beginning of a period. */
export interface MethodChange {
  readonly from: Instant
  readonly method: CostMethod
}

export interface CostPolicy {
  /** From the beginning. */
  readonly method: CostMethod
  readonly scope: CostScope
  readonly purchaseReturn: PurchaseReturnCost
  /** Later ones, oldest first; the value of every pool stays as it is. */
  readonly changes: readonly MethodChange[]
  /** Where the months of the month-end average begin. */
  readonly zone: Zone
}

export const defaultPolicy: CostPolicy = {
  method: 'moving-average',
  scope: 'branch',
  purchaseReturn: 'receipt',
  changes: [],
  zone: { offsetMinutes: 480, cutOffMinutes: 0 },
}

/** From a moment on: whether each batch of a product has a value of its own [OWN2]. */
export interface BatchValuation {
  readonly from: number
  readonly isOwn: boolean
}

/** Whether each batch has a value of its own at a moment, by the product's own word. */
export function isBatchOwn(valuations: readonly BatchValuation[], at: number): boolean {
  return valuations.reduce((own, { from, isOwn }) => (from <= at ? isOwn : own), false)
}

/** Of a policy, what costs one pool. */
export type PoolPolicy = Pick<CostPolicy, 'method' | 'changes'>

/** [OWN4] Goods of one batch or one piece cost the average of what came into it, whatever the company's method. */
export const ownValuePolicy: PoolPolicy = { method: 'moving-average', changes: [] }

/** The method that holds at a moment. */
export function methodAt({ method, changes }: PoolPolicy, at: number): CostMethod {
  return changes.reduce((held, change) => (change.from <= at ? change.method : held), method)
}

/** With one more change of method, in its place. */
export function withChange(policy: CostPolicy, change: MethodChange): CostPolicy {
  const others = policy.changes.filter(({ from }) => from !== change.from)
  return { ...policy, changes: [...others, change].sort((a, b) => a.from - b.from) }
}

/** Whether the goods of a pool share one value at every moment. */
export function isAlwaysAverage({ method, changes }: PoolPolicy): boolean {
  return changes.length === 0 && method !== 'fifo' && method !== 'month-end'
}

/** The moment from which the method that holds at `at` has held. */
export function runFrom({ changes }: PoolPolicy, at: number): number {
  return changes.reduce(
    (from, change) => (change.from <= at ? change.from : from),
    Number.NEGATIVE_INFINITY,
  )
}

export function usesMonths({ method, changes }: PoolPolicy): boolean {
  return method === 'month-end' || changes.some((change) => change.method === 'month-end')
}
