/**
 * What a column of a document's line grid is: how its value is shown, entered and offered. Values are field
 * values of drafts: text, or integers in the unit of the kind (10⁻⁴, fen, millionths of a yuan).
 */
import type { NamedUnit } from '#domain/values/unit.ts'
import type { JSX } from 'solid-js'
import type { Option } from './choice-field.tsx'
import type { Suggest } from './suggestions.ts'

export type CellValue = string | number

interface ColumnBase<Row> {
  readonly key: string
  readonly label: string
  /** px; the least width where it grows. */
  readonly width: number
  /** Its share of the width left over; 0 keeps it as it is. */
  readonly grow?: number
  /** Left out where the grid is narrower than this, px. */
  readonly hideBelow?: number
  readonly isRequired?: boolean
  readonly isReadOnly?: boolean
  readonly value: (row: Row) => CellValue | undefined
  /** Second voice beside the value: specification, stock. */
  readonly note?: (row: Row) => string | undefined
  /** In the row of totals. */
  readonly total?: () => JSX.Element
}

export type LineColumn<Row> = ColumnBase<Row> &
  (
    | { readonly kind: 'text' }
    | { readonly kind: 'date' }
    | { readonly kind: 'money' }
    | { readonly kind: 'price' }
    | { readonly kind: 'percent' }
    /** `units`: those of the row's SKU, the one a bare number counts in first. */
    | { readonly kind: 'quantity'; readonly units: (row: Row | undefined) => readonly NamedUnit[] }
    | { readonly kind: 'choice'; readonly options: (row: Row | undefined) => readonly Option[] }
    /** `display`: the name of the thing the value (its id) stands for. */
    | {
        readonly kind: 'reference'
        readonly display: (row: Row) => string
        readonly suggest: Suggest
      }
    /** Derived: shown, never entered. */
    | { readonly kind: 'computed'; readonly render: (row: Row) => JSX.Element }
  )

export function isFigure<Row>(column: LineColumn<Row>): boolean {
  return ['quantity', 'money', 'price', 'percent', 'computed'].includes(column.kind)
}

export function isEditable<Row>(column: LineColumn<Row>): boolean {
  return column.kind !== 'computed' && column.isReadOnly !== true
}
