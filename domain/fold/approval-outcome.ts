/**
 * What became of a submission: the acts about it in the one order of all devices, each judged by what held when it
 * was written. The same on every device that knows the same records, whatever came first.
 */

import type { Audience } from '#domain/records/audience.ts'
import {
  type Approver,
  type StatedFlow,
  submissionHash,
  type Verdict,
} from '#domain/records/approval-body.ts'
import {
  type ApprovalAct,
  compareNotes,
  type DocumentApprovals,
  type SubmittedNote,
} from './approval-book.ts'
import type { ApprovalGround } from './approval-ground.ts'

/** 待审, 已批, 驳回, 退回, 已撤回, 已失效. */
export type SubmissionState =
  | 'waiting'
  | 'approved'
  | 'declined'
  | 'sent-back'
  | 'withdrawn'
  /** Submitted again before it was decided. */
  | 'lapsed'

/** Why an act counts for nothing. */
export type ActProblem =
  | 'too-late'
  | 'other-step'
  | 'other-content'
  | 'no-right'
  | 'own-document'
  | 'not-author'

export interface JudgedAct {
  readonly record: string
  readonly by: string
  readonly device: string
  readonly at: number
  readonly hlc: number
  readonly verdict: Verdict | 'withdraw'
  readonly step: number
  readonly note: string
  /** 代理: in whose place. */
  readonly inPlaceOf?: string
  readonly problem?: ActProblem
}

export interface SubmissionEntry {
  readonly docId: string
  readonly branch: string
  readonly submission: string
  readonly type: string
  readonly number: string
  readonly by: string
  readonly device: string
  readonly at: number
  readonly hlc: number
  readonly audience: Audience
  /** What decisions are bound to. */
  readonly hash: string
  readonly flow: StatedFlow
  readonly state: SubmissionState
  /** The step that waits, or that was the last. */
  readonly step: number
  /** Since when it waits, or when it ended; ms. */
  readonly since: number
  readonly acts: readonly JudgedAct[]
  /** Places of the step that waits, by number among its approvers, and who has taken them. */
  readonly filled: readonly (readonly [place: number, by: string])[]
  /** Records of the parts that have come and are what the lead says of them. */
  readonly parts: Readonly<Partial<Record<Audience, SubmittedNote>>>
}

interface Walk {
  state: SubmissionState
  step: number
  since: number
  /** Who has taken which place of the step. */
  readonly filled: Map<number, string>
  readonly acts: JudgedAct[]
}

/** All submissions of a document, the newest last [APR3]. */
export function submissionsOf(
  ground: ApprovalGround,
  approvals: DocumentApprovals,
): readonly SubmissionEntry[] {
  const leads = leadsOf(approvals)
  return leads.map((lead, i) => judged(ground, approvals, lead, leads[i + 1]))
}

/** One lead part for each submission, in the order of all devices. */
function leadsOf({ submitted }: DocumentApprovals): readonly (SubmittedNote & Stated)[] {
  const leads = submitted.filter(isLead).sort(compareNotes)
  return leads.filter(
    (lead, i) => leads.findIndex(({ submission }) => submission === lead.submission) === i,
  )
}

type Stated = Required<Pick<SubmittedNote, 'flow' | 'hashes'>>

function isLead(note: SubmittedNote): note is SubmittedNote & Stated {
  return note.flow !== undefined && note.hashes?.[note.audience] === note.partHash
}

function judged(
  ground: ApprovalGround,
  approvals: DocumentApprovals,
  lead: SubmittedNote & Stated,
  next: SubmittedNote | undefined,
): SubmissionEntry {
  const { docId, branch } = approvals
  const { submission, type, number, by, device, at, hlc, audience, flow } = lead
  const hash = submissionHash(lead.hashes)
  const walk: Walk = { state: 'waiting', step: 0, since: at, filled: new Map(), acts: [] }
  const about = { ground, branch, lead, hash }
  for (const act of actsAbout(approvals, lead)) {
    if (next !== undefined && compareNotes(next, act) < 0) lapse(walk, next)
    take(walk, about, act)
  }
  if (next !== undefined) lapse(walk, next)
  const { state, step, since, acts, filled } = walk
  return {
    ...{ docId, branch, submission, type, number, by, device, at, hlc, audience, hash, flow },
    ...{ state, step, since, acts, filled: [...filled] },
    parts: partsOf(approvals, lead),
  }
}

/** What a clone has written again under its new name is one act. */
function actsAbout({ acts }: DocumentApprovals, lead: SubmittedNote): readonly ApprovalAct[] {
  const about = acts
    .filter(({ said, audience }) => {
      return said.submission === lead.submission && audience === lead.audience
    })
    .sort(compareNotes)
  return about.filter((act, i) => about.findIndex(({ record }) => record === act.record) === i)
}

function partsOf(
  { submitted }: DocumentApprovals,
  lead: SubmittedNote & Stated,
): SubmissionEntry['parts'] {
  const fitting = submitted
    .filter(({ submission, audience, partHash }) => {
      return submission === lead.submission && lead.hashes[audience] === partHash
    })
    .sort(compareNotes)
  return Object.fromEntries(fitting.reverse().map((note) => [note.audience, note]))
}

function lapse(walk: Walk, next: SubmittedNote): void {
  if (walk.state !== 'waiting') return
  walk.state = 'lapsed'
  walk.since = next.at
}

interface About {
  readonly ground: ApprovalGround
  readonly branch: string
  readonly lead: SubmittedNote & Stated
  readonly hash: string
}

function take(walk: Walk, about: About, act: ApprovalAct): void {
  const { record, by, device, at, hlc, said } = act
  const own = { record, by, device, at, hlc }
  if (!('verdict' in said)) {
    const problem = withdrawalProblem(walk, about, by)
    walk.acts.push({ ...own, verdict: 'withdraw', step: walk.step, note: said.reason, ...problem })
    if (problem === undefined) end(walk, 'withdrawn', at)
    return
  }
  const { verdict, step, note } = said
  const place = placeFor(walk, about, { ...act, said })
  if (typeof place === 'string') {
    walk.acts.push({ ...own, verdict, step, note, problem: place })
    return
  }
  const inPlaceOf = place.inPlaceOf === undefined ? {} : { inPlaceOf: place.inPlaceOf }
  walk.acts.push({ ...own, verdict, step, note, ...inPlaceOf })
  if (verdict === 'approve') approve(walk, about.lead.flow, place.index, by, at)
  else end(walk, verdict === 'decline' ? 'declined' : 'sent-back', at)
}

function withdrawalProblem(
  { state }: Walk,
  { lead }: About,
  by: string,
): { readonly problem: ActProblem } | undefined {
  if (lead.by !== by) return { problem: 'not-author' }
  return state === 'waiting' ? undefined : { problem: 'too-late' }
}

function end(walk: Walk, state: SubmissionState, at: number): void {
  walk.state = state
  walk.since = at
}

function approve(walk: Walk, flow: StatedFlow, index: number, by: string, at: number): void {
  const { approvers = [], needs } = flow.steps[walk.step] ?? {}
  walk.filled.set(index, by)
  if (needs === 'all' && walk.filled.size < approvers.length) return
  if (walk.step + 1 >= flow.steps.length) return end(walk, 'approved', at)
  walk.step += 1
  walk.since = at
  walk.filled.clear()
}

interface Place {
  /** Of the step's approvers. */
  readonly index: number
  readonly inPlaceOf?: string
}

/** [APR4] The place of the step that a decision fills, or why it counts for nothing. */
function placeFor(
  walk: Walk,
  { ground, branch, lead, hash }: About,
  { by, hlc, at, said }: ApprovalAct & { readonly said: { step: number; hash: string } },
): Place | ActProblem {
  if (walk.state !== 'waiting' || said.step < walk.step) return 'too-late'
  if (said.hash !== hash) return 'other-content'
  if (said.step !== walk.step) return 'other-step'
  const who = { by, hlc, at, branch }
  return freePlace(ground, lead, [...walk.filled], walk.step, who)
}

/** Whether one more approval of the step that waits ends it all. */
export function approvesLast({ flow, step, filled }: SubmissionEntry): boolean {
  const { approvers = [], needs } = flow.steps[step] ?? {}
  return (
    step + 1 === flow.steps.length && (needs === 'any' || filled.length + 1 >= approvers.length)
  )
}

interface Decider {
  readonly by: string
  readonly hlc: number
  readonly at: number
  readonly branch: string
}

/** Whether a person can decide the step that waits, by what is known now. */
export function decidableBy(
  ground: ApprovalGround,
  entry: SubmissionEntry,
  person: Pick<Decider, 'by' | 'at'>,
): boolean {
  if (entry.state !== 'waiting') return false
  const who = { ...person, branch: entry.branch, hlc: Number.MAX_SAFE_INTEGER }
  return typeof freePlace(ground, entry, entry.filled, entry.step, who) !== 'string'
}

function freePlace(
  ground: ApprovalGround,
  { by: author, flow }: Pick<SubmissionEntry, 'by' | 'flow'>,
  filled: readonly (readonly [number, string])[],
  step: number,
  who: Decider,
): Place | ActProblem {
  if (flow.isSeparate === 1 && author === who.by) return 'own-document'
  if (filled.some(([, by]) => by === who.by)) return 'too-late'
  const approvers = flow.steps[step]?.approvers ?? []
  const free = approvers.flatMap((approver, index) => {
    const isFree = !filled.some(([taken]) => taken === index)
    const inPlaceOf = isFree ? authorityOf(ground, approver, who) : undefined
    return inPlaceOf === undefined ? [] : [{ index, inPlaceOf }]
  })
  // Whoever may decide himself does so, and not in somebody's place.
  const place = free.find(({ inPlaceOf }) => inPlaceOf === '') ?? free[0]
  if (place === undefined) return 'no-right'
  const { index, inPlaceOf } = place
  return inPlaceOf === '' ? { index } : { index, inPlaceOf }
}

/** '' where it is the person's own, else in whose place; undefined without any. */
function authorityOf(
  ground: ApprovalGround,
  approver: Approver,
  { by, hlc, at, branch }: Decider,
): string | undefined {
  if (isApprover(ground, approver, by, { hlc, branch })) return ''
  return ground
    .standsInFor(by, hlc, at)
    .find((each) => isApprover(ground, approver, each, { hlc, branch }))
}

/** An owner may decide every step, as he may do every act. */
function isApprover(
  ground: ApprovalGround,
  { role, user }: Approver,
  person: string,
  { hlc, branch }: Pick<Decider, 'hlc' | 'branch'>,
): boolean {
  const roles = ground.rolesAt(person, branch, hlc)
  if (roles.length === 0) return false
  return (
    roles.includes('owner') || (user !== undefined ? user === person : roles.includes(role ?? ''))
  )
}
