/** Changes of masters as records: checked, split by who may read each field, in portions that travel. */
import {
  checkChange,
  checkMaster,
  isEntityName,
  type MasterChange,
  splitByAudience,
} from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import type { Role } from '#domain/records/kinds.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { PlannedRecord } from '../own/append.ts'
import type { MasterChange as AskedChange, Problem } from '../face/face.ts'

/** Who may write which masters; the owner may write all. */
const rolesByEntity: Readonly<Record<EntityName, readonly Role[]>> = {
  company: [],
  branch: [],
  warehouse: ['manager'],
  bin: ['manager', 'keeper'],
  category: ['manager', 'buyer', 'finance'],
  product: ['manager', 'buyer', 'finance'],
  sku: ['manager', 'buyer', 'finance'],
  supplier: ['manager', 'buyer', 'finance'],
  customer: ['manager', 'seller', 'finance'],
  reason: ['manager'],
  'price-list': ['manager', 'finance'],
}

export interface MasterWriter {
  readonly roles: readonly Role[]
  readonly audiences: readonly Audience[]
  /** A master as it stands, changes planned before these included. */
  get(entity: EntityName, id: string): MasterFields | undefined
}

/** What keeps the changes from being written; each names its master. */
export function checkChanges(
  changes: readonly AskedChange[],
  writer: MasterWriter,
): readonly Problem[] {
  const merged = new Map<string, MasterFields>()
  return changes.flatMap((change) => checkOne(change, writer, merged))
}

function checkOne(
  { entity, id, fields }: AskedChange,
  writer: MasterWriter,
  merged: Map<string, MasterFields>,
): Problem[] {
  if (!isEntityName(entity)) return [{ code: 'unknown-reference', facts: { entity } }]
  const facts = { entity, id }
  const mayWrite = rolesByEntity[entity].some((role) => writer.roles.includes(role))
  if (!mayWrite && !writer.roles.includes('owner')) return [{ code: 'role-missing', facts }]
  const key = `${entity}|${id}`
  const whole = { ...(merged.get(key) ?? writer.get(entity, id)), ...fields }
  merged.set(key, whole)
  // Fields that this person may not read are not here, so they cannot be found missing.
  const problems = checkChange({ entity, id, fields })
  const ofWhole = problems.length > 0 ? problems : checkMaster(entity, id, whole)
  if (ofWhole.length > 0) return ofWhole.map(({ code, field }) => ({ code, field, facts }))
  const foreign = [...splitByAudience({ entity, id, fields }).keys()].filter(
    (audience) => !writer.audiences.includes(audience),
  )
  return foreign.map((audience) => ({ code: 'audience-missing', facts: { ...facts, audience } }))
}

/** JSON text of one record at most: relayed in base64 it must still fit a record. */
const limitText = 100_000
const limitChanges = 500

/** The records that say so, one run per audience; `changes` have been checked. */
export function masterRecords(
  changes: readonly AskedChange[],
  place: { readonly branch: string; readonly at: Instant; ids(): string },
): readonly PlannedRecord[] {
  const byAudience = new Map<Audience, MasterChange[]>()
  for (const change of changes) {
    for (const [audience, part] of splitByAudience(change as MasterChange)) {
      const parts = byAudience.get(audience)
      if (parts === undefined) byAudience.set(audience, [part])
      else parts.push(part)
    }
  }
  return audiences.flatMap((audience) =>
    portionsOf(byAudience.get(audience) ?? []).map((portion) => ({
      id: place.ids(),
      kind: 'masters-changed.v1',
      branch: place.branch,
      audience,
      at: place.at,
      body: { changes: portion } as unknown as Json,
    })),
  )
}

function portionsOf(changes: readonly MasterChange[]): MasterChange[][] {
  const portions: MasterChange[][] = []
  let portion: MasterChange[] = []
  let length = 0
  for (const change of changes) {
    const text = JSON.stringify(change).length
    const isFull = length + text > limitText || portion.length >= limitChanges
    if (portion.length > 0 && isFull) {
      portions.push(portion)
      portion = []
      length = 0
    }
    portion.push(change)
    length += text
  }
  if (portion.length > 0) portions.push(portion)
  return portions
}
