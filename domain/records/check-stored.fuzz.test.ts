/**
 * The check of packed bytes against the reader of objects: on records of every kind, on values changed
 * at random, on bytes changed at random, and on random bytes, both say the same. `RECORD_CASES` cases
 * (100,000 where nothing is said) from `RECORD_SEED` on.
 */

import { describe, expect, it } from 'vitest'
import { type Chance, makeChance } from '#domain/replica/random.examples.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { base64Text } from './base64.ts'
import { changedJson } from '#tests/builders/changed-json.ts'
import { checkStored } from './check-stored.ts'
import { checkRecord, recordKinds } from './kinds.ts'
import { packJson } from './pack-json.ts'
import { exampleBranch, exampleDevice, exampleUser } from './record.examples.ts'
import { examplePosting, exampleRecord, exampleSubmission, exampleUuid } from './record.examples.ts'
import { decodeRecord, encodeRecord, limitStoredBytes, storedBytes } from './record-bytes.ts'
import { type JournalRecord, journalOf } from './record.ts'
import type { JsonFields } from './shape.ts'
import { unpackJson } from './unpack-json.ts'

const cases = Number(process.env['RECORD_CASES'] ?? 100_000)
const firstSeed = Number(process.env['RECORD_SEED'] ?? 1)

const signature = Uint8Array.from({ length: 64 }, (_, i) => i)
const journal = `j/${exampleUuid(1)}/${exampleBranch}/goods/2026-11/${exampleDevice}`
const legOf = (leg: string, more: JsonFields) => ({
  ...{ leg, sku: 's1', warehouse: exampleUuid(7), quantity: 10_000, class: 'internal', ...more },
})

/** Postings that no part of is wrong, but all together. */
const disagreeing = [
  { legs: [legOf('a', {}), legOf('b', { pair: 'a', class: 'receipt' })] },
  { legs: [legOf('a', { class: 'issue' }), legOf('b', { pair: 'a' })] },
  { legs: [legOf('b', { pair: 'a' })] },
  { legs: [legOf('a', {}), legOf('b', { pair: 'a' }), legOf('c', { pair: 'a' })] },
  { legs: [legOf('a', {}), legOf('a', {})] },
  { lines: [{ lineId: 'a' }, { lineId: 'a' }] },
  { legs: [legOf('a', { class: 'value' })] },
  { legs: [legOf('a', { class: 'receipt', counted: 5 })] },
  { legs: [legOf('a', { class: 'count', quantity: 0, book: 5 })] },
  { legs: [legOf('a', { class: 'issue', serial: 'S1', quantity: 20_000 })] },
  { legs: [legOf('a', { expires: '2027-01-31' })] },
  { legs: [legOf('a', { class: 'issue', group: 'g' })] },
  { legs: [legOf('a', { share: 1 })] },
  { adjustments: [{ docId: 'd', leg: 'a', kind: 'landed', amount: 1 }] },
  { values: [{ leg: 'a', amount: 1 }] },
  { part: 'sales' },
  { parts: { goods: exampleUuid(99) } },
  { parts: { sales: exampleUuid(10) } },
].map((change): [string, Json] => {
  return ['posted.v1', { ...(examplePosting('goods', 1, 10) as JsonFields), ...change }]
})

const bodies: readonly (readonly [kind: string, body: Json])[] = [
  ['posted.v1', examplePosting('goods', 1, 10)],
  ['posted.v1', examplePosting('goods', 4, 10)],
  [
    'posted.v1',
    {
      ...(examplePosting('goods', 0, 10) as JsonFields),
      header: { '': '', note: '', 'own-name': 1, ownName: ['z', { a: 1, b: '客户', ownName: -5 }] },
      lines: [
        { lineId: 'l1', ownName: 'l1' },
        { lineId: 'l2', ownName: 'l1', amount: 1e12 },
      ],
      legs: [legOf('a', {}), legOf('b', { pair: 'a', origin: { docId: 'd', leg: 'a' } })],
    },
  ],
  [
    'posted.v1',
    {
      ...(examplePosting('goods', 0, 10) as JsonFields),
      legs: [
        legOf('a', {
          class: 'count',
          quantity: 0,
          counted: 7,
          book: 8,
          bin: 'A-01',
          batch: '批 1',
        }),
        legOf('b', { class: 'value', quantity: 0 }),
        legOf('c', { serial: 'S1', status: 'pending', group: 'g', share: 3 }),
        legOf('d', { batch: 'b1', produced: '2026-01-31', expires: '2027-01-31' }),
      ],
    },
  ],
  [
    'posted.v1',
    {
      ...(examplePosting('buying', 0, 10) as JsonFields),
      adjustments: [
        { docId: 'd', leg: 'a', kind: 'invoice', quantity: 10_000, amount: 5 },
        { docId: 'd', leg: 'a', kind: 'landed', amount: -5 },
      ],
    },
  ],
  ['part-supplied.v1', examplePosting('goods', 2, 90)],
  ['finding-seen.v1', { finding: 'arrived-after-count|b|d|1', facts: '12|0|1' }],
  ['unapproved.v1', { docId: exampleUuid(5), version: 2, reason: '录错' }],
  ['reversed.v1', { docId: 'd', postingId: exampleUuid(5), number: 'X1', reason: '退错' }],
  [
    'masters-changed.v1',
    {
      changes: [
        { entity: 'sku', id: 's1', fields: { retailPrice: 35_000_000, 'retailPrice:箱': 7 } },
        { entity: 'product', id: exampleUuid(8), fields: { name: '农夫山泉', optionAxes: [] } },
      ],
    },
  ],
  ['relayed.v1', { record: base64Text(Uint8Array.of(1, 2, 3, 4)), from: journal }],
  [
    'device-enrolled.v1',
    {
      ...{ device: exampleDevice, code: 'A7', name: '前台平板', branches: [exampleBranch, 'all'] },
      ...{ audiences: ['goods', 'sales'], forkOf: exampleUuid(9) },
      publicKey: { crv: 'P-256', kty: 'EC', x: `${'A'.repeat(42)}E`, y: `${'b'.repeat(42)}8` },
    },
  ],
  ['device-revoked.v1', { device: exampleDevice, reason: '丢失' }],
  [
    'user-granted.v1',
    { user: exampleUser, name: '店长', roles: [{ branch: 'all', role: 'owner' }] },
  ],
  ['user-revoked.v1', { user: exampleUser }],
  ['received.v1', { journals: [{ name: journal, seq: 3, receivedAt: 1_795_310_100_000 }] }],
  [
    'sealed.v1',
    {
      ...{ month: '2026-10', until: 1_793_462_400_000, rules: 5, checkpoints: [] },
      heads: [{ device: exampleDevice, audience: 'goods', seq: 3, hash: 'a'.repeat(64) }],
      states: [{ layer: 'goods', hash: 'b'.repeat(64) }],
    },
  ],
  ['reopened.v1', { seal: exampleUuid(9), reason: '漏单' }],
  ['submitted.v1', exampleSubmission(10)],
  ['submitted.v1', exampleSubmission(90)],
  ['submitted.v1', { ...(exampleSubmission(10) as JsonFields), flow: 1 }],
  [
    'decided.v1',
    { docId: 'd', submission: 's', hash: 'd'.repeat(64), step: 9, verdict: 'approve', note: '' },
  ],
  ['withdrawn.v1', { docId: 'd', submission: exampleUuid(5), reason: '写错了' }],
  ['weighed.v7', { anything: [1, 'x'] }],
  ...disagreeing,
]

const records: readonly JournalRecord[] = bodies.flatMap(([kind, body]) => [
  exampleRecord({ kind, body }),
  exampleRecord({ kind, body, seq: 5, prev: 'ab'.repeat(32) }),
  exampleRecord({ kind, body, branch: 'all', device: 'server-0', by: 'server', audience: 'sales' }),
])

/** What both say of stored bytes; stops where they differ. */
function verdictOf(bytes: Uint8Array): string {
  const decoded = decodeRecord(bytes)
  const record = decoded.ok ? decoded.value.record : undefined
  const known = record === undefined ? undefined : checkRecord(record)
  const isNewer = known?.ok === false && known.problem.code === 'unknown-kind'
  const checked = checkStored(bytes, sha256Hex)
  if (!decoded.ok || (known?.ok === false && !isNewer)) {
    const problem = decoded.ok ? known?.ok === false && known.problem : decoded.problem
    expectSame(bytes, checked, { ok: false, problem })
    return decoded.ok ? 'body' : decoded.problem.code
  }
  const { id, kind, seq, prev, hlc } = decoded.value.record
  const { hash, ...signed } = decoded.value
  const expected = {
    ...{ id, kind, seq, prev, hlc, hash, bytes, isKnown: !isNewer },
    ...{ journal: journalOf(decoded.value.record) },
    ...(signed.signature === undefined ? {} : { signature: signed.signature }),
  }
  expectSame(bytes, checked, { ok: true, value: expected })
  expectSame(bytes, encodeRecord(decoded.value.record, signed.signature), bytes)
  return 'accepted'
}

/** A deep comparison, where a quick one finds a difference. */
function expectSame(bytes: Uint8Array, one: unknown, other: unknown): void {
  if (JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))) return
  expect([hexOf(bytes), one]).toEqual([hexOf(bytes), other])
}

function sorted(value: unknown): unknown {
  if (value instanceof Uint8Array) return hexOf(value)
  if (typeof value !== 'object' || value === null) return value
  const pairs = Object.entries(value).map(([name, inner]) => [name, sorted(inner)] as const)
  return Object.fromEntries(pairs.sort(([one], [other]) => (one < other ? -1 : 1)))
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function tally(share: number, make: (chance: Chance) => Uint8Array): Map<string, number> {
  const counts = new Map<string, number>()
  for (let i = 0; i < (cases * share) / 100; i++) {
    const verdict = verdictOf(make(makeChance(firstSeed + i)))
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  }
  return counts
}

/** Bytes with a few of them changed, cut out, doubled or put elsewhere. */
function mutatedBytes(chance: Chance, bytes: Uint8Array): Uint8Array {
  const mutated = [...bytes]
  for (let change = chance.int(3); change >= 0; change--) {
    const at = chance.int(mutated.length + 1)
    const piece = mutated.slice(at, at + chance.int(20))
    const act = chance.int(6)
    if (act === 0) mutated[at] = chance.int(256)
    else if (act === 1) mutated[at] = (mutated[at] ?? 0) ^ (1 << chance.int(8))
    else if (act === 2) mutated.splice(at, piece.length)
    else if (act === 3) mutated.splice(chance.int(mutated.length), 0, ...piece)
    else if (act === 4) mutated.splice(at, 0, chance.int(256))
    else mutated[at] = (mutated[at] ?? 0) + 1
  }
  return Uint8Array.from(mutated)
}

function bodyOf(record: Json): Json {
  return (record as JsonFields)['body'] ?? 0
}

/** Texts of four letters that begin at the same place of a table of 1,024 texts or fewer. */
function sharingOnePlace(count: number): string[] {
  const texts: string[] = []
  for (let i = 0; texts.length < count; i++) {
    const text = i.toString(36).padStart(4, '_')
    let hash = 0x811c_9dc5 | 0
    for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x0100_0193)
    if (((hash ^ (hash >>> 15)) & 1_023) === 7) texts.push(text)
  }
  return texts
}

const encoded = records.flatMap((record) => [encodeRecord(record), encodeRecord(record, signature)])

describe('the check of packed records', () => {
  it('[REC15] takes what is good of every kind, and says the same of it', () => {
    for (const bytes of encoded) {
      const decoded = decodeRecord(bytes)
      const checked = decoded.ok ? checkRecord(decoded.value.record) : decoded
      const isGood = checked.ok || checked.problem.code === 'unknown-kind'
      expect(verdictOf(bytes) === 'accepted').toBe(isGood)
    }
    const kinds = encoded.flatMap((bytes) => {
      const checked = checkStored(bytes, sha256Hex)
      return checked.ok && checked.value.isKnown ? [checked.value.kind] : []
    })
    expect([...new Set(kinds)].sort()).toEqual([...recordKinds].sort())
  })

  it('[REC15] agrees with the reader of objects on values changed at random', {
    timeout: 7_200_000,
  }, () => {
    const counts = tally(40, (chance) => {
      const record = chance.pick(records)
      let value = record as unknown as Json
      const isBody = chance.isLucky(70)
      for (let change = chance.int(2); change >= 0; change--) {
        if (!isBody) value = changedJson(chance, value)
        else value = { ...(value as JsonFields), body: changedJson(chance, bodyOf(value)) }
      }
      const packed = Uint8Array.of(1, ...packJson(value))
      return storedBytes(packed, chance.isLucky(50) ? signature : undefined)
    })
    for (const verdict of ['accepted', 'body', 'malformed-record']) {
      expect(counts.get(verdict)).toBeGreaterThan(cases / 50)
    }
  })

  it('[REC15] agrees with the reader of objects on bytes changed at random', {
    timeout: 7_200_000,
  }, () => {
    const counts = tally(40, (chance) => mutatedBytes(chance, chance.pick(encoded)))
    for (const verdict of ['accepted', 'not-canonical', 'truncated']) {
      expect(counts.get(verdict)).toBeGreaterThan(cases / 200)
    }
  })

  it('[REC15] agrees with the reader of objects on random bytes', { timeout: 7_200_000 }, () => {
    tally(20, (chance) => {
      const body = [...chance.bytes(chance.int(80))].map((byte) =>
        chance.isLucky(50) ? byte : byte & 0x7f,
      )
      const record = chance.isLucky(50) ? [0xf0, 0x00, 0xc0, ...body] : body
      return Uint8Array.from([1, ...record, chance.int(2)])
    })
  })

  it('[REC3] tells texts apart that were made to share one place in the table', () => {
    const texts = sharingOnePlace(100)
    const spelled = texts.flatMap((text) => [0xc2, text.length, ...Buffer.from(text)])
    const packed = [0xc7, texts.length - 16, ...spelled]
    expect(packJson(texts)).toEqual(Uint8Array.from(packed))
    expect(unpackJson(Uint8Array.from(packed))).toEqual({ ok: true, value: texts })
    for (const again of [texts[0], texts[15], texts[16], texts[99]]) {
      const more = [0xc7, texts.length - 15, ...spelled, 0xc2, 4, ...Buffer.from(again ?? '')]
      expect(unpackJson(Uint8Array.from(more))).toMatchObject({
        problem: { code: 'not-canonical' },
      })
    }
  })

  it('[REC2] refuses a value above the limit before it reads it', () => {
    expect(verdictOf(new Uint8Array(limitStoredBytes + 1))).toBe('too-large')
  })
})
