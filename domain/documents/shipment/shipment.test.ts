import { describe, expect, it } from 'vitest'
import {
  aDisabled,
  aPosting,
  legsOf,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { shipmentExamples } from './shipment.examples.ts'
import { shipment } from './shipment.ts'

const { boxesOnAccount, passerBy, withDelivery } = shipmentExamples

describe('shipment', () => {
  it('[SHP1] takes goods out, and a service along', () => {
    expect(legsOf(aPosting(shipment, withDelivery))).toEqual([
      'issue line-1 -24 sku-cola main-warehouse',
    ])
  })

  it('[SHP2] sells to a passer-by', () => {
    const [, sales] = aPosting(shipment, passerBy).parts
    expect(sales?.body).toMatchObject({ part: 'sales', header: {}, lines: [{ amount: 1_575 }] })
  })

  it('[SHP3] leaves the sales part to be supplied', () => {
    const { parts } = aPosting(shipment, boxesOnAccount, { audiences: ['goods'] })
    expect(parts.map(({ audience }) => audience)).toEqual(['goods'])
    expect(JSON.stringify(parts)).not.toMatch(/customer|price|amount|tax/)
  })

  it('[SHP4] earns revenue and bears its cost', () => {
    expect(voucherOf(shipment, passerBy)).toEqual([
      'debit receivable gross-of line-1',
      'credit revenue net-of line-1',
      'credit output-vat tax-of line-1',
      'debit cost-of-sales cost-of line-1',
      'credit inventory cost-of line-1',
    ])
  })

  it('[SHP5] refuses what is disabled', () => {
    expect(refusalsOf(shipment, boxesOnAccount, { masters: aDisabled('sku-cola') })).toEqual([
      'reference-disabled skuId',
    ])
  })
})
