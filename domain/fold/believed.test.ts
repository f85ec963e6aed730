import { describe, expect, it } from 'vitest'
import { JournalWriter } from '#tests/builders/journal-writer.ts'
import { historyOf } from '#tests/builders/random-history.ts'
import { hlc, hlcMs } from '#domain/values/hybrid-clock.ts'
import { receiptsUntil } from './believed.ts'
import type { FoldEntry } from './fold-entry.ts'

const common = { device: 0, branch: 0, sku: 0, about: 0, price: 100 } as const
const trade = historyOf([
  { ...common, kind: 'receipt', quantity: 100, at: 1 },
  { ...common, kind: 'sale', quantity: 30, at: 2 },
]).flat()

/** The server says at `receivedAt` that it has the journal up to `seq`. */
function received(name: string, seq: number, receivedAt: number): FoldEntry {
  return new JournalWriter().write({
    ...{ device: 'server-1', branch: 'branch-0', audience: 'goods', at: receivedAt },
    kind: 'received.v1',
    body: { journals: [{ name, seq, receivedAt }] },
  })
}

const goods = trade.filter(({ record }) => record.audience === 'goods')
const journal = goods[0]?.journal ?? ''
const believed = (at: number, receipts: readonly FoldEntry[]) => {
  const then = receiptsUntil(at)
  then.note([...trade, ...receipts])
  return goods.filter((entry) => then.isBelieved(entry)).map(({ record }) => record.seq)
}

describe('what was believed at a moment', () => {
  const receipts = [received(journal, 0, 5_000), received(journal, 1, 9_000)]

  it('[BLV1] is what the server had received by then, whenever it was written', () => {
    expect(believed(4_999, receipts)).toEqual([])
    expect(believed(5_000, receipts)).toEqual([0])
    expect(believed(9_000, receipts)).toEqual([0, 1])
  })

  it('[BLV2] holds what nobody has confirmed by its own clock', () => {
    const last = hlcMs(goods.at(-1)?.record.hlc ?? hlc(0, 0))
    expect(believed(Number.MAX_SAFE_INTEGER, [])).toEqual([0, 1])
    expect(believed(last - 1, []).length).toBeLessThan(2)
    // Of a journal that is confirmed in part, the rest goes by its own clock too.
    expect(believed(Number.MAX_SAFE_INTEGER, receipts.slice(0, 1))).toEqual([0, 1])
  })
})
