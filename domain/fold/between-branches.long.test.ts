/** Transfers between branches, as each branch knows them from its own journals. */

import { describe, expect, it } from 'vitest'
import { transitOf } from '#domain/masters/transit.ts'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import {
  arrivalOf,
  cups,
  dispatchOf,
  lossOf,
  type Said,
  TwoBranches,
} from '#tests/builders/two-branches.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const dayMs = 86_400_000
const day = (number: number) => 1_767_225_600_000 + (number - 1) * dayMs
const cup = idOf('sku', 'cup')
const [south, north] = [idOf('branch', 'south'), idOf('branch', 'north')]
const dispatchId = idOf('document', 'd1')
const steps = (count: number) => count * 10_000

const received: Said = {
  ...{ document: 'r1', type: 'goods-receipt', at: day(1) },
  legs: [cups('l', 'south-shop', 10, { value: 5_000 })],
}

/** Eight cups at 5.00 each by the south's cost; the north is to have them at 6.00. */
const sent = dispatchOf('d1', 8, day(2), 4_800)

const arrived = (document: string, count: number, at = day(3)) =>
  arrivalOf('d1', document, count, at)

const lost = (count: number) => lossOf('d1', 'l1', count, day(4))

/** Back to where they came from: the sender takes them in. */
function sentBack(count: number): Said {
  const { legs, ...said } = arrived('b1', count, day(4))
  const home = legs.map((leg) => (leg.leg === 'l-in' ? { ...leg, warehouse: 'south-shop' } : leg))
  return { ...said, legs: home }
}

/** One fold for some orders of arrival of the groups; every second one in a single batch. */
function foldsOf(groups: readonly (readonly FoldEntry[])[], policy: readonly FoldEntry[]): Fold[] {
  const all = [policy, ...groups]
  const orders = arrivalsOf(all.length)
  const step = Math.ceil(orders.length / 24)
  const some = orders.filter((_, index) => index % step === 0)
  return some.map((order, index) => {
    const fold = openFold()
    const entries = order.flatMap((at) => all[at] ?? [])
    if (index % 2 === 0) for (const entry of entries) fold.apply([entry])
    else fold.apply(entries)
    return fold
  })
}

function statedPolicy(costMethod: string, costScope: string): readonly FoldEntry[] {
  const fields = { costMethod, costScope }
  return [
    new JournalWriter().write({
      ...{ device: 'server-1', branch: 'all', audience: 'goods', kind: 'masters-changed.v1' },
      at: day(1),
      body: { changes: [{ entity: 'company', id: idOf('company', 'c'), fields }] },
    }),
  ]
}

const average = statedPolicy('moving-average', 'branch')

function figuresOf(fold: Fold, branch: string) {
  const stock = fold.stock.pool(cup, branch)
  return [(stock?.quantity ?? 0) / 10_000, stock?.value ?? 0]
}

function progressOf(fold: Fold) {
  return fold.transit
    .ofDocument(dispatchId)
    .map(({ sent: all, arrived: came, lost: gone, open }) =>
      [all, came, gone, open].map((each) => each / 10_000),
    )
}

/** Devices of the south, of the north, and of both: what each says of a branch is one thing. */
function expectAgreement(company: TwoBranches, policy = average) {
  const narrow = { south: foldsOf(company.south, policy), north: foldsOf(company.north, policy) }
  const wide = foldsOf([...company.south, ...company.north], policy)
  for (const [name, branch] of [
    ['south', south],
    ['north', north],
  ] as const) {
    for (const layer of ['goods', 'buying'] as const) {
      const hashes = [...narrow[name], ...wide].map((fold) => fold.hash(layer, branch))
      expect(new Set(hashes).size, `${layer} of ${name}`).toBe(1)
    }
  }
  const all = [...narrow.south, ...narrow.north, ...wide]
  for (const fold of all) expect(fold.audit()).toBeUndefined()
  return { south: narrow.south, north: narrow.north, wide, all }
}

describe('transfers between branches 门店间调拨', () => {
  it('[ITR8] each branch knows its half from its own journals, whoever else follows both', () => {
    const company = new TwoBranches().post('south', received, 'kept').post('south', sent)
    company.post('north', arrived('a1', 5)).post('north', lost(1))
    const folds = expectAgreement(company)
    for (const fold of folds.south) {
      expect(figuresOf(fold, south)).toEqual([2, 1_000])
      expect(figuresOf(fold, north)).toEqual([0, 0])
    }
    for (const fold of [...folds.north, ...folds.wide]) {
      expect(figuresOf(fold, north)).toEqual([7, 4_200])
      expect(fold.stock.balance(cup, idOf('warehouse', 'north-shop'))).toBe(steps(5))
      expect(fold.stock.balance(cup, transitOf(north))).toBe(steps(2))
    }
    for (const fold of folds.all) {
      expect(progressOf(fold)).toEqual([[8, 5, 1, 2]])
      expect(fold.transit.progress(dispatchId)).toBe('part')
      expect(fold.findings()).toEqual([])
    }
  })

  it('[ITR8] a wide device lists each document once', () => {
    const company = new TwoBranches().post('south', received, 'kept').post('south', sent)
    company.post('north', arrived('a1', 5))
    const listed = (fold: Fold) =>
      fold.documents.page({ offset: 0, limit: 10 }).rows.map(({ docId, branch }) => [docId, branch])
    for (const fold of expectAgreement(company).wide) {
      expect(listed(fold)).toEqual([
        [idOf('document', 'a1'), north],
        [dispatchId, south],
        [idOf('document', 'r1'), south],
      ])
      expect(fold.documents.byNumber('N-d1')).toHaveLength(1)
    }
  })

  it.each([
    ['moving-average', 'branch'],
    ['moving-average', 'warehouse'],
    ['fifo', 'branch'],
    ['fifo', 'warehouse'],
    ['moving-average', 'company'],
  ])('[ITR9] arrives at the stated value, to the fen (%s by %s)', (method, scope) => {
    const company = new TwoBranches().post('south', received, 'kept')
    const odd = sent.legs.map((leg) => (leg.value === undefined ? leg : { ...leg, value: 4_801 }))
    company.post('south', { ...sent, legs: odd })
    company.post('north', arrived('a1', 3)).post('north', arrived('a2', 3, day(5)))
    company.post('north', arrived('a3', 2, day(6)))
    const folds = expectAgreement(company, statedPolicy(method, scope))
    const valueOf = (fold: Fold) =>
      [...fold.stock.pools()].reduce((sum, { value }) => sum + value, 0)
    for (const fold of folds.south) {
      expect(valueOf(fold)).toBe(1_000)
      // 调拨差异: eight cups had cost 40.00.
      const sentAt = fold.stock.costOf(dispatchId)
      expect(sentAt.map(({ cost }) => cost)).toEqual([-4_000, 4_801])
    }
    for (const fold of folds.north) expect(valueOf(fold)).toBe(4_801)
    for (const fold of folds.wide) expect(valueOf(fold)).toBe(5_801)
  })

  it('[ITR9] goods whose value nobody has said are provisional until somebody does', () => {
    const unpriced = sent.legs.map(({ value: _value, ...leg }) => leg)
    const company = new TwoBranches().post('south', received, 'kept')
    company.post('south', { ...sent, legs: unpriced }).post('north', arrived('a1', 8))
    for (const fold of expectAgreement(company).north) {
      expect(fold.stock.pool(cup, north)?.isProvisional).toBe(true)
    }
  })

  it('[ITR8] goods that go back leave transit there and come home at what they had cost', () => {
    const company = new TwoBranches().post('south', received, 'kept').post('south', sent)
    company.post('north', arrived('a1', 5)).post('south', sentBack(3))
    const folds = expectAgreement(company, statedPolicy('fifo', 'warehouse'))
    for (const fold of folds.south) expect(figuresOf(fold, south)[0]).toBe(5)
    for (const fold of folds.north) expect(figuresOf(fold, north)).toEqual([5, 3_000])
    for (const fold of folds.all) expect(progressOf(fold)).toEqual([[8, 8, 0, 0]])
  })

  it('[ITR10] a reversal reaches the other branch, and more than was sent is told in both', () => {
    const company = new TwoBranches().post('south', received, 'kept').post('south', sent)
    company.post('north', arrived('a1', 5)).reverse('south', 'd1', day(5))
    const folds = expectAgreement(company)
    for (const fold of folds.all) {
      expect(new Set(fold.findings().map(({ code }) => code))).toEqual(new Set(['over-arrived']))
    }
    for (const fold of folds.south) expect(figuresOf(fold, south)).toEqual([10, 5_000])
    company.reverse('north', 'a1', day(6))
    const mended = expectAgreement(company)
    for (const fold of mended.all) expect(fold.findings()).toEqual([])
    for (const fold of mended.north) expect(figuresOf(fold, north)).toEqual([0, 0])
  })

  it('[ITR10] an arrival of what nobody sent is told, and waits for a dispatch that comes late', () => {
    const company = new TwoBranches().post('north', arrived('a1', 5))
    for (const fold of expectAgreement(company).all) {
      expect(fold.findings().map(({ code }) => code)).toContain('link-broken')
    }
    company.post('south', received, 'kept').post('south', sent)
    for (const fold of expectAgreement(company).all) expect(fold.findings()).toEqual([])
  })

  it('[ITR11] a relay moves nothing of the branch but what concerns its transit', () => {
    const shop = { document: 'x1', type: 'shipment', at: day(2) }
    const company = new TwoBranches()
    company.post('south', { ...shop, legs: [cups('l', 'north-shop', -5)] })
    const counted = { ...shop, document: 'x2', type: 'stock-count' }
    company.post('south', { ...counted, legs: [cups('l', 'transit:north', 0, { counted: 9 })] })
    for (const fold of foldsOf(company.north, average)) {
      expect(fold.documents.count).toBe(0)
      expect(figuresOf(fold, north)).toEqual([0, 0])
      expect(fold.findings().map(({ code }) => code)).toEqual([
        'malformed-record',
        'malformed-record',
      ])
    }
  })

  it('[ITR12] what comes after the receiver has closed its month counts in the first open one', () => {
    const company = new TwoBranches().post('south', received, 'kept').post('south', sent)
    company.seal('north', day(32), [])
    const folds = expectAgreement(company)
    for (const fold of folds.north) {
      const dispatch = fold.documents.get(dispatchId)
      expect(dispatch?.effectiveAt).toBe(day(32))
      expect(figuresOf(fold, north)).toEqual([8, 4_800])
    }
    for (const fold of folds.south)
      expect(fold.documents.get(dispatchId)?.effectiveAt).toBeUndefined()
  })

  it('[ITR12] what a seal of the receiver covers stays where it was', () => {
    const company = new TwoBranches().post('south', received, 'kept').post('south', sent)
    const covered = company.north.flat()
    company.seal('north', day(32), covered)
    for (const fold of expectAgreement(company).north) {
      expect(fold.documents.get(dispatchId)).not.toHaveProperty('effectiveAt')
      expect(figuresOf(fold, north)).toEqual([8, 4_800])
    }
  })
})
