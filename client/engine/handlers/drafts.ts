/** Acts on drafts: what is typed, scanned, removed and thrown away on the desks. */
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { actProblem } from '#domain/doctype/permission.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { unitsOf } from '#domain/masters/unit.ts'
import { definitionOf } from '#domain/registry.ts'
import type { Act as DeskAct } from '#domain/replica/desk.ts'
import { done, fail } from '#domain/values/result.ts'
import { type Quantity } from '#domain/values/quantity.ts'
import { baseFactor, toBaseQuantity, type UnitFactor } from '#domain/values/unit.ts'
import { problemOf } from '#client/projections/draft-rows.ts'
import type { JoinedDraft } from '#client/projections/reading.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import { EngineGone } from '../face/relay.ts'
import { type CommandRow, storeFailureOf } from '../store/store.ts'
import { pricedLines } from './priced-lines.ts'
import { type AtWork, atWork, type Refused, type Workshop } from './workshop.ts'

interface AtDraft {
  readonly work: AtWork
  readonly definition: AnyDocumentDefinition
  readonly draft: JoinedDraft | undefined
  readonly branch: string
  readonly act: DeskAct
}

/** A draft that this person may edit: an existing one, or a new one of `type` in the chosen branch. */
export function atDraft(workshop: Workshop, docId: string, type?: string): Refused<AtDraft> {
  const found = atWork(workshop)
  if (!found.ok) return found
  const { workplace, reading, actor } = found.value
  if (reading.fold.documents.get(docId) !== undefined) return fail([{ code: 'already-posted' }])
  const draft = workplace.desks.read(docId, actor.audiences)
  const definition = definitionOf(draft?.type ?? type ?? '')
  if (definition === undefined) return fail([{ code: 'document-unknown' }])
  const branch = draft?.branch ?? actor.branchId
  const work = atWork(workshop, branch)
  if (!work.ok) return work
  // What approvers read stays what it is until they have decided, or its author takes it back.
  if (reading.fold.approvals.of(docId).at(-1)?.state === 'waiting') {
    return fail([{ code: 'approval-waits' }])
  }
  const forbidden = actProblem(definition, 'edit', 'draft', work.value.actor.roles)
  if (forbidden !== undefined) return fail([problemOf(forbidden)])
  const act = { device: workplace.identity.device.id, hlc: workplace.appender.stamp() }
  return done({ work: work.value, definition, draft, branch, act })
}

export async function editDraft(
  workshop: Workshop,
  { docId, type, header = {}, lines = [] }: CommandArgs<'editDraft'>,
): Promise<CommandResult<'editDraft'>> {
  const at = atDraft(workshop, docId, type)
  if (!at.ok) return at
  const { work, definition, branch, act } = at.value
  const { audiences } = work.actor
  const priced = await pricedLines(at.value, { header, lines })
  const edit = { branch, docId, definition, header, lines: priced, audiences }
  const edited = work.workplace.desks.edit(act, edit)
  return edited.ok ? done({}) : edited
}

export async function scanIntoDraft(
  workshop: Workshop,
  { docId, type, skuId, unit, quantity }: CommandArgs<'scanIntoDraft'>,
  commandId: string,
): Promise<CommandResult<'scanIntoDraft'>> {
  const at = atDraft(workshop, docId, type)
  if (!at.ok) return at
  const { work, definition, draft, branch, act } = at.value
  const sku = work.reading.fold.masters.get('sku', skuId)
  if (sku === undefined) return fail([{ code: 'unknown-reference', field: 'skuId' }])
  const step = stepsOf(sku, unit, quantity)
  if (!step.ok) return step
  const line = draft?.lines.find(
    ({ fields }) => fields['skuId'] === skuId && fields['unit'] === unit,
  )
  const lineId = line?.lineId ?? workshop.ports.random.uuid()
  // A lost answer makes the tab ask again; a scan that was counted must not be counted twice.
  await claim(work, workshop, { id: commandId, result: done({ lineId }) })
  const fields = line === undefined ? { skuId, ...(unit === undefined ? {} : { unit }) } : {}
  const scan = { branch, docId, definition, lineId, fields, step: step.value }
  const scanned = work.workplace.desks.scan(act, scan)
  if (!scanned.ok) return scanned
  return priceScanned(workshop, docId, lineId)
}

/** One more of something may cost less. */
async function priceScanned(
  workshop: Workshop,
  docId: string,
  lineId: string,
): Promise<CommandResult<'scanIntoDraft'>> {
  const at = atDraft(workshop, docId)
  if (!at.ok) return at
  const { work, definition, branch, act } = at.value
  const { audiences } = work.actor
  const lines = await pricedLines(at.value, { lines: [{ lineId, fields: {} }] })
  const edit = { branch, docId, definition, header: {}, lines, audiences }
  const priced = work.workplace.desks.edit(act, edit)
  return priced.ok ? done({ lineId }) : priced
}

/** Durable before the scan is counted: once at most, and at worst scanned again by hand. */
async function claim({ workplace }: AtWork, { ports }: Workshop, command: CommandRow) {
  const { health, term } = workplace
  if (!(await health.isWell())) return
  try {
    await ports.store.commit({ term, commands: [command] })
  } catch (error) {
    // The next engine is asked too, and counts it.
    if (storeFailureOf(error).code === 'term-lost') throw new EngineGone()
    // Drafts are no facts: without a store they still can be scanned into.
  }
}

function factorOf(sku: MasterFields, unit: string | undefined): UnitFactor | undefined {
  if (unit === undefined) return baseFactor
  return unitsOf(sku).find(({ name }) => name === unit)?.factor
}

function stepsOf(sku: MasterFields, unit: string | undefined, entered: number): Refused<Quantity> {
  const factor = factorOf(sku, unit)
  if (factor === undefined) return fail([{ code: 'unit-unknown', field: 'unit' }])
  const base = toBaseQuantity(entered as Quantity, factor)
  return base.ok ? base : fail([{ code: base.problem.code, field: 'quantity' }])
}

export async function removeLine(
  workshop: Workshop,
  { docId, lineId }: CommandArgs<'removeLine'>,
): Promise<CommandResult<'removeLine'>> {
  const at = atDraft(workshop, docId)
  if (!at.ok) return at
  const removed = at.value.work.workplace.desks.removeLine(at.value.act, { docId, lineId })
  return removed.ok ? done({}) : removed
}

export async function discardDraft(
  workshop: Workshop,
  { docId }: CommandArgs<'discardDraft'>,
): Promise<CommandResult<'discardDraft'>> {
  const at = atDraft(workshop, docId)
  if (!at.ok) return at
  at.value.work.workplace.desks.discard(docId)
  return done({})
}

export async function pointAt(
  workshop: Workshop,
  { docId, lineId, field }: CommandArgs<'pointAt'>,
): Promise<CommandResult<'pointAt'>> {
  const work = atWork(workshop)
  if (!work.ok) return work
  const where = {
    ...(lineId === undefined ? {} : { lineId }),
    ...(field === undefined ? {} : { field }),
  }
  const { name } = work.value.actor
  work.value.workplace.presence.point(docId === undefined ? undefined : { name, docId, ...where })
  return done({})
}
