/**
 * 多属性: rows that differ only in their options ('绿色,L') are SKUs of one product. The file does not
 * name the axes; they are numbered and the shop renames them.
 */

import type { MasterChange } from '#domain/masters/entities.ts'
import { type MasterFields, textOf } from '#domain/masters/master-field.ts'
import { limitAxes, limitVariants, type OptionAxis } from '#domain/masters/product.ts'
import { asId, type ProductId } from '#domain/values/ids.ts'

import { nameKey } from './named-masters.ts'

export interface VariantSource {
  readonly product: MasterFields
  readonly options: readonly string[]
  readonly category: readonly string[]
}

export type VariantProblemCode = 'options-mismatched' | 'variant-repeated'

export interface Variants {
  /** Why the row is no variant beside those added before; undefined when it is. */
  check(row: VariantSource): VariantProblemCode | undefined
  /** The product of the row, shared with the variants before it. `fields` are those of a new one. */
  add(row: VariantSource, fields: MasterFields): ProductId
  /** The products with all their axes, once all rows are in. */
  products(): MasterChange[]
}

interface VariantProduct {
  readonly id: ProductId
  readonly fields: MasterFields
  /** Values by axis, in the order of the file. */
  readonly values: readonly Set<string>[]
  readonly combinations: Set<string>
}

export function makeVariants(ids: () => string): Variants {
  const productByKey = new Map<string, VariantProduct>()

  function check(row: VariantSource): VariantProblemCode | undefined {
    const { options } = row
    const known = productByKey.get(keyOf(row))
    if (options.length > limitAxes) return 'options-mismatched'
    if (known === undefined) return undefined
    if (known.combinations.has(combinationOf(options))) return 'variant-repeated'
    const isFitting =
      known.values.length === options.length && spanWith(known, options) <= limitVariants
    return isFitting ? undefined : 'options-mismatched'
  }

  function add(row: VariantSource, fields: MasterFields): ProductId {
    const known = productByKey.get(keyOf(row)) ?? {
      id: asId<ProductId>(ids()),
      fields,
      values: row.options.map(() => new Set<string>()),
      combinations: new Set<string>(),
    }
    productByKey.set(keyOf(row), known)
    for (const [i, option] of row.options.entries()) known.values[i]?.add(option)
    known.combinations.add(combinationOf(row.options))
    return known.id
  }

  function products(): MasterChange[] {
    return [...productByKey.values()].map(({ id, fields, values }) => ({
      entity: 'product',
      id,
      fields: { ...fields, optionAxes: values.map(axisOf) },
    }))
  }

  return { check, add, products }
}

/** What must agree for two rows to be variants of one product. */
function keyOf({ product, category }: VariantSource): string {
  const names = ['name', 'specification', 'brand'].map((name) => textOf(product, name))
  return [...names, ...category].map(nameKey).join('\n')
}

function combinationOf(options: readonly string[]): string {
  return options.map(nameKey).join('\n')
}

/** SKUs that the axes would span with one more row. */
function spanWith({ values }: VariantProduct, options: readonly string[]): number {
  return values.reduce(
    (span, known, i) => span * (known.size + (known.has(options[i] ?? '') ? 0 : 1)),
    1,
  )
}

function axisOf(values: ReadonlySet<string>, index: number) {
  return { name: `规格${index + 1}`, values: [...values] } satisfies OptionAxis
}
