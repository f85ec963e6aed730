/**
 * The fold and the stock ledger at 1,000,000 movements, beside bare typed loops in the same run:
 * G1 balances, G2 moving average, FIFO and a mix of all dimensions, G3 what is closed, G4 a late movement, G5 a
 * checkpoint, and what an append costs. Times
 * of long work are those of this thread alone, whose clock ticks in milliseconds; of short work the
 * medians of what passed. Rounds are interleaved, so that other work on the machine tells little.
 * `node tests/bench/fold.bench.ts` prints the rows.
 */

import { noCell } from '#domain/ledgers/stock/place.ts'
import { DatabaseSync } from 'node:sqlite'
import { openFold } from '#domain/fold/fold.ts'
import { sumBalances } from '#domain/ledgers/stock/balance.ts'
import { putEvent, putMovement, repool } from '#domain/ledgers/stock/change.ts'
import { settle } from '#domain/ledgers/stock/settle.ts'
import { costEverything } from '#domain/ledgers/stock/costing/cost-everything.ts'
import { costPool } from '#domain/ledgers/stock/costing/cost-pool.ts'
import { rankOf } from '#domain/ledgers/stock/movement.ts'
import type { StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import { seededRandom } from '#tests/builders/arrivals.ts'
import { benchLedger } from './bench-ledger.ts'
import type { BenchRow } from './bench-row.ts'
import { postedDocuments } from './bench-records.ts'
import { median } from './median.ts'
import { mixedRows } from './mixed-ledger.ts'
import { sealedRows } from './sealed-scan.ts'
import { threadMs } from './thread-time.ts'

const million = 1_000_000
const linesPerDocument = 5
const limitAppendMicros = 20
const limitOpenMs = 150

export async function benchFold(): Promise<BenchRow[]> {
  const ledger = benchLedger({ movements: million, branches: 20, skus: 5_000 })
  return [
    ...benchColumns(ledger),
    benchLayers(ledger),
    ...mixedRows(million, bareBalances),
    benchDatabase(ledger),
    ...benchLate(ledger),
    ...[14_320, 100_000].map((length) => benchHottest(length)),
    benchHottest(100_000, 2),
    ...(await benchRecords()),
  ]
}

/** G1 and G2: interleaved with the loop that no ledger can beat. */
function benchColumns(ledger: StockLedger): BenchRow[] {
  const rounds = 40
  let floor = 0
  let sums = 0
  let costs = 0
  for (let round = 0; round < rounds; round++) {
    floor += threadMs(() => bareBalances(ledger)) / rounds
    sums += threadMs(() => sumBalances(ledger)) / rounds
    costs += threadMs(() => costEverything(ledger)) / rounds
  }
  const figures = `${ledger.pools.size} pools`
  return [
    row('G1', 'balances of 1M movements from resolved columns', {
      ...{ floor, ours: sums, unit: 'ms', target: '≤ 1.5' },
    }),
    row('G2', `moving average of 1M movements, exact, ${figures}`, {
      ...{ floor, ours: costs, unit: 'ms', target: '≤ 12' },
    }),
  ]
}

/** G2 for FIFO, on the same movements; the ledger is of the average again afterwards. */
function benchLayers(ledger: StockLedger): BenchRow {
  const { policy } = ledger
  repool(ledger, { ...policy, method: 'fifo' })
  settle(ledger)
  const rounds = 20
  let floor = 0
  let costs = 0
  for (let round = 0; round < rounds; round++) {
    floor += threadMs(() => bareBalances(ledger)) / rounds
    costs += threadMs(() => costEverything(ledger)) / rounds
  }
  let open = 0
  for (let pool = 0; pool < ledger.pools.size; pool++) open += ledger.layers.count(pool)
  const bytes = Math.round(ledger.layers.bytes / open)
  repool(ledger, policy)
  settle(ledger)
  return row('G2', `FIFO of 1M movements, exact, ${open} layers open, ${bytes} bytes each`, {
    ...{ floor, ours: costs, unit: 'ms', target: '≤ 20' },
  })
}

/** G14: what a database makes of the same rows, without an index, as they are kept for writing. */
function benchDatabase(ledger: StockLedger): BenchRow {
  const database = new DatabaseSync(':memory:')
  database.exec('create table movement (warehouse text, sku text, quantity integer)')
  const insert = database.prepare('insert into movement values (?, ?, ?)')
  const { line, quantity } = ledger.movements.columns
  database.exec('begin')
  for (let i = 0; i < million; i++) {
    const at = line[i] as number
    const ids = [ledger.lines.second(at), ledger.lines.first(at)].map((id) => idText(id))
    insert.run(...(ids as [string, string]), quantity[i] as number)
  }
  database.exec('commit')
  const query = database.prepare('select warehouse, sku, sum(quantity) from movement group by 1, 2')
  const rounds = 5
  let floor = 0
  let ours = 0
  for (let round = 0; round < rounds; round++) {
    floor += threadMs(() => query.all()) / rounds
    for (let again = 0; again < 5; again++) ours += threadMs(() => sumBalances(ledger)) / rounds / 5
  }
  database.close()
  const what = 'balances of 1M movements: node:sqlite group by in memory, and ours, times faster'
  return { goal: 'G14', what, floor, ours, unit: 'ms', ratio: floor / ours, target: '≥ 300' }
}

/**
 * G4 on pools as they come, at random ages. The floor replays a chain of the same length; ours does
 * that from the movement's place, and in the second row also finds it, makes room and moves balances.
 */
function benchLate(ledger: StockLedger): BenchRow[] {
  const random = seededRandom(11)
  const { pool, event } = ledger.movements.columns
  const { at } = ledger.events.columns
  const picks = Array.from({ length: 20_000 }, () => Math.floor(random() * million))
  const chains = picks.map((pick) => ledger.chains.view(pool[pick] as number).slice())
  const mean = Math.round(chains.reduce((sum, chain) => sum + chain.length, 0) / chains.length)
  const floors: number[] = []
  const replays: number[] = []
  const whole: number[] = []
  const eachMicros = (work: () => void) => (threadMs(work) * 1_000) / picks.length
  for (let round = 0; round < 9; round++) {
    floors.push(eachMicros(() => chains.forEach((chain) => bareReplay(ledger, chain))))
    replays.push(eachMicros(() => picks.forEach((pick) => replayFrom(ledger, pick, random))))
    const late = (pick: number) => (at[event[pick] as number] as number) + 1 + round
    whole.push(eachMicros(() => picks.forEach((pick) => putLate(ledger, pick, late(pick)))))
  }
  // The first round of each is the compiler's.
  const [floor, ours, all] = [floors, replays, whole].map((rounds) => median(rounds.slice(1)))
  return [
    row('G4', `costs after a late movement of any age, pools of ${mean} on average`, {
      ...{ floor: floor as number, ours: ours as number, unit: 'µs', target: '≤ 2' },
    }),
    row('G4', 'the same with its place, its chain and its balance', {
      ...{ floor: floor as number, ours: all as number, unit: 'µs', target: '–' },
    }),
  ]
}

/** Costs the pool of a movement anew from a random place, as a late movement there would ask. */
function replayFrom(ledger: StockLedger, like: number, random: () => number): void {
  const pool = ledger.movements.columns.pool[like] as number
  const { costed } = ledger.poolTable.columns
  costed[pool] = Math.floor(random() * ledger.chains.length(pool))
  costPool(ledger, pool)
}

/** G4 on one pool that holds everything: medians, because a replay is short for the thread's clock. */
function benchHottest(length: number, countPercent = 0): BenchRow {
  const ledger = benchLedger({ movements: length, branches: 1, skus: 1, countPercent })
  const random = seededRandom(13)
  const chain = ledger.chains.view(0).slice()
  const floors: number[] = []
  const ours: number[] = []
  for (let round = 0; round < 300; round++) {
    floors.push(passedMicros(() => bareReplay(ledger, chain)))
    const pick = Math.floor(random() * length)
    const at = Math.floor(pick / linesPerDocument) * 10 + 1
    ours.push(passedMicros(() => putLate(ledger, pick, at)))
  }
  const counts = countPercent === 0 ? '' : `, ${countPercent} % of them counts`
  return row('G4', `late movement of any age, all of it, hottest pool of ${length}${counts}`, {
    ...{ floor: median(floors), ours: median(ours), unit: 'µs', target: '≤ 2' },
  })
}

function passedMicros(work: () => unknown): number {
  const begun = performance.now()
  work()
  return (performance.now() - begun) * 1_000
}

/** From records: the cost of an append at three sizes, a rebuild, and the checkpoint at the last. */
async function benchRecords(): Promise<BenchRow[]> {
  const fold = openFold()
  const source = postedDocuments()
  const next = (documents: number) =>
    Array.from({ length: documents }, () => source.next().value ?? []).flat()
  let folded = 0
  let applyMs = 0
  const appendAt = (movements: number): number => {
    while (folded < movements) {
      const batch = next(1_000)
      applyMs += threadMs(() => fold.apply(batch))
      folded += 1_000 * linesPerDocument
    }
    const documents = Array.from({ length: 2_000 }, () => next(1))
    const spent = threadMs(() => {
      for (const entries of documents) fold.apply(entries)
    })
    folded += documents.length * linesPerDocument
    return (spent * 1_000) / documents.length / linesPerDocument
  }
  const [small, middle, large] = [10_000, 100_000, million].map(appendAt) as [
    number,
    number,
    number,
  ]
  const bytes = fold.checkpoint()
  const writes = Array.from({ length: 3 }, () => threadMs(() => fold.checkpoint()))
  const opens = Array.from({ length: 7 }, () => {
    const checkpoint = bytes.slice()
    return threadMs(() => openFold({ checkpoint }).stock.balance('', ''))
  })
  const megabytes = Math.round(bytes.length / million)
  const hashes = [threadMs(() => fold.hash('goods', postedBranch(fold)))]
  const figures = `${megabytes} MB; written in ${Math.round(median(writes))} ms, a branch hashed in ${Math.round(median(hashes))} ms`
  return [
    row('G4', 'append of a posted document at the end, 1M beside 10k, per movement', {
      ...{ floor: small, ours: large, unit: 'µs', target: '≤ 2' },
    }),
    row('G4', `the same at 1M beside its limit; at 100k ${middle.toPrecision(2)} µs`, {
      ...{ floor: limitAppendMicros, ours: large, unit: 'µs', target: '≤ 1' },
    }),
    row('G3', 'rebuild of 1M movements from records, beside ten seconds', {
      ...{ floor: 10_000, ours: applyMs, unit: 'ms', target: '≤ 1' },
    }),
    row('G5', `open a checkpoint of 1M movements beside its limit; ${figures}`, {
      ...{ floor: limitOpenMs, ours: median(opens), unit: 'ms', target: '≤ 1' },
    }),
    ...sealedRows(bytes),
  ]
}

function postedBranch(fold: ReturnType<typeof openFold>): string {
  return fold.documents.page({ offset: 0, limit: 1 }).rows[0]?.branch ?? ''
}

/** An id as long as a real one. */
function idText(number: number): string {
  return `0190f7a1-0000-7000-8000-${String(number).padStart(12, '0')}`
}

function putLate(ledger: StockLedger, like: number, at: number): void {
  const { line, leg } = ledger.movements.columns
  const document = ledger.events.rows
  const event = putEvent(ledger, { at, hlc: document, device: 0, document })
  putMovement(ledger, {
    ...{ event, line: line[like] as number, leg: leg[like] as number },
    ...{ quantity: -10_000, kind: rankOf.issue, cell: noCell },
  })
  settle(ledger)
}

function bareBalances(ledger: StockLedger): Float64Array {
  const { line, quantity } = ledger.movements.columns
  const balances = new Float64Array(ledger.lines.size)
  for (let i = 0; i < ledger.movements.rows; i++) {
    const at = line[i] as number
    balances[at] = (balances[at] as number) + (quantity[i] as number)
  }
  return balances
}

/** Moving average of one chain with nothing but the arithmetic: no order, no shortages, no marks. */
function bareReplay(ledger: StockLedger, chain: Int32Array): number {
  const { quantity, value, cost } = ledger.movements.columns
  let onHand = 0
  let worth = 0
  for (const movement of chain) {
    const moved = quantity[movement] as number
    if (moved > 0) {
      worth += value[movement] as number
      cost[movement] = value[movement] as number
    } else {
      const share = Math.floor((worth * (0 - moved)) / onHand + 0.5)
      worth -= share
      cost[movement] = 0 - share
    }
    onHand += moved
  }
  return worth
}

function row(
  goal: string,
  what: string,
  measured: Pick<BenchRow, 'floor' | 'ours' | 'unit' | 'target'>,
): BenchRow {
  return { goal, what, ...measured, ratio: measured.ours / measured.floor }
}

if (process.argv[1] === import.meta.filename) {
  for (const { goal, what, floor, ours, unit, ratio, target } of await benchFold()) {
    const figures = `${floor.toPrecision(3)} → ${ours.toPrecision(3)} ${unit}, ratio ${ratio.toPrecision(3)} (${target})`
    console.log(`${goal}  ${what}: ${figures}`)
  }
}
