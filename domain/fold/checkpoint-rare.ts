/** What few movements or pools have, as columns of a checkpoint: shortages, true-ups, counts, layers … */

import {
  appendRow,
  columnsOf,
  type NamedColumn,
  openTable,
  type Schema,
  type Table,
} from '#domain/ledgers/columns/table.ts'
import { batchDateSchema } from '#domain/ledgers/stock/batch-dates.ts'
import {
  layerSchema,
  layersOfTable,
  layerTable,
} from '#domain/ledgers/stock/costing/layer-table.ts'
import { ShortageQueue } from '#domain/ledgers/stock/costing/shortage.ts'
import { trueUpSchema } from '#domain/ledgers/stock/costing/true-up.ts'
import { countSchema } from '#domain/ledgers/stock/counts.ts'
import type { LedgerTables, StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import type { TagTroubles } from '#domain/ledgers/stock/tag-troubles.ts'

const shortageSchema = { pool: 'i32', movement: 'i32', quantity: 'f64', value: 'f64' } as const
const differenceSchema = { movement: 'i32', amount: 'f64' } as const
const freeSchema = { row: 'i32' } as const
const troubleSchema = { kind: 'u8', key: 'f64' } as const

/** For the mark of the checkpoint's format. */
export const rareSchemas = [
  ...([shortageSchema, trueUpSchema, differenceSchema, freeSchema, countSchema] as const),
  ...([batchDateSchema, troubleSchema, layerSchema] as const),
] as const

type Rare = Pick<
  LedgerTables,
  'shortages' | 'trueUps' | 'differences' | 'counts' | 'batchDates' | 'tagTroubles' | 'layers'
>

export function rareColumns(ledger: StockLedger): NamedColumn[] {
  return [
    ...named('shortages', shortageTable(ledger)),
    ...named('trueUps', ledger.trueUps.table),
    ...named('freeTrueUps', freeTable(ledger)),
    ...named('differences', differenceTable(ledger)),
    ...named('counts', ledger.counts),
    ...named('batchDates', ledger.batchDates),
    ...named('tagTroubles', troubleTable(ledger)),
    ...named('layers', layerTable(ledger.layers)),
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
  const differences = new Map<number, number>()
  const different = table('differences', differenceSchema)
  for (let row = 0; row < different.rows; row++) {
    const { movement, amount } = different.columns
    differences.set(movement[row] as number, amount[row] as number)
  }
  const free = table('freeTrueUps', freeSchema)
  const trueUps = {
    table: table('trueUps', trueUpSchema),
    // Behind the rows there is room, which is no row.
    free: [...free.columns.row.subarray(0, free.rows)],
  }
  const batchDates = table('batchDates', batchDateSchema)
  const tagTroubles = troublesOf(table('tagTroubles', troubleSchema))
  const counts = table('counts', countSchema)
  const layers = layersOfTable(table('layers', layerSchema))
  return { shortages, trueUps, differences, counts, batchDates, tagTroubles, layers }
}

const troubleKinds = ['serials', 'batches', 'expired'] as const

function troublesOf({ columns, rows }: Table<typeof troubleSchema>): TagTroubles {
  const keysOf = (wanted: number) =>
    new Set(columns.key.subarray(0, rows).filter((_, row) => columns.kind[row] === wanted))
  return { serials: keysOf(0), batches: keysOf(1), expired: keysOf(2) }
}

function troubleTable({ tagTroubles }: StockLedger): Table<typeof troubleSchema> {
  const table = openTable(troubleSchema)
  for (const [kind, name] of troubleKinds.entries()) {
    for (const key of tagTroubles[name]) {
      const row = appendRow(table)
      table.columns.kind[row] = kind
      table.columns.key[row] = key
    }
  }
  return table
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

function freeTable({ trueUps }: StockLedger): Table<typeof freeSchema> {
  const table = openTable(freeSchema)
  for (const free of trueUps.free) {
    const row = appendRow(table)
    table.columns.row[row] = free
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
