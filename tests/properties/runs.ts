/**
 * How many histories are generated: `FOLD_RUNS=20 vitest run tests/properties` makes twenty times as many as
 * the normal run does.
 */
const factor = Number(process.env['FOLD_RUNS'] ?? 1)

/** Options of a property that has `count` runs in `npm test`. */
export function runs(count: number): { readonly numRuns: number; readonly endOnFailure: false } {
  return { numRuns: Math.ceil(count * factor), endOnFailure: false }
}

/** Ms; generous, for busy machines. */
export const patience = 120_000 * Math.max(1, factor)
