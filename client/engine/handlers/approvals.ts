/** 审批: lays a draft before its approvers, decides what waits, takes a submission back, posts what was approved. */
import { approvesLast, type SubmissionEntry } from '#domain/fold/approval-outcome.ts'
import { postApproved as postedFrom, submit as submitted } from '#domain/doctype/submit.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import { definitionOf } from '#domain/registry.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { DocumentId, PostingId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { DecidedBody, WithdrawnBody } from '#domain/records/approval-body.ts'
import { submittedParts } from '#client/projections/approval-rows.ts'
import { draftDocument, problemOf } from '#client/projections/draft-rows.ts'
import type { Plan, PlannedRecord, Planning } from '../own/append.ts'
import type { CommandArgs, CommandResult, Problem } from '../face/face.ts'
import { draftAtWork, draftContext } from './draft-at-work.ts'
import { planOf, postContext } from './posting.ts'
import { type AtWork, atWork, type Refused, submit, type Workshop } from './workshop.ts'

export async function submitDraft(
  workshop: Workshop,
  { docId }: CommandArgs<'submitDraft'>,
  commandId: string,
): Promise<CommandResult<'submitDraft'>> {
  const here = atWork(workshop)
  if (!here.ok) return here
  const joined = here.value.workplace.desks.read(docId, here.value.actor.audiences)
  if (joined === undefined) return fail([{ code: 'document-unknown' }])
  const draft = draftDocument(joined)
  const found = await draftAtWork(workshop, draft)
  if (!found.ok) return found
  const { workplace, reading, actor } = found.value.work
  const result = await submit(workplace, {
    commandId,
    by: actor.userId,
    plan(planning) {
      const before = reading.fold.approvals.of(docId).at(-1)
      if (before?.state === 'waiting') return fail([{ code: 'approval-waits' }])
      const context = draftContext(workshop, found.value, planning, before?.number)
      const made = submitted(context, draft)
      if (!made.ok) return fail(made.problem.map(problemOf))
      const { parts } = made.value
      return done({
        records: parts.map(({ recordId: id, audience, body }) => ({
          ...{ id, kind: 'submitted.v1', audience, branch: draft.branch, at: made.value.at },
          body: body as unknown as Json,
        })),
        result: { docId, number: context.number },
      })
    },
  })
  return result as CommandResult<'submitDraft'>
}

/** A submission of a branch where this person is at work. */
interface Submitted {
  readonly work: AtWork
  readonly definition: AnyDocumentDefinition
  readonly entry: SubmissionEntry
  readonly parts: readonly PostedBody[]
}

async function submittedAtWork(workshop: Workshop, docId: string): Promise<Refused<Submitted>> {
  const entry = workshop.reading?.fold.approvals.of(docId).at(-1)
  const definition = definitionOf(entry?.type ?? '')
  if (entry === undefined || definition === undefined) return fail([{ code: 'document-unknown' }])
  const work = atWork(workshop, entry.branch)
  if (!work.ok) return work
  const parts = await submittedParts(work.value.reading, entry)
  return done({ work: work.value, definition, entry, parts })
}

export async function decide(
  workshop: Workshop,
  { docId, submission, verdict, note }: CommandArgs<'decide'>,
  commandId: string,
): Promise<CommandResult<'decide'>> {
  const found = await submittedAtWork(workshop, docId)
  if (!found.ok) return found
  const { work, parts } = found.value
  const { reading, actor } = work
  const result = await submit(work.workplace, {
    commandId,
    by: actor.userId,
    plan(planning) {
      const entry = reading.fold.approvals.of(docId).at(-1)
      if (entry?.submission !== submission || entry.state !== 'waiting') {
        return fail([{ code: 'approval-decided' }])
      }
      const at = workshop.clock.now()
      if (!reading.fold.approvals.mayDecide(entry, { by: actor.userId, at })) {
        return fail([{ code: 'approval-not-yours' }])
      }
      if (!parts.some(({ part }) => part === entry.audience)) {
        return fail([{ code: 'approval-incomplete' }])
      }
      const decision = decisionRecord(workshop, entry, { verdict, note, at })
      const isLast = verdict === 'approve' && approvesLast(entry)
      // Whoever approves last posts it, if he may: where he may not, its author does.
      const posting = isLast ? posted(workshop, found.value, planning) : undefined
      const records = posting?.ok ? posting.value.records : []
      const { number } = entry
      const said = { number, isPosted: records.length > 0 }
      return done({ records: [decision, ...records], result: said })
    },
  })
  return result as CommandResult<'decide'>
}

function decisionRecord(
  { ports }: Workshop,
  { docId, submission, hash, step, branch, audience }: SubmissionEntry,
  { at, ...said }: Pick<DecidedBody, 'verdict' | 'note'> & { readonly at: Instant },
): PlannedRecord {
  const about = { docId: docId as DocumentId, submission: submission as PostingId }
  const body: DecidedBody = { ...about, hash, step, ...said }
  return { id: ports.random.uuid(), kind: 'decided.v1', branch, audience, at, body: asJson(body) }
}

function asJson(body: DecidedBody | WithdrawnBody): Json {
  return body as unknown as Json
}

/** The records that post what was approved, or why this person cannot. */
function posted(
  workshop: Workshop,
  { work, definition, entry, parts }: Submitted,
  planning: Planning,
): Result<Plan, readonly Problem[]> {
  const { submission, branch, at, number } = entry
  const lead = parts.find(({ part }) => part === entry.audience)
  if (lead === undefined || Object.keys(lead.parts).length > parts.length) {
    return fail([{ code: 'approval-incomplete' }])
  }
  const context = postContext(workshop, work, definition, number, planning.pending)
  const approved = { submission, branch, at: at as Instant, parts }
  return planOf(postedFrom(context, approved), branch)
}

export async function postApproved(
  workshop: Workshop,
  { docId }: CommandArgs<'postApproved'>,
  commandId: string,
): Promise<CommandResult<'postApproved'>> {
  const found = await submittedAtWork(workshop, docId)
  if (!found.ok) return found
  const { work, entry } = found.value
  const result = await submit(work.workplace, {
    commandId,
    by: work.actor.userId,
    plan: (planning) =>
      entry.state === 'approved'
        ? posted(workshop, found.value, planning)
        : fail([{ code: 'approval-needed', facts: { flow: entry.flow.name } }]),
  })
  return result as CommandResult<'postApproved'>
}

export async function withdrawSubmission(
  workshop: Workshop,
  { docId, submission, reason }: CommandArgs<'withdrawSubmission'>,
  commandId: string,
): Promise<CommandResult<'withdrawSubmission'>> {
  const found = await submittedAtWork(workshop, docId)
  if (!found.ok) return found
  const { work, entry } = found.value
  const { actor, workplace } = work
  if (entry.by !== actor.userId) return fail([{ code: 'approval-not-yours' }])
  const result = await submit(workplace, {
    commandId,
    by: actor.userId,
    plan() {
      if (entry.submission !== submission || entry.state !== 'waiting') {
        return fail([{ code: 'approval-decided' }])
      }
      const about = { docId: docId as DocumentId, submission: submission as PostingId, reason }
      const { branch, audience } = entry
      const id = workshop.ports.random.uuid()
      const at = workshop.clock.now()
      const record = { id, kind: 'withdrawn.v1', branch, audience, at, body: asJson(about) }
      return done({ records: [record], result: {} })
    },
  })
  return result as CommandResult<'withdrawSubmission'>
}
