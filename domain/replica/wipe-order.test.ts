import { expect, it } from 'vitest'
import { headDigest } from './heads.ts'
import { coversAll, type JournalEnd, wipeOrderDigest } from './wipe-order.ts'

const end: JournalEnd = { journal: 'j/o/b/goods/2026-11/d', seq: 4, hash: 'aa' }
const other: JournalEnd = { ...end, journal: 'j/o/b/sales/2026-11/d' }

it('[WIP1] covers journals that end with the same record, and no others', () => {
  expect(coversAll([end, other], [end])).toBe(true)
  expect(coversAll([end], [])).toBe(true)
  expect(coversAll([end], [end, other])).toBe(false)
  expect(coversAll([{ ...end, seq: 3 }], [end])).toBe(false)
  expect(coversAll([{ ...end, seq: 5 }], [end])).toBe(false)
  expect(coversAll([{ ...end, hash: 'bb' }], [end])).toBe(false)
})

it('[WIP2] differs by device, by each journal, and from every head', () => {
  const digests = [
    wipeOrderDigest('d', [end]),
    wipeOrderDigest('e', [end]),
    wipeOrderDigest('d', [end, other]),
    wipeOrderDigest('d', []),
    headDigest(end),
  ]
  expect(new Set(digests.map(String)).size).toBe(digests.length)
})
