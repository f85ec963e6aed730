/**
 * 取价 (price proposal): which price a new line begins with, and why. One table of rules in the order in which they
 * come (MD-08); what it refuses to know is how the person asks.
 */

import type { BusinessDate } from '#domain/values/business-date.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { scalePrice, type UnitPrice, unitPrice } from '#domain/values/unit-price.ts'
import { hasFlag, integerOf, type MasterFields, textOf } from './master-field.ts'
import { coinOf, type priceBases } from './price-list.ts'
import { priceRowFor, priceRowsField, priceRowsOf } from './price-rows.ts'
import { unitPriceOf, unitsOf } from './unit.ts'

/** [PRP1] 取价顺序: the first that has a price gives it. */
export const priceRules = {
  special: ['客户专价', 'Special price'],
  last: ['上次成交价', 'Last price'],
  level: ['客户价格等级', 'Price level'],
  branch: ['门店价目表', 'Price list of the branch'],
  own: ['商品价', 'Price of the product'],
} as const

export type PriceRule = keyof typeof priceRules

export interface PriceAsked {
  /** Which way the goods go: what is bought has no list. */
  readonly side: 'sales' | 'buying'
  readonly skuId: string
  /** The base unit where left out. */
  readonly unit?: string
  /** Base units. */
  readonly quantity: Quantity
  readonly day: BusinessDate
  readonly branchId: string
  readonly customerId?: string
  /** Of one unit, to this customer; left out where it is not to be proposed. */
  readonly last?: UnitPrice
}

export interface PriceProposal {
  readonly rule: PriceRule
  readonly price: UnitPrice
  /** The price list that says so. */
  readonly listId?: string
}

interface MasterLookup {
  get(entity: 'sku' | 'customer' | 'branch' | 'price-list', id: string): MasterFields | undefined
}

interface Asked extends PriceAsked {
  readonly sku: MasterFields
}

type Rule = (asked: Asked, masters: MasterLookup) => Omit<PriceProposal, 'rule'> | undefined

const rules: Readonly<Record<PriceRule, Rule>> = {
  special: (asked, masters) => {
    const { customerId = '', skuId } = asked
    const customer = masters.get('customer', customerId)
    const price = customer && rowPrice(asked, customer, 'specialPrice', skuId)
    return price === undefined ? undefined : { price }
  },
  last: ({ last }) => (last === undefined ? undefined : { price: last }),
  level: (asked, masters) =>
    listed(asked, masters, masters.get('customer', asked.customerId ?? '')),
  branch: (asked, masters) => listed(asked, masters, masters.get('branch', asked.branchId)),
  own: (asked) => {
    const price = ownPrice(
      asked,
      asked.side === 'buying' ? 'referencePurchasePrice' : 'retailPrice',
    )
    return price === undefined ? undefined : { price }
  },
}

const rulesOfSide: Readonly<Record<PriceAsked['side'], readonly PriceRule[]>> = {
  sales: ['special', 'last', 'level', 'branch', 'own'],
  buying: ['last', 'own'],
}

/** [PRP1] What each rule says, in their order; the first is the one that counts. */
export function proposePrices(asked: PriceAsked, masters: MasterLookup): readonly PriceProposal[] {
  const sku = masters.get('sku', asked.skuId)
  if (sku === undefined) return []
  return rulesOfSide[asked.side].flatMap((rule): PriceProposal[] => {
    const said = rules[rule]({ ...asked, sku }, masters)
    return said === undefined ? [] : [{ rule, ...said }]
  })
}

/** Of a list that is in use; rows of its own come before what it is reckoned by [PRP3]. */
function listed(
  asked: Asked,
  masters: MasterLookup,
  holder: MasterFields | undefined,
): Omit<PriceProposal, 'rule'> | undefined {
  const listId = textOf(holder ?? {}, 'priceListId')
  const list = listId === '' ? undefined : masters.get('price-list', listId)
  if (list === undefined || hasFlag(list, 'isDisabled')) return undefined
  const price = rowPrice(asked, asked.sku, 'listPrice', listId) ?? reckonedPrice(asked, list)
  return price === undefined ? undefined : { price, listId }
}

/** Rows of the unit asked for, else those of the base unit as many times as it holds [PRP2]. */
function rowPrice(
  { quantity, day, ...asked }: Asked,
  holder: MasterFields,
  family: 'listPrice' | 'specialPrice',
  id: string,
): UnitPrice | undefined {
  return inUnit(asked, (unit) => {
    const rows = priceRowsOf(holder, priceRowsField(family, id, unit))
    return priceRowFor(rows, quantity, day)?.price
  })
}

/** A price of the product itself, by the same way from base unit to unit. */
export function ownPrice(
  asked: { readonly sku: MasterFields; readonly unit?: string },
  name: Parameters<typeof unitPriceOf>[1],
): UnitPrice | undefined {
  return inUnit(asked, (unit) => {
    const price = unitPriceOf(asked.sku, name, unit)
    return price === undefined ? undefined : unitPrice(price)
  })
}

function inUnit(
  { sku, unit = textOf(sku, 'baseUnit') }: { readonly sku: MasterFields; readonly unit?: string },
  priceIn: (unit: string) => UnitPrice | undefined,
): UnitPrice | undefined {
  const own = priceIn(unit)
  const baseUnit = textOf(sku, 'baseUnit')
  if (own !== undefined || unit === baseUnit) return own
  const factor = unitsOf(sku).find(({ name }) => name === unit)?.factor
  const base = priceIn(baseUnit)
  return base === undefined || factor === undefined ? undefined : scalePrice(base, factor)
}

const priceNames = {
  retail: 'retailPrice',
  wholesale: 'wholesalePrice',
} as const satisfies Readonly<Record<keyof typeof priceBases, string>>

function reckonedPrice(asked: Asked, list: MasterFields): UnitPrice | undefined {
  const rate = integerOf(list, 'rate')
  const name = Object.entries(priceNames).find(([basis]) => basis === textOf(list, 'basis'))?.[1]
  const price = name && ownPrice(asked, name)
  if (price === undefined || rate === undefined) return undefined
  const part = { numerator: rate, denominator: 10_000 }
  return scalePrice(price, part, coinOf(textOf(list, 'rounding')))
}
