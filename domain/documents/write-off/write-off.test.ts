import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import {
  aDisabled,
  aPosting,
  legsOf,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { writeOffExamples } from './write-off.examples.ts'
import { writeOff } from './write-off.ts'

const draft = writeOffExamples.severalLost

describe('write-off', () => {
  it('[WOF1] takes goods out, without a cost of its own', () => {
    expect(legsOf(aPosting(writeOff, draft))).toEqual([
      'issue line-1 -1 sku-shirt main-warehouse',
      'issue line-2 -2 sku-cola main-warehouse',
    ])
  })

  it('[WOF2] wants a reason', () => {
    const header = { warehouseId: exampleShop.mainWarehouse }
    expect(refusalsOf(writeOff, { ...draft, header })).toEqual(['required reason'])
    const stolen = { ...header, reason: 'stolen' }
    expect(refusalsOf(writeOff, { ...draft, header: stolen })).toEqual(['choice-unknown reason'])
  })

  it('[WOF3] is posted by a manager', () => {
    const as = (role: 'keeper' | 'manager') => ({ actor: { userId: 'user-2', roles: [role] } })
    expect(refusalsOf(writeOff, draft, as('keeper'))).toEqual(['role-missing'])
    expect(refusalsOf(writeOff, draft, as('manager'))).toEqual([])
  })

  it('[WOF4] moves the cost to pending loss', () => {
    expect(voucherOf(writeOff, writeOffExamples.spoiltFruit)).toEqual([
      'debit pending-loss cost-of line-1',
      'credit inventory cost-of line-1',
    ])
  })

  it('[WOF5] takes what is disabled', () => {
    expect(refusalsOf(writeOff, draft, { masters: aDisabled('sku-cola') })).toEqual([])
  })
})
