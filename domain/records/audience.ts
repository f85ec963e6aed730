/** 读者范围 (audience): who may read a record. What a role may not see never reaches its device. */

/** In the order of the four layers of the fold. */
export const audiences = ['goods', 'sales', 'buying', 'books'] as const

/** goods: quantities; sales: selling prices, customers; buying: costs, suppliers; books: vouchers. */
export type Audience = (typeof audiences)[number]

/** Whether a text names an audience. */
export function isAudience(text: string): text is Audience {
  return (audiences as readonly string[]).includes(text)
}
