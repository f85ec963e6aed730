/**
 * Random drafts that can be posted, drawn from a definition alone: simulator and property tests attack
 * a new document type from the day it exists. Chance comes in by `random`, so a seed repeats a run.
 */

import { hasFlag, textOf } from '#domain/masters/master-field.ts'
import { isService, tracksOf } from '#domain/masters/product.ts'
import { unitsOf } from '#domain/masters/unit.ts'
import { assert, unreachable } from '#domain/values/assert.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { stepsPerUnit } from '#domain/values/quantity.ts'
import { asId, type SkuId } from '#domain/values/ids.ts'
import { isBundleSku } from './bundles.ts'
import { checkDraft } from './check.ts'
import { isCount } from './check-goods.ts'
import { bringsIn, productOf } from './complete-goods.ts'
import { warehouseWithin } from './goods-fields.ts'
import { isStocked } from './claims.ts'
import type { AnyDocumentDefinition, DraftDocument, PostProblem } from './define.ts'
import type { Leg } from '#domain/records/posted-body.ts'
import type { Field } from './fields.ts'
import { originsOf } from './links.ts'
import type { MasterReader, PostedDocument, Readers } from './readers.ts'

type Values = DraftDocument['header']
type Line = DraftDocument['lines'][number]

/** Where the draft is made, what exists there, and the dice. */
interface World extends Readers {
  readonly branch: string
  readonly docId: string
  /** Posted documents whose lines a linked return may take back, and orders to be carried out. */
  readonly origins: readonly PostedDocument[]
  /** Uniform in [low, high], both included. */
  readonly random: { integer(low: number, high: number): number }
  /** Lines at most; six where left out. */
  readonly limitLines?: number
}

const limitRandomLines = 6
/** A count of which by chance nothing was counted is drawn again. */
const limitDraws = 50

/**
 * Optional fields are left out half of the time, and wherever the type's own check objects to what
 * came by chance; what remains passes `checkDraft` [ARB1]. Lines are named line-1, line-2, …
 */
export function arbitraryDraft(definition: AnyDocumentDefinition, world: World): DraftDocument {
  for (let draw = 1; ; draw++) {
    const { draft, objections } = drawDraft(definition, world)
    if (objections.length === 0) return draft
    assert(draw < limitDraws, `${definition.type}: no random draft: ${JSON.stringify(objections)}`)
  }
}

/** A draft and what the check objects to where even a simpler one does not pass. */
function drawDraft(
  definition: AnyDocumentDefinition,
  world: World,
): { readonly draft: DraftDocument; readonly objections: readonly PostProblem[] } {
  const typed = valuesFor(definition.header, world, definition)
  const header = toldApart(typed, typed, world, definition, 'header')
  const lineValues = () => valuesFor(definition.lines, world, definition)
  const draft: DraftDocument = {
    ...{ docId: world.docId, type: definition.type, branch: world.branch, header },
    lines: Array.from(
      { length: world.random.integer(1, world.limitLines ?? limitRandomLines) },
      (_, i) => ({
        ...toldApart(lineValues(), header, world, definition, 'lines'),
        lineId: `line-${i + 1}`,
      }),
    ),
  }
  const linked = { ...draft, lines: linesWithOrigins(definition)(definition, draft, world) }
  const objections = checkDraft(definition, linked, world)
  if (objections.length === 0) return { draft: linked, objections }
  const simple = simplified(definition, linked, objections)
  return { draft: simple, objections: checkDraft(definition, simple, world) }
}

function linesWithOrigins({ links, orders, adjusts }: AnyDocumentDefinition) {
  if (links?.as === 'onward') return onwardLines
  if (adjusts !== undefined) return pricedLines
  return orders === undefined ? linkedLines : orderedLines
}

/** Without the optional fields of the header and of every line that something is wrong with. */
function simplified(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  objections: readonly PostProblem[],
): DraftDocument {
  const wrong = new Set(objections.map((problem) => problem.lineId))
  return {
    ...draft,
    header: requiredOnly(definition.header, draft.header),
    lines: draft.lines.map(({ lineId, ...line }) =>
      wrong.has(lineId) ? { ...requiredOnly(definition.lines, line), lineId } : { ...line, lineId },
    ),
  }
}

function requiredOnly(fields: AnyDocumentDefinition['header'], values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name]) => fields[name]?.isOptional === false || name === 'batch' || name === 'serials',
    ),
  )
}

function valuesFor(
  fields: AnyDocumentDefinition['header'],
  world: World,
  definition: AnyDocumentDefinition,
): Values {
  const values: Record<string, Json> = {}
  for (const [name, field] of Object.entries(fields)) {
    // What tells goods apart follows from the SKU and the warehouse: `toldApart`.
    if (field.facet !== undefined) continue
    const isReadable = field.audience !== undefined && world.audiences.includes(field.audience)
    const isSkipped = field.isOptional && world.random.integer(0, 1) === 0
    if (field.isDerived || !isReadable || isSkipped) continue
    const value = valueFor(field, values, world, definition)
    if (value !== undefined) values[name] = value
  }
  return values
}

/**
 * What tells goods apart: a batch that comes in is named, one that leaves may be; each piece with a number is
 * a line of its own, of few numbers, so that pieces come back and are sold twice; bins where there are some.
 */
function toldApart(
  values: Values,
  header: Values,
  world: World,
  definition: AnyDocumentDefinition,
  group: 'header' | 'lines',
): Values {
  const fields = definition[group]
  const row = group === 'lines' ? { ...values, lineId: 'line' } : values
  const { random, masters } = world
  const tracks = tracksOf(productOf(masters, values['skuId']))
  const comesNamed = bringsIn(definition, row) || isCount(definition)
  const isNamed = tracks.batch && 'batch' in fields
  const bins = binsFor(fields, header, masters)
  const hasStatus = 'status' in fields && (tracks.batch || tracks.serial || bins.size > 0)
  const serials = () => `SN${random.integer(1, 60)}`
  return {
    ...values,
    ...(isNamed && (comesNamed || random.integer(0, 1) === 0) && { batch: anyBatch(random) }),
    ...(tracks.serial && 'serials' in fields && { serials: serials(), quantity: stepsPerUnit }),
    ...(hasStatus && random.integer(0, 5) === 0 && { status: pick(statuses, world) ?? 'good' }),
    ...Object.fromEntries(
      [...bins].flatMap(([name, ids]) =>
        random.integer(0, 2) === 0 ? [[name, pick(ids, world) ?? '']] : [],
      ),
    ),
  }
}

const statuses = ['good', 'pending', 'defective', 'frozen'] as const

function anyBatch(random: World['random']): string {
  return `B${random.integer(1, 9)}`
}

/** By field of a line, the bins of the warehouse that the header names for it; without those of none. */
function binsFor(
  fields: AnyDocumentDefinition['lines'],
  header: Values,
  masters: MasterReader,
): ReadonlyMap<string, readonly string[]> {
  const bins = new Map<string, readonly string[]>()
  for (const [name, { within }] of Object.entries(fields)) {
    if (within === undefined) continue
    const own = [...masters.list('bin')].filter(
      ({ fields }) => textOf(fields, 'warehouseId') === warehouseWithin(header, within),
    )
    if (own.length > 0)
      bins.set(
        name,
        own.map(({ id }) => id),
      )
  }
  return bins
}

function valueFor(
  field: Field,
  before: Values,
  world: World,
  definition: AnyDocumentDefinition,
): Json | undefined {
  const { random } = world
  switch (field.kind) {
    case 'reference':
      return pick(idsFor(field, before, world, definition), world)
    case 'choice':
      return pick(
        Object.keys(field.options).filter((each) => !Object.values(before).includes(each)),
        world,
      )
    case 'text':
      return `备注 ${random.integer(1, 999)}`
    case 'date':
      return `2026-${twoDigits(random.integer(1, 12))}-${twoDigits(random.integer(1, 28))}`
    case 'quantity':
      return random.integer(1, 50) * (random.integer(0, 4) === 0 ? stepsPerUnit / 8 : stepsPerUnit)
    case 'price':
      return random.integer(0, 10_000) * 10_000
    case 'money':
      return random.integer(0, 50_000)
    case 'percent':
      return pick([0, 100, 300, 600, 900, 1_300], world)
    case 'unit':
      return pick(unitNames(before['skuId'], world.masters), world)
    case 'flag':
      return 1
    case 'origin':
    case 'origin-line':
    case 'batch':
    case 'serials':
    case 'moment':
    case 'shares':
    case 'price-rule':
      return undefined
    default:
      return unreachable(field)
  }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

function pick<Item>(items: readonly Item[], { random }: World): Item | undefined {
  return items.length === 0 ? undefined : items[random.integer(0, items.length - 1)]
}

function unitNames(skuId: Json | undefined, masters: MasterReader): string[] {
  const sku = typeof skuId === 'string' ? masters.get('sku', skuId) : undefined
  return unitsOf(sku ?? {}).map(({ name }) => name)
}

/** Enabled, of the branch, and not chosen already: a transfer needs two warehouses. */
function idsFor(
  { entity }: Field & { readonly kind: 'reference' },
  before: Values,
  { masters, branch }: World,
  definition: AnyDocumentDefinition,
): readonly string[] {
  const sells = definition.lines['price']?.audience === 'sales'
  const canHold = (productId: string) =>
    sells || !isService(masters.get('product', productId) ?? {})
  return [...masters.list(entity)]
    .filter(
      ({ id, fields }) => !hasFlag(fields, 'isDisabled') && !Object.values(before).includes(id),
    )
    .filter(({ fields }) => entity !== 'warehouse' || textOf(fields, 'branchId') === branch)
    .filter(({ id }) => entity !== 'sku' || !isBundleSku(masters, id))
    .filter(({ fields }) => entity !== 'sku' || canHold(textOf(fields, 'productId')))
    .map(({ id }) => id)
}

/** About half of the lines that may carry out an order do, and all of those that change one. */
function orderedLines(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  world: World,
): readonly Line[] {
  const { claims, lines: fields } = definition
  const ordered = orderableLines(definition, world)
  return draft.lines.map((line) => {
    const isFree = claims !== 'change' && world.random.integer(0, 1) === 0
    const chosen = isFree ? undefined : pick(ordered, world)
    if (chosen === undefined) return line
    const { docId, lineId, skuId } = chosen
    const link = { orderId: docId, orderLineId: lineId, skuId }
    return { ...requiredOnly(fields, line), ...link, lineId: line.lineId }
  })
}

/** Lines of orders of the branch that lines of the type may carry out or change. */
export function orderableLines(
  { orders }: AnyDocumentDefinition,
  { branch, origins, masters }: Pick<World, 'branch' | 'origins' | 'masters'>,
) {
  return origins
    .filter((origin) => origin.branch === branch && orders?.from.includes(origin.type))
    .flatMap(({ docId, lines }) =>
      lines.map((line) => ({ docId, lineId: line.lineId, skuId: line['skuId'] ?? '' })),
    )
    .filter(({ skuId }) => typeof skuId === 'string' && isStocked(asId<SkuId>(skuId), masters))
}

/** Lines of earlier documents of the branch that lines of the type may price, of an invoice or a charge. */
export function priceableLines(
  { adjusts }: AnyDocumentDefinition,
  { branch, origins, priced, masters }: Pick<World, 'branch' | 'origins' | 'priced' | 'masters'>,
) {
  return origins
    .filter((origin) => origin.branch === branch && adjusts?.from.includes(origin.type))
    .filter(
      ({ header: { invoiceKind = 'none' } }) => adjusts?.as === 'landed' || invoiceKind === 'none',
    )
    .flatMap(({ docId, lines, legs }) =>
      lines.map(({ lineId, skuId }) => {
        const ofLine = legs.filter((leg) => (leg.lineId ?? leg.leg) === lineId)
        const open = (leg: Leg) => leg.quantity - (priced?.invoiced(docId, leg.leg) ?? 0)
        return { docId, lineId, skuId, open: ofLine.reduce((sum, leg) => sum + open(leg), 0) }
      }),
    )
    .filter(
      ({ open, skuId }) =>
        open > 0 && typeof skuId === 'string' && isStocked(asId<SkuId>(skuId), masters),
    )
}

/** Each line prices another line of a receipt; those for which none is left are dropped. */
function pricedLines(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  world: World,
): readonly Line[] {
  const left = [...priceableLines(definition, world)]
  return draft.lines.flatMap((line) => {
    if (left.length === 0) return []
    const [chosen] = left.splice(world.random.integer(0, left.length - 1), 1)
    if (chosen === undefined) return []
    const { docId, lineId, skuId, open } = chosen
    const link = { originId: docId, originLineId: lineId, skuId: skuId ?? '' }
    const quantity = definition.lines['quantity']?.isDerived
      ? {}
      : { quantity: world.random.integer(1, open) }
    return [{ ...requiredOnly(definition.lines, line), ...link, ...quantity, lineId: line.lineId }]
  })
}

/** Legs of what is still under way that lines of the type may bring on, and how much of each. */
export function openLegs(
  { links }: Pick<AnyDocumentDefinition, 'links'>,
  { origins, documents }: Pick<World, 'origins' | 'documents'>,
): readonly { readonly docId: string; readonly leg: Leg; readonly open: number }[] {
  if (links?.as !== 'onward') return []
  return origins
    .filter(({ type, state }) => links.from.includes(type) && state === 'posted')
    .flatMap(({ docId, legs }) =>
      legs
        .filter(({ pair }) => pair !== undefined)
        .map((leg) => ({ docId, leg, open: leg.quantity - documents.returnedOf(docId, leg.leg) })),
    )
    .filter(({ open }) => open > 0)
}

/** Each line brings on another leg; those for which none is left are dropped. */
function onwardLines(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  world: World,
): readonly Line[] {
  const left = [...openLegs(definition, world)]
  return draft.lines.flatMap(({ lineId, ...line }) => {
    if (left.length === 0) return []
    const [chosen] = left.splice(world.random.integer(0, left.length - 1), 1)
    if (chosen === undefined) return []
    const { docId, leg, open } = chosen
    const { batch: _batch, serials: _serials, ...required } = requiredOnly(definition.lines, line)
    const quantity = leg.serial === undefined ? world.random.integer(1, open) : open
    return [
      {
        ...{ ...required, lineId, quantity, skuId: leg.sku },
        ...{ originId: docId, originLineId: leg.lineId ?? leg.leg },
        ...(leg.serial !== undefined && { serials: leg.serial }),
      },
    ]
  })
}

/** About half of the lines that may take something back do, where something is left to take. */
function linkedLines(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  world: World,
): readonly Line[] {
  const from = definition.links?.from ?? []
  const sources = world.origins.filter(({ type }) => from.includes(type))
  return draft.lines.reduce<readonly Line[]>((before, line) => {
    const source = world.random.integer(0, 1) === 0 ? undefined : pick(sources, world)
    const leg = source && pick(source.legs, world)
    if (source === undefined || leg === undefined) return [...before, line]
    const link = { originId: source.docId, originLineId: leg.lineId ?? leg.leg, skuId: leg.sku }
    const linked = { ...requiredOnly(definition.lines, line), ...link, lineId: line.lineId }
    const lines = [...before, linked]
    const origin = originsOf(definition, { ...draft, lines }, world.documents).get(line.lineId)
    const left = origin?.ok ? origin.value.returnable : 0
    if (left <= 0) return [...before, line]
    return [...before, { ...linked, quantity: world.random.integer(1, left) }]
  }, [])
}
