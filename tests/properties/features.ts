/** What the product does not do yet, and generated histories leave out until it does. Shrinks. */
export type Feature = 'month-end' | 'adjustments'

export const waiting: ReadonlySet<Feature> = new Set<Feature>([])

export function has(feature: Feature): boolean {
  return !waiting.has(feature)
}
