/**
 * The rows of a recipe's grid and the recipe that follows from them. A row without a SKU or quantity is one
 * that somebody is still typing; it is left out.
 */
import type { FieldValues } from '#client/engine/face/face.ts'
import { textOf } from '#domain/masters/master-field.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { stepsPerUnit } from '#domain/values/quantity.ts'

export interface RecipeRow {
  readonly key: string
  readonly skuId?: string
  readonly quantity?: number
  /** Percent. */
  readonly loss?: number
  readonly alternative?: string
  /** Beyond the first, which the grid shows. */
  readonly otherAlternatives: readonly string[]
  /** Percent; with it the row is a by-product. */
  readonly share?: number
}

export interface RecipeValues {
  readonly output: number
  readonly rows: readonly RecipeRow[]
}

export function recipeValues(rows: readonly FieldValues[]): RecipeValues {
  const output = rows.find((row) => typeof row['output'] === 'number')?.['output']
  return {
    output: typeof output === 'number' ? output : stepsPerUnit,
    rows: rows.flatMap((row, index) => (row['skuId'] === undefined ? [] : [gridRow(row, index)])),
  }
}

function gridRow(row: FieldValues, index: number): RecipeRow {
  const known = row['alternatives']
  const [alternative, ...others] = Array.isArray(known) ? known.map(String) : []
  return {
    ...{ key: String(index), skuId: textOf(row, 'skuId'), otherAlternatives: others },
    ...numbers(row),
    ...(alternative !== undefined && { alternative }),
  }
}

function numbers(row: FieldValues): Pick<RecipeRow, 'quantity' | 'loss' | 'share'> {
  const { quantity, loss, share } = row
  return {
    ...(typeof quantity === 'number' && { quantity }),
    ...(typeof loss === 'number' && { loss }),
    ...(typeof share === 'number' && { share }),
  }
}

/** What the SKU keeps; '' clears the version where nothing is left. */
export function recipeField({ output, rows }: RecipeValues): Json {
  const entries = rows.flatMap((row) => entryOf(row))
  if (entries.length === 0) return ''
  return output === stepsPerUnit ? entries : [{ output }, ...entries]
}

function entryOf(row: RecipeRow): readonly Readonly<Record<string, Json>>[] {
  const { skuId, quantity, loss, alternative, otherAlternatives, share } = row
  if (skuId === undefined || quantity === undefined) return []
  if (share !== undefined) return [{ skuId, quantity, share }]
  const alternatives = alternative === undefined ? [] : [alternative, ...otherAlternatives]
  return [
    {
      ...{ skuId, quantity },
      ...(loss !== undefined && loss !== 0 && { loss }),
      ...(alternatives.length > 0 && { alternatives }),
    },
  ]
}
