/** [J6] Parts of postings: which record stands for an audience of a posting. */

import { appendRow } from '#domain/ledgers/columns/table.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import type { RecordOf } from '#domain/records/kinds.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { previousVersionId } from '#domain/values/document-version.ts'
import { compareStamps } from './compare-stamps.ts'
import { coverageOfPart } from './coverage.ts'
import { isLaterVersionBit, isLeadBit, isSuppliedBit, isUnpricedBit } from './document-tables.ts'
import type { FoldState } from './fold-state.ts'

export type PartRecord = RecordOf<'posted.v1'> | RecordOf<'part-supplied.v1'>

/** A record with enough of its hash to tell it from another of the same id. */
export interface Hashed<Known> {
  readonly record: Known
  readonly hash: number
  /** Of a record that the server has relayed. */
  readonly relay?: Relay
}

/** The server's record that brought another: in the journals of this branch, at this place of its chain. */
export interface Relay {
  readonly branch: string
  readonly device: string
  readonly seq: number
}

/** The branch in whose state a record counts: what is relayed to the company is still its own branch's. */
export function branchIn({ record, relay }: Hashed<{ readonly branch: string }>): string {
  return relay === undefined || relay.branch === 'all' ? record.branch : relay.branch
}

/** Where a row of parts or reversals says that its record stands. */
interface PlaceColumns {
  readonly chain: Writable
  readonly seq: Writable
}

interface Writable {
  [row: number]: number
}

/** Writes down where a seal must reach to cover the record. */
export function putPlace(
  state: Pick<FoldState, 'names'>,
  { chain, seq }: PlaceColumns,
  row: number,
  { record, relay }: Hashed<{ readonly device: string; readonly seq: number }>,
): void {
  const place = relay ?? record
  chain[row] = state.names.devices.intern(place.device)
  seq[row] = place.seq
}

/** Adds the record to the parts of its document; −1 when it is there already. */
export function addPart(state: FoldState, document: number, posted: Hashed<PartRecord>): number {
  const { record, hash } = posted
  const { names, parts, documents } = state
  for (const part of partsOf(state, document)) {
    const isSame = parts.columns.hash[part] === hash
    if (isSame && names.texts.equals(parts.columns.record[part] as number, record.id)) return -1
  }
  const row = appendRow(parts)
  const columns = parts.columns
  const isSupplied = record.kind === 'part-supplied.v1'
  const isLead = !isSupplied && record.body.part === record.body.lead
  columns.document[row] = document
  columns.audience[row] = audiences.indexOf(record.body.part)
  const isLater = previousVersionId(record.body.docId) !== undefined
  columns.kind[row] =
    (isLead ? isLeadBit : 0) |
    (isSupplied ? isSuppliedBit : 0) |
    (isLater ? isLaterVersionBit : 0) |
    (isUnpriced(record.body) ? isUnpricedBit : 0)
  if (isLater) state.laterVersions.add(document)
  columns.record[row] = names.texts.append(record.id)
  columns.hash[row] = hash
  columns.posting[row] = names.texts.append(record.body.postingId)
  columns.hlc[row] = record.hlc
  columns.device[row] = names.devices.intern(record.device)
  columns.home[row] = names.branches.intern(record.branch)
  putPlace(state, columns, row, posted)
  columns.amount[row] = sumOf(record.body, 'amount') - reductionsIn(record.body)
  columns.tax[row] = sumOf(record.body, 'tax')
  columns.next[row] = documents.columns.parts[document] as number
  documents.columns.parts[document] = row
  return row
}

function isUnpriced({ part, lines }: PostedBody): boolean {
  return part !== 'goods' && lines.every((line) => line['amount'] === undefined)
}

/** 优惠金额 and 抹零 of the whole document. */
/** 优惠 and 抹零 of a part, fen. */
export function reductionsIn({ header }: Pick<PostedBody, 'header'>): number {
  return numberIn(header, 'discount') + numberIn(header, 'roundOff')
}

function sumOf({ lines }: PostedBody, field: string): number {
  return lines.reduce((sum, line) => sum + numberIn(line, field), 0)
}

function numberIn(fields: { readonly [name: string]: Json }, field: string): number {
  const value = fields[field]
  return typeof value === 'number' ? value : 0
}

/** Rows of all parts of a document's postings, in no order. */
export function* partsOf({ documents, parts }: FoldState, document: number): Generator<number> {
  let part = documents.columns.parts[document] as number
  for (; part >= 0; part = parts.columns.next[part] as number) yield part
}

/** [F2] Leads of different postings of one document, the one that should be in force first; one alone in good order. */
export function leadsOf(state: FoldState, document: number): number[] {
  return [...partsOf(state, document)]
    .filter((part) => isLeadPart(state, part))
    .sort((a, b) => compareLeads(state, a, b))
}

export function compareLeads(state: FoldState, a: number, b: number): number {
  const { audience } = state.parts.columns
  return (
    (audience[a] as number) - (audience[b] as number) ||
    coverageOfPart(state, a) - coverageOfPart(state, b) ||
    compareStamps(state.names, state.parts.columns, a, b)
  )
}

export function isLeadPart({ parts }: FoldState, part: number): boolean {
  return ((parts.columns.kind[part] as number) & isLeadBit) !== 0
}

/**
 * The record that stands for an audience in the posting in force, −1 while it is pending. What an earlier
 * seal covers stays; then the poster's own part before supplied ones, the first by (hlc, device).
 */
export function partInForce(state: FoldState, document: number, audience: Audience): number {
  const { documents, parts } = state
  const lead = documents.columns.lead[document] as number
  if (lead < 0) return -1
  const wanted = audiences.indexOf(audience)
  if (parts.columns.audience[lead] === wanted) return lead
  let chosen = -1
  for (const part of partsOf(state, document)) {
    if (parts.columns.audience[part] !== wanted || !isOfPosting(state, part, lead)) continue
    if (chosen < 0 || compareParts(state, part, chosen) < 0) chosen = part
  }
  return chosen
}

/** Whether two parts are of one posting, and of the branch that made it. */
export function isOfPosting({ names, parts }: FoldState, part: number, other: number): boolean {
  const { posting, home } = parts.columns
  if (home[part] !== home[other]) return false
  return names.texts.equals(posting[part] as number, names.texts.read(posting[other] as number))
}

function compareParts(state: FoldState, a: number, b: number): number {
  const { kind } = state.parts.columns
  return (
    coverageOfPart(state, a) - coverageOfPart(state, b) ||
    ((kind[a] as number) & isSuppliedBit) - ((kind[b] as number) & isSuppliedBit) ||
    compareStamps(state.names, state.parts.columns, a, b)
  )
}
