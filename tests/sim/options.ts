/** What a world is asked for, and what it answers. */
import type { Violation } from './auditor.ts'
import type { FaultCounts } from './fault-book.ts'
import type { Climate } from './faults.ts'
import type { Trade } from './trade.ts'

export interface WorldOptions {
  readonly seed: number
  /** Virtual days of trade between two rests. */
  readonly days: number
  readonly rests: number
  /** `days`: busy days, an act every hour. `years`: a sitting a day. */
  readonly pace?: 'days' | 'years'
  /** Machines at the start; drawn from the seed when left out. */
  readonly machines?: number
  /** Events at most; the world rests earlier then. */
  readonly limitSteps?: number
  /** One crash, at exactly the n-th operation of a store after the trade has begun; no others. */
  readonly crashAt?: { readonly who: 'server' | 'device'; readonly nth: number }
  /** Worse weather than the seed draws. */
  readonly climate?: Partial<Climate>
  /** What kind of company it is; drawn from the seed when left out. */
  readonly trade?: Trade
  readonly onStory?: (line: string) => void
}

export interface WorldOutcome {
  readonly seed: number
  readonly violations: readonly Violation[]
  readonly steps: number
  /** Records that devices have written. */
  readonly records: number
  /** Documents that the records make. */
  readonly documents: number
  /** Acts of which a screen said that they are saved. */
  readonly saved: number
  readonly crashes: number
  readonly serverCrashes: number
  readonly postedTwice: number
  readonly deviceDays: number
  /** Operations of the store for which `crashAt` was asked, while there was trade. */
  readonly crashPointsInTrade: number
  readonly faults: FaultCounts
  /** SHA-256 of the story and of all bytes on all disks: the same for the same seed. */
  readonly digest: string
}
