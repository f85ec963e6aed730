/**
 * Sums over merged data, which nothing bounds: integers modulo 2^53. Exact while the whole sum is below
 * `limitSum`, whatever stood in between, and the same in every order of adding; never a fraction, never a throw.
 */

import { limitSum } from './limits.ts'

/** Both safe integers of at most `limitSum`; so is the sum. */
export function addWrapped(sum: number, change: number): number {
  const next = sum + change
  if (next >= limitSum) return next - 2 * limitSum
  return next < 0 - limitSum ? next + 2 * limitSum : next
}
