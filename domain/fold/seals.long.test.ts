import { describe, expect, it } from 'vitest'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { aSeal, aReopening } from '#tests/builders/a-seal.ts'
import {
  postingRecords,
  reversalRecord,
  suppliedRecord,
  type TestPosting,
} from '#tests/builders/documents.ts'
import { foldState } from '#tests/builders/fold-state.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const sku = idOf('sku', 'apple')
const dayMs = 86_400_000
const firstMs = 1_767_225_600_000
/** Day of January 2026; February begins with day 32. */
const day = (number: number) => firstMs + (number - 1) * dayMs
const february = day(32)
const march = day(60)

function moves(
  writer: JournalWriter,
  name: string,
  on: number,
  quantity: number,
  more: Partial<TestPosting> & { readonly value?: number } = {},
): FoldEntry[] {
  const { value, ...posting } = more
  return postingRecords(writer, {
    ...{ device: 'A', branch: 'main', document: name, at: day(on) },
    type: quantity < 0 ? 'shipment' : 'goods-receipt',
    legs: [
      {
        ...{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: quantity * 10_000 },
        ...(value !== undefined && { value }),
      },
    ],
    ...posting,
  })
}

function foldOf(entries: readonly FoldEntry[]): Fold {
  const fold = openFold()
  fold.apply(entries)
  return fold
}

/** Every order of arrival of whole batches leads to one state; the fold in the order given. */
function inEveryOrder(batches: readonly (readonly FoldEntry[])[]): Fold {
  const expected = foldOf(batches.flat())
  for (const order of arrivalsOf(batches.length)) {
    const fold = openFold()
    for (const index of order) fold.apply(batches[index] ?? [])
    expect(stateOf(fold)).toEqual(stateOf(expected))
  }
  return expected
}

const stateOf = (fold: Fold): unknown => foldState(fold, branch, 'apple')

function sealedFigures(fold: Fold, until = february): unknown {
  const card = fold.stock.card(sku, { branch })
  const sealed = card.filter(({ at }) => at < until)
  return sealed.map((row) => [row.docId, row.at, row.quantity, row.cost, row.quantityAfter])
}

const codes = (fold: Fold) => fold.findings().map(({ code }) => code)

describe('seals 封账', () => {
  it('[SEL1] [SEL3] a receipt that comes after the seal counts at the first open moment (vector B2)', () => {
    const writer = new JournalWriter()
    const vector = [
      ...moves(writer, 'r1', 1, 10, { value: 5_000 }),
      ...moves(writer, 's1', 3, -4),
      ...moves(writer, 'r2', 5, 6, { value: 4_800 }),
      ...moves(writer, 's2', 7, -3),
    ]
    const before = foldOf(vector)
    const seal = [aSeal(writer, 'main', february, vector)]
    const late = moves(writer, 'late', 2, 10, { device: 'B', value: 6_500 })
    const fold = inEveryOrder([vector, seal, late])
    expect(sealedFigures(fold)).toEqual(sealedFigures(before))
    expect(before.stock.pool(sku, branch)).toMatchObject({ quantity: 90_000, value: 5_850 })
    expect(fold.stock.pool(sku, branch)).toMatchObject({ quantity: 190_000, value: 12_350 })
    const entry = fold.documents.get(idOf('document', 'late'))
    expect(entry).toMatchObject({ at: day(2), effectiveAt: february })
    expect(entry?.isSealed).toBeUndefined()
    expect(fold.documents.get(idOf('document', 's1'))?.isSealed).toBe(true)
    expect(fold.stock.card(sku, { branch }).at(-1)).toMatchObject({
      ...{ at: february, ownAt: day(2) },
    })
    expect(codes(fold)).toEqual(['late-arrival'])
    expect(fold.seals.of(branch)).toMatchObject([{ month: '2026-01', until: february }])
    expect(fold.seals.openFrom(branch)).toBe(february)
  })

  it('[SEL2] what a seal covers is told by journal and number, whether it comes before or after the seal', () => {
    const writer = new JournalWriter()
    const covered = moves(writer, 'r', 3, 10, { value: 5_000 })
    const seal = [aSeal(writer, 'main', february, covered)]
    const sale = moves(writer, 's', 4, -2)
    const fold = inEveryOrder([covered, seal, sale])
    expect(fold.stock.card(sku, { branch }).map(({ at }) => at)).toEqual([day(3), february])
  })

  it('[SEL3] [SEL8] what a later seal is the first to cover stays where it counted, and is told no more', () => {
    const writer = new JournalWriter()
    const receipt = moves(writer, 'r', 3, 10, { value: 5_000 })
    const first = [aSeal(writer, 'main', february, receipt)]
    const late = moves(writer, 'late', 4, -1)
    const second = [aSeal(writer, 'main', march, [...receipt, ...late])]
    const later = moves(writer, 'later', 5, -1)
    const fold = inEveryOrder([receipt, first, late, second, later])
    expect(fold.stock.card(sku, { branch }).map(({ at }) => at)).toEqual([
      ...[day(3), february, march],
    ])
    // The first of them was seen by whoever closed February.
    expect(fold.findings()).toMatchObject([
      { code: 'late-arrival', documents: [idOf('document', 'later')] },
    ])
  })

  it('[SEL4] of two postings of one draft the one that was sealed counts, whichever is older', () => {
    const writer = new JournalWriter()
    const older = moves(writer, 'twice', 3, 10, { device: 'A', value: 5_000 })
    const newer = moves(writer, 'twice', 3, 20, { device: 'B', posting: 'b', value: 9_000 })
    const without = inEveryOrder([older, newer])
    expect(without.stock.pool(sku, branch)?.quantity).toBe(100_000)
    const seal = [aSeal(writer, 'main', february, newer)]
    const fold = inEveryOrder([older, newer, seal])
    expect(fold.stock.pool(sku, branch)).toMatchObject({ quantity: 200_000, value: 9_000 })
    expect(fold.documents.get(idOf('document', 'twice'))?.device).toBe(idOf('device', 'B'))
    const reopening = [aReopening(writer, 'main', seal)]
    const again = inEveryOrder([older, newer, seal, reopening])
    expect(again.stock.pool(sku, branch)).toMatchObject({ quantity: 100_000, value: 5_000 })
    const kept = openFold({ checkpoint: again.checkpoint() })
    kept.apply([aSeal(writer, 'main', february, newer)])
    expect(kept.stock.pool(sku, branch)).toMatchObject({ quantity: 200_000, value: 9_000 })
  })

  it('[SEL5] a reversal takes effect at its own moment, a late one at the first that is open', () => {
    const writer = new JournalWriter()
    const receipt = moves(writer, 'r', 3, 10, { value: 5_000 })
    const seal = [aSeal(writer, 'main', february, receipt)]
    const own = [
      reversalRecord(writer, { device: 'A', branch: 'main', document: 'r', at: day(40) }),
    ]
    const now = inEveryOrder([receipt, seal, own])
    expect(now.stock.card(sku, { branch }).map(({ at }) => at)).toEqual([day(3), day(40)])
    const late = [
      reversalRecord(writer, { device: 'B', branch: 'main', document: 'r', at: day(9) }),
    ]
    const fold = inEveryOrder([receipt, seal, late])
    expect(fold.stock.card(sku, { branch })).toMatchObject([
      { at: day(3) },
      { at: february, ownAt: day(9), isReversal: true },
    ])
    expect(fold.stock.pool(sku, branch)).toMatchObject({ quantity: 0, value: 0 })
    expect(codes(fold)).toEqual(['late-arrival'])
    expect(fold.documents.get(idOf('document', 'r'))?.reversedBy).toMatchObject({
      ...{ at: day(9), effectiveAt: february },
    })
  })

  it('[SEL6] a sealed leg that refers to what came later stands by itself, as it was sealed', () => {
    const writer = new JournalWriter()
    const receipt = moves(writer, 'r', 2, 10, { value: 5_000 })
    const back = moves(writer, 'back', 9, 2, {
      type: 'sales-return',
      legs: [
        {
          ...{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: 20_000 },
          origin: { document: 'sale', leg: '1' },
        },
      ],
    })
    const covered = [...receipt, ...back]
    const before = foldOf(covered)
    const seal = [aSeal(writer, 'main', february, covered)]
    const sale = moves(writer, 'sale', 5, -3, { device: 'B' })
    const fold = inEveryOrder([covered, seal, sale])
    expect(sealedFigures(fold)).toEqual(sealedFigures(before))
    expect(fold.findings()).toMatchObject([
      { code: 'late-arrival' },
      { code: 'link-broken', evidence: { reason: 'origin-late' } },
    ])
  })

  it('[SEL7] reopening the last month restores what was, and only the last can be reopened', () => {
    const writer = new JournalWriter()
    const receipt = moves(writer, 'r', 3, 10, { value: 5_000 })
    const late = moves(writer, 'late', 4, -1, { device: 'B' })
    const first = [aSeal(writer, 'main', february, receipt)]
    const second = [aSeal(writer, 'main', march, [...receipt, ...late])]
    const wrong = [aReopening(writer, 'main', first)]
    const fold = inEveryOrder([receipt, late, first, second, wrong])
    expect(fold.seals.of(branch)).toHaveLength(2)
    const right = [aReopening(writer, 'main', second), aReopening(writer, 'main', first)]
    const reopened = inEveryOrder([receipt, late, first, second, right])
    expect(reopened.seals.of(branch)).toEqual([])
    expect(stateOf(reopened)).toEqual(stateOf(foldOf([...receipt, ...late])))
  })

  it('[SEL11] a price that comes when its receipt is sealed is parted between goods here and goods gone (FI-06)', () => {
    const writer = new JournalWriter()
    const first = moves(writer, 'r0', 1, 1, { value: 5_000 })
    const gone = moves(writer, 's0', 2, -1)
    const posting: TestPosting = {
      ...{ device: 'A', branch: 'main', document: 'r', type: 'goods-receipt', at: day(3) },
      legs: [{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: 100_000 }],
    }
    const receipt = postingRecords(writer, posting)
    const sale = moves(writer, 's', 4, -6)
    const covered = [...first, ...gone, ...receipt, ...sale]
    const before = foldOf(covered)
    expect(before.stock.pool(sku, branch)).toMatchObject({ quantity: 40_000, value: 20_000 })
    const seal = [aSeal(writer, 'main', february, covered)]
    const legs = posting.legs.map((leg) => ({ ...leg, value: 55_000 }))
    const on = { device: 'B', at: day(40), writtenAt: day(40) }
    const price = [suppliedRecord(writer, { ...posting, legs }, on)]
    const fold = inEveryOrder([covered, seal, price])
    expect(sealedFigures(fold)).toEqual(sealedFigures(before))
    expect(fold.stock.pool(sku, branch)).toMatchObject({ quantity: 40_000, value: 22_000 })
    const rows = fold.stock.card(sku, { branch }).slice(-2)
    expect(rows).toMatchObject([
      { kind: 'movement', class: 'value', at: day(40), cost: 5_000 },
      { kind: 'difference', cost: -3_000, valueAfter: 22_000 },
    ])
    const reopening = [aReopening(writer, 'main', seal)]
    const again = inEveryOrder([covered, seal, price, reopening])
    expect(again.stock.pool(sku, branch)).toMatchObject({ quantity: 40_000, value: 22_000 })
    expect(again.stock.card(sku, { branch }).every(({ at }) => at < february)).toBe(true)
  })

  it('[SEL9] only the server seals, in the goods journal of a branch', () => {
    const writer = new JournalWriter()
    const receipt = moves(writer, 'r', 3, 10, { value: 5_000 })
    const { record } = aSeal(writer, 'main', february, receipt)
    const say = (device: string, where: string, audience: 'goods' | 'buying') => {
      const { kind, body } = record
      return writer.write({ device, branch: where, audience, kind, body, at: 1 })
    }
    for (const forged of [
      say('A', 'main', 'goods'),
      say('server-1', 'main', 'buying'),
      say('server-1', 'all', 'goods'),
    ]) {
      const fold = foldOf([...receipt, forged])
      expect(fold.seals.of(branch)).toEqual([])
      expect(codes(fold)).toEqual(['malformed-record'])
    }
  })

  it('[SEL3] sales of a closed period stay as they were; a late one counts in the next', () => {
    const writer = new JournalWriter()
    const sold = { sold: { amounts: [3_000] } }
    const sale = moves(writer, 's', 3, -1, sold)
    const seal = [aSeal(writer, 'main', february, sale)]
    const late = moves(writer, 'late', 4, -1, { device: 'B', ...sold })
    const fold = inEveryOrder([sale, seal, late])
    const [sales] = fold.sales.byPeriod([day(1), february, march] as never)
    expect(sales?.periods.map(({ amount }) => amount)).toEqual([3_000, 3_000])
  })

  it('[FIN13] [CNT9] a late sale that a sealed count had reflected is corrected and told', () => {
    const writer = new JournalWriter()
    const counted = (name: string, on: number, counted_: number) =>
      moves(writer, name, on, 0, {
        type: 'stock-count',
        legs: [
          { leg: '1', sku: 'apple', warehouse: 'shop', quantity: 0, counted: counted_ * 10_000 },
        ],
      })
    const sealed = [...moves(writer, 'r1', 1, 10, { value: 5_000 }), ...counted('k1', 31, 9)]
    const seal = [aSeal(writer, 'main', february, sealed)]
    const late = moves(writer, 's1', 30, -1, { device: 'B' })
    const after = moves(writer, 's2', 31.5, -1, { device: 'B' })
    const fold = inEveryOrder([sealed, seal, late, after])
    // The sealed loss of one stands; what was sold after the count is late and nothing more.
    expect(fold.counts.of(idOf('document', 'k1'))).toMatchObject([{ difference: -10_000 }])
    const card = fold.stock.card(sku, { branch }).filter(({ at }) => at >= february)
    expect(card.map(({ docId, quantity, cost }) => [docId, quantity, cost])).toEqual([
      [idOf('document', 's1'), -10_000, -500],
      [idOf('document', 's1'), 10_000, 500],
      [idOf('document', 's2'), -10_000, -500],
    ])
    expect(card[1]).toMatchObject({ isReversal: false, about: { docId: idOf('document', 's1') } })
    expect(fold.stock.pool(sku, branch)).toMatchObject({ quantity: 80_000, value: 4_000 })
    const told = fold.findings().filter(({ code }) => code === 'counted-before-late')
    expect(told).toMatchObject([
      {
        evidence: { docId: idOf('document', 's1'), quantity: 10_000 },
        documents: [idOf('document', 's1'), idOf('document', 'k1')],
      },
    ])
    const again = counted('k2', 35, 8)
    expect(codes(inEveryOrder([sealed, seal, late, after, again]))).not.toContain(
      'counted-before-late',
    )
  })
  it('[CNT9] [CST23] under the month-end average such a correction goes at the share of the late sale', () => {
    const writer = new JournalWriter()
    const fields = { costMethod: 'month-end' }
    const monthly = writer.write({
      ...{
        device: 'server-1',
        branch: 'all',
        audience: 'goods',
        kind: 'masters-changed.v1',
        at: 1,
      },
      body: { changes: [{ entity: 'company', id: idOf('company', 'one'), fields }] },
    })
    const legs = [{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: 0, counted: 9 * 10_000 }]
    const sealed = [
      ...moves(writer, 'r1', 1, 10, { value: 5_000 }),
      ...moves(writer, 'k1', 31, 0, { type: 'stock-count', legs }),
    ]
    const seal = [monthly, aSeal(writer, 'main', february, sealed)]
    const late = moves(writer, 's1', 30, -1, { device: 'B' })
    const fold = inEveryOrder([sealed, seal, late])
    expect(fold.stock.pool(sku, branch)).toMatchObject({ quantity: 90_000, value: 4_500 })
    expect(fold.audit()).toBeUndefined()
  })
})
