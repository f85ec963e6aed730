import { describe, expect, it } from 'vitest'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { writeOff } from '#domain/documents/write-off/write-off.ts'
import { actProblem } from './permission.ts'

describe('actProblem', () => {
  it('[PRM1] asks for a role of the definition', () => {
    expect(actProblem(writeOff, 'edit', 'draft', ['keeper'])).toBeUndefined()
    expect(actProblem(writeOff, 'post', 'draft', ['keeper'])).toEqual({
      code: 'role-missing',
      act: 'post',
      roles: ['manager'],
    })
    expect(actProblem(writeOff, 'post', 'draft', ['seller', 'manager'])).toBeUndefined()
    expect(actProblem(writeOff, 'post', 'draft', ['owner'])).toBeUndefined()
  })

  it('[PRM1] reverses by its own right, or by that of posting', () => {
    expect(actProblem(goodsReceipt, 'reverse', 'posted', ['keeper'])?.code).toBe('role-missing')
    expect(actProblem(goodsReceipt, 'supply', 'posted', ['buyer'])).toBeUndefined()
    expect(actProblem(writeOff, 'reverse', 'posted', ['manager'])).toBeUndefined()
  })

  it('[PRM2] allows each act in its state', () => {
    const codes = (['draft', 'posted', 'reversed'] as const).map((state) =>
      (['edit', 'post', 'supply', 'reverse'] as const).map(
        (act) => actProblem(writeOff, act, state, ['owner'])?.code,
      ),
    )
    expect(codes).toEqual([
      [undefined, undefined, 'not-posted', 'not-posted'],
      ['already-posted', 'already-posted', undefined, undefined],
      Array.from({ length: 4 }, () => 'already-reversed'),
    ])
  })
})
