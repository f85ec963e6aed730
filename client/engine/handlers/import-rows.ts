/** Writes the accepted rows of an import: masters, then opening stock, in one transaction or not at all. */
import { post } from '#domain/doctype/post.ts'
import type { AnyDocumentDefinition, DraftDocument } from '#domain/doctype/define.ts'
import { definitionOf } from '#domain/registry.ts'
import { assert } from '#domain/values/assert.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { Plan, PlannedRecord, Planning } from '../own/append.ts'
import type { CommandArgs, CommandResult, MasterChange, Problem } from '../face/face.ts'
import { checkChanges, masterRecords } from './master-records.ts'
import { pendingReaders } from './pending-readers.ts'
import { nextNumber, planOf, postContext } from './posting.ts'
import { withInitials } from './with-initials.ts'
import { type AtWork, atWork, submit, type Workshop } from './workshop.ts'

const openingType = 'opening-stock'

export async function importRows(
  workshop: Workshop,
  args: CommandArgs<'importRows'>,
  commandId: string,
): Promise<CommandResult<'importRows'>> {
  const work = atWork(workshop)
  if (!work.ok) return work
  const masters = await withInitials(args.masters)
  const drafts = args.opening.map((opening) => draftOf(workshop, work.value, opening))
  const result = await submit(work.value.workplace, {
    commandId,
    by: work.value.actor.userId,
    plan: (planning) => planImport(workshop, work.value, masters, drafts, planning),
  })
  return result as CommandResult<'importRows'>
}

function draftOf(
  { ports }: Workshop,
  { actor }: AtWork,
  { warehouseId, lines }: CommandArgs<'importRows'>['opening'][number],
): DraftDocument {
  return {
    docId: ports.random.uuid(),
    type: openingType,
    branch: actor.branchId,
    header: { warehouseId },
    lines: lines.map((line) => ({ ...line, lineId: ports.random.uuid() })),
  }
}

function planImport(
  workshop: Workshop,
  work: AtWork,
  changes: readonly MasterChange[],
  drafts: readonly DraftDocument[],
  planning: Planning,
): Result<Plan, readonly Problem[]> {
  const { roles, audiences, branchId: branch } = work.actor
  const { get } = pendingReaders(work.reading, planning.pending).masters
  const problems = checkChanges(changes, { roles, audiences, get })
  if (problems.length > 0) return fail(problems)
  const ids = () => workshop.ports.random.uuid()
  const records = [...masterRecords(changes, { branch, at: workshop.clock.now(), ids })]
  const documents: string[] = []
  for (const draft of drafts) {
    // The opening stock is judged with the masters that come with it.
    const pending = [...planning.pending, ...records]
    const planned = planOpening(workshop, work, draft, { ...planning, pending })
    if (!planned.ok) return planned
    records.push(...planned.value)
    documents.push(draft.docId)
  }
  return done({ records, result: { masters: changes.length, documents } })
}

function planOpening(
  workshop: Workshop,
  work: AtWork,
  draft: DraftDocument,
  planning: Planning,
): Result<readonly PlannedRecord[], readonly Problem[]> {
  const definition = openingDefinition()
  const number = nextNumber(work, definition, workshop.clock.now(), planning)
  const context = postContext(workshop, work, definition, number, planning.pending)
  const planned = planOf(post(context, draft), draft.branch)
  return planned.ok ? done(planned.value.records) : planned
}

function openingDefinition(): AnyDocumentDefinition {
  const definition = definitionOf(openingType)
  assert(definition !== undefined, 'opening stock is a type of document')
  return definition
}
