/** The form in which each entity says what its masters look like; `entities.ts` is the table. */

import type { FieldProblemCode, Label, MasterField, MasterFields } from './master-field.ts'

export type EntityName =
  | 'company'
  | 'branch'
  | 'warehouse'
  | 'bin'
  | 'category'
  | 'product'
  | 'sku'
  | 'supplier'
  | 'customer'
  | 'reason'
  | 'price-list'

export type MasterProblemCode =
  | FieldProblemCode
  | 'required'
  | 'field-unknown'
  | 'unit-repeated'
  | 'unit-unknown'
  | 'too-many-units'
  | 'option-repeated'
  | 'too-many-options'
  | 'branch-code-malformed'
  | 'parent-is-itself'
  | 'bom-circular'

/** Something wrong in what was entered for one master; `field` as in the change. */
export interface MasterProblem {
  readonly code: MasterProblemCode
  readonly field: string
}

export interface EntityDefinition {
  readonly entity: EntityName
  readonly label: Label
  readonly fields: Readonly<Record<string, MasterField>>
  /** The fields that name a master in lists: code and name, the first that is there. */
  readonly title: readonly string[]
  /** What no single field can know. */
  check?(id: string, fields: MasterFields): readonly MasterProblem[]
}
