/** Answers about recipes (物料清单). Types only. */
import type { FieldValues, ProductRow } from './face-rows.ts'

/** One component of an explosion and what it is made of itself. */
export interface RecipeNode {
  readonly skuId: string
  /** Steps, rounded to the nearest. */
  readonly quantity: number
  /** 损耗率 within it, a `Percent`. */
  readonly loss?: number
  /** Lies in no warehouse: 虚拟件 or 套装. */
  readonly isPassedThrough: boolean
  readonly parts: readonly RecipeNode[]
}

export interface RecipeDetail {
  readonly product: ProductRow
  /** The oldest first; `from` is '' for the one from the beginning. */
  readonly versions: readonly { readonly from: string; readonly rows: readonly FieldValues[] }[]
  /** `from` of the version that holds today. */
  readonly holds?: string
  readonly isPhantom: boolean
  /** All levels of one run of what holds today. */
  readonly tree: readonly RecipeNode[]
  readonly outputQuantity: number
  /** What can be made of what is available in the chosen branch, whole; undefined without a limit. */
  readonly makeable?: number
  /** By id: every SKU that is named. */
  readonly skus: Readonly<Record<string, ProductRow>>
}
