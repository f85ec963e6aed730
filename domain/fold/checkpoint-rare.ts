/** What few movements have, as columns of a checkpoint: open shortages, true-ups, differences. */

import {
  appendRow,
  columnsOf,
  type NamedColumn,
  openTable,
  type Schema,
  type Table,
} from '#domain/ledgers/columns/table.ts'
import { ShortageQueue } from '#domain/ledgers/stock/costing/shortage.ts'
import { addTrueUp, openTrueUps, trueUpsOf } from '#domain/ledgers/stock/costing/true-up.ts'
import type { LedgerTables, StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'

const shortageSchema = { pool: 'i32', movement: 'i32', quantity: 'f64', value: 'f64' } as const
const trueUpSchema = {
  pool: 'i32',
  target: 'i32',
  by: 'i32',
  quantity: 'f64',
  amount: 'f64',
} as const
const differenceSchema = { movement: 'i32', amount: 'f64' } as const

type Rare = Pick<LedgerTables, 'shortages' | 'trueUps' | 'differences'>

export function rareColumns(ledger: StockLedger): NamedColumn[] {
  return [
    ...named('shortages', shortageTable(ledger)),
    ...named('trueUps', trueUpTable(ledger)),
    ...named('differences', differenceTable(ledger)),
  ]
}

export function rareOf(table: <const S extends Schema>(name: string, schema: S) => Table<S>): Rare {
  const shortages = new Map<number, ShortageQueue>()
  const short = table('shortages', shortageSchema)
  for (let row = 0; row < short.rows; row++) {
    const { pool, movement, quantity, value } = short.columns
    const known = shortages.get(pool[row] as number)
    const queue = known ?? new ShortageQueue()
    if (known === undefined) shortages.set(pool[row] as number, queue)
    queue.add(movement[row] as number, quantity[row] as number, value[row] as number)
  }
  const trueUps = openTrueUps()
  const trued = table('trueUps', trueUpSchema)
  for (let row = 0; row < trued.rows; row++) {
    const { pool, target, by, quantity, amount } = trued.columns
    addTrueUp(trueUps, pool[row] as number, {
      target: target[row] as number,
      by: by[row] as number,
      quantity: quantity[row] as number,
      amount: amount[row] as number,
    })
  }
  const differences = new Map<number, number>()
  const different = table('differences', differenceSchema)
  for (let row = 0; row < different.rows; row++) {
    const { movement, amount } = different.columns
    differences.set(movement[row] as number, amount[row] as number)
  }
  return { shortages, trueUps, differences }
}

function shortageTable({ shortages }: StockLedger): Table<typeof shortageSchema> {
  const table = openTable(shortageSchema)
  for (const [pool, queue] of shortages) {
    for (const short of queue.open) {
      const row = appendRow(table)
      table.columns.pool[row] = pool
      table.columns.movement[row] = short.movement
      table.columns.quantity[row] = short.quantity
      table.columns.value[row] = short.value
    }
  }
  return table
}

/** INVARIANT: the rows of a pool stay in the order of what caused them. */
function trueUpTable({ trueUps }: StockLedger): Table<typeof trueUpSchema> {
  const table = openTable(trueUpSchema)
  for (const pool of trueUps.last.keys()) {
    for (const trueUp of trueUpsOf(trueUps, pool)) {
      const row = appendRow(table)
      table.columns.pool[row] = pool
      table.columns.target[row] = trueUp.target
      table.columns.by[row] = trueUp.by
      table.columns.quantity[row] = trueUp.quantity
      table.columns.amount[row] = trueUp.amount
    }
  }
  return table
}

function differenceTable({ differences }: StockLedger): Table<typeof differenceSchema> {
  const table = openTable(differenceSchema)
  for (const [movement, amount] of differences) {
    const row = appendRow(table)
    table.columns.movement[row] = movement
    table.columns.amount[row] = amount
  }
  return table
}

function named(table: string, source: Table<Schema>): NamedColumn[] {
  return columnsOf(source).map((column) => ({ ...column, name: `${table}.${column.name}` }))
}
