import { describe, expect, it } from 'vitest'
import { aPosting, legsOf, refusalsOf, voucherOf } from '#tests/builders/a-post-context.ts'
import { retailSaleExamples } from './retail-sale.examples.ts'
import { retailSale } from './retail-sale.ts'

const { exactCash, roundedOffWithChange, severalTenders } = retailSaleExamples

function salesPartOf(draft: Parameters<typeof aPosting>[1]) {
  const [, sales] = aPosting(retailSale, draft).parts
  return sales?.body
}

describe('retail sale', () => {
  it('[RTS1] takes goods out', () => {
    expect(legsOf(aPosting(retailSale, severalTenders))).toEqual([
      'issue line-1 -1 sku-shirt main-warehouse',
    ])
  })

  it('[RTS2] gives change', () => {
    expect(salesPartOf(roundedOffWithChange)).toMatchObject({
      header: { roundOff: 5, cash: 10_000, change: 6_630 },
      lines: [
        { amount: 1_575, allowance: 2 },
        { amount: 1_800, allowance: 3, tax: 207 },
      ],
    })
    expect(salesPartOf(severalTenders)).toMatchObject({
      header: { wechat: 5_000, cash: 3_000, change: 600 },
    })
  })

  it('[RTS3] takes exact cash where nothing is typed', () => {
    expect(salesPartOf(exactCash)).toMatchObject({ header: { cash: 600 } })
    expect(salesPartOf(exactCash)).not.toMatchObject({ header: { change: expect.anything() } })
  })

  it.each([
    ['underpaid cash', { cash: 599 }],
    ['underpaid cash', { wechat: 100, alipay: 100, card: 399 }],
    ['change-exceeds-cash cash', { wechat: 700 }],
    ['change-exceeds-cash cash', { cash: 50, wechat: 700 }],
    ['round-off-too-large roundOff', { roundOff: 601 }],
  ])('[RTS4] %s %j', (code, payments) => {
    const header = { ...exactCash.header, ...payments }
    expect(refusalsOf(retailSale, { ...exactCash, header })).toEqual([code])
  })

  it('[RTS4] takes several payments that are enough', () => {
    const header = { ...exactCash.header, alipay: 400, card: 200, roundOff: 0 }
    expect(refusalsOf(retailSale, { ...exactCash, header })).toEqual([])
  })

  it('[RTS5] keeps cash less change', () => {
    expect(voucherOf(retailSale, severalTenders)).toEqual([
      'debit cash 2400',
      'debit wechat 5000',
      'credit revenue net-of line-1',
      'credit output-vat tax-of line-1',
      'debit cost-of-sales cost-of line-1',
      'credit inventory cost-of line-1',
      'credit revenue net-of line-2',
      'credit output-vat tax-of line-2',
      'debit cost-of-sales cost-of line-2',
      'credit inventory cost-of line-2',
    ])
  })
})
