import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import {
  aPosting,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { aGoodsReader, trackedShop } from '#tests/builders/a-tracked-shop.ts'
import { assemblyExamples } from './assembly.examples.ts'
import { assembly } from './assembly.ts'

const draft = assemblyExamples.giftSet
const delivered = exampleShop.cola

describe('assembly', () => {
  it('[AAS1] takes the parts out and the product in as one act', () => {
    const posting = aPosting(assembly, draft)
    expect(legsOf(posting)).toEqual([
      'internal line-1 -10 sku-cola main-warehouse',
      'internal line-2 -7.5 sku-apple main-warehouse',
      'internal product 5 sku-shirt main-warehouse',
    ])
    const { legs } = postedDocument(posting)
    expect(legs.map(({ group, share }) => [group, share])).toEqual([
      ['product', undefined],
      ['product', undefined],
      ['product', 1],
    ])
  })

  it('[AAS2] adds the fee to what the product is worth, where one was said', () => {
    const { bodies } = postedDocument(aPosting(assembly, draft))
    expect(bodies.map(({ part, values }) => [part, values])).toEqual([
      ['goods', undefined],
      ['buying', [{ leg: 'product', amount: 2_500 }]],
    ])
    const plain = postedDocument(aPosting(assembly, assemblyExamples.withoutFee))
    expect(plain.bodies.map(({ part }) => part)).toEqual(['goods'])
  })

  it('[AAS3] books the fee alone', () => {
    expect(voucherOf(assembly, draft)).toHaveLength(2)
    expect(voucherOf(assembly, assemblyExamples.withoutFee)).toEqual([])
  })

  it('[AAS5] names the batch of the product, which expires with its first part unless something is said', () => {
    const { masters, milk } = trackedShop
    const goods = aGoodsReader([{ batch: 'P', expires: '2026-12-01', quantity: 100 }])
    const repack = {
      ...draft,
      header: {
        warehouseId: draft.header['warehouseId'],
        skuId: milk,
        quantity: 20_000,
        batch: 'Q',
      },
      lines: [{ lineId: 'line-1', skuId: milk, quantity: 20_000, batch: 'P' }],
    }
    const legs = postedDocument(aPosting(assembly, repack, { masters, goods })).legs
    expect(legs.map(({ batch, expires, status }) => [batch, expires, status])).toEqual([
      ['P', undefined, undefined],
      ['Q', '2026-12-01', 'pending'],
    ])
    const { batch: _, ...unnamed } = repack.header
    const refused = (header: object) =>
      refusalsOf(
        assembly,
        { ...repack, header: { ...repack.header, ...header } },
        { masters, goods },
      )
    expect(refused({ batch: 'P' })).toEqual(['part-is-product skuId'])
    expect(refusalsOf(assembly, { ...repack, header: unnamed }, { masters, goods })).toEqual([
      ...['required batch', 'part-is-product skuId'],
    ])
  })

  it('[AAS6] gives each piece of the product a number, a like share of the cost and of the fee', () => {
    const { masters, phone } = trackedShop
    const header = { ...draft.header, skuId: phone, quantity: 30_000, serials: 'S1 S2 S3' }
    const { legs, bodies } = postedDocument(
      aPosting(assembly, { ...draft, header }, { masters, goods: aGoodsReader() }),
    )
    const pieces = legs.filter(({ serial }) => serial !== undefined)
    expect(pieces.map(({ leg, serial }) => [leg, serial])).toEqual([
      ['product#1', 'S1'],
      ['product#2', 'S2'],
      ['product#3', 'S3'],
    ])
    expect(new Set(pieces.map(({ share }) => share)).size).toBe(1)
    expect(pieces[0]?.share).toBeGreaterThan(0)
    expect(bodies.flatMap(({ values }) => values ?? []).map(({ amount }) => amount)).toEqual([
      833, 833, 834,
    ])
  })

  it('[AAS7] brings by-products in at their share of the cost; scrap has none', () => {
    const lines = [
      ...draft.lines,
      { lineId: 'line-3', skuId: delivered, quantity: 10_000, costShare: 2_500 },
    ]
    const { legs } = postedDocument(aPosting(assembly, { ...draft, lines }))
    expect(legs.slice(2).map(({ leg, quantity, share }) => [leg, quantity, share])).toEqual([
      ['line-3', 10_000, 25_000_000],
      ['product', 50_000, 75_000_000],
    ])
    const shared = (...shares: number[]) =>
      refusalsOf(assembly, {
        ...draft,
        lines: draft.lines.map((line, i) => ({
          ...line,
          ...(shares[i] !== undefined && { costShare: shares[i] }),
        })),
      })
    expect(shared(0)).toEqual([])
    expect(shared(0, 0)).toEqual(['no-parts'])
    const [first, second] = draft.lines
    const third = { ...first, lineId: 'line-3', costShare: 1 }
    const tooMuch = { ...second, lineId: 'line-2', costShare: 10_000 }
    expect(
      refusalsOf(assembly, { ...draft, lines: [...draft.lines.slice(0, 1), tooMuch, third] }),
    ).toEqual(['shares-exceed costShare'])
  })

  it('[AAS8] lets a by-product bear a stated cost, and the fee go to goods that share', () => {
    const byproduct = { lineId: 'line-3', skuId: delivered, quantity: 10_000, statedCost: 700 }
    const valuesOf = (...shares: number[]) => {
      const lines = shares.map((costShare, i) => ({ ...byproduct, lineId: `by-${i}`, costShare }))
      const plain = lines.map(({ statedCost: _cost, ...line }) => line)
      const others = lines.map((line, i) => (line.costShare === 0 ? line : (plain[i] ?? line)))
      const of = { ...draft, lines: [...draft.lines, ...others] }
      const { bodies } = postedDocument(aPosting(assembly, of))
      return bodies.flatMap(({ values }) => values ?? []).map(({ leg, amount }) => [leg, amount])
    }
    expect(valuesOf(0)).toEqual([
      ['product', 2_500],
      ['by-0', 700],
    ])
    expect(valuesOf(10_000)).toEqual([['by-0', 2_500]])
    for (const costShare of [1, undefined]) {
      const line = { ...byproduct, ...(costShare !== undefined && { costShare }) }
      const lines = [...draft.lines, line]
      expect(refusalsOf(assembly, { ...draft, lines })).toEqual([
        'stated-cost-with-share statedCost',
      ])
    }
  })

  it('[AAS9] takes parts from another warehouse, where by-products stay', () => {
    const { mainWarehouse, backWarehouse, cola } = exampleShop
    const header = { ...draft.header, sourceWarehouseId: backWarehouse }
    const lines = [
      ...draft.lines,
      { lineId: 'line-3', skuId: cola, quantity: 10_000, costShare: 2_500 },
    ]
    expect(legsOf(aPosting(assembly, { ...draft, header, lines }))).toEqual([
      `internal line-1 -10 sku-cola ${backWarehouse}`,
      `internal line-2 -7.5 sku-apple ${backWarehouse}`,
      `internal line-3 1 sku-cola ${backWarehouse}`,
      `internal product 5 sku-shirt ${mainWarehouse}`,
    ])
    const bins = (binId: string) =>
      refusalsOf(
        assembly,
        { ...draft, header, lines: draft.lines.map((line) => ({ ...line, binId })) },
        { masters: trackedShop.masters, goods: aGoodsReader() },
      )
    expect(bins(trackedShop.binA1)).toEqual(Array(2).fill('bin-of-other-warehouse binId'))
    expect(bins(trackedShop.binOfBack)).not.toContain('bin-of-other-warehouse binId')
  })

  it('[AAS4] refuses a product that is one of its own parts', () => {
    const [first] = draft.lines
    const header = { ...draft.header, skuId: first?.['skuId'] }
    expect(refusalsOf(assembly, { ...draft, header })).toEqual(['part-is-product skuId'])
  })
})
