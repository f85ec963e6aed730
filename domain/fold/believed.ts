/**
 * [F13] 当时所知 (as we believed then): which records the server had durably received by a moment. What the
 * server has not spoken of counts by its own clock: its own records, and those that wait on this device.
 */

import { isServerDevice } from '#domain/records/journal-name.ts'
import { hlcMs } from '#domain/values/hybrid-clock.ts'
import type { FoldEntry } from './fold-entry.ts'

export interface Receipts {
  /** Takes note of what the records say was received; to be shown all records before any is asked about. */
  note(entries: readonly FoldEntry[]): void
  /** Whether the record was known to the server by the moment asked for. */
  isBelieved(entry: FoldEntry): boolean
}

/** `at`: ms since the epoch. */
export function receiptsUntil(at: number): Receipts {
  const reachedBy = new Map<string, number>()
  const reached = new Map<string, number>()
  return {
    note(entries) {
      for (const { name, seq, receivedAt } of entries.flatMap(receiptsOf)) {
        raise(reached, name, seq)
        if (receivedAt <= at) raise(reachedBy, name, seq)
      }
    },
    isBelieved({ journal, record }) {
      const isReceived = record.seq <= (reached.get(journal) ?? -1)
      if (isReceived) return record.seq <= (reachedBy.get(journal) ?? -1)
      return hlcMs(record.hlc) <= at
    },
  }
}

interface Receipt {
  readonly name: string
  readonly seq: number
  readonly receivedAt: number
}

/** Of a body that may be of any form: what is no receipt is passed over, as the fold finds it anyway. */
function receiptsOf({ record }: FoldEntry): readonly Receipt[] {
  if (record.kind !== 'received.v1' || !isServerDevice(record.device)) return []
  const { journals } = (record.body ?? {}) as { readonly journals?: unknown }
  return Array.isArray(journals) ? journals.filter(isReceipt) : []
}

function isReceipt(value: unknown): value is Receipt {
  const { name, seq, receivedAt } = (value ?? {}) as Partial<Receipt>
  return typeof name === 'string' && typeof seq === 'number' && typeof receivedAt === 'number'
}

function raise(marks: Map<string, number>, journal: string, seq: number): void {
  marks.set(journal, Math.max(marks.get(journal) ?? -1, seq))
}
