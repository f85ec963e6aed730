/**
 * Documents as far as loose records say them: records that stand in no fold, because somebody has still to
 * decide about them. Each is read by itself; what it would come to is not asked.
 */
import { reductionsOf } from '#domain/doctype/reductions.ts'
import { definitionOf } from '#domain/registry.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import { checkRecord, type KnownRecord } from '#domain/records/kinds.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { type Hlc, hlcMs } from '#domain/values/hybrid-clock.ts'
import type { LooseDocument } from '#client/engine/face/face.ts'
import { type Reading, userName } from './reading.ts'

export interface LooseRecords {
  readonly documents: readonly (LooseDocument & { readonly hlc: number })[]
  /** Records that are no documents. */
  readonly others: number
}

type DocumentRecord = Extract<
  KnownRecord,
  { kind: 'posted.v1' | 'part-supplied.v1' | 'reversed.v1' | 'unapproved.v1' }
>

const acts = {
  'posted.v1': 'posted',
  'part-supplied.v1': 'supplied',
  'reversed.v1': 'reversed',
  'unapproved.v1': 'unapproved',
} as const

/** In the order in which their device wrote them; parts of one act are one row. */
export function looseDocuments(
  reading: Reading | undefined,
  records: readonly Uint8Array[],
): LooseRecords {
  const rows = new Map<string, LooseDocument & { hlc: number }>()
  let others = 0
  for (const bytes of records) {
    const record = documentRecordOf(bytes)
    if (record === undefined) {
      others += 1
      continue
    }
    const key = `${record.kind}|${record.body.docId}`
    const row = rowOf(reading, record)
    const before = rows.get(key)
    rows.set(key, before === undefined ? row : joined(before, row))
  }
  const documents = [...rows.values()].sort((one, other) => one.hlc - other.hlc)
  return { documents, others }
}

function documentRecordOf(bytes: Uint8Array): DocumentRecord | undefined {
  const decoded = decodeRecord(bytes)
  const known = decoded.ok ? checkRecord(decoded.value.record) : decoded
  if (!known.ok) return undefined
  const record = known.value
  return record.kind in acts ? (record as DocumentRecord) : undefined
}

function rowOf(
  reading: Reading | undefined,
  record: DocumentRecord,
): LooseDocument & { hlc: number } {
  const { kind, body, at, hlc, by } = record
  const known = reading?.fold.documents.get(body.docId)
  const amount = 'lines' in body ? amountOf(body) : undefined
  return {
    ...{ docId: body.docId, act: acts[kind], at, hlc, recordedAt: hlcMs(hlc as Hlc) },
    type: 'type' in body ? body.type : (known?.type ?? ''),
    number: 'number' in body ? body.number : (known?.number ?? ''),
    byName: reading === undefined ? '' : userName(reading, by),
    ...(amount === undefined ? {} : { amount }),
  }
}

/** Of the part whose lines have the amounts. */
function amountOf({ type, part, lines, header }: PostedBody): number | undefined {
  if (definitionOf(type)?.lines['amount']?.audience !== part) return undefined
  const sum = lines.reduce((total, { amount }) => total + numberOf(amount), 0)
  return sum - reductionsOf(header)
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

function joined(
  one: LooseDocument & { hlc: number },
  other: LooseDocument & { hlc: number },
): LooseDocument & { hlc: number } {
  const amount = one.amount ?? other.amount
  const first = one.hlc <= other.hlc ? one : other
  return { ...first, ...(amount === undefined ? {} : { amount }) }
}
