import { describe, expect, it } from 'vitest'
import { month } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import type { Audience } from './audience.ts'
import { checkChain } from './chain.ts'
import {
  exampleBranch,
  exampleDevice,
  exampleMs,
  exampleOrg,
  examplePosting,
  exampleUser,
  exampleUuid,
} from './record.examples.ts'
import { decodeRecord, type StoredRecord } from './record-bytes.ts'
import { type Commit, type RecordDraft, type SealedJournal, sealCommit } from './seal-commit.ts'
import { makeSigningKey, verifySpan, webCryptoSigner, webCryptoVerifier } from './signature.ts'

const subtle = globalThis.crypto.subtle
const key = await makeSigningKey(subtle)
const verifier = webCryptoVerifier(subtle)
const dayMs = 86_400_000

function draft(number: number, audience: Audience, fields: Partial<RecordDraft> = {}): RecordDraft {
  return {
    id: asId<RecordId>(exampleUuid(number)),
    kind: 'posted.v1',
    branch: exampleBranch,
    audience,
    by: exampleUser,
    hlc: hlc(exampleMs, number),
    at: instant(exampleMs),
    offset: { ms: 0, ageMs: 0 },
    body: bodyOf(number, audience),
    ...fields,
  }
}

function bodyOf(number: number, audience: Audience): Json {
  const body = examplePosting(audience, 2, number) as { readonly [name: string]: Json }
  return { ...body, parts: { [audience]: exampleUuid(number) } }
}

async function sealed(
  drafts: readonly RecordDraft[],
  tailOf: Commit['tailOf'] = () => undefined,
): Promise<readonly SealedJournal[]> {
  const signer = webCryptoSigner(subtle, key.privateKey)
  const common = { org: exampleOrg, device: exampleDevice, build: '0.1.0', signer }
  const result = await sealCommit({ ...common, drafts, tailOf })
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}

function decodedOf(journal: SealedJournal | undefined): readonly StoredRecord[] {
  return (journal?.entries ?? []).map(({ bytes }) => {
    const decoded = decodeRecord(bytes)
    if (!decoded.ok) throw new Error(decoded.problem.code)
    return decoded.value
  })
}

describe('commit', () => {
  it('[REC10] becomes one journal for each branch and audience, in order', async () => {
    const drafts = [draft(20, 'goods'), draft(30, 'sales'), draft(40, 'goods')]
    const [goods, sales, ...more] = await sealed(drafts)
    expect(more).toEqual([])
    expect(goods?.journal).toBe(`j/${exampleOrg}/${exampleBranch}/goods/2026-11/${exampleDevice}`)
    expect(goods?.entries.map(({ seq }) => seq)).toEqual([0, 1])
    expect(sales?.entries.map(({ seq }) => seq)).toEqual([0])
    expect(decodedOf(goods).map(({ record }) => record.id)).toEqual([
      exampleUuid(20),
      exampleUuid(40),
    ])
  })

  it('[REC10] is a chain that goes on from the tail and ends signed', async () => {
    const [first] = await sealed([draft(20, 'goods'), draft(30, 'goods')])
    const [second] = await sealed([draft(40, 'goods'), draft(50, 'goods')], () => first?.tail)
    const entries = [...decodedOf(first), ...decodedOf(second)]
    expect(checkChain(undefined, entries)).toEqual({
      ok: true,
      value: { seq: second?.tail.seq, hash: second?.tail.hash },
    })
    expect(second?.tail.seq).toBe(3)
    expect(entries.map(({ signature }) => signature !== undefined)).toEqual([
      false,
      true,
      false,
      true,
    ])
    expect(await verifySpan(verifier, key.publicKey, entries)).toMatchObject({ ok: true })
  })

  it('[REC10] is signed in spans where it is long, one chain through all of them', async () => {
    const drafts = [20, 30, 40, 50, 60].flatMap((number) => [
      draft(number, 'goods'),
      draft(number + 3, 'sales'),
    ])
    const [whole] = await sealed(drafts)
    const limitSpanBytes = 2 * (whole?.entries[1]?.bytes.length ?? 0) + 40
    const signer = webCryptoSigner(subtle, key.privateKey)
    const common = { org: exampleOrg, device: exampleDevice, build: '0.1.0', signer }
    const spans = await sealCommit({ ...common, drafts, tailOf: () => undefined, limitSpanBytes })
    if (!spans.ok) throw new Error(spans.problem.code)
    const goods = spans.value.filter(({ audience }) => audience === 'goods')
    expect(goods.map(({ entries }) => entries.map(({ seq }) => seq))).toEqual([[0, 1], [2, 3], [4]])
    expect(goods.map(({ tail }) => tail.seq)).toEqual([1, 3, 4])
    const read = goods.flatMap((span) => decodedOf(span))
    expect(checkChain(undefined, read).ok).toBe(true)
    expect(read.map(({ hash }) => hash)).toEqual(decodedOf(whole).map(({ hash }) => hash))
    for (const span of goods) {
      expect((await verifySpan(verifier, key.publicKey, decodedOf(span))).ok).toBe(true)
    }
    // One that is longer than the limit is a span of its own.
    const single = await sealCommit({
      ...common,
      drafts,
      tailOf: () => undefined,
      limitSpanBytes: 1,
    })
    expect(single.ok && single.value.length).toBe(drafts.length)
  })

  it('[REC10] hands out what the stored bytes say', async () => {
    const [goods] = await sealed([draft(20, 'goods'), draft(30, 'goods')])
    const read = decodedOf(goods)
    expect(goods?.entries.map(({ record, hash }) => ({ record, hash }))).toEqual(
      read.map(({ record, hash }) => ({ record, hash })),
    )
    expect(goods?.entries.every(({ record }) => Object.isFrozen(record.body))).toBe(true)
  })

  it('[REC7] goes to the month of its clock in UTC, and never back', async () => {
    const december = hlc(exampleMs + 9 * dayMs, 0)
    const [first] = await sealed([draft(20, 'goods', { hlc: december })])
    expect(first?.tail.shard).toBe('2026-12')
    const [later] = await sealed([draft(30, 'goods')], () => first?.tail)
    expect(later?.journal).toContain('/2026-12/')
    expect(decodedOf(later)[0]?.record.shard).toBe('2026-12')
    const [mixed] = await sealed([draft(40, 'goods'), draft(50, 'goods', { hlc: december })])
    expect(mixed?.entries.map(({ record }) => record.shard)).toEqual([
      month('2026-12'),
      month('2026-12'),
    ])
  })

  it('[REC10] refuses a record that is too large, and says how large', async () => {
    const note = '字'.repeat(90_000)
    const body = bodyOf(20, 'goods') as { readonly [name: string]: Json }
    const signer = webCryptoSigner(subtle, key.privateKey)
    const common = { org: exampleOrg, device: exampleDevice, build: '0.1.0', signer }
    const drafts = [draft(20, 'goods', { body: { ...body, header: { note } } })]
    expect(await sealCommit({ ...common, drafts, tailOf: () => undefined })).toMatchObject({
      ok: false,
      problem: { code: 'record-too-large', id: exampleUuid(20), limitBytes: 262_144 },
    })
  })

  it('[REC10] stops on a body that its kind does not allow: a bug, not a fact', async () => {
    await expect(sealed([draft(20, 'goods', { kind: 'reversed.v1' })])).rejects.toThrow('body')
    await expect(sealed([draft(20, 'goods', { kind: 'guessed.v1' })])).rejects.toThrow('body')
  })
})
