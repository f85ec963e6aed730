/**
 * Text or packed: bytes and time of real records of 1, 10, 100 and 1,000 lines, goods part and sales
 * part. `node tests/bench/record-size.ts`; figures and decision in
 * `docs/decisions/2026-11-22-record-format.md`.
 */

import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Audience } from '#domain/records/audience.ts'
import { checkRecord } from '#domain/records/kinds.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import {
  exampleMs,
  examplePosting,
  exampleRecord,
  exampleUuid,
} from '#domain/records/record.examples.ts'
import { decodeRecord, encodeRecord, packRecord, recordText } from '#domain/records/record-bytes.ts'
import { deepFreeze, parseCanonical } from '#domain/values/canonical-text.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'

const lineCounts = [1, 10, 100, 1_000] as const
const parts: readonly Audience[] = ['goods', 'sales']
const utf8 = new TextEncoder()
const fromUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Real ids for example ones: the same for the same, UUIDv7 of one morning, otherwise random. */
const realIdByExample = new Map<string, string>()

function realId(example: string): string {
  const kept = realIdByExample.get(example)
  if (kept !== undefined) return kept
  const timeMs = exampleMs + realIdByExample.size * 300
  const hex = timeMs.toString(16).padStart(12, '0') + randomBytes(10).toString('hex')
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ]
  const real = [...parts, hex.slice(20)].join('-')
  realIdByExample.set(example, real)
  return real
}

function withRealIds(record: JournalRecord): JournalRecord {
  const text = recordText(record).replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, realId)
  return JSON.parse(text) as JournalRecord
}

/** A posted part in the middle of a chain. */
function recordOf(audience: Audience, lines: number, number: number): JournalRecord {
  const id = 100 * number
  const record = exampleRecord({
    id: asId<RecordId>(exampleUuid(audience === 'goods' ? id : id + 3)),
    audience,
    seq: number + 1,
    prev: createHash('sha256').update(String(number)).digest('hex'),
    body: examplePosting(audience, lines, id),
  })
  return withRealIds(record)
}

function sizeRow(audience: Audience, lines: number) {
  const record = recordOf(audience, lines, 7)
  const text = utf8.encode(recordText(record))
  const packed = packRecord(record)
  return {
    part: audience,
    lines,
    text: text.length,
    'text, gzip': gzipSync(text, { level: 9 }).length,
    packed: packed.length,
    'packed, gzip': gzipSync(packed, { level: 9 }).length,
    'text ÷ packed': (text.length / packed.length).toFixed(1),
  }
}

/** A journal of 1,000 documents of five lines, as one file. */
function journalRow(audience: Audience) {
  const records = Array.from({ length: 1_000 }, (_, i) => recordOf(audience, 5, i))
  const text = utf8.encode(records.map(recordText).join('\n'))
  const packed = Buffer.concat(records.map((record) => encodeRecord(record)))
  return {
    part: audience,
    text: text.length,
    'text, gzip': gzipSync(text).length,
    packed: packed.length,
    'packed, gzip': gzipSync(packed).length,
  }
}

/** Microseconds of processor for one record: the best of several passes over many. */
function bestUs(count: number, pass: () => void): number {
  const passesUs = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage()
    pass()
    return process.cpuUsage(before).user
  })
  return Math.round((Math.min(...passesUs) / count) * 10) / 10
}

function timeRow(lines: number) {
  const count = lines >= 100 ? 300 : 3_000
  const records = Array.from({ length: count }, (_, i) => recordOf('goods', lines, i))
  const texts = records.map((record) => utf8.encode(recordText(record)))
  const stored = records.map((record) => encodeRecord(record))
  return {
    lines,
    'text: read, freeze, hash': bestUs(count, () => texts.forEach(readText)),
    'packed: read, freeze, hash': bestUs(count, () => stored.forEach(readPacked)),
    'and check the body': bestUs(count, () => stored.forEach(readWhole)),
    'text: write': bestUs(count, () =>
      records.forEach((record) => utf8.encode(recordText(record))),
    ),
    'packed: write': bestUs(count, () => records.forEach((record) => packRecord(record))),
  }
}

function readText(bytes: Uint8Array): void {
  const parsed = parseCanonical(fromUtf8.decode(bytes))
  if (!parsed.ok) throw new Error(parsed.problem.code)
  deepFreeze(parsed.value)
  sha256Hex(bytes)
}

function readPacked(bytes: Uint8Array): void {
  const decoded = decodeRecord(bytes)
  if (!decoded.ok) throw new Error(decoded.problem.code)
}

function readWhole(bytes: Uint8Array): void {
  const decoded = decodeRecord(bytes)
  if (!decoded.ok || !checkRecord(decoded.value.record).ok) throw new Error('not whole')
}

console.log('Bytes of one record, without signature')
console.table(lineCounts.flatMap((lines) => parts.map((part) => sizeRow(part, lines))))
console.log('Bytes of a journal of 1,000 documents of five lines')
console.table(parts.map(journalRow))
console.log('Microseconds for one goods part')
console.table([1, 5, 10, 100].map(timeRow))
