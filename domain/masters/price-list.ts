/**
 * 价目表 (price list): 零售, 批发, 会员 … as customers and branches take them. A list has prices of its own, kept
 * with each SKU, and where it has none for one it may follow from another price by a percentage.
 */

import type { EntityDefinition } from './entity.ts'
import { choice, flag, inAudience, note, percentage, required, text } from './master-field.ts'

/** 取整: the coin to which a reckoned price is rounded. */
export const priceRoundings = {
  fen: ['分', 'Fen'],
  jiao: ['角', 'Jiao'],
  yuan: ['元', 'Yuan'],
} as const

/** Millionths of a yuan in one coin. */
const coins: Readonly<Record<string, number>> = {
  fen: 10_000,
  jiao: 100_000,
  yuan: 1_000_000,
} satisfies Readonly<Record<keyof typeof priceRoundings, number>>

/** Of a rounding, in millionths of a yuan: fen where none is named. */
export function coinOf(rounding: string): number {
  return coins[rounding] ?? 10_000
}

/** What a price is reckoned from: a price of the product itself. */
export const priceBases = {
  retail: ['零售价', 'Retail price'],
  wholesale: ['批发价', 'Wholesale price'],
} as const

export const priceList: EntityDefinition = {
  entity: 'price-list',
  label: ['价目表', 'Price list'],
  title: ['code', 'name'],
  fields: {
    name: inAudience('sales', required(text(['名称', 'Name']))),
    code: inAudience('sales', text(['编码', 'Code'])),
    basis: inAudience('sales', choice(['按价推算', 'Reckoned from'], priceBases)),
    rate: inAudience('sales', percentage(['按价的 %', 'Percent of it'])),
    rounding: inAudience('sales', choice(['取整到', 'Rounded to'], priceRoundings)),
    note: inAudience('sales', note(['备注', 'Note'])),
    isDisabled: inAudience('sales', flag(['停用', 'Disabled'])),
  },
}
