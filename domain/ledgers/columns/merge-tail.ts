/** Keeps a run of row numbers in order when few come late: the insertion of a batch by block moves. */

export type CompareRows = (a: number, b: number) => number

/** Rows from `start` on: the first `sorted` are in order, those behind up to `length` are not yet. */
export interface Run {
  readonly rows: Int32Array
  readonly start: number
  readonly sorted: number
  readonly length: number
}

/** Sorts the tail in; the first position that changed, `length` when all were in order already. */
export function mergeTail(run: Run, compare: CompareRows): number {
  if (isInOrder(run, compare)) return run.length
  const { start, sorted, length } = run
  if (length - sorted === 1) return insertLast(run, compare)
  const rows = run.rows.subarray(start, start + length)
  const late = rows.slice(sorted)
  late.sort(compare)
  let end = sorted
  for (let i = late.length - 1; i >= 0; i--) {
    const row = late[i] as number
    const position = firstAfter({ ...run, sorted: end }, row, compare)
    rows.copyWithin(position + i + 1, position, end)
    rows[position + i] = row
    end = position
  }
  return end
}

/** The usual case, one late row, without making anything. */
function insertLast(run: Run, compare: CompareRows): number {
  const { rows, start, sorted } = run
  const row = rows[start + sorted] as number
  const position = firstAfter(run, row, compare)
  rows.copyWithin(start + position + 1, start + position, start + sorted)
  rows[start + position] = row
  return position
}

/** The first of the run's sorted positions whose row comes after `row`. */
export function firstAfter(run: Run, row: number, compare: CompareRows): number {
  const { rows, start } = run
  let low = 0
  let high = run.sorted
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(rows[start + middle] as number, row) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function isInOrder({ rows, start, sorted, length }: Run, compare: CompareRows): boolean {
  for (let slot = start + Math.max(sorted, 1); slot < start + length; slot++) {
    if (compare(rows[slot - 1] as number, rows[slot] as number) > 0) return false
  }
  return true
}
