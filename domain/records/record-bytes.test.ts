import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isFields } from './shape.ts'
import { limitRecordBytes } from '#domain/values/limits.ts'
import { exampleMonth, examplePosting, exampleRecord, exampleUuid } from './record.examples.ts'
import type { JournalRecord } from './record.ts'
import {
  decodeRecord,
  encodeRecord,
  limitStoredBytes,
  packRecord,
  recordText,
  storedBytes,
} from './record-bytes.ts'
import { packJson } from './pack-json.ts'

const signature = Uint8Array.from({ length: 64 }, (_, i) => i)

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const changed = bytes.slice()
  changed[at < 0 ? bytes.length + at : at] = byte
  return changed
}

function decoded(bytes: Uint8Array) {
  const result = decodeRecord(bytes)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

/** What is wrong with a record that differs from a good one by `change`. */
function envelopeProblem(change: { readonly [field: string]: unknown }) {
  const record = { ...exampleRecord(), ...change } as unknown as JournalRecord
  const result = decodeRecord(encodeRecord(record))
  return result.ok ? undefined : result.problem
}

describe('stored value of a record', () => {
  it('[REC2] reads back the record, its hash and its signature', () => {
    const record = exampleRecord()
    const plain = decoded(encodeRecord(record))
    expect(plain.record).toEqual(record)
    expect(plain.signature).toBeUndefined()
    const signed = decoded(encodeRecord(record, signature))
    expect(signed.record).toEqual(record)
    expect(signed.signature).toEqual(signature)
    expect(signed.hash).toBe(plain.hash)
  })

  it('[REC2] hashes the packed bytes with SHA-256, without signature and flag', () => {
    const record = exampleRecord()
    const expected = createHash('sha256').update(packRecord(record)).digest('hex')
    expect(decoded(encodeRecord(record)).hash).toBe(expected)
    expect(decoded(encodeRecord(record, signature)).hash).toBe(expected)
  })

  it('[REC2] keeps the hash of a record for ever', () => {
    expect(decoded(encodeRecord(exampleRecord())).hash).toBe(
      '905ab4c6bf87624ce9c0237cb436061dc111a8edca858bd0f9e3853918e5f2bd',
    )
  })

  it('[REC2] refuses a flag that is none, a signature that is cut, and nothing at all', () => {
    const bytes = encodeRecord(exampleRecord(), signature)
    expect(decodeRecord(withByte(bytes, -1, 2))).toMatchObject({
      problem: { code: 'not-canonical' },
    })
    expect(decodeRecord(withByte(bytes, -1, 0))).toMatchObject({
      problem: { code: 'not-canonical' },
    })
    expect(decodeRecord(Uint8Array.of(1, 2, 1))).toMatchObject({ problem: { code: 'truncated' } })
    expect(decodeRecord(Uint8Array.of(0))).toMatchObject({ problem: { code: 'truncated' } })
    expect(decodeRecord(new Uint8Array(0))).toMatchObject({ problem: { code: 'not-canonical' } })
  })

  it('[REC2] refuses a value above the limit before it reads it', () => {
    const large = new Uint8Array(limitStoredBytes + 1)
    expect(decodeRecord(large)).toMatchObject({ problem: { code: 'too-large' } })
    const packed = new Uint8Array(limitRecordBytes + 1).fill(1)
    expect(decodeRecord(storedBytes(packed))).toMatchObject({ problem: { code: 'too-large' } })
  })

  it('[REC4] says which form it does not know', () => {
    const bytes = withByte(encodeRecord(exampleRecord()), 0, 9)
    expect(decodeRecord(bytes)).toMatchObject({ problem: { code: 'unknown-form', form: 9 } })
  })

  it('[REC4] reads the envelope of a kind that this build does not know', () => {
    const record = exampleRecord({ kind: 'weighed.v7', body: { anything: [1, 'x'] } })
    expect(decoded(encodeRecord(record)).record).toEqual(record)
  })

  it('[REC12] freezes what it reads, all the way down', () => {
    const { record } = decoded(encodeRecord(exampleRecord()))
    expect(Object.isFrozen(record)).toBe(true)
    expect(Object.isFrozen(record.offset)).toBe(true)
    if (!isFields(record.body)) throw new Error('a body has fields')
    expect(Object.isFrozen(record.body['lines'])).toBe(true)
  })

  it('[REC2] does not change with the bytes that it was read from', () => {
    const bytes = encodeRecord(exampleRecord(), signature)
    const { signature: kept } = decoded(bytes)
    bytes.fill(0)
    expect(kept).toEqual(signature)
  })

  it('[REC2] can be shown as canonical text', () => {
    expect(JSON.parse(recordText(exampleRecord()))).toEqual(exampleRecord())
  })

  it('[REC2] keeps a document of a thousand lines below the limit', () => {
    const record = exampleRecord({ body: examplePosting('goods', 1_000, 10) })
    expect(packRecord(record).length).toBeLessThan(limitRecordBytes / 2)
  })
})

describe('envelope', () => {
  it('[REC1] has exactly its keys', () => {
    const { build: _, ...rest } = exampleRecord()
    const missing = decodeRecord(encodeRecord(rest as JournalRecord))
    expect(missing).toMatchObject({
      problem: { code: 'malformed-record', path: 'build', reason: 'missing' },
    })
    expect(envelopeProblem({ extra: 1 })).toMatchObject({ path: 'extra', reason: 'unexpected' })
    expect(decodeRecord(storedBytes(Uint8Array.of(1, ...packJson([]))))).toMatchObject({
      problem: { code: 'malformed-record', path: '', reason: 'not-fields' },
    })
  })

  it('[REC1] holds each key to its form', () => {
    const server = { device: 'server-1', by: 'server' }
    const wrong: readonly { readonly [key: string]: unknown }[] = [
      ...[{ v: 2 }, { v: '1' }, { kind: 'posted' }, { kind: 'Posted.v1' }, { kind: 'posted.v0' }],
      ...[{ id: 'a' }, { org: 'ORG' }, { branch: 'shop' }, { audience: 'all' }, { by: 'nobody' }],
      ...[{ shard: '2026-13' }, { shard: '202611' }, { device: '' }, { device: 'server-01' }],
      ...[{ seq: -1 }, { prev: 'ab' }, { hlc: -1 }, { at: -1 }, { at: 2 ** 43 }, { offset: 1 }],
      ...[{ offset: { ms: 1 } }, { offset: { ms: 0, ageMs: -1 } }, { build: 'x'.repeat(65) }],
    ]
    for (const change of wrong) {
      const problem = envelopeProblem(change)
      const [key = ''] = Object.keys(change)
      expect([change, problem?.code]).toEqual([change, 'malformed-record'])
      expect(problem).toMatchObject({ path: expect.stringMatching(new RegExp(`^${key}`)) })
    }
    expect(envelopeProblem(server)).toBeUndefined()
  })

  it('[REC1] begins a chain at 0 and only there', () => {
    expect(envelopeProblem({ seq: 1 })).toMatchObject({ path: 'prev' })
    expect(envelopeProblem({ prev: 'ab'.repeat(32) })).toMatchObject({ path: 'prev' })
    expect(envelopeProblem({ seq: 1, prev: 'ab'.repeat(32) })).toBeUndefined()
  })

  it('[REC1] lets only the server write for the whole company', () => {
    expect(envelopeProblem({ branch: 'all' })).toMatchObject({ path: 'branch' })
    expect(envelopeProblem({ branch: 'all', device: 'server-0' })).toBeUndefined()
    expect(envelopeProblem({ branch: exampleUuid(9), shard: exampleMonth })).toBeUndefined()
  })
})
