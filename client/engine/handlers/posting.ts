/** What posting, reversing and supplying a part have in common: the context of the kit, and its outcome. */
import type { AnyDocumentDefinition, PostProblem } from '#domain/doctype/define.ts'
import { formatNumber } from '#domain/doctype/numbering.ts'
import type { PostContext, Posting } from '#domain/doctype/post.ts'
import { textOf } from '#domain/masters/master-field.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { businessDateOf } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import { done, fail } from '#domain/values/result.ts'
import type { Result } from '#domain/values/result.ts'
import { problemOf } from '#client/projections/draft-rows.ts'
import type { Plan, PlannedRecord, Planning } from '../own/append.ts'
import type { Problem } from '../face/face.ts'
import { pendingReaders } from './pending-readers.ts'
import type { AtWork, Workshop } from './workshop.ts'

/** Everything that `domain/doctype/post.ts` wants to know, gathered once. */
export function postContext(
  workshop: Workshop,
  { reading, actor }: AtWork,
  definition: AnyDocumentDefinition,
  number: string,
  pending: readonly PlannedRecord[],
): PostContext {
  return {
    definition,
    actor: { userId: actor.userId, roles: actor.roles },
    audiences: actor.audiences,
    branchId: actor.branchId,
    at: workshop.clock.now(),
    number,
    ids: () => workshop.ports.random.uuid(),
    ...pendingReaders(reading, pending, actor.branchId),
  }
}

/** The next number of this device for a type of document, given on a business day of the company. */
export function nextNumber(
  { reading, actor, workplace }: AtWork,
  definition: AnyDocumentDefinition,
  at: Instant,
  planning: Planning,
): string {
  const { device, branches } = workplace.identity
  const master = reading.fold.masters.get('branch', actor.branchId) ?? {}
  const kept = branches.find((branch) => branch.id === actor.branchId)?.code ?? '000'
  return formatNumber({
    prefix: definition.numbering.prefix,
    date: businessDateOf(at, reading.reader().zone),
    branchCode: textOf(master, 'code') || kept,
    deviceCode: device.code,
    counter: planning.count(definition.type),
  })
}

/** The records of a posting, or the problems that a person can mend. */
export function planOf(
  posted: Result<Posting, readonly PostProblem[]>,
  branch: string,
): Result<Plan, readonly Problem[]> {
  if (!posted.ok) return fail(posted.problem.map(problemOf))
  const { docId, number, at, parts, warnings } = posted.value
  return done({
    records: parts.map(({ recordId: id, kind, audience, body }) => ({
      ...{ id, kind, audience, branch, at },
      body: body as unknown as Json,
    })),
    result: { docId, number, warnings: warnings.map((warning) => problemOf({ ...warning })) },
  })
}
