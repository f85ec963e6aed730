import { describe, expect, it } from 'vitest'
import type { DraftDocument } from '#domain/doctype/define.ts'
import { exampleReceipt } from '#domain/doctype/example-receipt.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import type { MasterReader } from '#domain/doctype/readers.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPosting,
  documentsOf,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { landedCostExamples } from './landed-cost.examples.ts'
import { landedCost } from './landed-cost.ts'

const { freightByAmount, handlingByQuantity, freightOfOneLine } = landedCostExamples

/** Fen by leg that posting the draft puts on top. */
function sharesOf(draft: DraftDocument, given: Parameters<typeof aPosting>[2] = {}) {
  const { bodies } = postedDocument(aPosting(landedCost, draft, given))
  return bodies
    .flatMap(({ adjustments = [] }) => adjustments)
    .map(({ docId, kind, leg, amount }) => [docId, kind, leg, amount])
}

const onTop = (leg: string, amount: number) => [exampleReceipt.docId, 'landed', leg, amount]

function sharedBy(by: string): DraftDocument {
  return { ...freightByAmount, header: { ...freightByAmount.header, by } }
}

/** The example shop, in which apples lack a field. */
function without(name: string): MasterReader {
  const { masters, apple } = exampleShop
  return {
    list: (entity) => masters.list(entity),
    get(entity, id) {
      const fields = masters.get(entity, id)
      return id === apple ? { ...fields, [name]: '' } : fields
    },
  }
}

/** The example shop, whose company books charges so. */
function withSetting(purchaseCharges: string): MasterReader {
  const { masters } = exampleShop
  return {
    get: (entity, id) => masters.get(entity, id),
    *list(entity) {
      for (const { id, fields } of masters.list(entity)) {
        yield { id, fields: entity === 'company' ? { ...fields, purchaseCharges } : fields }
      }
    },
  }
}

/** The receipt with these net amounts, or without. */
function costing(amounts: readonly (number | undefined)[]) {
  const lines = exampleReceipt.lines.map((line, i) => {
    const kept = Object.entries(line).filter(([name]) => name !== 'amount')
    const amount = amounts[i]
    return {
      ...Object.fromEntries(kept),
      lineId: line.lineId,
      ...(amount !== undefined && { amount }),
    }
  })
  return { documents: documentsOf([{ ...exampleReceipt, lines }]) }
}

describe('landed cost', () => {
  it('[LCO1] comes on top of lines of receipts, net of tax, and moves nothing', () => {
    expect(legsOf(aPosting(landedCost, freightOfOneLine))).toEqual([])
    expect(sharesOf(freightOfOneLine)).toEqual([onTop('line-2', 10_000)])
  })

  it('[LCO2] is shared to the fen by amount, quantity, weight and volume', () => {
    const example = costing([10_000, 20_000])
    expect(sharesOf(freightByAmount, example)).toEqual([
      onTop('line-1', 1_033),
      onTop('line-2', 2_067),
    ])
    // 240 and 125.4 of 365.4.
    expect(sharesOf(handlingByQuantity)).toEqual([onTop('line-1', 3_284), onTop('line-2', 1_716)])
    // 84,000 g and 125,400 g; 96,000 cm³ and 250,800 cm³.
    expect(sharesOf(sharedBy('weight'))).toEqual([onTop('line-1', 1_244), onTop('line-2', 1_856)])
    expect(sharesOf(sharedBy('volume'))).toEqual([onTop('line-1', 858), onTop('line-2', 2_242)])
  })

  it('[LCO2] weighs what no safe integer holds', () => {
    const legs = exampleReceipt.legs.map((leg) => ({ ...leg, quantity: wholeQuantity(1e8) }))
    const huge = { ...exampleReceipt, legs }
    const shares = sharesOf(sharedBy('weight'), { documents: documentsOf([huge]) })
    expect(shares).toEqual([onTop('line-1', 804), onTop('line-2', 2_296)])
  })

  it('[LCO2] bears nothing where it comes to nothing', () => {
    const header = { ...freightByAmount.header, fee: 1 }
    expect(sharesOf({ ...freightByAmount, header }, costing([10, 20_000]))).toEqual([
      onTop('line-2', 1),
    ])
  })

  it('[LCO3] wants what it is shared by', () => {
    const refused = (by: string, given: Parameters<typeof refusalsOf>[2]) =>
      refusalsOf(landedCost, sharedBy(by), given)
    expect(refused('weight', { masters: without('weight') })).toEqual(['weight-missing skuId'])
    expect(refused('volume', { masters: without('volume') })).toEqual(['volume-missing skuId'])
    expect(refused('amount', costing([10_000, undefined]))).toEqual(['amount-missing skuId'])
    expect(refused('quantity', costing([undefined, undefined]))).toEqual([])
  })

  it('[LCO4] names a line of a receipt once, and deducts no more than it charges', () => {
    const [line] = freightByAmount.lines
    const twice = { ...freightByAmount, lines: [line, { ...line, lineId: 'line-2' }] }
    expect(refusalsOf(landedCost, twice as DraftDocument)).toEqual(['origin-repeated originId'])
    const header = { ...freightByAmount.header, feeTax: 31_01 }
    expect(refusalsOf(landedCost, { ...freightByAmount, header })).toEqual([
      'tax-over-charge feeTax',
    ])
  })

  it('[LCO5] says what it comes to to readers of costs alone', () => {
    const { parts } = aPosting(landedCost, freightByAmount, { audiences: ['goods'] })
    expect(parts.map(({ audience }) => audience)).toEqual(['goods'])
    expect(JSON.stringify(parts)).not.toMatch(/fee|amount":|payee|adjustments/)
  })

  it('[LCO6] books stock and input tax against the payable', () => {
    expect(voucherOf(landedCost, freightOfOneLine)).toEqual([
      'debit inventory net-of line-2',
      'debit input-vat 900',
      'credit payable 10900',
    ])
  })

  it('[LCO7] is an expense, or part of the cost, as the company says where it does not itself', () => {
    const booked = (setting: string, bookAs?: string) => {
      const masters = withSetting(setting)
      const header = { ...freightByAmount.header, ...(bookAs !== undefined && { bookAs }) }
      const { header: posted, bodies } = postedDocument(
        aPosting(landedCost, { ...freightByAmount, header }, { masters }),
      )
      const adjusted = bodies.flatMap(({ adjustments = [] }) => adjustments)
      const shares = bodies.flatMap(({ lines }) => lines.flatMap(({ amount }) => amount ?? []))
      return [posted['bookAs'], adjusted.length, shares]
    }
    const shares = [1_172, 1_928]
    expect(booked('')).toEqual(['expense', 0, shares])
    expect(booked('stock')).toEqual(['stock', 2, shares])
    expect(booked('stock', 'expense')).toEqual(['expense', 0, shares])
    expect(booked('', 'stock')).toEqual(['stock', 2, shares])
    const expense = { ...freightOfOneLine.header, bookAs: 'expense' }
    expect(voucherOf(landedCost, { ...freightOfOneLine, header: expense })).toEqual([
      'debit selling-expense net-of line-2',
      'debit input-vat 900',
      'credit payable 10900',
    ])
  })
})
