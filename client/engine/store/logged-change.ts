/** Which changes go by the log of the store in the browser, and which are worth their tables at once. */
import { type Change, isOnlyDerived } from './store.ts'

/** A change of so many bytes, that is no post, is not worth being written twice. */
const limitLoggedBytes = 65_536

/** Somebody waits for it to be durable, or it is small enough to be written twice. */
export function isLogged(change: Change): boolean {
  if (change.blobs !== undefined || change.compacted !== undefined) return false
  if (change.dropped !== undefined) return false
  if (change.commandsKept !== undefined || isOnlyDerived(change)) return false
  const isPost = change.appends !== undefined && change.commands !== undefined
  return isPost || bytesIn(change) <= limitLoggedBytes
}

/** Of records and updates; the rest of a change is small. */
export function bytesIn({ appends = [] }: Change): number {
  let sum = 0
  for (const { updates, records } of appends) {
    for (const row of updates) sum += row.bytes.length
    for (const row of records) sum += row.bytes.length
  }
  return sum
}
