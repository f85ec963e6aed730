/** Submissions as screens ask for them: what waits, what became of one, and who may decide. */

import type { ApprovalGround } from './approval-ground.ts'
import { approvalGround } from './approval-ground.ts'
import { decidableBy, type SubmissionEntry, submissionsOf } from './approval-outcome.ts'
import { flowTypesOf } from './approval-findings.ts'
import { findPosted } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'

export interface ApprovalsView {
  /** All submissions of a document, the newest last. */
  of(docId: string): readonly SubmissionEntry[]
  /** The newest submission of each document, oldest first. */
  all(): readonly SubmissionEntry[]
  /** Whether a person could decide the step that waits at `at`. */
  mayDecide(entry: SubmissionEntry, person: { readonly by: string; readonly at: number }): boolean
  /** Whether there is, or was, a flow for any document. */
  hasFlows(): boolean
}

export function approvalsView(state: FoldState): ApprovalsView {
  let kept: { readonly version: number; readonly ground: ApprovalGround } | undefined
  const ground = (): ApprovalGround => {
    if (kept?.version !== state.version) {
      kept = { version: state.version, ground: approvalGround(state) }
    }
    return kept.ground
  }
  return {
    of: (docId) =>
      [...state.approvals.values()]
        .filter((approvals) => approvals.docId === docId)
        .flatMap((approvals) => submissionsOf(ground(), approvals)),
    all: () =>
      [...state.approvals.values()]
        .flatMap((approvals) => submissionsOf(ground(), approvals).at(-1) ?? [])
        .sort((a, b) => a.hlc - b.hlc || (a.submission < b.submission ? -1 : 1)),
    mayDecide: (entry, person) =>
      findPosted(state, entry.docId) < 0 && decidableBy(ground(), entry, person),
    hasFlows: () => flowTypesOf(state).size > 0,
  }
}
