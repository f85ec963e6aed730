/** 审批: what waits for whom, and one submission with everything that was said about it. */
import { actProblem } from '#domain/doctype/permission.ts'
import { printModel } from '#domain/doctype/print.ts'
import type { JudgedAct, SubmissionEntry } from '#domain/fold/approval-outcome.ts'
import { flowsOf } from '#domain/masters/approval-flow.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import type { Role } from '#domain/records/kinds.ts'
import { definitionOf } from '#domain/registry.ts'
import { businessDateOf } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Instant } from '#domain/values/instant.ts'
import type {
  ApprovalActRow,
  ApprovalDetail,
  ApprovalPerson,
  ApprovalRow,
  ApprovalStepRow,
  DutyReport,
  Page,
  QueryArgs,
} from '#client/engine/face/face.ts'
import { canRead, nameOf, type Reading, userName } from './reading.ts'

const hourMs = 3_600_000

export function approvalPage(
  reading: Reading,
  { which, offset, limit }: QueryArgs<'approvals'>,
): Page<ApprovalRow> {
  const asked = followed(reading)
    .map((entry) => approvalRow(reading, entry))
    .filter((row) => isAsked(row, which))
    .sort((a, b) => Number(b.isOverdue) - Number(a.isOverdue) || a.since - b.since)
  return { total: asked.length, offset, rows: asked.slice(offset, offset + limit) }
}

/** How many wait for this person. */
export function approvalCount(reading: Reading): number {
  return followed(reading).filter((entry) => mayDecide(reading, entry)).length
}

function isAsked(row: ApprovalRow, which: QueryArgs<'approvals'>['which']): boolean {
  if (which === 'mine') return row.mayDecide
  return which === 'own' ? row.isOwn : row.state === 'waiting'
}

/** The newest submission of each document of the followed branches. */
function followed(reading: Reading): readonly SubmissionEntry[] {
  const { branches } = reading.reader()
  return reading.fold.approvals.all().filter(({ branch }) => branches.includes(branch))
}

function mayDecide(reading: Reading, entry: SubmissionEntry): boolean {
  const { userId: by } = reading.reader()
  return by !== undefined && reading.fold.approvals.mayDecide(entry, { by, at: reading.now() })
}

function approvalRow(reading: Reading, entry: SubmissionEntry): ApprovalRow {
  const { docId, submission, type, number, at, flow, state, step, since } = entry
  const amount = amountOf(reading, entry)
  const hours = flow.steps[step]?.hours
  const isLate = hours !== undefined && reading.now() - since > hours * hourMs
  return {
    ...{ docId, submission, type, number, at, flow: flow.name, state, step, since },
    branchName: nameOf(reading, 'branch', entry.branch),
    byName: userName(reading, entry.by),
    ...(amount !== undefined && { amount }),
    steps: flow.steps.map((each) => stepRow(reading, each)),
    isOverdue: state === 'waiting' && isLate,
    mayDecide: mayDecide(reading, entry),
    isOwn: entry.by === reading.reader().userId,
    isPosted: reading.fold.documents.get(docId) !== undefined,
  }
}

function amountOf(reading: Reading, { type, parts }: SubmissionEntry): number | undefined {
  const audience = definitionOf(type)?.lines['amount']?.audience
  if (audience === undefined || !canRead(reading, audience)) return undefined
  return parts[audience]?.amount
}

function stepRow(
  reading: Reading,
  { approvers, needs, hours }: SubmissionEntry['flow']['steps'][number],
): ApprovalStepRow {
  return {
    approvers: approvers.map(({ role, user }) => ({
      ...(role !== undefined && { role }),
      ...(user !== undefined && { userName: userName(reading, user) }),
    })),
    needs,
    ...(hours !== undefined && { hours }),
  }
}

export async function approvalDetail(
  reading: Reading,
  { docId, language }: QueryArgs<'approval'>,
): Promise<ApprovalDetail | undefined> {
  const entry = reading.fold.approvals.of(docId).at(-1)
  if (entry === undefined) return undefined
  const row = approvalRow(reading, entry)
  const paper = await paperOf(reading, entry, language)
  return {
    ...row,
    acts: entry.acts.map((act) => actRow(reading, entry, act)),
    ...(paper !== undefined && { paper }),
    isToPost: entry.state === 'approved' && !row.isPosted,
  }
}

function actRow(reading: Reading, entry: SubmissionEntry, act: JudgedAct): ApprovalActRow {
  const { at, by, device, verdict, step, note, inPlaceOf, problem } = act
  return {
    ...{ at, verdict, step, note, byName: userName(reading, by) },
    ...(inPlaceOf !== undefined && { inPlaceOf: userName(reading, inPlaceOf) }),
    ...(problem !== undefined && { problem }),
    isOnAuthorsDevice: device === entry.device && verdict !== 'withdraw',
  }
}

async function paperOf(
  reading: Reading,
  entry: SubmissionEntry,
  language: 'zh-CN' | 'en',
): Promise<ApprovalDetail['paper']> {
  const bodies = await submittedParts(reading, entry)
  const definition = definitionOf(entry.type)
  const lead = bodies.find(({ part }) => part === entry.audience)
  if (lead === undefined || definition === undefined) return undefined
  const { audiences, zone } = reading.reader()
  const date = businessDateOf(entry.at as Instant, zone)
  const { masters } = reading.fold
  const document = joined(lead, bodies)
  return printModel({
    definition,
    document,
    number: entry.number,
    date,
    masters,
    audiences,
    language,
  })
}

/** Parts of a submission that have come and are what its lead says of them. */
export async function submittedParts(
  reading: Pick<Reading, 'documents'>,
  entry: SubmissionEntry,
): Promise<readonly PostedBody[]> {
  const byRecord = await reading.documents.submitted(entry.docId)
  return Object.values(entry.parts).flatMap(({ record }) => byRecord.get(record) ?? [])
}

function joined(
  lead: PostedBody,
  bodies: readonly PostedBody[],
): Parameters<typeof printModel>[0]['document'] {
  const lines = lead.lines.map((line) => {
    const others = bodies.flatMap((body) =>
      body.lines.filter(({ lineId }) => lineId === line.lineId),
    )
    return Object.assign({}, ...others) as Record<string, Json> & { lineId: string }
  })
  return { header: Object.assign({}, ...bodies.map(({ header }) => header)), lines }
}

/** Everybody with a role, for those who say who approves what. */
export function approvalPeople({ fold }: Reading): readonly ApprovalPerson[] {
  return fold.directory
    .users()
    .filter(({ isRevoked, roles }) => !isRevoked && roles.length > 0)
    .map(({ id, name, roles }) => ({
      ...{ id, name, roles: [...new Set(roles.map(({ role }) => role))] },
    }))
}

/** [WF-10] Who may do both, and who did. */
export function dutyReport(reading: Reading): DutyReport {
  const people = approvalPeople(reading)
  const [company] = reading.fold.masters.list('company')
  const both = flowsOf(company?.fields ?? {}).flatMap((flow) => {
    const definition = definitionOf(flow.type)
    if (definition === undefined) return []
    const mayWrite = (person: ApprovalPerson) =>
      actProblem(definition, 'edit', 'draft', person.roles as readonly Role[]) === undefined
    const mayApprove = ({ id, roles }: ApprovalPerson) =>
      roles.includes('owner') ||
      flow.steps.some(({ approvers }) =>
        approvers.some(({ role, user }) => user === id || roles.includes(role ?? '')),
      )
    const names = people.filter((each) => mayWrite(each) && mayApprove(each))
    const isSeparate = flow.isSeparate === 1
    return [{ type: flow.type, flow: flow.name, isSeparate, names: names.map(({ name }) => name) }]
  })
  const done = followed(reading).flatMap((entry) => {
    const isBoth = entry.acts.some(
      ({ by, verdict, problem }) =>
        by === entry.by && verdict === 'approve' && problem === undefined,
    )
    const { docId, type, number, at } = entry
    return isBoth ? [{ docId, type, number, at, byName: userName(reading, entry.by) }] : []
  })
  return { both, done }
}
