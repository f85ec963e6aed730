/** When a record was written and by whom: which of several comes first, the same for everybody. */
import type { Recorded } from './statements.ts'

export interface Stamp {
  readonly at: number
  readonly hlc: number
  readonly device: string
  readonly id: string
}

type Key = readonly (string | number)[]

export function stampOf({ record }: Recorded): Stamp {
  const { at, hlc, device, id } = record
  return { at, hlc, device, id }
}

/** By clock, then device; by id and hash where a broken device repeats its clock. */
export function first(records: readonly Recorded[]): Recorded | undefined {
  return [...records].sort((a, b) => compareKeys(keyOf(a), keyOf(b)))[0]
}

export function compareKeys(one: Key, other: Key): number {
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    const [a, b] = [one[i], other[i]]
    if (a === b || a === undefined || b === undefined) continue
    return a < b ? -1 : 1
  }
  return one.length - other.length
}

export function keyOf({ record, hash }: Recorded): Key {
  return [record.hlc, record.device, record.id, hash]
}
