/** What goes into a fold, and what it says has changed by it. */

import type { JournalRecord } from '#domain/records/record.ts'

/** One record of a journal, as `decodeRecord` read it. */
export interface FoldEntry {
  /** Name of the journal that holds it: `j/{org}/{branch}/{audience}/{yyyy-mm}/{device}`. */
  readonly journal: string
  readonly record: JournalRecord
  /** 64 hex digits. */
  readonly hash: string
}

export interface FoldChanges {
  /** SKUs whose quantity, value or card may differ. */
  readonly skus: ReadonlySet<string>
  /** Documents whose entry differs. */
  readonly documents: ReadonlySet<string>
  /** Entities of which a master differs. */
  readonly masters: ReadonlySet<string>
  /** What waits for approval, or was decided, may differ. */
  readonly hasApprovalsChanged: boolean
  /** Findings may differ; false means that they do not. */
  readonly hasFindingsChanged: boolean
}
