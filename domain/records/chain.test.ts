import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { month } from '#domain/values/business-date.ts'
import { type ChainEntry, type ChainTail, checkChain } from './chain.ts'
import type { JournalRecord } from './record.ts'
import { exampleRecord, exampleUuid } from './record.examples.ts'
import { decodeRecord, encodeRecord } from './record-bytes.ts'

/** `length` records that follow `tail`, each changed by `change` before it is hashed. */
function chainOf(
  length: number,
  change: (record: JournalRecord, i: number) => JournalRecord = (record) => record,
  tail?: ChainTail,
): ChainEntry[] {
  const entries: ChainEntry[] = []
  let before = tail
  for (let i = 0; i < length; i++) {
    const seq = before === undefined ? 0 : before.seq + 1
    const record = change(exampleRecord({ seq, prev: before?.hash ?? '' }), i)
    const decoded = decodeRecord(encodeRecord(record))
    if (!decoded.ok) throw new Error(JSON.stringify(decoded.problem))
    entries.push(decoded.value)
    before = { seq: record.seq, hash: decoded.value.hash }
  }
  return entries
}

function problemOf(entries: readonly ChainEntry[], tail?: ChainTail) {
  const checked = checkChain(tail, entries)
  return checked.ok ? undefined : checked.problem
}

function tailOf(entries: readonly ChainEntry[]): ChainTail | undefined {
  const checked = checkChain(undefined, entries)
  return checked.ok ? checked.value : undefined
}

describe('chain', () => {
  it('[REC6] accepts a chain in one piece or in any pieces', () => {
    const entries = chainOf(12)
    const whole = tailOf(entries)
    expect(whole).toMatchObject({ seq: 11 })
    fc.assert(
      fc.property(fc.nat(12), (cut) => {
        const checked = checkChain(tailOf(entries.slice(0, cut)), entries.slice(cut))
        expect(checked).toEqual({ ok: true, value: whole })
      }),
    )
    expect(checkChain(undefined, [])).toEqual({ ok: true, value: undefined })
  })

  it('[REC6] shows a record that is missing, doubled, moved or changed', () => {
    const entries = chainOf(6)
    expect(problemOf(entries.filter((_, i) => i !== 2))).toEqual({ code: 'seq-not-next', seq: 3 })
    expect(problemOf(entries.slice(1))).toEqual({ code: 'seq-not-next', seq: 1 })
    expect(problemOf([...entries, ...entries.slice(-1)])).toEqual({ code: 'seq-not-next', seq: 5 })
    const [first, second, ...rest] = entries
    if (first === undefined || second === undefined) throw new Error('six entries')
    expect(problemOf([second, first, ...rest])).toMatchObject({ code: 'seq-not-next' })
    const rewritten = chainOf(2, (record, i) => (i === 0 ? record : { ...record, build: 'x' }))
    expect(problemOf([...rewritten, ...entries.slice(2)])).toEqual({ code: 'prev-differs', seq: 2 })
  })

  it('[REC6] tells a fork: another record after the one that is known', () => {
    const entries = chainOf(4)
    const known = tailOf(entries.slice(0, 2))
    const otherPast = chainOf(2, (record) => ({ ...record, build: 'clone' }))
    const clone = chainOf(1, undefined, tailOf(otherPast))
    expect(problemOf(clone, known)).toEqual({ code: 'prev-differs', seq: 2 })
  })

  it('[REC6] keeps to one organisation, branch, audience and device', () => {
    const changes: Partial<JournalRecord>[] = [
      { org: exampleUuid(91) },
      { branch: exampleUuid(92) },
      { device: exampleUuid(93) },
      { audience: 'sales' },
    ]
    for (const change of changes) {
      const mixed = chainOf(2, (record, i) => (i === 0 ? record : { ...record, ...change }))
      expect(problemOf(mixed)).toEqual({ code: 'other-chain', seq: 1 })
    }
  })

  it('[REC7] runs on through shards, which never go back', () => {
    const shards = ['2026-11', '2026-12', '2026-12', '2027-01'].map(month)
    const forward = chainOf(4, (record, i) => ({ ...record, shard: shards[i] ?? record.shard }))
    expect(problemOf(forward)).toBeUndefined()
    const back = chainOf(4, (record, i) => ({ ...record, shard: shards[3 - i] ?? record.shard }))
    expect(problemOf(back)).toEqual({ code: 'shard-went-back', seq: 1 })
  })
})
