/** Seals of tests: what the server says when it closes a month over records that it has. */

import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { monthOf, businessDateOf } from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import type { JournalWriter } from './journal-writer.ts'

/** Closes a branch up to `until` (ms); covers the chains of `covered` as far as these records go. */
export function aSeal(
  writer: JournalWriter,
  branch: string,
  until: number,
  covered: readonly FoldEntry[],
): FoldEntry {
  const utc = { offsetMinutes: 0, cutOffMinutes: 0 }
  return writer.write({
    ...{ device: 'server-1', branch, audience: 'goods', kind: 'sealed.v1', at: until },
    body: {
      month: monthOf(businessDateOf(instant(until - 1), utc)),
      until,
      heads: headsOf(covered),
      states: [],
      rules: 1,
      checkpoints: [],
    },
  })
}

/** Takes a seal back. */
export function aReopening(
  writer: JournalWriter,
  branch: string,
  [seal]: readonly FoldEntry[],
): FoldEntry {
  return writer.write({
    ...{ device: 'server-1', branch, audience: 'goods', kind: 'reopened.v1', at: 1 },
    body: { seal: seal?.record.id ?? '', reason: 'test' },
  })
}

function headsOf(covered: readonly FoldEntry[]) {
  const heads = new Map<
    string,
    { device: string; audience: FoldEntry['record']['audience']; seq: number; hash: string }
  >()
  for (const { record, hash } of covered) {
    const { device, audience, seq } = record
    const chain = `${device}|${audience}`
    if ((heads.get(chain)?.seq ?? -1) < seq) heads.set(chain, { device, audience, seq, hash })
  }
  return [...heads.values()]
}
