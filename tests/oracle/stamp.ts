/** When a record was written and by whom: which of several comes first, the same for everybody. */
import type { Recorded } from './statements.ts'

export interface Stamp {
  /** When it takes effect, and what its record says, where that was closed. */
  readonly at: number
  readonly own: number
  readonly hlc: number
  readonly device: string
  readonly id: string
}

type Key = readonly (string | number)[]

/** What says `own` takes effect then, or at the first moment that was open. */
export function momentsUnder(own: number, open: number): Pick<Stamp, 'at' | 'own'> {
  return { at: Math.max(own, open), own }
}

/** `open`: the first moment at which it may take effect. */
export function stampOf({ record }: Recorded, open: number): Stamp {
  const { at, hlc, device, id } = record
  return { ...momentsUnder(at, open), hlc, device, id }
}

/**
 * By what `rankOf` says; then by clock and device; by id and hash where a broken device repeats its clock.
 */
export function first(
  records: readonly Recorded[],
  rankOf: (recorded: Recorded) => Key,
): Recorded | undefined {
  const keys = new Map(records.map((each) => [each, [...rankOf(each), ...keyOf(each)]]))
  return [...records].sort((a, b) => compareKeys(keys.get(a) ?? [], keys.get(b) ?? []))[0]
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
