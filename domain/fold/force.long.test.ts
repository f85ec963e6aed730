import { describe, expect, it } from 'vitest'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import {
  postingRecords,
  reversalRecord,
  suppliedRecord,
  type TestPosting,
} from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const sku = idOf('sku', 'apple')
const shop = idOf('warehouse', 'shop')

/** A receipt of ten, as this writer's tablet posts it. */
function receipt(
  more: Partial<TestPosting> & { readonly quantity?: number; readonly value?: number } = {},
): TestPosting {
  const { quantity = 100_000, value, ...rest } = more
  const leg = { leg: '1', sku: 'apple', warehouse: 'shop', quantity }
  return {
    ...{ device: 'A', branch: 'main', document: 'r', type: 'goods-receipt', at: 1_000_000 },
    legs: [value === undefined ? leg : { ...leg, value }],
    ...rest,
  }
}

/** One fold per order of arrival of single records. */
function folds(entries: readonly FoldEntry[]): Fold[] {
  return arrivalsOf(entries.length).map((order) => {
    const fold = openFold()
    for (const index of order) fold.apply([entries[index] as FoldEntry])
    return fold
  })
}

function codes(fold: Fold): string[] {
  return fold.findings().map(({ code }) => code)
}

describe('which posting is in force 有效过账', () => {
  it('[FRC1] the lower (hlc, device) of the lead part, in every order of arrival', () => {
    const writer = new JournalWriter()
    const late = receipt({ device: 'B', posting: 'late', quantity: 50_000, writtenAt: 2_000_000 })
    const early = receipt({ device: 'A', posting: 'early', writtenAt: 1_000_000 })
    for (const fold of folds([...postingRecords(writer, late), ...postingRecords(writer, early)])) {
      expect(fold.documents.get(idOf('document', 'r'))?.postingId).toBe(idOf('posting', 'early'))
      expect(fold.stock.balance(sku, shop)).toBe(100_000)
      const [finding] = fold.findings().filter(({ code }) => code === 'posted-twice')
      expect(finding).toMatchObject({
        layer: 'goods',
        evidence: { inForce: idOf('goods-part', 'early'), lost: [idOf('goods-part', 'late')] },
      })
    }
  })

  it('[FRC1] at one clock the device decides, and of one device the record', () => {
    const writer = new JournalWriter()
    const [a] = postingRecords(writer, receipt({ device: 'A', posting: 'a', writtenAt: 5 }))
    const [b] = postingRecords(writer, receipt({ device: 'B', posting: 'b', writtenAt: 5 }))
    const [c] = postingRecords(writer, receipt({ device: 'A', posting: 'c', writtenAt: 5 }))
    const expected = [a, b, c]
      .map((entry) => entry as FoldEntry)
      .sort((x, y) =>
        `${x.record.device}${x.record.id}` < `${y.record.device}${y.record.id}` ? -1 : 1,
      )
    for (const fold of folds([a, b, c] as FoldEntry[])) {
      const { partRecordIds } = fold.documents.get(idOf('document', 'r')) ?? {}
      expect(partRecordIds?.goods).toBe(expected[0]?.record.id)
    }
  })

  it('[FRC2] only parts of the posting in force count', () => {
    const writer = new JournalWriter()
    const late = receipt({ device: 'B', posting: 'late', value: 9_999, writtenAt: 2_000_000 })
    const early = receipt({ device: 'A', posting: 'early', value: 5_000, writtenAt: 1_000_000 })
    for (const fold of folds([...postingRecords(writer, late), ...postingRecords(writer, early)])) {
      expect(fold.stock.pool(sku, branch)?.value).toBe(5_000)
    }
    const unpriced = receipt({ device: 'A', posting: 'first', writtenAt: 500_000 })
    const entries = [...postingRecords(writer, late), ...postingRecords(writer, unpriced)]
    for (const fold of folds(entries)) {
      expect(fold.stock.pool(sku, branch)).toEqual({
        quantity: 100_000,
        value: 0,
        isProvisional: true,
      })
    }
  })

  it('[FRC3] the poster’s own part comes before supplied ones, and of these the first counts', () => {
    const writer = new JournalWriter()
    const unpriced = receipt()
    const [goods] = postingRecords(writer, unpriced)
    const supply = (value: number, device: string, writtenAt: number) =>
      suppliedRecord(writer, receipt({ value }), { device, at: 1, writtenAt })
    const second = supply(7_000, 'C', 3_000_000)
    const first = supply(6_000, 'B', 2_900_000)
    for (const fold of folds([goods as FoldEntry, second, first])) {
      expect(fold.stock.pool(sku, branch)).toEqual({
        quantity: 100_000,
        value: 6_000,
        isProvisional: false,
      })
      expect(fold.documents.get(idOf('document', 'r'))?.pendingParts).toEqual([])
    }
    const own = postingRecords(writer, receipt({ value: 5_000, writtenAt: 9_000_000 }))
    for (const fold of folds([...own, first])) {
      expect(fold.stock.pool(sku, branch)?.value).toBe(5_000)
    }
  })

  it('[FRC2] a missing buying part is pending, for those who may read it', () => {
    const writer = new JournalWriter()
    const entries = postingRecords(writer, receipt())
    const all = openFold()
    all.apply(entries)
    expect(all.documents.get(idOf('document', 'r'))?.pendingParts).toEqual(['buying'])
    expect(codes(all)).toEqual(['provisional-cost'])
    const keeper = openFold({ audiences: ['goods'] })
    keeper.apply(entries)
    expect(keeper.documents.get(idOf('document', 'r'))?.pendingParts).toEqual([])
    expect(codes(keeper)).toEqual([])
  })

  it('[FRC4] a document belongs to its branch: another branch’s posting of the id is another document', () => {
    const writer = new JournalWriter()
    const here = postingRecords(writer, receipt({ posting: 'here', writtenAt: 2_000_000 }))
    const there = postingRecords(
      writer,
      receipt({ posting: 'there', branch: 'other', writtenAt: 1_000_000 }),
    )
    for (const fold of folds([...here, ...there])) {
      expect(fold.documents.get(idOf('document', 'r'), branch)?.postingId).toBe(
        idOf('posting', 'here'),
      )
      expect(fold.stock.balance(sku, shop)).toBe(200_000)
      expect(fold.stock.pool(sku, branch)?.quantity).toBe(100_000)
    }
  })
})

describe('reversal 红冲', () => {
  const sale: TestPosting = {
    ...{ device: 'A', branch: 'main', document: 's', type: 'shipment', at: 2_000_000 },
    legs: [{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: -40_000 }],
  }

  it('[FRC5] mirrors whichever posting is in force, in every interleaving', () => {
    const writer = new JournalWriter()
    const early = receipt({ posting: 'early', value: 5_000, writtenAt: 1_000_000 })
    const late = receipt({
      device: 'B',
      posting: 'late',
      value: 9_000,
      quantity: 50_000,
      writtenAt: 2_000_000,
    })
    const entries = [
      ...postingRecords(writer, early),
      ...postingRecords(writer, late),
      reversalRecord(writer, {
        device: 'B',
        branch: 'main',
        document: 'r',
        posting: 'late',
        at: 3_000_000,
      }),
    ]
    for (const fold of folds(entries)) {
      expect(fold.stock.balance(sku, shop)).toBe(0)
      expect(fold.stock.pool(sku, branch)).toEqual({ quantity: 0, value: 0, isProvisional: false })
      expect(fold.documents.get(idOf('document', 'r'))?.state).toBe('reversed')
      expect(
        fold.stock.card(sku, { branch }).map((row) => [row.at, row.quantity, row.cost]),
      ).toEqual([
        [1_000_000, 100_000, 5_000],
        [3_000_000, -100_000, -5_000],
      ])
    }
  })

  it('[FRC5] takes effect at its own moment and at the original’s cost', () => {
    const writer = new JournalWriter()
    const entries = [
      ...postingRecords(writer, receipt({ value: 5_000 })),
      ...postingRecords(writer, sale),
      ...postingRecords(writer, receipt({ document: 'r2', value: 9_000, at: 3_000_000 })),
      reversalRecord(writer, { device: 'A', branch: 'main', document: 's', at: 4_000_000 }),
    ]
    for (const fold of folds(entries)) {
      const rows = fold.stock.card(sku, { branch })
      expect(rows.map((row) => [row.quantity, row.cost, row.why])).toEqual([
        [100_000, 5_000, 'receipt-price'],
        [-40_000, -2_000, 'average'],
        [100_000, 9_000, 'receipt-price'],
        [40_000, 2_000, 'origin-cost'],
      ])
      expect(rows.at(-1)?.about).toEqual({ docId: idOf('document', 's'), leg: '1' })
    }
  })

  it('[FRC5] one that is dated before its document stands directly after it', () => {
    const writer = new JournalWriter()
    const entries = [
      ...postingRecords(writer, receipt({ value: 5_000, at: 5_000_000 })),
      reversalRecord(writer, { device: 'A', branch: 'main', document: 'r', at: 1_000_000 }),
      ...postingRecords(writer, { ...sale, at: 5_000_000 }),
    ]
    for (const fold of folds(entries)) {
      expect(fold.stock.card(sku, { branch }).map(({ at, quantity }) => [at, quantity])).toEqual([
        [5_000_000, 100_000],
        [5_000_000, -100_000],
        [5_000_000, -40_000],
      ])
    }
  })

  it('[FRC5] a reversed transfer goes back to where it came from and moves no value', () => {
    const writer = new JournalWriter()
    const leg = { sku: 'apple', warehouse: 'shop', leg: '1', quantity: -30_000 }
    const transfer: TestPosting = {
      ...{ device: 'A', branch: 'main', document: 't', type: 'transfer', at: 2_000_000 },
      legs: [leg, { ...leg, leg: '2', warehouse: 'back', quantity: 30_000, pair: '1' }],
    }
    const entries = [
      ...postingRecords(writer, receipt({ value: 5_000 })),
      ...postingRecords(writer, transfer),
      reversalRecord(writer, { device: 'A', branch: 'main', document: 't', at: 3_000_000 }),
    ]
    for (const fold of folds(entries)) {
      expect(fold.stock.balance(sku, idOf('warehouse', 'back'))).toBe(0)
      expect(fold.stock.balance(sku, shop)).toBe(100_000)
      expect(fold.stock.pool(sku, branch)).toEqual({
        quantity: 100_000,
        value: 5_000,
        isProvisional: false,
      })
      expect(
        fold.stock.asOf(sku, { warehouse: idOf('warehouse', 'back') }, 2_500_000 as never).quantity,
      ).toBe(30_000)
    }
  })

  it('[FRC6] twice has one effect, that of the earlier, and is a finding', () => {
    const writer = new JournalWriter()
    const reverse = (device: string, at: number, writtenAt: number) =>
      reversalRecord(writer, { device, branch: 'main', document: 'r', at, writtenAt })
    const second = reverse('A', 3_000_000, 9_000_000)
    const first = reverse('B', 4_000_000, 8_000_000)
    for (const fold of folds([
      ...postingRecords(writer, receipt({ value: 5_000 })),
      second,
      first,
    ])) {
      expect(fold.stock.balance(sku, shop)).toBe(0)
      expect(fold.documents.get(idOf('document', 'r'))?.reversedBy).toMatchObject({
        recordId: first.record.id,
        at: 4_000_000,
      })
      expect(codes(fold)).toEqual(['reversed-twice'])
    }
  })

  it('[FRC7] counts only among the readers of the lead, and waits for its document', () => {
    const writer = new JournalWriter()
    const inSales = reversalRecord(writer, {
      ...{ device: 'A', branch: 'main', document: 'r', at: 3_000_000, audience: 'sales' },
    })
    for (const fold of folds([...postingRecords(writer, receipt({ value: 5_000 })), inSales])) {
      expect(fold.documents.get(idOf('document', 'r'))?.state).toBe('posted')
      expect(fold.stock.balance(sku, shop)).toBe(100_000)
    }
    const alone = openFold()
    alone.apply([reversalRecord(writer, { device: 'A', branch: 'main', document: 'r', at: 1 })])
    expect(codes(alone)).toEqual(['reversal-without-document'])
    expect(alone.documents.get(idOf('document', 'r'))).toBeUndefined()
    alone.apply(postingRecords(writer, receipt({ value: 5_000 })))
    expect(codes(alone)).toEqual([])
    expect(alone.stock.balance(sku, shop)).toBe(0)
  })
})

describe('links between documents', () => {
  function saleOf(posting: string, leg: string, writtenAt: number): TestPosting {
    return {
      ...{
        device: 'A',
        branch: 'main',
        document: 's',
        type: 'shipment',
        at: 2_000_000,
        posting,
        writtenAt,
      },
      legs: [{ leg, sku: 'apple', warehouse: 'shop', quantity: -40_000 }],
    }
  }

  function returnOf(leg: string, quantity = 10_000, document = 'b'): TestPosting {
    return {
      ...{ device: 'A', branch: 'main', document, type: 'sales-return', at: 3_000_000 },
      legs: [
        { leg: '1', sku: 'apple', warehouse: 'shop', quantity, origin: { document: 's', leg } },
      ],
    }
  }

  it('[FRC8] lead to a leg by document and name, whichever posting is in force', () => {
    const writer = new JournalWriter()
    const entries = [
      ...postingRecords(writer, receipt({ value: 5_000 })),
      ...postingRecords(writer, saleOf('late', '1', 2_000_000)),
      ...postingRecords(writer, returnOf('1')),
      ...postingRecords(writer, saleOf('early', '1', 1_000_000)),
    ]
    for (const fold of folds(entries)) {
      expect(codes(fold)).toEqual(['posted-twice'])
      expect(fold.stock.costOf(idOf('document', 'b'))).toMatchObject([
        { cost: 500, why: 'origin-cost' },
      ])
      expect(fold.stock.returnedOf(idOf('document', 's'), '1')).toBe(10_000)
    }
  })

  it('[FRC8] into a leg that the winner lacks, or a document that is not here, are findings', () => {
    const writer = new JournalWriter()
    const entries = [
      ...postingRecords(writer, receipt({ value: 5_000 })),
      ...postingRecords(writer, saleOf('late', '1', 2_000_000)),
      ...postingRecords(writer, returnOf('1')),
      ...postingRecords(writer, saleOf('early', 'other', 1_000_000)),
    ]
    for (const fold of folds(entries)) {
      const [finding] = fold.findings().filter(({ code }) => code === 'link-broken')
      expect(finding?.evidence).toMatchObject({ reason: 'leg-missing', originLeg: '1' })
      expect(fold.stock.costOf(idOf('document', 'b'))).toMatchObject([
        { cost: 500, why: 'average' },
      ])
    }
    const without = openFold()
    without.apply(postingRecords(writer, returnOf('1', 10_000, 'c')))
    expect(without.findings().map(({ evidence }) => evidence['reason'])).toContain('origin-missing')
  })

  it('[FRC8] to another SKU or in the same direction do not hold', () => {
    const writer = new JournalWriter()
    const other = {
      ...returnOf('1'),
      legs: [{ ...returnOf('1').legs[0], sku: 'pear' }],
    } as TestPosting
    const entries = [
      ...postingRecords(writer, saleOf('sale', '1', 1_000_000)),
      ...postingRecords(writer, other),
    ]
    for (const fold of folds(entries)) {
      const [finding] = fold.findings().filter(({ code }) => code === 'link-broken')
      expect(finding?.evidence['reason']).toBe('origin-differs')
    }
  })

  it('[FRC9] more than went out does not come back at its cost, and is a finding that closes', () => {
    const writer = new JournalWriter()
    const twice = postingRecords(writer, returnOf('1', 30_000, 'c'))
    const entries = [
      ...postingRecords(writer, receipt({ value: 5_000 })),
      ...postingRecords(writer, saleOf('sale', '1', 1_000_000)),
      ...postingRecords(writer, returnOf('1', 30_000)),
      ...twice,
    ]
    for (const fold of folds(entries)) {
      const [finding] = fold.findings()
      expect(finding).toMatchObject({
        code: 'over-returned',
        evidence: { quantity: 40_000, returned: 60_000 },
      })
    }
    const undone = openFold()
    undone.apply(entries)
    undone.apply([
      reversalRecord(writer, { device: 'A', branch: 'main', document: 'c', at: 4_000_000 }),
    ])
    expect(codes(undone)).toEqual([])
    expect(undone.stock.pool(sku, branch)).toEqual({
      quantity: 90_000,
      value: 4_500,
      isProvisional: false,
    })
  })
})
