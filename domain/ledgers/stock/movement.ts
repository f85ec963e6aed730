/**
 * 出入库流水 (stock movements) as columns: one row per leg of a posting in force or of its reversal.
 * All legs of one of these share an *event*: when it took effect, and what decides its order.
 */

import { openTable, type Table } from '../columns/table.ts'

/** [F4] The classes of movements at one moment, in their order. */
export const movementClasses = [
  'opening',
  'receipt',
  'return-in',
  'count',
  'issue',
  'value',
  'internal',
] as const

export type MovementClass = (typeof movementClasses)[number]

export const rankOf: Readonly<Record<MovementClass, number>> = {
  opening: 0,
  receipt: 1,
  'return-in': 2,
  count: 3,
  issue: 4,
  /** A change of value alone: late price, landed cost, adjustment. */
  value: 5,
  internal: 6,
}

/** Bits of `kind`. The lowest three are the rank of the class. */
export const rankMask = 0b111
/** Mirrors the movement in `origin` (红冲). */
export const isReversalBit = 8
/** `value` was stated by the document; without it an inbound movement takes its cost from the pool. */
export const hasValueBit = 16
/** Of goods out, the same bit: another movement takes its cost from this one (`joins.ts`). */
export const feedsBit = 16
/** One side of an internal move inside the pool: moves quantity between places and no value. */
export const isNeutralBit = 32
/** Not in force any more; its quantity is 0 and no chain holds it. */
export const isDeadBit = 64
/** `origin` names the movement whose cost this one takes back. */
export const isLinkedBit = 128

/** When a posting or a reversal took effect, and what orders it among others. */
export const eventSchema = {
  /** Trade moment (业务时间), ms. */
  at: 'f64',
  hlc: 'f64',
  /** Number in the dictionary of devices. */
  device: 'i32',
  /** Number in the dictionary of documents. */
  document: 'i32',
} as const

export const movementSchema = {
  event: 'i32',
  /** SKU × place. */
  line: 'i32',
  /** Tag, bin and status in the line, −1 for none. */
  cell: 'i32',
  /** That of the line, kept here because costing reads nothing else of the line. */
  pool: 'i32',
  /** Name of the leg, in the text heap. */
  leg: 'i32',
  /** Movement that this one returns or mirrors, −1 for none. */
  origin: 'i32',
  /** Derived: under FIFO, the receipt whose goods a movement out was the first to take; −1 for none. */
  source: 'i32',
  /** Signed, 10⁻⁴ base unit. */
  quantity: 'f64',
  /** Fen. Of goods in, with `hasValueBit`: the stated net cost. Of goods out: Σ of their true-ups. */
  value: 'f64',
  /** Derived: what the goods were worth, fen, signed as the quantity. */
  cost: 'f64',
  kind: 'u8',
  /** Derived: how `cost` came about (`costing/basis.ts`). */
  basis: 'u8',
} as const

export type EventTable = Table<typeof eventSchema>
export type MovementTable = Table<typeof movementSchema>

export function openEvents(): EventTable {
  return openTable(eventSchema)
}

export function openMovements(): MovementTable {
  return openTable(movementSchema)
}

export function classOf(kind: number): MovementClass {
  return movementClasses[kind & rankMask] ?? 'issue'
}
