/** Documents, the parts of their postings and their reversals, as columns. Texts are in the heap. */

import { openTable, type Table } from '#domain/ledgers/columns/table.ts'

/** A row per document of a branch, made when anything first speaks of it; `lead` < 0: not posted yet. */
export const documentSchema = {
  branch: 'i32',
  /** Row of the lead part in force [F2], −1 for none. */
  lead: 'i32',
  /** First of its parts, −1 for none; they are chained by `next`. */
  parts: 'i32',
  /** First of its reversals, −1 for none; they are chained by `next`. */
  reversals: 'i32',
  /** Row of the reversal that counts [F3], −1 for none. */
  reversal: 'i32',
  type: 'i32',
  number: 'i32',
  by: 'i32',
  /** 业务时间, ms. */
  at: 'f64',
  /** When it takes effect: later than `at` where that was closed before the document was known [F8]. */
  effective: 'f64',
  /** Audiences that the posting in force has named parts for, a bit each. */
  named: 'u8',
  /** Movements of the posting in force: `count` rows from `first`. */
  first: 'i32',
  count: 'i32',
  /** Movements that mirror them: `count` rows from here, −1 for none. */
  mirrors: 'i32',
} as const

/** A row per record that is a part of a posting. */
export const partSchema = {
  document: 'i32',
  /** Index in `audiences`. */
  audience: 'u8',
  /** Bits: `isLeadBit`, `isSuppliedBit`, `isLaterVersionBit`, `isUnpricedBit`. */
  kind: 'u8',
  record: 'i32',
  /** First 48 bits of the record's hash: two records of one id are two. */
  hash: 'f64',
  posting: 'i32',
  hlc: 'f64',
  device: 'i32',
  /** Branch in which it was posted. */
  home: 'i32',
  /** Whose chain holds it, and its place there, which decide whether a seal covers it: the relay's of one that was relayed. */
  chain: 'i32',
  seq: 'f64',
  /** Fen: what its lines say under `amount`, less `discount` and `roundOff`, and under `tax`; 0 where they say nothing. */
  amount: 'f64',
  tax: 'f64',
  next: 'i32',
} as const

/** The part whose (hlc, device) decides force. */
export const isLeadBit = 1
/** Written later by somebody who may, not by the poster. */
export const isSuppliedBit = 2
/** Of a version that was reopened before. */
export const isLaterVersionBit = 4
/** A part with money in which no line says an amount: a request that names suppliers alone. */
export const isUnpricedBit = 8

/** A row per record that takes a document back: a reversal (红冲) or an unapproval (反审核). */
export const reversalSchema = {
  document: 'i32',
  isUnapproval: 'u8',
  audience: 'u8',
  record: 'i32',
  /** As of a part. */
  hash: 'f64',
  number: 'i32',
  reason: 'i32',
  at: 'f64',
  /** As of a document. */
  effective: 'f64',
  hlc: 'f64',
  device: 'i32',
  /** As of a part. */
  home: 'i32',
  chain: 'i32',
  seq: 'f64',
  by: 'i32',
  next: 'i32',
} as const

/** A row per leg that refers to a leg of another document. */
export const referenceSchema = {
  /** Movement that refers, −1 when it is not in force any more. */
  child: 'i32',
  /** Document that it refers to. */
  document: 'i32',
  /** Name of the leg there. */
  leg: 'i32',
} as const

export type DocumentTable = Table<typeof documentSchema>
export type PartTable = Table<typeof partSchema>
export type ReversalTable = Table<typeof reversalSchema>
export type ReferenceTable = Table<typeof referenceSchema>

export function openDocumentTables(): {
  documents: DocumentTable
  parts: PartTable
  reversals: ReversalTable
  references: ReferenceTable
} {
  return {
    documents: openTable(documentSchema),
    parts: openTable(partSchema),
    reversals: openTable(reversalSchema),
    references: openTable(referenceSchema),
  }
}
