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

/** The first position after `position` to take a mark at; Infinity in a short chain, which keeps none. */
export function firstMarkAfter(
  marks: CostMarks,
  pool: number,
  position: number,
  length: number,
): number {
  if (length < markedLengthMin) {
    // Marks of a time when the chain was longer would not be renewed.
    marks.delete(pool)
    return Number.POSITIVE_INFINITY
  }
  return Math.floor(position / markEvery) * markEvery + markEvery
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

/** Loads the last mark at or before `position` into `state`; its position, 0 where there is none. */
export function takeMark(
  marks: CostMarks,
  pool: number,
  position: number,
  state: CostState,
): number {
  const taken = marks.get(pool)
  let index = taken === undefined ? 0 : Math.floor(position / markEvery)
  for (; taken !== undefined && index > 0; index--) {
    const first = index * fields
    const quantity = taken[first] ?? Number.NaN
    if (Number.isNaN(quantity)) continue
    state.quantity = quantity
    state.value = taken[first + 1] as number
    state.rateValue = taken[first + 2] as number
    state.rateQuantity = taken[first + 3] as number
    state.isTainted = taken[first + 4] === 1
    return index * markEvery
  }
  state.quantity = 0
  state.value = 0
  state.rateValue = 0
  state.rateQuantity = 0
  state.isTainted = false
  return 0
}
