/**
 * States of a long pool at every 64th movement, so that a late record replays what comes after it and
 * little more. A cache: absent marks only mean a longer replay, so no checkpoint holds them.
 */

/** Movements between two marks. */
export const markEvery = 64
/** Shorter chains are replayed whole. */
const markedLengthMin = 128

export interface CostState {
  quantity: number
  value: number
  rateValue: number
  rateQuantity: number
  isTainted: boolean
}

const fields = 5

export type CostMarks = Map<number, Float64Array>

export function openMarks(): CostMarks {
  return new Map()
}

/** Whether marks are taken in a chain of this length. */
export function keepsMarks(marks: CostMarks, pool: number, length: number): boolean {
  if (length >= markedLengthMin) return true
  // Marks of a time when the chain was longer would not be renewed.
  if (marks.size > 0) marks.delete(pool)
  return false
}

/**
 * INVARIANT: a mark is a state without open shortages, so everything before it is final but for what
 * later records add before it; a state with shortages clears the mark.
 */
export function putMark(marks: CostMarks, pool: number, at: number, state: CostState): void {
  const index = at / markEvery
  let taken = marks.get(pool)
  if (taken === undefined || taken.length < (index + 1) * fields) {
    const grown = new Float64Array((index + 1) * 2 * fields).fill(Number.NaN)
    if (taken !== undefined) grown.set(taken)
    marks.set(pool, grown)
    taken = grown
  }
  const first = index * fields
  taken[first] = state.quantity < 0 ? Number.NaN : state.quantity
  taken[first + 1] = state.value
  taken[first + 2] = state.rateValue
  taken[first + 3] = state.rateQuantity
  taken[first + 4] = Number(state.isTainted)
}

/** Position of the last mark at or before `position`, 0 where there is none. */
export function markBefore(marks: CostMarks, pool: number, position: number): number {
  const taken = marks.get(pool)
  if (taken === undefined) return 0
  let index = Math.floor(position / markEvery)
  while (index > 0 && Number.isNaN(taken[index * fields] ?? Number.NaN)) index--
  return index * markEvery
}

/** Loads the last mark at or before `position` into `state`; its position, 0 where there is none. */
export function takeMark(
  marks: CostMarks,
  pool: number,
  position: number,
  state: CostState,
): number {
  const at = markBefore(marks, pool, position)
  const first = (at / markEvery) * fields
  const taken = at === 0 ? undefined : marks.get(pool)
  state.quantity = taken?.[first] ?? 0
  state.value = taken?.[first + 1] ?? 0
  state.rateValue = taken?.[first + 2] ?? 0
  state.rateQuantity = taken?.[first + 3] ?? 0
  state.isTainted = taken?.[first + 4] === 1
  return at
}
