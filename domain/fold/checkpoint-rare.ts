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
import { type CarriedEntry, openCarried } from '#domain/ledgers/stock/costing/carried.ts'
import { OpenShortages, shortageSchema } from '#domain/ledgers/stock/costing/open-shortages.ts'
import { parcelSchema, parcelsOfTable, parcelTable } from '#domain/ledgers/stock/costing/parcels.ts'
import { trueUpSchema } from '#domain/ledgers/stock/costing/true-up.ts'
import { countSchema } from '#domain/ledgers/stock/counts.ts'
import { flowSchema } from '#domain/ledgers/stock/flow.ts'
import type { LedgerTables, StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import type { TagTroubles } from '#domain/ledgers/stock/tag-troubles.ts'

const differenceSchema = { movement: 'i32', amount: 'f64' } as const
const statedSchema = { movement: 'i32', amount: 'f64' } as const
const carriedSchema = { movement: 'i32', by: 'i32', of: 'i32', into: 'i32' } as const
const freeSchema = { row: 'i32' } as const
const troubleSchema = { kind: 'u8', key: 'f64' } as const

/** For the mark of the checkpoint's format. */
export const rareSchemas = [
  ...([shortageSchema, trueUpSchema, differenceSchema, freeSchema, countSchema] as const),
  ...([batchDateSchema, troubleSchema, layerSchema] as const),
  ...([flowSchema, statedSchema, carriedSchema, parcelSchema] as const),
] as const

type Rare = Pick<
  LedgerTables,
  | 'shortages'
  | 'trueUps'
  | 'differences'
  | 'counts'
  | 'corrections'
  | 'batchDates'
  | 'tagTroubles'
  | 'flows'
  | 'stated'
  | 'carried'
  | 'layers'
  | 'parcels'
>

export function rareColumns(ledger: StockLedger): NamedColumn[] {
  return [
    ...named('shortages', ledger.shortages.table()),
    ...named('trueUps', ledger.trueUps.table),
    ...named('freeTrueUps', freeTable(ledger)),
    ...named('differences', amountTable(ledger.differences)),
    ...named('counts', ledger.counts),
    ...named('corrections', amountTable(ledger.corrections)),
    ...named('batchDates', ledger.batchDates),
    ...named('tagTroubles', troubleTable(ledger)),
    ...named('layers', layerTable(ledger.layers)),
    ...named('parcels', parcelTable(ledger.parcels)),
    ...named('flows', ledger.flows),
    ...named('stated', amountTable(ledger.stated)),
    ...named('carried', carriedTable(ledger)),
  ]
}

export function rareOf(table: <const S extends Schema>(name: string, schema: S) => Table<S>): Rare {
  const free = table('freeTrueUps', freeSchema)
  const trueUps = {
    table: table('trueUps', trueUpSchema),
    // Behind the rows there is room, which is no row.
    free: [...free.columns.row.subarray(0, free.rows)],
  }
  return {
    shortages: new OpenShortages(table('shortages', shortageSchema)),
    trueUps,
    differences: amountsOf(table('differences', differenceSchema)),
    counts: table('counts', countSchema),
    corrections: amountsOf(table('corrections', differenceSchema)),
    batchDates: table('batchDates', batchDateSchema),
    tagTroubles: troublesOf(table('tagTroubles', troubleSchema)),
    layers: layersOfTable(table('layers', layerSchema)),
    parcels: parcelsOfTable(table('parcels', parcelSchema)),
    flows: table('flows', flowSchema),
    stated: amountsOf(table('stated', statedSchema)),
    carried: openCarried(entriesOf(table('carried', carriedSchema))),
  }
}

const troubleKinds = ['serials', 'batches', 'expired', 'unreceived'] as const

function troublesOf({ columns, rows }: Table<typeof troubleSchema>): TagTroubles {
  const keysOf = (wanted: number) =>
    new Set(columns.key.subarray(0, rows).filter((_, row) => columns.kind[row] === wanted))
  return { serials: keysOf(0), batches: keysOf(1), expired: keysOf(2), unreceived: keysOf(3) }
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

function freeTable({ trueUps }: StockLedger): Table<typeof freeSchema> {
  const table = openTable(freeSchema)
  for (const free of trueUps.free) {
    const row = appendRow(table)
    table.columns.row[row] = free
  }
  return table
}

function amountTable(amounts: ReadonlyMap<number, number>): Table<typeof differenceSchema> {
  const table = openTable(differenceSchema)
  for (const [movement, amount] of amounts) {
    const row = appendRow(table)
    table.columns.movement[row] = movement
    table.columns.amount[row] = amount
  }
  return table
}

function amountsOf({ rows, columns }: Table<typeof differenceSchema>): Map<number, number> {
  const amounts = new Map<number, number>()
  for (let row = 0; row < rows; row++) {
    amounts.set(columns.movement[row] as number, columns.amount[row] as number)
  }
  return amounts
}

function carriedTable({ carried }: StockLedger): Table<typeof carriedSchema> {
  const table = openTable(carriedSchema)
  for (const entry of carried.entries.values()) {
    const row = appendRow(table)
    table.columns.movement[row] = entry.movement
    table.columns.by[row] = entry.by
    table.columns.of[row] = entry.of
    table.columns.into[row] = entry.into
  }
  return table
}

function entriesOf({ rows, columns }: Table<typeof carriedSchema>): CarriedEntry[] {
  return Array.from({ length: rows }, (_, row) => ({
    movement: columns.movement[row] as number,
    by: columns.by[row] as number,
    of: columns.of[row] as number,
    into: columns.into[row] as number,
  }))
}

function named(table: string, source: Table<Schema>): NamedColumn[] {
  return columnsOf(source).map((column) => ({ ...column, name: `${table}.${column.name}` }))
}
