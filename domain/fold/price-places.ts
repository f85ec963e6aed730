/**
 * Where each version of a reference price (参考进价) was said, and when the server told the company of it: by that
 * it counts in a branch [MRG7], and in a month that this has closed [SEL14], or not.
 */

import { appendRow, openTable, type Table } from '#domain/ledgers/columns/table.ts'
import { compareTexts } from '#domain/ledgers/stock/order.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import type { Names } from './names.ts'
import { coverageOf, type SealBook } from './seals.ts'
import type { versionSchema } from './master-tables.ts'

export const referencePriceField = 'referencePurchasePrice'

/** A row per version of a reference price. */
export const pricePlaceSchema = {
  version: 'i32',
  /** In whose journal its device has said it, −1 while only a relay is known; and its number there. */
  branch: 'i32',
  seq: 'f64',
  /** Clock of the first record of the company's journals that says or brings it; infinite while there is none. */
  heard: 'f64',
} as const

export interface PricePlaces {
  readonly table: Table<typeof pricePlaceSchema>
  /** Rows by version; made when first needed. */
  rowByVersion: Map<number, number> | undefined
}

/** The record in which a version came: the one that says it, or the relay of that. */
export type Carrier = Pick<JournalRecord, 'id' | 'branch' | 'seq' | 'hlc'>

export function openPricePlaces(
  table: Table<typeof pricePlaceSchema> = openTable(pricePlaceSchema),
): PricePlaces {
  return { table, rowByVersion: undefined }
}

/** False where nothing new is known by it. */
export function notePricePlace(
  places: PricePlaces,
  names: Names,
  version: number,
  { said, carrier }: { readonly said: string; readonly carrier: Carrier },
): boolean {
  const row = rowOf(places, version) ?? addRow(places, version)
  const { branch, seq, heard } = places.table.columns
  if (carrier.branch === 'all') {
    if (carrier.hlc >= (heard[row] as number)) return false
    heard[row] = carrier.hlc
    return true
  }
  // What the company has not been told of counts where it was said.
  if (said !== carrier.id) return false
  const here = names.branches.intern(carrier.branch)
  const there = branch[row] as number
  // Of a broken device that has said it in several places, the same one for everybody.
  const order = there < 0 ? 1 : compareTexts(names.branches.text(there), carrier.branch)
  if (order < 0 || (order === 0 && (seq[row] as number) <= carrier.seq)) return false
  branch[row] = here
  seq[row] = carrier.seq
  return true
}

/**
 * Whether the version counts for goods of a branch: said there, or told to the company; under the seal `index`,
 * where there is one, by the time that the server said it.
 */
export function countsUnder(
  places: PricePlaces,
  versions: Table<typeof versionSchema>,
  version: number,
  asked: { readonly branch: number; readonly book: SealBook; readonly index: number },
): boolean {
  const row = rowOf(places, version)
  const seal = asked.book.seals[asked.index]
  if (row === undefined) return false
  const { branch, seq, heard } = places.table.columns
  if ((heard[row] as number) < (seal?.hlc ?? Number.POSITIVE_INFINITY)) return true
  if (branch[row] !== asked.branch) return false
  if (seal === undefined) return true
  const { device, audience } = versions.columns
  const place = {
    ...{ branch: asked.branch, seq: seq[row] as number },
    ...{ device: device[version] as number, audience: audience[version] as number },
  }
  return coverageOf(asked.book, place) <= asked.index
}

function addRow(places: PricePlaces, version: number): number {
  const row = appendRow(places.table)
  const { version: versions, branch, seq, heard } = places.table.columns
  versions[row] = version
  branch[row] = -1
  seq[row] = -1
  heard[row] = Number.POSITIVE_INFINITY
  places.rowByVersion?.set(version, row)
  return row
}

function rowOf(places: PricePlaces, version: number): number | undefined {
  const { version: versions } = places.table.columns
  places.rowByVersion ??= new Map(
    Array.from({ length: places.table.rows }, (_, row) => [versions[row] as number, row]),
  )
  return places.rowByVersion.get(version)
}
