/**
 * What goods that left short for another pool turn out to have cost more or less follows them: at the
 * moment of the receipt that covers the shortage, as a change of value of the pool that they came into
 * [policies 1]. Such a change is a movement without goods, directly after that receipt, which no
 * document has said; it comes and goes with its true-up.
 */

import { appendRow } from '../../columns/table.ts'
import { markUnsettled, sortChain, sortedPositionOf } from '../chain-order.ts'
import { touchSource } from '../joins.ts'
import { hasValueBit, isDeadBit, rankOf } from '../movement.ts'
import { compareMovements, ownMoment } from '../order.ts'
import { noCell } from '../place.ts'
import type { StockLedger } from '../stock-ledger.ts'

/** One true-up that was carried on. */
export interface CarriedEntry {
  /** The movement without goods. */
  readonly movement: number
  /** Receipt that covered the shortage. */
  readonly by: number
  /** Out leg that was short. */
  readonly of: number
  /** In leg whose pool the change belongs to. */
  readonly into: number
}

export interface Carried {
  readonly entries: Map<number, CarriedEntry>
  /** Movements without goods by what they depend on: `by`, `of` and `into`. */
  readonly byLeg: Map<number, Set<number>>
}

export function openCarried(entries: readonly CarriedEntry[] = []): Carried {
  const carried: Carried = { entries: new Map(), byLeg: new Map() }
  for (const entry of entries) addEntry(carried, entry)
  return carried
}

/** What depends on `movement`. */
export function carriedBy({ carried }: StockLedger, movement: number): CarriedEntry[] {
  const movements = carried.byLeg.get(movement) ?? []
  return [...movements].map((one) => carried.entries.get(one) as CarriedEntry)
}

/** Fen that followed the in leg `into` up to the movement `before`. */
export function carriedInto(ledger: StockLedger, into: number, before: number): number {
  if (ledger.carried.entries.size === 0) return 0
  const { value } = ledger.movements.columns
  return carriedBy(ledger, into)
    .filter((entry) => entry.into === into && compareMovements(ledger, entry.movement, before) < 0)
    .reduce((sum, { movement }) => sum + (value[movement] as number), 0)
}

/** Puts the change into the chain of its pool, which is in order before and after. */
export function putCarried(
  ledger: StockLedger,
  { by, of, into }: Omit<CarriedEntry, 'movement'>,
  amount: number,
): void {
  const movement = appendRow(ledger.movements)
  const columns = ledger.movements.columns
  const pool = columns.pool[into] as number
  columns.event[movement] = columns.event[by] as number
  columns.line[movement] = columns.line[into] as number
  columns.cell[movement] = noCell
  columns.pool[movement] = pool
  columns.leg[movement] = ledger.texts.append(nameOf(ledger, of, into))
  columns.origin[movement] = by
  columns.value[movement] = amount
  columns.kind[movement] = rankOf.value | hasValueBit
  addEntry(ledger.carried, { movement, by, of, into })
  ledger.chains.push(pool, movement)
  sortChain(ledger, pool)
  costAgainFrom(ledger, movement)
}

/** The amount of a true-up that was carried on has changed. */
export function changeCarried(ledger: StockLedger, movement: number, amount: number): void {
  ledger.movements.columns.value[movement] = amount
  costAgainFrom(ledger, movement)
}

/** Takes the change out again; what comes after it is costed again. */
export function dropCarriedEntry(ledger: StockLedger, entry: CarriedEntry): void {
  const { movement } = entry
  const pool = ledger.movements.columns.pool[movement] as number
  const position = sortedPositionOf(ledger, pool, movement)
  if (position >= 0) {
    costAgainFrom(ledger, movement)
    const { sorted } = ledger.poolTable.columns
    sorted[pool] = (sorted[pool] as number) - 1
    ledger.chains.removeAt(pool, position)
  }
  bury(ledger, entry)
}

/** Takes out what depends on `movement`, which is about to leave its chain. */
export function dropCarriedOf(ledger: StockLedger, movement: number): void {
  if (ledger.carried.entries.size === 0) return
  for (const entry of carriedBy(ledger, movement)) {
    touchSource(ledger, entry.of)
    dropCarriedEntry(ledger, entry)
    markUnsettled(ledger, ledger.movements.columns.pool[entry.movement] as number)
  }
}

/** Takes all of them out: everything is about to be costed from nothing. */
export function dropCarried(ledger: StockLedger): void {
  for (const entry of [...ledger.carried.entries.values()]) dropCarriedEntry(ledger, entry)
}

/**
 * Unique among what one receipt carries on; as texts in the order in which the goods left short, for a
 * pool that becomes worth no less than nothing minds which of them comes first.
 */
function nameOf(ledger: StockLedger, of: number, into: number): string {
  const { event, leg } = ledger.movements.columns
  const own = event[of] as number
  const { at, hlc, device, document } = ledger.events.columns
  const numbers = [at[own] as number, ownMoment(ledger, own), hlc[own] as number]
  const legs = [of, into].map((one) => ledger.texts.read(leg[one] as number))
  return [
    ...numbers.map((number) => String(number).padStart(digitsMax, '0')),
    ledger.deviceText(device[own] as number),
    ledger.documentText(document[own] as number),
    ...legs,
  ].join('\u0000')
}

/** Of the greatest safe integer. */
const digitsMax = 16

function costAgainFrom(ledger: StockLedger, movement: number): void {
  const pool = ledger.movements.columns.pool[movement] as number
  const { costed, stateAt } = ledger.poolTable.columns
  const position = sortedPositionOf(ledger, pool, movement)
  // A state of other than the costed movements may be that of an end that still counts this one.
  const isBehind = stateAt[pool] === costed[pool] && position >= (costed[pool] as number)
  costed[pool] = Math.min(costed[pool] as number, position)
  if (!isBehind) stateAt[pool] = -1
}

function bury({ movements, carried, differences }: StockLedger, entry: CarriedEntry): void {
  const { movement, by, of, into } = entry
  const { kind, value, cost, origin } = movements.columns
  kind[movement] = (kind[movement] as number) | isDeadBit
  value[movement] = 0
  cost[movement] = 0
  origin[movement] = -1
  differences.delete(movement)
  carried.entries.delete(movement)
  for (const leg of [by, of, into]) {
    const left = carried.byLeg.get(leg)
    left?.delete(movement)
    if (left?.size === 0) carried.byLeg.delete(leg)
  }
}

function addEntry({ entries, byLeg }: Carried, entry: CarriedEntry): void {
  entries.set(entry.movement, entry)
  for (const leg of [entry.by, entry.of, entry.into]) {
    const known = byLeg.get(leg)
    if (known === undefined) byLeg.set(leg, new Set([entry.movement]))
    else known.add(entry.movement)
  }
}
