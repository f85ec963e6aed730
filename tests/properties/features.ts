/** What the product does not do yet, and generated histories leave out until it does. Shrinks. */
export type Feature = 'fifo' | 'month-end' | 'flows' | 'counts' | 'value-changes'

export const waiting: ReadonlySet<Feature> = new Set<Feature>([
  ...(['month-end', 'flows', 'value-changes'] as const),
])

export function has(feature: Feature): boolean {
  return !waiting.has(feature)
}
