/**
 * 数额超限: sums of merged amounts that no shop has, beyond what integers hold exactly. Posting refuses what would
 * come near them; a broken or hostile device may have written it all the same.
 */

import { RowSet } from '#domain/ledgers/columns/row-set.ts'
import { branchOfPool } from '#domain/ledgers/stock/place.ts'
import type { StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import { limitStock } from '#domain/values/limits.ts'
import { aboutFinding, type Finding } from './finding.ts'
import type { FoldState } from './fold-state.ts'

/** Whether the goods of a pool are more, or worth more, than `limitStock`. */
export function isOversized({ poolTable }: StockLedger, pool: number): boolean {
  const { quantity, value } = poolTable.columns
  return isBeyond(quantity[pool] as number) || isBeyond(value[pool] as number)
}

function isBeyond(figure: number): boolean {
  return Math.abs(figure) > limitStock
}

/** All of them, from the ledger as it stands. */
export function oversizedPoolsOf(ledger: StockLedger): RowSet {
  const found = new RowSet()
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    if (isOversized(ledger, pool)) found.add(pool)
  }
  return found
}

/** [FIN14] One for each SKU of a branch. */
export function* stockTooLarge({ names, ledger, oversizedPools }: FoldState): Generator<Finding> {
  const told = new Set<string>()
  for (const pool of oversizedPools) {
    const sku = names.skus.text(ledger.pools.first(pool))
    const of = branchOfPool(ledger, pool)
    const branch = of < 0 ? 'all' : names.branches.text(of)
    const key = `stock-too-large|${branch}|${sku}`
    if (told.has(key)) continue
    told.add(key)
    yield {
      ...{ key, code: 'stock-too-large', ...aboutFinding['stock-too-large'] },
      ...{ layer: 'buying', branch, skuId: sku },
      evidence: { sku, limit: limitStock, remedies: ['reverse-wrong-document'] },
      documents: [],
    }
  }
}
