/**
 * G2 with everything in the mix: a third of the goods in batches, some in pieces with serial numbers, bins, statuses
 * other than good, and two documents of a hundred that are counts.
 */
import { sumBalances } from '#domain/ledgers/stock/balance.ts'
import { costEverything } from '#domain/ledgers/stock/costing/cost-everything.ts'
import { deriveCounts } from '#domain/ledgers/stock/derive-counts.ts'
import { cellOf } from '#domain/ledgers/stock/place.ts'
import type { StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import { seededRandom } from '#tests/builders/arrivals.ts'
import { benchLedger } from './bench-ledger.ts'
import type { BenchRow } from './bench-row.ts'
import { threadMs } from './thread-time.ts'

const rounds = 20
const batchesOfSku = 8
const bins = 30
const pieces = 200_000

/** `bare`: the loop that no ledger can beat. */
export function mixedRows(
  movements: number,
  bare: (ledger: StockLedger) => Float64Array,
): BenchRow[] {
  const random = seededRandom(23)
  const pick = (limit: number) => Math.floor(random() * limit)
  const detailOf = (sku: number) => {
    const serial = sku % 50 === 1 ? 1 + pick(pieces) : 0
    const batch = sku % 3 === 0 ? 1 + sku * batchesOfSku + pick(batchesOfSku) : 0
    return {
      batch,
      serial,
      bin: sku % 4 === 0 ? 1 + pick(bins) : 0,
      status: pick(20) === 0 ? 2 : 0,
    }
  }
  const ledger = benchLedger({
    ...{ movements, branches: 20, skus: 5_000, countPercent: 2 },
    cellOf: (into, line, sku) => cellOf(into, line, detailOf(sku)),
  })
  let [floor, ours] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    floor += threadMs(() => bare(ledger)) / rounds
    ours += threadMs(() => replay(ledger)) / rounds
  }
  const what = `moving average and balances of 1M movements with batches, serial numbers, bins, statuses and ${ledger.counts.rows} counts, ${ledger.cells.size} cells`
  return [{ ...{ goal: 'G2', what, floor, ours, unit: 'ms' }, ratio: ours / floor, target: '≤ 30' }]
}

/** Everything from nothing: balances of lines and cells, what counts moved, costs. */
function replay(ledger: StockLedger): void {
  sumBalances(ledger)
  const { costed } = ledger.poolTable.columns
  for (const pool of ledger.countedPools) {
    costed[pool] = 0
    deriveCounts(ledger, pool)
  }
  sumCells(ledger)
  costEverything(ledger)
}

function sumCells({ movements, cells }: StockLedger): Float64Array {
  const { cell, quantity } = movements.columns
  const balances = new Float64Array(cells.size)
  for (let movement = 0; movement < movements.rows; movement++) {
    const at = cell[movement] as number
    if (at >= 0) balances[at] = (balances[at] as number) + (quantity[movement] as number)
  }
  return balances
}
