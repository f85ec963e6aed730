/**
 * The product form as plain values, and the master changes that follow from them: only what differs from
 * what stood before is written, each field by itself, so that two people's corrections of different fields
 * both stand.
 */
import type { MasterChange, ProductRow } from '#client/engine/face/face.ts'
import { oneSkuChanges } from '#domain/masters/product-form.ts'
import type { ProductId, SkuId } from '#domain/values/ids.ts'
import type { Json } from '#domain/values/canonical-text.ts'

export interface ProductValues {
  readonly code: string
  readonly name: string
  readonly specification: string
  readonly brand: string
  readonly baseUnit: string
  readonly barcode: string
  /** A bigger unit and how many base units are in it; '' and 0 where there is none. */
  readonly packUnit: string
  readonly packSize: number
  readonly packBarcode: string
  /** Millionths of a yuan per base unit; undefined where not known. */
  readonly retailPrice: number | undefined
  readonly wholesalePrice: number | undefined
  readonly minimumPrice: number | undefined
  readonly purchasePrice: number | undefined
  readonly isService: boolean
  readonly isBundle: boolean
  readonly isDisabled: boolean
  readonly hasBatches: boolean
  readonly hasSerials: boolean
  readonly isInspected: boolean
  readonly namesBatches: boolean
  /** Each batch is valued by itself; chosen once, before its goods move. */
  readonly isByBatch: boolean
  /** 0 where there is none. */
  readonly shelfLifeDays: number
  readonly nearExpiryDays: number
  /** Grams and cubic centimetres of one base unit; 0 where not known. */
  readonly weight: number
  readonly volume: number
}

export const emptyProduct: ProductValues = {
  code: '',
  name: '',
  specification: '',
  brand: '',
  baseUnit: '',
  barcode: '',
  packUnit: '',
  packSize: 0,
  packBarcode: '',
  retailPrice: undefined,
  wholesalePrice: undefined,
  minimumPrice: undefined,
  purchasePrice: undefined,
  isService: false,
  isBundle: false,
  isDisabled: false,
  hasBatches: false,
  hasSerials: false,
  isInspected: false,
  namesBatches: false,
  isByBatch: false,
  shelfLifeDays: 0,
  nearExpiryDays: 0,
  weight: 0,
  volume: 0,
}

export function valuesOf(row: ProductRow): ProductValues {
  const pack = row.units.find((unit) => unit.name !== row.baseUnit)
  const base = row.units.find((unit) => unit.name === row.baseUnit)
  return {
    code: row.code,
    name: row.name,
    specification: row.specification,
    brand: row.brand ?? '',
    baseUnit: row.baseUnit,
    barcode: base?.barcodes[0] ?? '',
    packUnit: pack?.name ?? '',
    packSize: pack === undefined ? 0 : pack.numerator / pack.denominator,
    packBarcode: pack?.barcodes[0] ?? '',
    retailPrice: row.retailPrice,
    wholesalePrice: row.wholesalePrice,
    minimumPrice: row.minimumPrice,
    purchasePrice: row.purchasePrice,
    isService: row.isService,
    isBundle: row.isBundle === true,
    isDisabled: row.isDisabled,
    hasBatches: row.tracking?.hasBatches ?? false,
    hasSerials: row.tracking?.hasSerials ?? false,
    isInspected: row.tracking?.isInspected ?? false,
    namesBatches: row.tracking?.namesBatches ?? false,
    isByBatch: row.tracking?.isByBatch ?? false,
    shelfLifeDays: row.tracking?.shelfLifeDays ?? 0,
    nearExpiryDays: row.tracking?.nearExpiryDays ?? 0,
    ...sizesOf(row),
  }
}

function sizesOf({ weight = 0, volume = 0 }: ProductRow): Pick<ProductValues, 'weight' | 'volume'> {
  return { weight, volume }
}

/** Field by field what `after` changes of `before`. Pinyin initials of a new name are the engine's to add. */
export function changesOf(
  ids: { readonly productId: ProductId; readonly skuId: SkuId },
  before: ProductValues,
  after: ProductValues,
): readonly MasterChange[] {
  const old = fieldsOf(before)
  const changed: Record<string, Json> = {}
  const next = fieldsOf(after)
  for (const [name, value] of Object.entries(next)) {
    if (JSON.stringify(old[name] ?? '') !== JSON.stringify(value)) changed[name] = value
  }
  for (const name of Object.keys(old)) {
    if (!Object.hasOwn(next, name)) changed[name] = ''
  }
  return Object.keys(changed).length === 0 ? [] : oneSkuChanges(ids, changed)
}

function fieldsOf(values: ProductValues): Record<string, Json> {
  const hasPack = values.packUnit !== '' && values.packSize > 0
  return {
    code: values.code,
    name: values.name,
    specification: values.specification,
    brand: values.brand,
    baseUnit: values.baseUnit,
    kind: kindOf(values),
    isDisabled: values.isDisabled ? 1 : '',
    units: hasPack ? [{ name: values.packUnit, numerator: values.packSize, denominator: 1 }] : [],
    ...tracked(values),
    ...sized(values),
    ...(values.barcode === '' ? {} : { [`barcode:${values.barcode}`]: values.baseUnit }),
    ...(hasPack && values.packBarcode !== ''
      ? { [`barcode:${values.packBarcode}`]: values.packUnit }
      : {}),
    ...priced('retailPrice', values.retailPrice),
    ...priced('wholesalePrice', values.wholesalePrice),
    ...priced('minimumPrice', values.minimumPrice),
    ...priced('referencePurchasePrice', values.purchasePrice),
  }
}

function tracked(values: ProductValues): Record<string, Json> {
  return {
    hasBatches: values.hasBatches ? 1 : '',
    hasSerials: values.hasSerials ? 1 : '',
    isInspected: values.isInspected ? 1 : '',
    namesBatches: values.namesBatches ? 1 : '',
    valuation: values.isByBatch ? 'batch' : '',
    shelfLifeDays: values.shelfLifeDays || '',
    nearExpiryDays: values.nearExpiryDays || '',
  }
}

function sized({ weight, volume }: ProductValues): Record<string, Json> {
  return { weight: weight || '', volume: volume || '' }
}

function kindOf({ isService, isBundle }: ProductValues): 'service' | 'bundle' | 'stock' {
  if (isService) return 'service'
  return isBundle ? 'bundle' : 'stock'
}

function priced(name: string, value: number | undefined): Record<string, Json> {
  return value === undefined ? {} : { [name]: value }
}
