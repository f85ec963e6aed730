/** Answers about drafts: their list, and one with what follows from it. Types only. */
import type { RecipeLine } from '#domain/doctype/recipe-lines.ts'
import type { DraftApproval } from './face-approval.ts'
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
  /** [SCT12] Of a count: what the book has of its goods and no line names. */
  readonly unlisted: { readonly total: number; readonly rows: readonly UnlistedGoods[] }
  readonly problems: readonly Problem[]
  /** Left out where nobody approves it, or ever did. */
  readonly approval?: DraftApproval
  /** Of a document that was reopened (反审核): the number that it keeps, and which version of it this is. */
  readonly reopened?: { readonly number: string; readonly version: number }
  readonly presence: readonly Presence[]
  /** True once posted somewhere: the screen moves to the document. */
  readonly isPosted: boolean
}

/** Which goods of a warehouse are listed on a count; `text`: the brand, or the id of a category or bin. */
export type CountScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'category' | 'brand' | 'bin'; readonly text: string }

/** How far a listing came: a place in the catalogue, and rows of the SKU there. */
export interface GoodsCursor {
  readonly place: number
  readonly rows: number
}

/** A batch or a piece that the book has and a count does not list. */
export interface UnlistedGoods {
  readonly skuId: string
  readonly name: string
  readonly batch?: string
  readonly serial?: string
  readonly binId?: string
  readonly status?: string
  readonly quantity: number
}

/** Lists goods on a count, blank; the same again with `next`, into another draft where this one is full. */
export interface ListGoods {
  readonly args: {
    readonly docId: string
    readonly type: string
    /** Of a draft that is begun with it. */
    readonly header?: FieldValues
    readonly scope: CountScope
    /** Goods of which the book has none, too. */
    readonly withEmpty: boolean
    /** Lines at most. */
    readonly limit: number
    readonly after?: GoodsCursor
  }
  readonly result: {
    readonly added: number
    /** No more lines fit this draft. */
    readonly isFull: boolean
    /** 0..1 of the catalogue is done. */
    readonly share: number
    /** Left out at the end. */
    readonly next?: GoodsCursor
  }
}
