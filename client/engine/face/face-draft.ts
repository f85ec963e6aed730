/** Answers about drafts: their list, and one with what follows from it. Types only. */
import type { RecipeLine } from '#domain/doctype/recipe-lines.ts'
import type { BatchShare, Facet } from './face-goods.ts'
import type { FieldValues, Problem, ProductRow } from './face-rows.ts'

export interface DraftRow {
  readonly docId: string
  readonly type: string
  readonly branchId: string
  readonly lineCount: number
  readonly changedAt: number
  readonly fields: FieldValues
  readonly names: Readonly<Record<string, string>>
}

/** Somebody else at work in the same draft. */
export interface Presence {
  readonly name: string
  readonly color: string
  readonly lineId?: string
  readonly field?: string
}

export interface DraftDetail {
  readonly docId: string
  readonly type: string
  readonly branchId: string
  readonly header: FieldValues
  readonly lines: readonly (FieldValues & { readonly lineId: string })[]
  /** Name by id of every master referred to. */
  readonly names: Readonly<Record<string, string>>
  /** The SKUs of the lines by id. */
  readonly skus: Readonly<Record<string, ProductRow>>
  /** The same draft with what follows from the typed fields: amounts, tax, totals. */
  readonly derived: {
    readonly header: FieldValues
    readonly lines: Readonly<Record<string, FieldValues>>
  }
  /** What goods of the lines are told apart by: the fields that show. */
  readonly facets: readonly Facet[]
  /** By line, which batches an issue takes where nobody has named one. */
  readonly proposals: Readonly<Record<string, readonly BatchShare[]>>
  /** What the recipe of its product would have on its lines; nothing for most types. */
  readonly recipe: readonly RecipeLine[]
  readonly problems: readonly Problem[]
  readonly presence: readonly Presence[]
  /** True once posted somewhere: the screen moves to the document. */
  readonly isPosted: boolean
}
