/**
 * The demonstration company's masters: the catalogue, categories, suppliers and
 * customers, as the changes that an import would write. Pure: the same seed, the same ids.
 */
import type { MasterChange } from '#domain/masters/entities.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { assert } from '#domain/values/assert.ts'
import { parseDecimal } from '#domain/values/decimal-text.ts'
import { unitPriceDecimals } from '#domain/values/unit-price.ts'
import {
  type CatalogueRow,
  catalogueRows,
  demonstrationBarcode,
  demonstrationCustomers,
  demonstrationSuppliers,
} from './catalogue.ts'
import type { Random } from './random.ts'

export interface DemonstrationSku {
  readonly skuId: string
  readonly supplierId: string
  readonly row: CatalogueRow
  /** Millionths of a yuan per base unit, tax included. */
  readonly purchasePrice: number
  readonly retailPrice: number
  readonly wholesalePrice: number
}

export interface DemonstrationBranch {
  readonly branchId: string
  readonly code: string
  /** Front first; the first branch also has a back store. */
  readonly warehouseIds: readonly string[]
  /** Trade of the branch in percent of the catalogue's rates. */
  readonly share: number
}

export interface DemonstrationCompany {
  readonly branches: readonly DemonstrationBranch[]
  readonly skus: readonly DemonstrationSku[]
  readonly customerIds: readonly string[]
  readonly changes: readonly MasterChange[]
}

/** Trade of the branches in percent of the catalogue's rates, in the order of their codes. */
const shares = [130, 90, 75] as const

/** Pinyin initials come from the caller: the domain holds no table of readings. */
export type InitialsOf = (name: string) => string

/** A branch as the set-up left it: one warehouse, no goods. */
export interface BareBranch {
  readonly branchId: string
  readonly code: string
  readonly warehouseId: string
}

/** What an import into the bare company would write; the first branch also gets a back store. */
export function demonstrationCompany(
  bare: readonly BareBranch[],
  random: Random,
  atMs: number,
  initialsOf: InitialsOf,
): DemonstrationCompany {
  const changes: MasterChange[] = []
  const put = (entity: MasterChange['entity'], fields: MasterFields): string => {
    const id = random.uuid(atMs)
    changes.push({ entity, id, fields })
    return id
  }
  const named = (name: string) => ({ name, initials: initialsOf(name) })
  const branches = bare.map(({ branchId, code, warehouseId }, index): DemonstrationBranch => {
    const back = index === 0 ? [put('warehouse', { name: '后仓', code: '02', branchId })] : []
    const share = shares[index % shares.length] ?? 100
    return { branchId, code, warehouseIds: [warehouseId, ...back], share }
  })
  const suppliers = demonstrationSuppliers.map((name) => put('supplier', named(name)))
  const customerIds = demonstrationCustomers.map((name) => put('customer', named(name)))
  const categories = new Map<string, string>()
  const categoryOf = (name: string): string => {
    const known = categories.get(name) ?? put('category', { name })
    categories.set(name, known)
    return known
  }
  const skus = catalogueRows().map((row, index): DemonstrationSku => {
    const categoryId = categoryOf(row.category)
    const supplierId = suppliers[[...categories.keys()].indexOf(row.category) % suppliers.length]
    assert(supplierId !== undefined, 'every category has a supplier')
    const productId = put('product', { ...productFields(row), ...named(row.name), categoryId })
    const skuId = put('sku', { ...skuFields(row, index), productId })
    return {
      ...{ skuId, supplierId, row },
      purchasePrice: priceOf(row.purchase),
      retailPrice: priceOf(row.retail),
      wholesalePrice: priceOf(row.wholesale),
    }
  })
  const members = { name: '会员', basis: 'retail', rate: 9_500, rounding: 'jiao' } as const
  const priceListId = put('price-list', members)
  for (const id of customerIds.slice(0, 3)) {
    changes.push({ entity: 'customer', id, fields: { priceListId } })
  }
  return { branches, skus, customerIds, changes }
}

function productFields(row: CatalogueRow): MasterFields {
  return {
    code: row.code,
    specification: row.specification,
    shelfLifeDays: row.shelfLifeDays,
    kind: 'stock',
  }
}

function skuFields(row: CatalogueRow, index: number): MasterFields {
  const hasPack = row.pack !== ''
  return {
    code: row.code,
    baseUnit: row.unit,
    units: hasPack ? [{ name: row.pack, numerator: row.packSize, denominator: 1 }] : [],
    [`barcode:${demonstrationBarcode(index, 0)}`]: row.unit,
    ...(hasPack ? { [`barcode:${demonstrationBarcode(index, 1)}`]: row.pack } : {}),
    retailPrice: priceOf(row.retail),
    wholesalePrice: priceOf(row.wholesale),
    minimumPrice: priceOf(row.wholesale),
    referencePurchasePrice: priceOf(row.purchase),
  }
}

function priceOf(text: string): number {
  const parsed = parseDecimal(text, unitPriceDecimals)
  assert(parsed.ok, `not a price: ${text}`)
  return parsed.value
}
