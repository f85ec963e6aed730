/** What plans are tried against in tests: a shop with given masters, and ids that count up. */

import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { asId, type BranchId } from '#domain/values/ids.ts'
import type { Sheet } from './decode.ts'
import type { ImportContext } from './import-plan.ts'

type GivenMasters = Readonly<Partial<Record<EntityName, Readonly<Record<string, MasterFields>>>>>

/** Masters by entity and id; the branch is 'branch'; initials are the first letter of the name. */
export function exampleContext(
  given: GivenMasters = {},
  more: Partial<ImportContext> = {},
): ImportContext {
  let count = 0
  return {
    masters: {
      list: (entity) => Object.entries(given[entity] ?? {}).map(([id, fields]) => ({ id, fields })),
    },
    ids: () => `id-${++count}`,
    initialsOf: ([first = '']) => first.toLowerCase(),
    branchId: asId<BranchId>('branch'),
    ...more,
  }
}

/** A sheet from a text table: columns separated by '|', one row per line. */
export function exampleSheet(text: string): Sheet {
  const lines = text.trim().split('\n')
  return { name: '表', rows: lines.map((line) => line.split('|').map((cell) => cell.trim())) }
}
