/** Writes real records into real journals: numbered, chained and hashed as a device would. */

import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import type { Audience } from '#domain/records/audience.ts'
import { base64Text } from '#domain/records/base64.ts'
import { journalNameText } from '#domain/records/journal-name.ts'
import { type JournalRecord, journalOf } from '#domain/records/record.ts'
import { decodeRecord, encodeRecord } from '#domain/records/record-bytes.ts'
import type { Month } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import type { RecordId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'

/** A UUID that a readable name stands for: the same name, the same id, in every test. */
export function idOf(kind: string, name: string): string {
  const hex = sha256Hex(`${kind}:${name}`)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`]
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

export const organization = idOf('organization', 'tests')

export interface Writing {
  /** Name of a tablet, or 'server-1'. */
  readonly device: string
  /** Name of a branch, or 'all'. */
  readonly branch: string
  readonly audience: Audience
  readonly kind: string
  readonly body: Json
  /** Trade moment, ms. */
  readonly at: number
  /** When it was written, ms; by default one minute after the record before. */
  readonly writtenAt?: number
  readonly id?: string
  readonly shard?: string
}

const firstMs = 1_767_225_600_000

/** One world of devices; the records it has written, in the order of writing. */
export class JournalWriter {
  readonly #tails = new Map<string, { readonly seq: number; readonly hash: string }>()
  readonly #bytes = new Map<string, Uint8Array>()
  #written: number

  /** `written`: as if so many records had been written before. */
  constructor(written = 0) {
    this.#written = written
  }

  /** Records written so far. */
  get count(): number {
    return this.#written
  }

  write(writing: Writing): FoldEntry {
    const { device, branch, audience, kind, body, at } = writing
    this.#written++
    const chain = `${device}|${branch}|${audience}`
    const tail = this.#tails.get(chain)
    const writtenAt = writing.writtenAt ?? firstMs + this.#written * 60_000
    const record: JournalRecord = {
      v: 1,
      kind,
      id: (writing.id ?? idOf('record', String(this.#written))) as RecordId,
      org: organization,
      branch: branch === 'all' ? 'all' : idOf('branch', branch),
      audience,
      shard: (writing.shard ?? '2026-01') as Month,
      device: device.startsWith('server-') ? device : idOf('device', device),
      by: device.startsWith('server-') ? 'server' : idOf('user', device),
      seq: tail === undefined ? 0 : tail.seq + 1,
      prev: tail?.hash ?? '',
      hlc: hlc(writtenAt, 0),
      at: at as Instant,
      offset: { ms: 0, ageMs: 0 },
      build: 'test',
      body,
    }
    const entry = this.entryOf(record)
    this.#tails.set(chain, { seq: record.seq, hash: entry.hash })
    return entry
  }

  /** The record as it is read back from its bytes. */
  entryOf(record: JournalRecord): FoldEntry {
    const bytes = encodeRecord(record)
    const stored = decodeRecord(bytes)
    if (!stored.ok) throw new Error(`test record refused: ${JSON.stringify(stored.problem)}`)
    this.#bytes.set(record.id, bytes)
    return { journal: journalNameText(journalOf(record)), ...stored.value }
  }

  /** A relay of `entry` by the server, in its journal of a branch. */
  relay(entry: FoldEntry, branch: string, audience: Audience = entry.record.audience): FoldEntry {
    const bytes = this.#bytes.get(entry.record.id) ?? encodeRecord(entry.record)
    const body = { record: base64Text(bytes), from: entry.journal }
    const { at } = entry.record
    return this.write({ device: 'server-1', branch, audience, kind: 'relayed.v1', body, at })
  }
}
