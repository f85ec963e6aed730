import { expect, it } from 'vitest'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { Tails } from './tails.ts'

const chain = 'j/01900000-0000-7000-8000-000000000001/01900000-0000-7000-8000-000000000002/goods'
const device = '01900000-0000-7000-8000-000000000003'
const tails = ['2026-09', '2026-11', '2026-10'].map((shard, i) => ({
  journal: `${chain}/${shard}/${device}`,
  seq: { '2026-09': 4, '2026-10': 9, '2026-11': 12 }[shard] ?? 0,
  hash: `${i}`.repeat(64),
  ...{ hlc: 0, receivedAt: 0 },
}))

it('[SYN3] after a restart a chain goes on in its newest month, in whatever order months are read', () => {
  const name = parseJournalName(tails[0]?.journal ?? '')
  if (!name.ok) throw new Error(name.problem.code)
  for (const order of [tails, [...tails].reverse(), [...tails.slice(1), ...tails]]) {
    expect(new Tails(order).ofChain(name.value)).toMatchObject({ seq: 12, shard: '2026-11' })
  }
})
