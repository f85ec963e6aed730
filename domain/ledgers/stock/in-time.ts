/**
 * What would stand where, had nothing been closed before it became known [F8]: movements of the same goods in
 * the order of what their records say, counts asserting at their own moments. By it late movements before
 * a sealed count are corrected, late counts compared, and counts reversed that a late movement has changed.
 */

import { countOf, isCounted } from './counts.ts'
import { isCorrection, isLateMovement } from './late-movements.ts'
import { isReversalBit, rankMask, rankOf } from './movement.ts'
import { compareMovements, type OrderSource } from './order.ts'
import type { StockLedger } from './stock-ledger.ts'

/** Movements of the goods of one slot, in that order, as far as the chain was read. */
export interface InTime {
  readonly movements: number[]
  /** Positions of the chain that were read. */
  read: number
}

export interface Replayed {
  /** Steps after the last movement. */
  readonly balance: number
  /** What each count would have moved. */
  readonly differences: ReadonlyMap<number, number>
}

export function openInTime(): InTime {
  return { movements: [], read: 0 }
}

/**
 * [CNT9] What stands in the chain of `pool` up to and with `position`, of the goods of `like`: each count
 * changes what is missing to what it counted, its mirror gives just that back.
 */
export function replayInTime(
  ledger: StockLedger,
  known: InTime,
  upTo: { readonly pool: number; readonly position: number; readonly like: number },
): Replayed {
  readUpTo(ledger, known, upTo)
  const { kind, quantity, origin } = ledger.movements.columns
  const differences = new Map<number, number>()
  let balance = 0
  for (const movement of known.movements) {
    const bits = kind[movement] as number
    let moved = quantity[movement] as number
    if ((bits & rankMask) === rankOf.count && isCounted(ledger, movement)) {
      const isMirror = (bits & isReversalBit) !== 0
      const counted = countOf(ledger, movement)?.counted ?? 0
      moved = isMirror ? 0 - (differences.get(origin[movement] as number) ?? 0) : counted - balance
      differences.set(movement, moved)
    }
    balance += moved
  }
  return { balance, differences }
}

function readUpTo(
  ledger: StockLedger,
  known: InTime,
  {
    pool,
    position,
    like,
  }: { readonly pool: number; readonly position: number; readonly like: number },
): void {
  const { line, cell } = ledger.movements.columns
  const chain = ledger.chains.view(pool)
  for (; known.read <= position; known.read++) {
    const movement = chain[known.read] as number
    if (line[movement] !== line[like] || cell[movement] !== cell[like]) continue
    if (!isCorrection(ledger, movement)) insert(ledger, known.movements, movement)
  }
}

/** What was not late stands behind all that stands before it in the chain. */
function insert(ledger: StockLedger, movements: number[], movement: number): void {
  if (!isLateMovement(ledger, movement)) {
    movements.push(movement)
    return
  }
  const source = inTimeSource(ledger)
  let low = 0
  let high = movements.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareMovements(source, movements[middle] as number, movement) < 0) low = middle + 1
    else high = middle
  }
  movements.splice(low, 0, movement)
}

/** The ledger with the moments that records say; kept until `settle` is done. */
function inTimeSource(ledger: StockLedger): OrderSource {
  if (ledger.inTime !== undefined) return ledger.inTime
  const { events, ownMoments } = ledger
  const at = events.columns.at.slice()
  for (const [event, own] of ownMoments) at[event] = own
  const source: OrderSource = {
    movements: ledger.movements,
    texts: ledger.texts,
    deviceText: (device) => ledger.deviceText(device),
    documentText: (document) => ledger.documentText(document),
    events: { ...events, columns: { ...events.columns, at } },
    ownMoments: new Map(),
    ledBy: ledger.ledBy,
  }
  ledger.inTime = source
  return source
}
