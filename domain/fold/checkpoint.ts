/**
 * 存档点 (checkpoint): the state of a fold as one blob of columns. A fold opened from it goes on
 * exactly as one that never stopped, also with records older than everything in it.
 */

import { claimSchema, openClaims } from '#domain/ledgers/claims/claim-table.ts'
import { Dictionary, dictionarySchema } from '#domain/ledgers/columns/dictionary.ts'
import { PairIndex, pairSchema } from '#domain/ledgers/columns/pair-index.ts'
import {
  columnsOf,
  type NamedColumn,
  type Schema,
  type Table,
  tableOf,
} from '#domain/ledgers/columns/table.ts'
import { TextHeap } from '#domain/ledgers/columns/text-heap.ts'
import { Chains, chainSchema } from '#domain/ledgers/stock/chain.ts'
import { eventSchema, movementSchema } from '#domain/ledgers/stock/movement.ts'
import {
  type LedgerTables,
  cellSchema,
  lineSchema,
  poolSchema,
  type StockLedger,
} from '#domain/ledgers/stock/stock-ledger.ts'
import { recordKinds } from '#domain/records/kinds.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { adjustmentSchema } from './adjustment-rows.ts'
import {
  type CheckpointContent,
  checkpointBytes,
  plainOfCheckpoint,
  readCheckpoint,
} from './checkpoint-bytes.ts'
import { type PlainState, plainOf, restorePlain } from './checkpoint-plain.ts'
import { rareColumns, rareOf, rareSchemas } from './checkpoint-rare.ts'
import { documentSchema, partSchema, referenceSchema, reversalSchema } from './document-tables.ts'
import { type FoldState, numberSchema, type StoredState } from './fold-state.ts'
import { masterSchema, versionSchema } from './master-tables.ts'
import { openPricePlaces, pricePlaceSchema } from './price-places.ts'
import { type DictionaryName, dictionaryNames, namesOf, recalledIn } from './names.ts'
import { watchedOf, watchedSchema, watchedTable } from './watched-documents.ts'

/** [F10] Raised whenever the meaning of a column or a rule of the fold changes: older blobs are passed over. */
export const rulesVersion = 13

/** Changes by itself when a column is added, dropped or of another kind. */
const mark = `LC${sha256Hex(
  JSON.stringify([
    ...[rulesVersion, dictionaryNames, dictionarySchema, pairSchema, eventSchema, movementSchema],
    ...[lineSchema, cellSchema, poolSchema, chainSchema, rareSchemas, documentSchema, partSchema],
    ...[reversalSchema, referenceSchema, adjustmentSchema, numberSchema, claimSchema],
    ...[masterSchema, versionSchema, pricePlaceSchema, watchedSchema],
  ]),
).slice(0, 6)}`

const pairNames = [
  ...(['places', 'lines', 'tags', 'slots', 'details', 'cells', 'scopes', 'shares'] as const),
  'pools',
] as const
type PairsByName = Pick<LedgerTables, (typeof pairNames)[number]>

export function writeCheckpoint(state: FoldState): Uint8Array {
  return checkpointBytes(mark, contentOf(state))
}

/** The stored state, or undefined where the bytes are of another format or would leave a record unread. */
export function openCheckpoint(bytes: Uint8Array): StoredState | undefined {
  const read = readCheckpoint(mark, bytes)
  return read.ok ? restore(read.value) : undefined
}

/**
 * [CKP6] How far the journals go that bytes cover which are known to be as they were written; undefined where a
 * fold would pass them over.
 */
export function journalsOfCheckpoint(bytes: Uint8Array): PlainState['journals'] | undefined {
  const read = plainOfCheckpoint(mark, bytes)
  if (!read.ok) return undefined
  const { journals, problems } = read.value as unknown as PlainState
  return isOutgrown(problems) ? undefined : journals
}

/** What was unknown when a checkpoint was written may be known by now: then everything is folded again. */
function isOutgrown(problems: PlainState['problems']): boolean {
  return problems.some(
    ({ code, kind }) =>
      code === 'update-needed' && (recordKinds as readonly string[]).includes(kind),
  )
}

function contentOf(state: FoldState): CheckpointContent {
  const { ledger, names } = state
  const chains = ledger.chains.packed()
  return {
    sections: [
      { name: 'texts', kind: 'u8', values: names.texts.bytes },
      ...dictionaryNames.flatMap((name) => dictionaryColumns(name, names[name])),
      ...pairNames.flatMap((name) => pairColumns(name, ledger[name])),
      ...named('events', ledger.events),
      ...named('movements', ledger.movements),
      ...named('line', ledger.lineTable),
      ...named('cell', ledger.cellTable),
      ...named('pool', ledger.poolTable),
      ...named('chain', chains.table),
      { name: 'chains', kind: 'i32', values: chains.slots },
      ...rareColumns(ledger),
      ...named('documents', state.documents),
      ...named('parts', state.parts),
      ...named('reversals', state.reversals),
      ...named('references', state.references),
      ...named('adjustments', state.adjustments),
      ...named('number', state.numbers),
      ...named('claims', state.claims.table),
      ...named('master', state.masterTables.masters),
      ...named('versions', state.masterTables.versions),
      ...named('prices', state.masterTables.prices.table),
      ...named('watched', watchedTable(state)),
      { name: 'order', kind: 'i32', values: state.inOrder.view() },
      { name: 'hashes', kind: 'f64', values: journalHashes(state) },
    ],
    plain: plainOf(state),
  }
}

function restore({ sections, plain }: CheckpointContent): StoredState | undefined {
  const byTable = groupByTable(sections)
  const [heap] = byTable.get('texts') ?? []
  const texts = new TextHeap(heap?.roomy as Uint8Array | undefined, heap?.values.length)
  const table = <const S extends Schema>(name: string, schema: S): Table<S> =>
    tableOf(schema, byTable.get(name) ?? [])
  const dictionaryOf = (name: DictionaryName) =>
    new Dictionary(
      texts,
      table(`${name}*`, dictionarySchema),
      columnIn(byTable, `${name}*slots`) as Int32Array,
      recalledIn(name),
    )
  const pairs = (name: string) =>
    new PairIndex(table(`${name}*`, pairSchema), columnIn(byTable, `${name}*slots`) as Int32Array)
  const [chains] = byTable.get('chains') ?? []
  const [order] = byTable.get('order') ?? []
  const ledgerTables: LedgerTables = {
    ...(Object.fromEntries(pairNames.map((name) => [name, pairs(name)])) as PairsByName),
    events: table('events', eventSchema),
    ownMoments: new Map((plain as unknown as PlainState).ownMoments),
    lateValues: new Map((plain as unknown as PlainState).lateLegs),
    movements: table('movements', movementSchema),
    lineTable: table('line', lineSchema),
    cellTable: table('cell', cellSchema),
    poolTable: table('pool', poolSchema),
    chains: new Chains(
      table('chain', chainSchema),
      chains?.roomy as Int32Array | undefined,
      chains?.values.length,
    ),
    ...rareOf(table),
  }
  const kept = restorePlain(
    plain as unknown as PlainState,
    columnIn(byTable, 'hashes') as Float64Array,
  )
  if (isOutgrown([...kept.problems.values()])) return undefined
  return {
    ...kept,
    names: namesOf(texts, dictionaryOf),
    ledgerTables,
    documents: table('documents', documentSchema),
    parts: table('parts', partSchema),
    reversals: table('reversals', reversalSchema),
    references: table('references', referenceSchema),
    adjustments: table('adjustments', adjustmentSchema),
    numbers: table('number', numberSchema),
    claims: openClaims(table('claims', claimSchema)),
    masterTables: {
      masters: table('master', masterSchema),
      versions: table('versions', versionSchema),
      prices: openPricePlaces(table('prices', pricePlaceSchema)),
    },
    ...watchedOf(table('watched', watchedSchema)),
    documentOrder: { rows: order?.roomy as Int32Array, length: order?.values.length ?? 0 },
  }
}

function dictionaryColumns(name: string, dictionary: Dictionary): NamedColumn[] {
  return [
    ...named(`${name}*`, dictionary.table),
    { name: `${name}*slots`, kind: 'i32', values: dictionary.slots },
  ]
}

function pairColumns(name: string, index: StockLedger['lines']): NamedColumn[] {
  return [
    ...named(`${name}*`, index.table),
    { name: `${name}*slots`, kind: 'i32', values: index.slots },
  ]
}

/** `movements.quantity`: a column under the name of its table. */
function named(table: string, source: Table<Schema>): NamedColumn[] {
  return columnsOf(source).map((column) => ({ ...column, name: `${table}.${column.name}` }))
}

function groupByTable(sections: readonly NamedColumn[]): Map<string, NamedColumn[]> {
  const byTable = new Map<string, NamedColumn[]>()
  for (const section of sections) {
    const [table = '', column = ''] = section.name.split('.')
    const known = byTable.get(table)
    const renamed = { ...section, name: column }
    if (known === undefined) byTable.set(table, [renamed])
    else known.push(renamed)
  }
  return byTable
}

/** A section that stands by itself. */
function columnIn(byTable: Map<string, NamedColumn[]>, name: string): NamedColumn['values'] {
  return byTable.get(name)?.[0]?.values ?? new Uint8Array(0)
}

/** Hashes of all journals one behind the other, in the order of `plain.journals`. */
function journalHashes(state: FoldState): Float64Array {
  const logs = [...state.journals.values()]
  const all = new Float64Array(logs.reduce((sum, log) => sum + log.length, 0))
  let at = 0
  for (const log of logs) {
    all.set(log.hashes.subarray(0, log.length), at)
    at += log.length
  }
  return all
}
