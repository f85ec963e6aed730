import { describe, expect, it } from 'vitest'
import { idOf } from '#tests/builders/journal-writer.ts'
import { historyOf } from '#tests/builders/random-history.ts'
import { applyEntry } from './apply-record.ts'
import { emptyState, type FoldState, openState } from './fold-state.ts'
import { settle } from '#domain/ledgers/stock/settle.ts'
import { auditOf } from './self-audit.ts'

const common = { device: 0, branch: 0, sku: 0, about: 0 } as const

/** Ten in at 1.00, three out. */
function aState(): FoldState {
  const state = openState(emptyState())
  const acts = historyOf([
    { ...common, kind: 'receipt', quantity: 100, price: 100, at: 1 },
    { ...common, kind: 'sale', quantity: 30, price: 500, at: 2 },
  ])
  for (const entry of acts.flat()) applyEntry(state, entry)
  settle(state.ledger)
  return state
}

const sku = idOf('sku', 'sku-0')

describe('the self-audit', () => {
  it('[AUD1] finds nothing where nothing is wrong', () => {
    expect(auditOf(aState())).toBeUndefined()
  })

  it('[AUD1] finds a balance that is not the sum of its movements', () => {
    const state = aState()
    state.ledger.lineTable.columns.quantity[0] = 80_000
    expect(auditOf(state)).toEqual({ code: 'balance-differs', sku, said: 80_000, follows: 100_000 })
  })

  it('[AUD1] finds a pool that is not what its card adds up to', () => {
    const state = aState()
    state.ledger.poolTable.columns.value[0] = 701
    expect(auditOf(state)).toEqual({ code: 'pool-differs', sku, said: 701, follows: 700 })
  })

  it('[AUD2] finds a cost that costing from nothing does not give, and mends it', () => {
    const state = aState()
    const { cost } = state.ledger.movements.columns
    cost[1] = -299
    state.ledger.poolTable.columns.value[0] = 701
    expect(auditOf(state)).toMatchObject({ code: 'cost-differs', sku, said: -299, follows: -300 })
    expect(auditOf(state)).toBeUndefined()
  })
})
