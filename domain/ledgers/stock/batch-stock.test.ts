import { describe, expect, it } from 'vitest'
import { businessDate } from '#domain/values/business-date.ts'
import { quantity } from '#domain/values/quantity.ts'
import { arriveInBatch, dayBeforeExpiry, divideBatch, usableQuantity } from './batch-stock.ts'
import type { PickSource } from './pick-proposal.ts'

function goods(batch: string, available: number, received: string, expires?: string): PickSource {
  return {
    ...{ batch, bin: 'shelf', available: quantity(available), received: businessDate(received) },
    ...(expires !== undefined && { expires: businessDate(expires) }),
  }
}

const june = goods('a', 10, '2026-06-15', '2026-12-31')

describe('stock of batches 批次库存', () => {
  it('[BST1] goods that come into a batch join it, and it keeps its earliest arrival', () => {
    const merged = arriveInBatch([june], goods('a', 5, '2026-06-10'))
    expect(merged).toEqual({ ok: true, value: [goods('a', 15, '2026-06-10', '2026-12-31')] })
    const later = arriveInBatch([june], goods('a', 5, '2026-07-01'))
    expect(later).toMatchObject({ value: [{ received: '2026-06-15', available: 15 }] })
    expect(arriveInBatch([june], goods('b', 1, '2026-06-10'))).toMatchObject({
      value: [{ batch: 'a' }, { batch: 'b' }],
    })
  })

  it('[BST2] a serial number comes once', () => {
    expect(arriveInBatch([june], goods('a', 1, '2026-06-10'), true)).toEqual({
      ok: false,
      problem: { code: 'serial-repeated', batch: 'a' },
    })
  })

  it('[BST3] a batch is divided into two that together are what it was', () => {
    const divided = divideBatch([june], 'a', { batch: 'b', quantity: quantity(4), bin: 'back' })
    expect(divided).toEqual({
      ok: true,
      value: [
        goods('a', 6, '2026-06-15', '2026-12-31'),
        { ...goods('b', 4, '2026-06-15', '2026-12-31'), bin: 'back' },
      ],
    })
    const refused = [-1, 0, 10, 11].map((amount) =>
      divideBatch([june], 'a', { batch: 'b', quantity: quantity(amount) }),
    )
    expect(refused.map((each) => !each.ok && each.problem.code)).toEqual([
      ...['must-be-positive', 'must-be-positive', 'nothing-left', 'nothing-left'],
    ])
    expect(divideBatch([], 'a', { batch: 'b', quantity: quantity(1) }).ok).toBe(false)
  })

  it('[BST4] what is usable on a day has not expired by then', () => {
    const stock = [june, goods('keeps', 3, '2026-01-01')]
    const usable = ['2026-12-31', '2027-01-01'].map((on) => usableQuantity(stock, businessDate(on)))
    expect(usable).toEqual([13, 3])
  })

  it('[BST5] days are counted back from the expiry', () => {
    expect(dayBeforeExpiry(june, 31)).toBe('2026-11-30')
    expect(dayBeforeExpiry(goods('keeps', 1, '2026-01-01'), 5)).toBeUndefined()
  })
})
