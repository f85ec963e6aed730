/**
 * Random drafts that can be posted, drawn from a definition alone: a new document type is attacked by simulator
 * and property tests from the day it exists. Chance comes in by `random`, so a seed repeats a run.
 */

import { hasFlag, textOf } from '#domain/masters/master-field.ts'
import { isService } from '#domain/masters/product.ts'
import { unitsOf } from '#domain/masters/unit.ts'
import { assert, unreachable } from '#domain/values/assert.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { stepsPerUnit } from '#domain/values/quantity.ts'
import { checkDraft } from './check.ts'
import type { completeDraft } from './complete.ts'
import type { AnyDocumentDefinition, DraftDocument } from './define.ts'
import type { Field } from './fields.ts'
import { originsOf } from './links.ts'
import type { MasterReader, PostedDocument } from './readers.ts'

type Readers = Parameters<typeof completeDraft>[2]
type Values = Readonly<Record<string, Json | undefined>>
type Line = DraftDocument['lines'][number]

/** Where the draft is made, what exists there, and the dice. */
interface World extends Readers {
  readonly branch: string
  readonly docId: string
  /** Posted documents whose lines a linked return may take back. */
  readonly origins: readonly PostedDocument[]
  /** Uniform in [low, high], both included. */
  readonly random: { integer(low: number, high: number): number }
}

const limitRandomLines = 6

/**
 * Optional fields are left out half of the time, and all of them where the type's own check objects to what came
 * by chance; what remains passes `checkDraft` [ARB1]. Lines are named line-1, line-2, …
 */
export function arbitraryDraft(definition: AnyDocumentDefinition, world: World): DraftDocument {
  const draft: DraftDocument = {
    ...{ docId: world.docId, type: definition.type, branch: world.branch },
    header: valuesFor(definition.header, world, definition),
    lines: Array.from({ length: world.random.integer(1, limitRandomLines) }, (_, i) => ({
      ...valuesFor(definition.lines, world, definition),
      lineId: `line-${i + 1}`,
    })),
  }
  const linked = { ...draft, lines: linkedLines(definition, draft, world) }
  if (checkDraft(definition, linked, world).length === 0) return linked
  const plain = { ...linked, header: requiredOnly(definition.header, linked.header) }
  const problems = checkDraft(definition, plain, world)
  assert(problems.length === 0, `${definition.type}: no random draft: ${JSON.stringify(problems)}`)
  return plain
}

function requiredOnly(fields: AnyDocumentDefinition['header'], values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => fields[name]?.isOptional === false),
  )
}

function valuesFor(
  fields: AnyDocumentDefinition['header'],
  world: World,
  definition: AnyDocumentDefinition,
): Values {
  const values: Record<string, Json> = {}
  for (const [name, field] of Object.entries(fields)) {
    const isReadable = field.audience !== undefined && world.audiences.includes(field.audience)
    const isSkipped = field.isOptional && world.random.integer(0, 1) === 0
    if (field.isDerived || !isReadable || isSkipped) continue
    const value = valueFor(field, values, world, definition)
    if (value !== undefined) values[name] = value
  }
  return values
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
      return pick(Object.keys(field.options), world)
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
  return unitsOf(masters.get('sku', String(skuId)) ?? {}).map(({ name }) => name)
}

/** Enabled, of the branch, and not chosen already: a transfer needs two warehouses. */
function idsFor(
  { entity }: Field & { readonly kind: 'reference' },
  before: Values,
  { masters, branch }: World,
  definition: AnyDocumentDefinition,
): readonly string[] {
  const sells = definition.lines['price']?.audience === 'sales'
  const canHold = (productId: string) => sells || !isService(masters.get('product', productId) ?? {})
  return [...masters.list(entity)]
    .filter(({ id, fields }) => !hasFlag(fields, 'isDisabled') && !Object.values(before).includes(id))
    .filter(({ fields }) => entity !== 'warehouse' || textOf(fields, 'branchId') === branch)
    .filter(({ fields }) => entity !== 'sku' || canHold(textOf(fields, 'productId')))
    .map(({ id }) => id)
}

/** About half of the lines that may take something back do, where there is something left to take. */
function linkedLines(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  world: World,
): readonly Line[] {
  const from = definition.links?.from ?? []
  const sources = world.origins.filter(({ type }) => from.includes(type))
  const done: Line[] = []
  for (const line of draft.lines) {
    const source = world.random.integer(0, 1) === 0 ? undefined : pick(sources, world)
    const leg = source === undefined ? undefined : pick(source.legs, world)
    const link = { originId: source?.docId, originLineId: leg?.lineId ?? leg?.leg, skuId: leg?.sku }
    const linked = leg === undefined ? line : { ...line, ...link, unit: undefined }
    const lines = [...done, linked]
    const origin = originsOf(definition, { ...draft, lines }, world.documents).get(line.lineId)
    const left = origin?.ok ? origin.value.returnable : 0
    done.push(left > 0 ? { ...linked, quantity: world.random.integer(1, left) } : line)
  }
  return done
}
