/**
 * Where goods lie and which of them share a value, by number. What is counted most is cheapest:
 * goods without batch, serial number, bin or status know a line and nothing else.
 *
 * place = warehouse × branch; line = SKU × place; tag = batch × serial; slot = bin × status;
 * detail = tag × slot; cell = line × detail, the finest balance; scope = warehouse or branch;
 * share = scope × tag; pool = SKU × share. Number 0 of a batch, serial, bin, status, tag and slot is none.
 */

import { appendRow } from '../columns/table.ts'
import { isBatchOwn, ownValuePolicy, type PoolPolicy } from './policy.ts'
import { isOwnValueBit } from './pool-flags.ts'
import type { StockLedger } from './stock-ledger.ts'

/** What tells goods of one line apart, in numbers of the dictionaries. */
export interface Detail {
  readonly batch: number
  readonly serial: number
  readonly bin: number
  /** 0 = 合格, else 1 + the place in `stockStatuses`. */
  readonly status: number
}

/** Neither batch nor serial number, bin or status. */
export const noCell = -1

/** The number of the line of a SKU at a warehouse of a branch; made where new, with its pool. */
export function lineOf(
  ledger: StockLedger,
  sku: number,
  warehouse: number,
  branch: number,
): number {
  const place = ledger.places.intern(warehouse, branch)
  const lines = ledger.lines.size
  const line = ledger.lines.intern(sku, place)
  if (line === lines) {
    appendRow(ledger.lineTable)
    ledger.lineTable.columns.quantity[line] = 0
    ledger.lineTable.columns.pool[line] = poolOfLine(ledger, line)
  }
  return line
}

/** The number of the cell of `line` with this detail; made where new. `noCell` where there is none. */
export function cellOf(ledger: StockLedger, line: number, detail: Detail): number {
  const tag = ledger.tags.intern(detail.batch, detail.serial)
  const slot = ledger.slots.intern(detail.bin, detail.status)
  if (tag === 0 && slot === 0) return noCell
  const cells = ledger.cells.size
  const cell = ledger.cells.intern(line, ledger.details.intern(tag, slot))
  if (cell === cells) {
    appendRow(ledger.cellTable)
    ledger.cellTable.columns.quantity[cell] = 0
  }
  return cell
}

/** The cell with this detail, `noCell` where there is none to tell apart, undefined while nothing lay there. */
export function findCell(ledger: StockLedger, line: number, detail: Detail): number | undefined {
  const tag = ledger.tags.find(detail.batch, detail.serial)
  const slot = ledger.slots.find(detail.bin, detail.status)
  if (tag === 0 && slot === 0) return noCell
  const found = tag < 0 || slot < 0 ? -1 : ledger.details.find(tag, slot)
  const cell = found < 0 ? -1 : ledger.cells.find(line, found)
  return cell < 0 ? undefined : cell
}

/** The pool of those goods of a line that have no tag. */
export function poolOfLine(ledger: StockLedger, line: number): number {
  return poolOf(ledger, line, 0)
}

/** The pool of goods of a line in a cell: of their tag, where it has a value of its own. */
export function poolOfGoods(ledger: StockLedger, line: number, cell: number): number {
  const tag = cell === noCell ? 0 : valuedTag(ledger, line, detailOfCell(ledger, cell))
  return tag === 0 ? (ledger.lineTable.columns.pool[line] as number) : poolOf(ledger, line, tag)
}

/** [OWN1] A piece always has a value of its own, a batch where company or product say so; 0 for neither. */
function valuedTag(ledger: StockLedger, line: number, { batch, serial }: Detail): number {
  if (serial !== 0) return ledger.tags.intern(0, serial)
  if (batch === 0) return 0
  const valuations = ledger.batchValuations(ledger.lines.first(line))
  const isOwn = ledger.policy.method === 'batch' || isBatchOwn(valuations, 0)
  return isOwn ? ledger.tags.intern(batch, 0) : 0
}

/** What the goods of a pool cost by. */
export function policyOfPool({ policy, poolTable }: StockLedger, pool: number): PoolPolicy {
  const isOwn = ((poolTable.columns.flags[pool] as number) & isOwnValueBit) !== 0
  return isOwn ? ownValuePolicy : policy
}

/** What tells the goods of a cell apart; of `noCell`, nothing. */
export function detailOfCell({ cells, details, tags, slots }: StockLedger, cell: number): Detail {
  if (cell === noCell) return nothing
  const detail = cells.second(cell)
  const tag = details.first(detail)
  const slot = details.second(detail)
  return {
    ...{ batch: tags.first(tag), serial: tags.second(tag) },
    ...{ bin: slots.first(slot), status: slots.second(slot) },
  }
}

/** Cells of a line, in no order. */
export function cellsOfLine(ledger: StockLedger, line: number): readonly number[] {
  return grouped(ledger.cellsByLine, ledger.cells.size, (cell) => ledger.cells.first(cell), line)
}

/** Pools of a SKU, in no order. */
export function poolsOfSku(ledger: StockLedger, sku: number): readonly number[] {
  return grouped(ledger.poolsBySku, ledger.pools.size, (pool) => ledger.pools.first(pool), sku)
}

/** −1 for a pool of the whole company. */
export function branchOfPool({ pools, shares, scopes }: StockLedger, pool: number): number {
  return scopes.second(shares.first(pools.second(pool))) - 1
}

/** −1 for a pool of more than one warehouse. */
export function warehouseOfPool({ pools, shares, scopes }: StockLedger, pool: number): number {
  return scopes.first(shares.first(pools.second(pool))) - 1
}

/** Batch and serial number whose goods alone the pool holds; 0 for all of them. */
export function tagOfPool(
  { pools, shares, tags }: StockLedger,
  pool: number,
): { readonly batch: number; readonly serial: number } {
  const tag = shares.second(pools.second(pool))
  return { batch: tags.first(tag), serial: tags.second(tag) }
}

/** Rows by a number that each of them belongs to, of the first `counted`: rows are only ever added. */
export interface GroupedRows {
  counted: number
  readonly rows: Map<number, number[]>
}

export function openGroups(): GroupedRows {
  return { counted: 0, rows: new Map() }
}

const nothing: Detail = { batch: 0, serial: 0, bin: 0, status: 0 }
const noRows: readonly number[] = []

function grouped(
  groups: GroupedRows,
  size: number,
  groupOf: (row: number) => number,
  group: number,
): readonly number[] {
  for (; groups.counted < size; groups.counted++) {
    const key = groupOf(groups.counted)
    const known = groups.rows.get(key)
    if (known === undefined) groups.rows.set(key, [groups.counted])
    else known.push(groups.counted)
  }
  return groups.rows.get(group) ?? noRows
}

function poolOf(ledger: StockLedger, line: number, tag: number): number {
  const scope = scopeOf(ledger, ledger.lines.second(line))
  const pools = ledger.pools.size
  const share = ledger.shares.intern(scope, tag)
  const pool = ledger.pools.intern(ledger.lines.first(line), share)
  if (pool === pools) {
    appendRow(ledger.poolTable)
    if (tag !== 0) ledger.poolTable.columns.flags[pool] = isOwnValueBit
    ledger.chains.addPool()
  }
  return pool
}

function scopeOf({ places, scopes, policy, isApart }: StockLedger, place: number): number {
  const isCompanys = policy.scope === 'company' && !isApart(places.second(place))
  const branch = isCompanys ? 0 : places.second(place) + 1
  return scopes.intern(policy.scope === 'warehouse' ? places.first(place) + 1 : 0, branch)
}
