/** What is wrong with one cell or row of an imported table, so that a person finds it in the file. */

import type { Json } from '#domain/values/canonical-text.ts'
import type { CellProblemCode } from './cells.ts'

export type ImportProblemCode =
  | CellProblemCode
  | 'header-not-found'
  | 'header-refused'
  | 'column-repeated'
  | 'required'
  | 'code-required'
  | 'quantity-malformed'
  | 'quantity-too-large'
  | 'unit-unknown'
  | 'unit-repeated'
  | 'unit-not-exact'
  | 'unit-malformed'
  | 'pack-incomplete'
  | 'kind-unknown'
  | 'serial-and-batch'
  | 'options-mismatched'
  | 'variant-repeated'
  | 'code-repeated'
  | 'code-exists'
  | 'barcode-repeated'
  | 'barcode-exists'
  | 'barcode-ambiguous'
  | 'name-repeated'
  | 'name-exists'
  | 'product-unknown'
  | 'product-is-service'
  | 'warehouse-required'
  | 'warehouse-unknown'
  | 'amount-differs'
  | 'cost-required'
  | 'out-of-range'

export interface ImportProblem {
  /** Row of the file, from 1. */
  readonly row: number
  /** Header of the column as the file writes it; '' where the row as a whole is meant. */
  readonly column: string
  readonly code: ImportProblemCode
  /** The cell as the file writes it, cut to `shownLength`. */
  readonly value: string
  readonly [fact: string]: Json
}

const shownLength = 60

/** Enough of a cell to recognise it, in whole letters. */
export function cut(cell: string): string {
  if (cell.length <= shownLength) return cell
  return `${cell.slice(0, shownLength).replace(/\p{Surrogate}$/u, '')}…`
}
