/**
 * How many histories are generated: `FOLD_RUNS=20 vitest run tests/properties` makes twenty times as many as
 * the normal run does, and others each time. The normal run makes the same ones every time: what is known to
 * be wrong in rare histories stands in ROADMAP.
 */
const asked = process.env['FOLD_RUNS']
const factor = Number(asked ?? 1)
const seed = asked === undefined ? { seed: 1 } : {}

/** Options of a property that has `count` runs in `npm test`. */
export function runs(count: number) {
  return { numRuns: Math.ceil(count * factor), endOnFailure: false, ...seed }
}

/** Ms; generous, for busy machines. */
export const patience = 120_000 * Math.max(1, factor)
