/**
 * How a record is kept: its packed bytes, 64 bytes of signature when it is the last of its commit,
 * and one flag byte. The hash of a record is the SHA-256 of its packed bytes; the signature signs it.
 */

import { assert } from '#domain/values/assert.ts'
import { canonicalText, type Json } from '#domain/values/canonical-text.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { limitRecordBytes } from '#domain/values/limits.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { packJson } from './pack-json.ts'
import { checkEnvelope, type JournalRecord, type RecordProblem } from './record.ts'
import type { PackedProblem } from './packed-tape.ts'
import { unpackJson } from './unpack-json.ts'

/** First byte of a record: the packed form with dictionary 1. Another form gets another number. */
const formByte = 1
const signatureBytes = 64
const flag = { unsigned: 0, signed: 1 } as const

/** Bytes that a stored value holds at most. */
export const limitStoredBytes = limitRecordBytes + signatureBytes + 1

/** SHA-256 as 64 lower-case hex digits; where the platform has a faster one, it is handed in. */
export type HashOf = (bytes: Uint8Array) => string

/** One record as read from a journal. */
export interface StoredRecord {
  readonly record: JournalRecord
  /** 64 hex digits: SHA-256 of the packed bytes. */
  readonly hash: string
  /** 64 bytes, raw r||s, over `hash`; on the last record of a commit. */
  readonly signature?: Uint8Array
}

/** The bytes that are hashed: the form byte and the packed record [REC2]. */
export function packRecord(record: JournalRecord): Uint8Array {
  const packed = packJson(record as unknown as Json)
  const bytes = new Uint8Array(1 + packed.length)
  bytes[0] = formByte
  bytes.set(packed, 1)
  return bytes
}

/** The stored value of packed bytes: with the signature of their hash, or without one. */
export function storedBytes(packed: Uint8Array, signature?: Uint8Array): Uint8Array {
  assert(signature === undefined || signature.length === signatureBytes, 'a signature is 64 bytes')
  const bytes = new Uint8Array(packed.length + (signature?.length ?? 0) + 1)
  bytes.set(packed)
  if (signature !== undefined) bytes.set(signature, packed.length)
  bytes[bytes.length - 1] = signature === undefined ? flag.unsigned : flag.signed
  return bytes
}

/** Whether a stored value says that it ends a commit; not whether its signature holds. */
export function isSigned(bytes: Uint8Array): boolean {
  return bytes[bytes.length - 1] === flag.signed
}

/** The stored value of a record. */
export function encodeRecord(record: JournalRecord, signature?: Uint8Array): Uint8Array {
  return storedBytes(packRecord(record), signature)
}

/**
 * Reads a stored value, strictly; the record is frozen. Bodies are checked by `checkRecord`, so that
 * a record of a kind from a newer build can be kept, chained and passed on [REC4].
 */
export function decodeRecord(
  bytes: Uint8Array,
  hashOf: HashOf = sha256Hex,
): Result<StoredRecord, RecordProblem> {
  const split = splitStored(bytes)
  if (!split.ok) return split
  const { packed, signature } = split.value
  const unpacked = unpackJson(packed.subarray(1))
  if (!unpacked.ok) return fail(problemOf(unpacked.problem))
  const problem = checkEnvelope(unpacked.value)
  if (problem !== undefined) return fail({ code: 'malformed-record', ...problem })
  const record = unpacked.value as unknown as JournalRecord
  const hash = hashOf(packed)
  return done(
    signature === undefined ? { record, hash } : { record, hash, signature: signature.slice() },
  )
}

/** The record as canonical text: for people, exports and goldens; never what is hashed. */
export function recordText(record: JournalRecord): string {
  return canonicalText(record as unknown as Json)
}

/** Views of a stored value: of what is hashed, and of what signs it. */
interface SplitStored {
  /** The form byte and the packed record. */
  readonly packed: Uint8Array
  readonly signature?: Uint8Array
}

/** Takes a stored value apart; `packed` is of a form that is known, and not too large. */
export function splitStored(bytes: Uint8Array): Result<SplitStored, RecordProblem> {
  if (bytes.length > limitStoredBytes) return fail({ code: 'too-large' })
  const flagByte = bytes[bytes.length - 1]
  if (flagByte === flag.unsigned) return splitPacked({ packed: bytes.subarray(0, -1) })
  if (flagByte !== flag.signed) return fail({ code: 'not-canonical' })
  const end = bytes.length - 1 - signatureBytes
  if (end < 1) return fail({ code: 'truncated' })
  return splitPacked({ packed: bytes.subarray(0, end), signature: bytes.subarray(end, -1) })
}

function splitPacked(split: SplitStored): Result<SplitStored, RecordProblem> {
  const form = split.packed[0]
  if (form === undefined) return fail({ code: 'truncated' })
  if (form !== formByte) return fail({ code: 'unknown-form', form })
  return split.packed.length > limitRecordBytes ? fail({ code: 'too-large' }) : done(split)
}

function problemOf({ code }: PackedProblem): RecordProblem {
  return { code: code === 'truncated' ? 'truncated' : 'not-canonical' }
}
