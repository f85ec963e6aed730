import { describe, expect, it } from 'vitest'
import { idOf } from '#tests/builders/journal-writer.ts'
import { historyOf } from '#tests/builders/random-history.ts'
import { recordsOf } from '#tests/builders/table.ts'
import { applyEntry } from './apply-record.ts'
import type { FoldEntry } from './fold-entry.ts'
import { emptyState, type FoldState, openState } from './fold-state.ts'
import { settle } from '#domain/ledgers/stock/settle.ts'
import { auditOf } from './self-audit.ts'

const common = { device: 0, branch: 0, sku: 0, about: 0 } as const

function stateOf(entries: readonly FoldEntry[]): FoldState {
  const state = openState(emptyState())
  for (const entry of entries) applyEntry(state, entry)
  settle(state.ledger)
  return state
}

/** Ten in at 1.00, three out. */
function aState(): FoldState {
  const acts = historyOf([
    { ...common, kind: 'receipt', quantity: 100, price: 100, at: 1 },
    { ...common, kind: 'sale', quantity: 30, price: 500, at: 2 },
  ])
  return stateOf(acts.flat())
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

  it('[AUD3] finds goods in transit that no dispatch has open', () => {
    const table = `
      day  document           id  sku  in  out  price  of  warehouse  to
      01   goods-receipt      r1  cup  10  -    5.00   -   shop       -
      02   transfer-dispatch  d1  cup  -   8    -      -   shop       transit
      03   transfer-arrival   a1  cup  -   5    -      d1  transit    back`
    const state = stateOf(recordsOf(table).flat())
    expect(auditOf(state)).toBeUndefined()
    // An arrival that has forgotten what it belongs to.
    const { ledger } = state
    const into = [...ledger.ledBy.keys()][0] ?? -1
    ledger.ledBy.delete(into)
    const line = ledger.movements.columns.line
    line[into - 1] = line[0] as number
    ledger.lineTable.columns.quantity[line[0] as number] = -30_000
    ledger.lineTable.columns.quantity[line[2] as number] = 80_000
    expect(auditOf(state)).toMatchObject({ code: 'transit-differs', said: 80_000, follows: 30_000 })
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
