import { describe, expect, it } from 'vitest'
import type { Json } from '#domain/values/canonical-text.ts'
import { money } from '#domain/values/money.ts'
import { percent } from '#domain/values/percent.ts'
import {
  type ApprovalFlow,
  askedFlow,
  type DocumentFacts,
  flowsOf,
  isApprovalFlow,
  isSubstitute,
} from './approval-flow.ts'
import { checkFieldValue } from './master-field.ts'
import { company } from './company.ts'

const branch = '019a0000-0000-7000-8000-000000000001'
const manager = { approvers: [{ role: 'manager' }], needs: 'any' } as const
const chief = { approvers: [{ role: 'finance' }], needs: 'any', from: money(500_000) } as const
const orders: ApprovalFlow = { name: '采购审批', type: 'purchase-order', steps: [manager, chief] }
const order = (facts: Partial<DocumentFacts> = {}) => ({ type: 'purchase-order', branch, ...facts })

function stepsAsked(flow: Partial<ApprovalFlow>, facts: DocumentFacts): number {
  return askedFlow([{ ...orders, ...flow, id: 'f' }], facts)?.steps.length ?? 0
}

describe('approval flows', () => {
  it('[APR2] ask by type, branch, amount, discount and minimum price (WF-05, ST-21)', () => {
    const amount = money(600_000)
    const table: readonly (readonly [Partial<ApprovalFlow>, DocumentFacts, number])[] = [
      [{}, order({ amount }), 2],
      [{}, order({ amount: money(499_999) }), 1],
      [{}, order(), 1],
      [{}, order({ type: 'write-off', amount }), 0],
      [{ branches: [branch] }, order(), 1],
      [{ branches: ['019a0000-0000-7000-8000-000000000002'] }, order(), 0],
      [{ amount }, order({ amount }), 2],
      [{ amount }, order({ amount: money(599_999) }), 0],
      [{ amount }, order(), 0],
      [{ discount: percent(1_000) }, order({ discount: percent(1_000) }), 1],
      [{ discount: percent(1_000) }, order({ discount: percent(999), amount }), 0],
      [{ belowMinimum: 1 }, order({ isBelowMinimum: true }), 1],
      [{ belowMinimum: 1 }, order({ isBelowMinimum: false }), 0],
      [{ belowMinimum: 1, amount }, order({ amount }), 2],
      [{ steps: [chief] }, order({ amount: money(1) }), 0],
    ]
    for (const [flow, facts, steps] of table) {
      expect([flow, facts, stepsAsked(flow, facts)]).toEqual([flow, facts, steps])
    }
  })

  it('[APR2] of several the one for the greatest amount asks', () => {
    const flows = [
      { ...orders, id: 'a' },
      { ...orders, id: 'b', amount: money(500_000) },
      { ...orders, id: 'c', amount: money(9_000_000) },
    ]
    expect(askedFlow(flows, order({ amount: money(600_000) }))?.id).toBe('b')
    expect(askedFlow(flows, order({ amount: money(1) }))?.id).toBe('a')
  })

  it('[APR2] are well formed, or ask for nothing', () => {
    const good = orders as unknown as Json
    const fields = { 'approvalFlow:a': good, 'approvalFlow:b': { name: 1 }, 'approvalFlow:c': '' }
    expect(flowsOf(fields).map(({ id }) => id)).toEqual(['a'])
    const bad: readonly unknown[] = [
      ...[1, 'x', [], {}, { ...orders, steps: [] }, { ...orders, extra: 1 }],
      ...[
        { ...orders, name: '' },
        { ...orders, amount: -1 },
        { ...orders, amount: 0.5 },
      ],
      ...[
        { ...orders, branches: ['x'] },
        { ...orders, steps: [{ ...manager, needs: 'some' }] },
      ],
      { ...orders, steps: [{ ...manager, approvers: [] }] },
      { ...orders, steps: [{ ...manager, approvers: [{ role: 'manager', user: branch }] }] },
      { ...orders, steps: Array.from({ length: 11 }, () => manager) },
    ]
    for (const each of bad) expect([each, isApprovalFlow(each as Json)]).toEqual([each, false])
    const field = company.fields['approvalFlow']
    expect(field && checkFieldValue(field, good)).toBeUndefined()
    expect(field && checkFieldValue(field, 1)).toBe('entry-malformed')
    expect(isSubstitute({ user: branch, from: 1, until: 2 })).toBe(true)
    expect(isSubstitute({ user: branch, from: 1 })).toBe(false)
  })
})
