/** What the answers about the cost policy (成本政策) look like; types only, as face-rows.ts. */
import type { ImpactRows } from './face-changes.ts'
import type { Problem } from './face-rows.ts'

/** How goods are valued, as the company has stated it. */
export interface CostPolicyRow {
  /** What holds now; '' where nothing was ever chosen counts as the default. */
  readonly method: string
  readonly scope: string
  /** Nobody has chosen, and there is no document yet. */
  readonly isOpen: boolean
  /** Oldest first. */
  readonly changes: readonly {
    /** '2027-01'. */
    readonly month: string
    readonly method: string
    /** Name of the person. */
    readonly by: string
  }[]
}

/** From which month on the company can go over to which methods. */
export interface MethodChangeDetail {
  readonly months: readonly {
    readonly month: string
    readonly methods: readonly string[]
    /** Why none of them can hold from there on. */
    readonly problem?: Problem
    /** Names of branches that it concerns. */
    readonly branches: readonly string[]
  }[]
  /** Why the server did not answer. */
  readonly problem?: Problem
}

/** What a change of method would change; as far as this device follows branches. */
export interface MethodImpactRows extends ImpactRows {
  /** Goods with a value of their own on hand when it begins, and what they are worth then, fen. */
  readonly pools: number
  readonly valueKept: number
}
