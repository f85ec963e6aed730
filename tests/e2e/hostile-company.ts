/**
 * A company whose every text is an attack on whoever shows it: names, notes, units, codes, reasons. Written
 * through the engine as devices write, one document of each type and one draft of each beside.
 */
import { uuidv7 } from 'uuidv7'
import type { Engine } from '#client/engine/engine.ts'
import type { CommandArgs, FieldValues } from '#client/engine/face/face.ts'
import { openHeadless } from '#client/engine/start/headless.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import { entities } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterField } from '#domain/masters/master-field.ts'
import { documentTypes } from '#domain/registry.ts'
import { act } from '#tests/builders/act.ts'

/** Markup, script, a template, a formula, and letters that turn what follows around. */
export const attack =
  '=1+1"\'><img src=x onerror=globalThis.harmed=1><script>globalThis.harmed=1</script>{{7*7}}${7*7}\u202e'

export const hostileOwner = { login: 'owner', password: 'a long enough password' }

export interface HostileCompany {
  readonly skuId: string
  /** Type and id of each posted document, and of each draft. */
  readonly posted: readonly (readonly [type: string, docId: string])[]
  readonly drafts: readonly (readonly [type: string, docId: string])[]
}

export async function writeHostileCompany(baseUrl: string): Promise<HostileCompany> {
  const { engine } = await openHeadless({ baseUrl })
  await act(engine, 'setUp', {
    company: { name: attack, taxpayer: 'general' },
    owner: { ...hostileOwner, name: attack },
    branch: { name: attack },
  })
  await act(engine, 'enrol', { ...hostileOwner, deviceName: attack, kind: 'pc' })
  const ids = await writeMasters(engine)
  const posted: [string, string][] = []
  const drafts: [string, string][] = []
  const earlier = new Map<string, Origin>()
  for (const definition of ordered()) {
    const { type } = definition
    const content = contentOf(definition, ids, earlier)
    const [docId, draftId] = [uuidv7(), uuidv7()]
    await act(engine, 'postDraft', { docId, type, ...content })
    posted.push([type, docId])
    earlier.set(type, { docId, lineId: content.lines[0]?.lineId ?? '' })
    const lines = content.lines.map(({ lineId, ...fields }) => ({ lineId, fields }))
    await act(engine, 'editDraft', { docId: draftId, type, header: content.header, lines })
    drafts.push([type, draftId])
  }
  const lossOf = posted.find(([type]) => type === 'write-off')?.[1] ?? ''
  await act(engine, 'reverse', { docId: lossOf, reason: attack })
  await untilSynced(engine)
  await engine.close()
  return { skuId: ids.sku ?? '', posted, drafts }
}

/** Stock comes before what takes it, and a document before those that speak of it. */
function ordered(): readonly AnyDocumentDefinition[] {
  const rank = ({ type, adjusts, claims, links }: AnyDocumentDefinition) => {
    if (type === 'opening-stock') return 0
    return adjusts === undefined && claims !== 'change' && links?.as === undefined ? 1 : 2
  }
  return [...documentTypes].sort((one, other) => rank(one) - rank(other))
}

/** A line of a document that another one must speak of. */
interface Origin {
  readonly docId: string
  readonly lineId: string
}

/** Only what cannot do without one is linked. */
function linkOf(
  { adjusts, orders, claims, links }: AnyDocumentDefinition,
  earlier: ReadonlyMap<string, Origin>,
): FieldValues {
  const onward = links?.as === 'onward' ? links.from : undefined
  const from = adjusts?.from ?? onward ?? (claims === 'change' ? orders?.from : undefined)
  const origin = earlier.get(from?.[0] ?? '')
  if (origin === undefined) return {}
  const { docId, lineId } = origin
  const link = { originId: docId, originLineId: lineId }
  // What was sent is enough for an arrival and a loss.
  if (onward !== undefined) return { ...link, quantity: 5_000 }
  return adjusts === undefined ? { orderId: docId, orderLineId: lineId } : link
}

type Ids = Readonly<Partial<Record<EntityName, string>>> & {
  readonly otherWarehouse: string
  /** What is assembled or taken apart. */
  readonly otherSku: string
}

const referred: readonly EntityName[] = [
  'category',
  'warehouse',
  'product',
  'sku',
  'supplier',
  'customer',
  'reason',
  'price-list',
]

async function writeMasters(engine: Engine): Promise<Ids> {
  const { branchId = '' } = await engine.read('session', {})
  const ids: Record<string, string> = Object.fromEntries(referred.map((each) => [each, uuidv7()]))
  const given: Readonly<Record<string, FieldValues>> = {
    warehouse: { branchId },
    product: { categoryId: ids['category'] ?? '' },
    sku: { productId: ids['product'] ?? '', retailPrice: 3_500_000, 'barcode:6901': '<b>' },
  }
  const changes = referred.map((entity) => ({
    entity,
    id: ids[entity] ?? '',
    fields: { ...textsOf(entity), ...given[entity] },
  }))
  const otherWarehouse = uuidv7()
  const other = { ...textsOf('warehouse'), code: '2', branchId }
  changes.push({ entity: 'warehouse', id: otherWarehouse, fields: other })
  const otherSku = uuidv7()
  const made = { ...textsOf('sku'), code: '2', productId: ids['product'] ?? '' }
  changes.push({ entity: 'sku', id: otherSku, fields: made })
  await act(engine, 'changeMasters', { changes })
  return { ...ids, otherWarehouse, otherSku }
}

/** The attack in every text field; short fields get as much as they hold. */
function textsOf(entity: EntityName): FieldValues {
  const fields: readonly (readonly [string, MasterField])[] = Object.entries(
    entities[entity].fields,
  )
  const texts = fields.filter(
    ([, { shape, isFamily }]) => /text|note/.test(shape.kind) && !isFamily,
  )
  return Object.fromEntries(texts.map(([name]) => [name, name === 'baseUnit' ? '<b>' : attack]))
}

type Content = Pick<CommandArgs<'postDraft'>, 'header' | 'lines'>

function contentOf(
  definition: AnyDocumentDefinition,
  ids: Ids,
  earlier: ReadonlyMap<string, Origin>,
): Content {
  const ofHeader = { ...ids, sku: ids.otherSku }
  const values = (fields: Readonly<Record<string, Field>>, from: Ids): FieldValues =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]) => {
        const isLeftOut = field.isDerived || field.facet !== undefined
        const value = isLeftOut ? undefined : valueOf(name, field, from)
        return value === undefined ? [] : [[name, value]]
      }),
    )
  return {
    header: values(definition.header, ofHeader),
    lines: [{ ...values(definition.lines, ids), ...linkOf(definition, earlier), lineId: uuidv7() }],
  }
}

function valueOf(name: string, field: Field, ids: Ids): string | number | undefined {
  switch (field.kind) {
    case 'reference':
      return name === 'targetWarehouseId' ? ids.otherWarehouse : ids[field.entity]
    case 'choice':
      // Goods that came with their invoice take no other one.
      if (name === 'invoiceKind' && 'none' in field.options) return 'none'
      return Object.keys(field.options)[name.startsWith('new') ? 1 : 0]
    case 'text':
      return attack
    case 'quantity':
      return 10_000
    case 'price':
      return 1_000_000
    case 'money':
      return name === 'amount' || name === 'fee' ? 100 : undefined
    case 'date':
      return field.isOptional ? undefined : '2099-12-31'
    default:
      return undefined
  }
}

async function untilSynced(engine: Engine): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = async () => {
      const status = await engine.read('status', {})
      if (status.recordsWaiting > 0 || status.connection !== 'online') return
      stop()
      resolve()
    }
    const stop = engine.subscribe(() => void look())
    void look()
  })
}
