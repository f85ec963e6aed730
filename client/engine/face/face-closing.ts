/** Answers about closing a month: what can be closed, what speaks against it, what is closed. Types only. */

import type { Problem } from './face-rows.ts'

/** One thing that is not in order in a month to be closed. */
export interface ClosingConcern {
  readonly code: string
  readonly count: number
  readonly devices: readonly {
    readonly id: string
    readonly name: string
    readonly lastSeenAt: number
  }[]
  readonly skus: readonly { readonly skuId: string; readonly name: string }[]
}

export interface ClosingSeal {
  readonly recordId: string
  readonly month: string
  readonly at: number
  /** '' for the server itself. */
  readonly by: string
  readonly isAutomatic: boolean
  readonly overridden: readonly string[]
  readonly reason: string
}

export interface ClosingDetail {
  readonly branchId: string
  /** That can be closed, earliest first. */
  readonly months: readonly string[]
  readonly concerns: readonly ClosingConcern[]
  /** Newest first. */
  readonly seals: readonly ClosingSeal[]
  /** Why the server did not answer. */
  readonly problem?: Problem
}
