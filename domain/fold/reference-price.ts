/** 参考进价: what a SKU is taken to cost where no movement says anything [CO-07]. */

import { audiences } from '#domain/records/audience.ts'
import type { Instant } from '#domain/values/instant.ts'
import { type UnitPrice, unitPrice } from '#domain/values/unit-price.ts'
import { cellOf } from './master-tables.ts'
import type { Masters } from './masters.ts'
import { masterKey } from './names.ts'
import { countsUnder, referencePriceField } from './price-places.ts'
import type { SealBook } from './seals.ts'

const buying = audiences.indexOf('buying')

/** The moment at which goods of a branch need a price, and what that branch has closed. */
export interface PriceAsked {
  readonly at: Instant
  readonly branch: number
  readonly book: SealBook
}

/**
 * The price in force at `at`: the newest version that was said to hold by then, else the first ever
 * said, so that goods sold before anybody priced them are not worth nothing. Undefined without one.
 * [MRG7] Of what was said in the branch or told to the company; [SEL14] in a closed month of what was known then.
 */
export function referencePrice(
  masters: Masters,
  skuId: string,
  { at, branch, book }: PriceAsked,
): UnitPrice | undefined {
  const { names, tables } = masters
  const master = names.masters.find(masterKey('sku', skuId))
  const field = names.fields.find(referencePriceField)
  if (master < 0 || field < 0) return undefined
  const { at: holdsFrom, older, value } = tables.versions.columns
  const index = book.seals.findIndex(({ said }) => said.until > at)
  let found = -1
  for (
    let version = cellOf(tables, master, field, buying);
    version >= 0;
    version = older[version] as number
  ) {
    const counts = countsUnder(tables.prices, tables.versions, version, { branch, book, index })
    if (!counts) continue
    found = version
    if ((holdsFrom[version] as number) <= at) break
  }
  if (found < 0) return undefined
  const said = Number(names.texts.read(value[found] as number))
  return Number.isSafeInteger(said) && said > 0 ? unitPrice(said) : undefined
}
