import { describe, expect, it } from 'vitest'
import type { Json } from '#domain/values/canonical-text.ts'
import { base64Text } from './base64.ts'
import { checkRecord, recordKinds } from './kinds.ts'
import {
  exampleBranch,
  exampleDevice,
  examplePosting,
  exampleRecord,
  exampleUser,
  exampleUuid,
} from './record.examples.ts'
import type { JournalRecord } from './record.ts'
import type { JsonFields } from './shape.ts'

const journal = `j/${exampleUuid(1)}/${exampleBranch}/goods/2026-11/${exampleDevice}`
const publicKey = { crv: 'P-256', kty: 'EC', x: `${'A'.repeat(42)}E`, y: `${'b'.repeat(42)}8` }
const leg = { leg: 'a', sku: 's1', warehouse: 'w1', quantity: 10_000, class: 'receipt' }

const goodBodies: { readonly [kind: string]: JsonFields } = {
  'reversed.v1': { docId: 'd', postingId: 'p', number: 'X1', reason: '退错' },
  'unapproved.v1': { docId: 'd', version: 1, reason: '数量录错' },
  'finding-seen.v1': { finding: 'arrived-after-count|b|d|1', facts: '12|0|1' },
  'masters-changed.v1': {
    changes: [
      { entity: 'sku', id: 's1', fields: { retailPrice: 35_000_000, 'retailPrice:箱': 7 } },
      { entity: 'product', id: 'p1', fields: { name: '农夫山泉', optionAxes: [] } },
    ],
  },
  'relayed.v1': { record: base64Text(Uint8Array.of(1, 2, 3, 4)), from: journal },
  'device-enrolled.v1': {
    device: exampleDevice,
    code: 'A7',
    name: '前台平板',
    branches: [exampleBranch, 'all'],
    audiences: ['goods', 'sales'],
    publicKey,
  },
  'device-revoked.v1': { device: exampleDevice, reason: '丢失' },
  'user-granted.v1': {
    user: exampleUser,
    name: '店长',
    roles: [{ branch: 'all', role: 'owner' }],
  },
  'user-revoked.v1': { user: exampleUser },
  'received.v1': { journals: [{ name: journal, seq: 3, receivedAt: 1_795_310_100_000 }] },
  'sealed.v1': {
    month: '2026-10',
    until: 1_793_462_400_000,
    heads: [{ device: exampleDevice, audience: 'goods', seq: 3, hash: 'a'.repeat(64) }],
    states: [{ layer: 'goods', hash: 'b'.repeat(64) }],
    rules: 5,
    checkpoints: [{ audiences: ['goods'], hash: 'c'.repeat(64), bytes: 4_096 }],
  },
  'reopened.v1': { seal: exampleUuid(9), reason: '漏单' },
  'decided.v1': {
    ...{ docId: 'd', submission: 's', hash: 'd'.repeat(64), step: 0 },
    ...{ verdict: 'send-back', note: '价格再谈' },
  },
  'withdrawn.v1': { docId: 'd', submission: 's', reason: '写错了' },
}

function problemOf(kind: string, body: Json, fields: Partial<JournalRecord> = {}) {
  const checked = checkRecord(exampleRecord({ kind, body, ...fields }))
  return checked.ok ? undefined : checked.problem
}

/** What is wrong with a posting that differs from a good one by `change`. */
function postingProblem(change: JsonFields, fields: Partial<JournalRecord> = {}) {
  const good = examplePosting(fields.audience ?? 'goods', 2, 10) as JsonFields
  return problemOf('posted.v1', { ...good, ...change }, fields)
}

describe('kinds of record', () => {
  it('[REC4] names a kind that this build does not know', () => {
    expect(problemOf('posted.v2', {})).toEqual({ code: 'unknown-kind', kind: 'posted.v2' })
    expect(problemOf('toString.v1', {})).toEqual({ code: 'unknown-kind', kind: 'toString.v1' })
  })

  it('[REC13] knows each kind by its good body', () => {
    const kinds = Object.keys(goodBodies)
    for (const kind of kinds)
      expect([kind, problemOf(kind, goodBodies[kind] ?? {})]).toEqual([kind, undefined])
    const ofParts = ['posted.v1', 'part-supplied.v1', 'submitted.v1']
    expect([...kinds, ...ofParts].sort()).toEqual([...recordKinds].sort())
  })

  it('[REC13] refuses a body with a field missing or to spare, and says which', () => {
    for (const [kind, body] of Object.entries(goodBodies)) {
      for (const name of Object.keys(body)) {
        const { [name]: _, ...rest } = body
        expect(problemOf(kind, rest)).toMatchObject({ path: `body.${name}`, reason: 'missing' })
      }
      const problem = problemOf(kind, { ...body, extra: 1 })
      expect(problem).toMatchObject({ path: 'body.extra', reason: 'unexpected' })
    }
  })

  it('[REC13] refuses bodies that are not fields', () => {
    for (const kind of recordKinds) {
      for (const body of ['text', 1, []] as Json[]) {
        expect(problemOf(kind, body)).toMatchObject({ path: 'body', reason: 'not-fields' })
      }
    }
  })

  it('[REC13] holds masters to known entities and field names', () => {
    const change = (fields: JsonFields) => ({
      changes: [{ entity: 'sku', id: 's1', fields: { name: 1 }, ...fields }],
    })
    expect(problemOf('masters-changed.v1', change({ entity: 'robot' }))).toMatchObject({
      path: 'body.changes.0.entity',
      reason: 'bad-form',
    })
    for (const name of [
      'Name',
      'a b',
      '',
      'price:',
      'constructor',
      'toString:x',
      `p:${'x'.repeat(201)}`,
    ]) {
      const problem = problemOf('masters-changed.v1', change({ fields: { [name]: 1 } }))
      expect([name, problem]).toMatchObject([name, { reason: 'unexpected' }])
    }
  })

  it('[REC13] holds keys, codes, names and base64 to their forms', () => {
    const enrolled = goodBodies['device-enrolled.v1'] ?? {}
    const bad: readonly JsonFields[] = [
      ...[{ code: 'a7' }, { code: 'A77' }, { audiences: ['all'] }, { device: 'server-1' }],
      { publicKey: { ...publicKey, d: 'secret' } },
      { publicKey: { ...publicKey, crv: 'P-384' } },
      { publicKey: { ...publicKey, x: 'A'.repeat(44) } },
    ]
    for (const change of bad) {
      expect(problemOf('device-enrolled.v1', { ...enrolled, ...change })).toMatchObject({
        code: 'malformed-record',
        path: expect.stringContaining(`body.${Object.keys(change)[0]}`),
      })
    }
    const relayed = { ...goodBodies['relayed.v1'], record: 'AB==' }
    expect(problemOf('relayed.v1', relayed)).toMatchObject({ path: 'body.record' })
  })
})

describe('postings', () => {
  it('[REC5] reads each part of a posting', () => {
    expect(postingProblem({})).toBeUndefined()
    const sales = { id: exampleRecord().id, audience: 'sales' as const }
    expect(postingProblem({ parts: { sales: sales.id } }, sales)).toBeUndefined()
  })

  it('[REC5] stands in the journal of its part, under the id that the parts name', () => {
    expect(postingProblem({ part: 'sales', legs: [] })).toMatchObject({ path: 'body.legs' })
    const sales = examplePosting('sales', 1, 10)
    expect(problemOf('posted.v1', sales)).toMatchObject({ path: 'body.part' })
    expect(postingProblem({ parts: {} })).toMatchObject({
      path: 'body.parts.goods',
      reason: 'missing',
    })
    const other = { parts: { goods: exampleUuid(99) } }
    expect(postingProblem(other)).toMatchObject({ path: 'body.parts.goods', reason: 'bad-form' })
    const supplied = { ...(examplePosting('goods', 1, 10) as JsonFields), ...other }
    expect(problemOf('part-supplied.v1', supplied)).toBeUndefined()
  })

  it('[REC5] has legs in the goods part and costs in the buying part only', () => {
    const buying = { audience: 'buying' as const }
    const body = { part: 'buying', parts: { buying: exampleRecord().id } }
    const values = [{ leg: 'a', amount: 500 }]
    expect(postingProblem({ ...body, values }, buying)).toBeUndefined()
    expect(postingProblem({ ...body, legs: [] }, buying)).toMatchObject({ path: 'body.legs' })
    expect(postingProblem({ values })).toMatchObject({ path: 'body.values' })
  })

  it('[REC16] has claims in the goods part, which say what they are about', () => {
    const claim = { lineId: 'l1', kind: 'reserve', sku: 's1', warehouse: 'w1', quantity: 10_000 }
    const of = { docId: 'd1', lineId: 'l1' }
    expect(postingProblem({ claims: [claim] })).toBeUndefined()
    expect(postingProblem({ claims: [{ ...claim, until: '2026-03-01' }] })).toBeUndefined()
    for (const kind of ['take', 'reserve', 'order']) {
      expect(postingProblem({ claims: [{ ...claim, kind, of }] })).toBeUndefined()
    }
    const wrong: [JsonFields[], string][] = [
      [[claim, claim], '1.lineId'],
      [[{ ...claim, kind: 'request', of }], '0.of'],
      [[{ ...claim, kind: 'take' }], '0.of'],
      [[{ ...claim, kind: 'order', until: '2026-03-01' }], '0.until'],
      [[{ ...claim, quantity: -1 }], '0.quantity'],
    ]
    for (const [claims, path] of wrong) {
      expect(postingProblem({ claims })).toMatchObject({ path: `body.claims.${path}` })
    }
    const buying = { part: 'buying', parts: { buying: exampleRecord().id } }
    expect(postingProblem({ ...buying, claims: [] }, { audience: 'buying' })).toMatchObject({
      path: 'body.claims',
    })
  })

  it('[REC5] names no line, leg or cost twice', () => {
    const line = { lineId: 'l1' }
    expect(postingProblem({ lines: [line, line] })).toMatchObject({
      path: 'body.lines.1.lineId',
      reason: 'repeated',
    })
    expect(postingProblem({ legs: [leg, leg] })).toMatchObject({ path: 'body.legs.1.leg' })
  })

  it('[REC5] pairs the in leg of an internal move with its own out leg', () => {
    const out = { ...leg, leg: 'out', quantity: -10_000, class: 'internal' }
    const arrival = { ...leg, leg: 'in', class: 'internal', pair: 'out' }
    expect(postingProblem({ legs: [out, arrival] })).toBeUndefined()
    expect(postingProblem({ legs: [arrival, out] })).toBeUndefined()
    expect(postingProblem({ legs: [arrival] })).toMatchObject({ path: 'body.legs.0.pair' })
    const second = { ...arrival, leg: 'in2' }
    expect(postingProblem({ legs: [out, arrival, second] })).toMatchObject({
      path: 'body.legs.2.pair',
    })
    const receipt = { ...leg, pair: 'out' }
    expect(postingProblem({ legs: [out, receipt] })).toMatchObject({ path: 'body.legs.1.pair' })
  })

  it('[REC5] bounds quantities, lines and names', () => {
    const wrongLegs: JsonFields[] = [
      { quantity: 1e12 + 1 },
      { class: 'theft' },
      { sku: 'NO SUCH' },
      { origin: { docId: 'd' } },
      { leg: '' },
    ]
    for (const change of wrongLegs) {
      const name = Object.keys(change)[0] ?? ''
      const problem = postingProblem({ legs: [{ ...leg, ...change }] })
      expect(problem).toMatchObject({ path: expect.stringContaining(`body.legs.0.${name}`) })
    }
    const lines = Array.from({ length: 1_001 }, (_, i) => ({ lineId: `l${i}` }))
    expect(postingProblem({ lines })).toMatchObject({ path: 'body.lines', reason: 'too-many' })
    expect(postingProblem({ lines: [{ note: 'x' }] })).toMatchObject({
      path: 'body.lines.0.lineId',
      reason: 'missing',
    })
    expect(postingProblem({ header: { 'Bad Name': 1 } })).toMatchObject({ reason: 'unexpected' })
  })
})
