/** Answers about approvals: what waits, what became of a submission, who approves what. Types only. */
import type { PrintModel } from '#domain/doctype/print.ts'
import type { Page, PageArgs, Problem } from './face-rows.ts'

export type ApprovalState =
  | 'waiting'
  | 'approved'
  | 'declined'
  | 'sent-back'
  | 'withdrawn'
  | 'lapsed'

/** `mine`: what waits for this person; `own`: what he submitted; `all`: whatever waits. */
export interface ApprovalsArgs extends PageArgs {
  readonly which: 'mine' | 'own' | 'all'
}

/** Who may decide a step: a role, or a person by name. */
export interface ApproverRow {
  readonly role?: string
  readonly userName?: string
}

export interface ApprovalStepRow {
  readonly approvers: readonly ApproverRow[]
  readonly needs: 'any' | 'all'
  readonly hours?: number
}

export interface ApprovalRow {
  readonly docId: string
  readonly submission: string
  readonly type: string
  readonly number: string
  readonly branchName: string
  readonly at: number
  readonly byName: string
  /** Fen; left out where this person may not read it. */
  readonly amount?: number
  readonly flow: string
  readonly state: ApprovalState
  readonly step: number
  readonly steps: readonly ApprovalStepRow[]
  /** Since when the step waits, or when all was decided. */
  readonly since: number
  /** The step waits longer than its flow allows. */
  readonly isOverdue: boolean
  readonly mayDecide: boolean
  readonly isOwn: boolean
  readonly isPosted: boolean
}

/** One thing that somebody did about a submission. */
export interface ApprovalActRow {
  readonly at: number
  readonly byName: string
  readonly verdict: 'approve' | 'decline' | 'send-back' | 'withdraw'
  readonly step: number
  readonly note: string
  /** 代理: in whose place. */
  readonly inPlaceOf?: string
  /** Why it counts for nothing. */
  readonly problem?: string
  /** On the device that had submitted it. */
  readonly isOnAuthorsDevice: boolean
}

export interface ApprovalDetail extends ApprovalRow {
  readonly acts: readonly ApprovalActRow[]
  /** What was submitted; left out while it has not come. */
  readonly paper?: PrintModel
  /** Approved, and not posted yet. */
  readonly isToPost: boolean
}

/** Of a draft: whether it must be submitted, and what became of its last submission. */
export interface DraftApproval {
  /** Name of the flow that asks for approval of what the draft says now. */
  readonly flow?: string
  readonly state?: ApprovalState
}

export interface ApprovalPerson {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
}

/** Who made and who approved, where one person did both. */
export interface DutyRow {
  readonly docId: string
  readonly type: string
  readonly number: string
  readonly at: number
  readonly byName: string
}

/** 不相容职务: people who may do both of two things that should be apart, and documents where one did. */
export interface DutyReport {
  /** By type with a flow: who may both write and approve it. */
  readonly both: readonly {
    readonly type: string
    readonly flow: string
    readonly isSeparate: boolean
    readonly names: readonly string[]
  }[]
  readonly done: readonly DutyRow[]
}

/** Questions about approvals: name → arguments and answer. */
export interface ApprovalQueries {
  approvals: { args: ApprovalsArgs; result: Page<ApprovalRow> }
  /** How many submissions wait for this person. */
  approvalCount: { args: Record<never, never>; result: number }
  /** The newest submission of a document. */
  approval: {
    args: { readonly docId: string; readonly language: 'zh-CN' | 'en' }
    result: ApprovalDetail | undefined
  }
  approvalPeople: { args: Record<never, never>; result: readonly ApprovalPerson[] }
  duties: { args: Record<never, never>; result: DutyReport }
}

/** What a posting answers. */
export interface PostedResult {
  readonly docId: string
  readonly number: string
  readonly warnings: readonly Problem[]
}

/** Acts of authors and approvers. */
export interface ApprovalCommands {
  /** 提交审批 of a draft as it stands. */
  submitDraft: {
    args: { readonly docId: string }
    result: { readonly docId: string; readonly number: string }
  }
  /** What was approved last is posted with it, where this person may post it. */
  decide: {
    args: {
      readonly docId: string
      readonly submission: string
      readonly verdict: 'approve' | 'decline' | 'send-back'
      readonly note: string
    }
    result: { readonly number: string; readonly isPosted: boolean }
  }
  withdrawSubmission: {
    args: { readonly docId: string; readonly submission: string; readonly reason: string }
    result: Record<never, never>
  }
  /** Of a document that was approved by somebody who could not post it. */
  postApproved: { args: { readonly docId: string }; result: PostedResult }
}
