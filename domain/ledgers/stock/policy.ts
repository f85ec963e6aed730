/** 成本政策 (cost policy) of a company: how goods are valued, and which goods share one value [F6]. */

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
}

export const defaultPolicy: CostPolicy = {
  method: 'moving-average',
  scope: 'branch',
  purchaseReturn: 'receipt',
  changes: [],
}

/** Whether each batch, or each serial number, has a value of its own. */
export function splitsByTag(method: CostMethod): boolean {
  return method === 'batch' || method === 'serial'
}

/** The method that holds at a moment. */
export function methodAt({ method, changes }: CostPolicy, at: number): CostMethod {
  return changes.reduce((held, change) => (change.from <= at ? change.method : held), method)
}

/** Methods by which the goods of a pool share one value at every moment. */
export const averageMethods: readonly CostMethod[] = ['moving-average', 'batch', 'serial']
