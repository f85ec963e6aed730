/** 参考进价: what a SKU is taken to cost where no movement says anything [CO-07]. */

import { audiences } from '#domain/records/audience.ts'
import type { Instant } from '#domain/values/instant.ts'
import { type UnitPrice, unitPrice } from '#domain/values/unit-price.ts'
import { cellOf } from './master-tables.ts'
import type { Masters } from './masters.ts'
import { masterKey } from './names.ts'

export const referencePriceField = 'referencePurchasePrice'

const buying = audiences.indexOf('buying')

/**
 * The price in force at `at`: the newest version that was said to hold by then, else the first ever
 * said, so that goods sold before anybody priced them are not worth nothing. Undefined without one.
 */
export function referencePrice(
  masters: Masters,
  skuId: string,
  at: Instant,
): UnitPrice | undefined {
  const { names, tables } = masters
  const master = names.masters.find(masterKey('sku', skuId))
  const field = names.fields.find(referencePriceField)
  if (master < 0 || field < 0) return undefined
  const { at: holdsFrom, older, value } = tables.versions.columns
  let version = cellOf(tables, master, field, buying)
  if (version < 0) return undefined
  while ((holdsFrom[version] as number) > at && (older[version] as number) >= 0) {
    version = older[version] as number
  }
  const said = Number(names.texts.read(value[version] as number))
  return Number.isSafeInteger(said) && said > 0 ? unitPrice(said) : undefined
}
