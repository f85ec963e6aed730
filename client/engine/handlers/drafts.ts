/** Acts on drafts: what is typed, scanned, removed and thrown away on the desks. */
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { actProblem } from '#domain/doctype/permission.ts'
import { type MasterFields, textOf } from '#domain/masters/master-field.ts'
import { unitPriceOf, unitsOf } from '#domain/masters/unit.ts'
import { definitionOf } from '#domain/registry.ts'
import type { Act as DeskAct } from '#domain/replica/desk.ts'
import { divideRounded } from '#domain/values/rounding.ts'
import { done, fail } from '#domain/values/result.ts'
import { type Quantity } from '#domain/values/quantity.ts'
import { baseFactor, toBaseQuantity, type UnitFactor } from '#domain/values/unit.ts'
import { problemOf } from '#client/projections/draft-rows.ts'
import type { JoinedDraft } from '#client/projections/reading.ts'
import type { CommandArgs, CommandResult, FieldValues } from '../face/face.ts'
import { EngineGone } from '../face/relay.ts'
import { type CommandRow, storeFailureOf } from '../store/store.ts'
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
  const edit = { branch, docId, definition, header, lines, audiences }
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
  if (line === undefined) propose(at.value, docId, lineId, sku, unit)
  return done({ lineId })
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

/** The list price of the side that the type trades on; the person may change it. */
function propose(
  { work, definition, branch, act }: AtDraft,
  docId: string,
  lineId: string,
  sku: MasterFields,
  unit: string | undefined,
): void {
  const { audiences } = work.actor
  const audience = definition.lines['price']?.audience
  const price = audience === undefined ? undefined : listPrice(sku, unit, audience)
  if (audience === undefined || price === undefined || !audiences.includes(audience)) return
  const lines = [{ lineId, fields: { price } satisfies FieldValues }]
  work.workplace.desks.edit(act, { branch, docId, definition, header: {}, lines, audiences })
}

function listPrice(
  sku: MasterFields,
  unit: string | undefined,
  audience: string,
): number | undefined {
  const name = audience === 'buying' ? 'referencePurchasePrice' : 'retailPrice'
  const base = unitPriceOf(sku, name, textOf(sku, 'baseUnit'))
  if (unit === undefined) return base
  const own = unitPriceOf(sku, name, unit)
  const factor = factorOf(sku, unit)
  if (own !== undefined || base === undefined || factor === undefined) return own
  const { numerator, denominator } = factor
  return Number(divideRounded(BigInt(base) * BigInt(numerator), BigInt(denominator)))
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
