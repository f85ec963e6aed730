import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { aPosting, legsOf, refusalsOf, voucherOf } from '#tests/builders/a-post-context.ts'
import { otherOutExamples } from './other-out.examples.ts'
import { otherOut } from './other-out.ts'

const { forTheStaff, toCustomers, forTheWindow } = otherOutExamples

describe('other issue', () => {
  it('[OOU1] takes goods out, without a cost of its own', () => {
    expect(legsOf(aPosting(otherOut, forTheWindow))).toEqual([
      'issue line-1 -2 sku-shirt main-warehouse',
      'issue line-2 -1 sku-cola main-warehouse',
    ])
  })

  it('[OOU2] wants a purpose, and a reason of the list where one is named', () => {
    const header = { warehouseId: exampleShop.mainWarehouse }
    expect(refusalsOf(otherOut, { ...forTheStaff, header })).toEqual(['required reason'])
    const unlisted = { ...toCustomers.header, reasonId: 'not-there' }
    expect(refusalsOf(otherOut, { ...toCustomers, header: unlisted })).toEqual([
      'unknown-reference reasonId',
    ])
  })

  it('[OOU3] is posted by a keeper or a manager', () => {
    const as = (role: 'keeper' | 'seller' | 'manager') => ({
      actor: { userId: 'user-2', roles: [role] },
    })
    expect(refusalsOf(otherOut, forTheStaff, as('seller'))).toEqual(['role-missing'])
    expect(refusalsOf(otherOut, forTheStaff, as('keeper'))).toEqual([])
    expect(refusalsOf(otherOut, forTheStaff, as('manager'))).toEqual([])
  })

  it('[OOU4] books the cost by the purpose', () => {
    expect(voucherOf(otherOut, forTheStaff)).toEqual([
      'debit office-expense cost-of line-1',
      'credit inventory cost-of line-1',
    ])
    expect(voucherOf(otherOut, toCustomers)[0]).toBe('debit selling-expense cost-of line-1')
  })
})
