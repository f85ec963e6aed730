/** Good records of every kind that there is, of one small shop: for tests that spoil them, or fold them all. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import type { DraftDocument } from '#domain/doctype/define.ts'
import { entities, type MasterChange, splitByAudience } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import { purchaseOrder } from '#domain/documents/purchase-order/purchase-order.ts'
import { purchaseOrderExamples } from '#domain/documents/purchase-order/purchase-order.examples.ts'
import { partHash, submissionHash } from '#domain/records/approval-body.ts'
import { audiences } from '#domain/records/audience.ts'
import { base64Text } from '#domain/records/base64.ts'
import { journalNameText } from '#domain/records/journal-name.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import { encodeRecord } from '#domain/records/record-bytes.ts'
import { type JournalRecord, journalOf } from '#domain/records/record.ts'
import { exampleMs, exampleRecord, exampleUuid } from '#domain/records/record.examples.ts'
import { documentTypes } from '#domain/registry.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { aPosting } from './a-post-context.ts'

/** What one record says; who writes it and when is left to the test. */
export type Said = Pick<JournalRecord, 'kind' | 'audience' | 'body'> & Partial<JournalRecord>

const branch = exampleShop.branchId
const server = { device: 'server-1', by: 'server', audience: 'goods' } as const
const journal = journalNameText(journalOf(exampleRecord({ branch })))

/** Masters, every example of every document type and what speaks of these, seals, who is who. */
export async function recordsOfEveryKind(): Promise<readonly Said[]> {
  const posted = await postedOfEveryType()
  return [
    ...masterRecords(),
    ...posted,
    ...recordsAbout(posted),
    ...approvals(),
    ...seals(),
    ...directory(),
    { kind: 'weighed.v7', audience: 'sales', body: { anything: [1, 'x'] } },
  ]
}

/** One record for each audience. */
function masterRecords(): readonly Said[] {
  const split = [...masterChanges(), ...prices].map(splitByAudience)
  return audiences.flatMap((audience): Said[] => {
    const changes = split.flatMap((byAudience) =>
      [...byAudience].flatMap(([of, change]) => (of === audience ? [change] : [])),
    )
    if (changes.length === 0) return []
    return [{ kind: 'masters-changed.v1', audience, body: { changes: asJson(changes) } }]
  })
}

function masterChanges(): readonly MasterChange[] {
  const names = Object.keys(entities) as readonly EntityName[]
  return names.flatMap((entity) =>
    [...exampleShop.masters.list(entity)].map(({ id, fields }) => ({ entity, id, fields })),
  )
}

const rows = [{ price: 2_000_000 }, { price: 1_900_000, least: 240_000, since: '2026-11-01' }]

/** A price list, what is on it, and what one customer alone pays. */
const prices: readonly MasterChange[] = [
  {
    ...{ entity: 'price-list', id: 'member-list' },
    fields: { name: '会员', basis: 'retail', rate: 9_500, rounding: 'jiao' },
  },
  {
    ...{ entity: 'sku', id: exampleShop.cola },
    fields: { retailPrice: 2_500_000, minimumPrice: 1_800_000, 'listPrice:member-list/罐': rows },
  },
  {
    ...{ entity: 'customer', id: exampleShop.customer },
    fields: { priceListId: 'member-list', [`specialPrice:${exampleShop.apple}/公斤`]: rows },
  },
]

async function postedOfEveryType(): Promise<readonly Said[]> {
  const posted: Said[] = []
  let count = 0
  const ids = () => exampleUuid(20_000 + ++count)
  for (const definition of documentTypes) {
    const module: Record<string, Record<string, DraftDocument>> = await import(
      `../../domain/documents/${definition.type}/${definition.type}.examples.ts`
    )
    for (const draft of Object.values(Object.values(module)[0] ?? {})) {
      const { parts, at } = aPosting(definition, draft, { ids })
      for (const { audience, kind, recordId, body } of parts) {
        posted.push({ id: asId<RecordId>(recordId), kind, audience, body: asJson(body), at })
      }
    }
  }
  return posted
}

/** Of the first document: taken back in both ways, relayed, priced by somebody else. */
function recordsAbout(posted: readonly Said[]): readonly Said[] {
  const [first] = posted
  const { docId = '', postingId = '' } = (first?.body ?? {}) as Record<string, string>
  const priced = posted.find(({ audience }) => audience === 'buying')
  return [
    {
      ...{ kind: 'reversed.v1', audience: 'goods' },
      body: { docId, postingId, number: 'R1', reason: '退错' },
    },
    { kind: 'unapproved.v1', audience: 'goods', body: { docId, version: 1, reason: '录错' } },
    { kind: 'part-supplied.v1', audience: 'buying', body: priced?.body ?? 0 },
    {
      ...{ kind: 'finding-seen.v1', audience: 'goods' },
      body: { finding: 'arrived-after-count|b|d|1', facts: '12|0|1' },
    },
    {
      ...{ ...server, kind: 'relayed.v1' },
      body: {
        record: base64Text(encodeRecord(exampleRecord({ branch, ...first }))),
        from: journal,
      },
    },
  ]
}

/** An order that asks for a manager's word, what he said, and its withdrawal. */
function approvals(): readonly Said[] {
  let count = 0
  const draft = { ...purchaseOrderExamples.hundredBoxes, docId: exampleUuid(19_100) }
  const ids = () => exampleUuid(19_101 + count++)
  const { docId, postingId: submission, parts, at } = aPosting(purchaseOrder, draft, { ids })
  const bodies = parts.map(({ audience, recordId, body }) => ({
    ...{ audience, id: asId<RecordId>(recordId) },
    body: { posting: body as PostedBody, salt: exampleUuid(19_200) },
  }))
  const hashes = Object.fromEntries(
    bodies.map(({ audience, body }) => [audience, partHash(body)] as const),
  )
  const flow = {
    ...{ id: 'orders', name: '采购' },
    steps: [{ approvers: [{ role: 'manager' }], needs: 'any', hours: 24 }],
  }
  const about = { docId, submission }
  const decided = { ...about, step: 0, verdict: 'approve', note: '', hash: submissionHash(hashes) }
  return [
    ...bodies.map(({ id, audience, body }) => {
      const stated = audience === purchaseOrder.lead ? { flow, hashes } : {}
      return { id, kind: 'submitted.v1', audience, body: asJson({ ...body, ...stated }), at }
    }),
    { kind: 'decided.v1', audience: purchaseOrder.lead, body: decided },
    {
      ...{ kind: 'withdrawn.v1', audience: purchaseOrder.lead },
      body: { ...about, reason: '写错了' },
    },
  ]
}

function seals(): readonly Said[] {
  const seal = asId<RecordId>(exampleUuid(19_001))
  return [
    {
      ...{ ...server, kind: 'sealed.v1', id: seal },
      body: {
        ...{ month: '2026-10', until: exampleMs - 1, rules: 1, checkpoints: [], states: [] },
        heads: [{ device: exampleUuid(3), audience: 'goods', seq: 3, hash: 'a'.repeat(64) }],
      },
    },
    { ...server, kind: 'reopened.v1', body: { seal, reason: '漏单' } },
    {
      ...{ ...server, kind: 'received.v1' },
      body: { journals: [{ name: journal, seq: 3, receivedAt: exampleMs }] },
    },
  ]
}

function directory(): readonly Said[] {
  const [device, user] = [exampleUuid(3), exampleUuid(4)]
  const ofCompany = { ...server, branch: 'all' }
  return [
    {
      ...{ ...ofCompany, kind: 'device-enrolled.v1' },
      body: {
        ...{ device, code: 'A7', name: '前台平板', branches: [branch, 'all'] },
        ...{ audiences: ['goods', 'sales'], forkOf: exampleUuid(9) },
        publicKey: { crv: 'P-256', kty: 'EC', x: `${'A'.repeat(42)}E`, y: `${'b'.repeat(42)}8` },
      },
    },
    { ...ofCompany, kind: 'device-revoked.v1', body: { device, reason: '丢失' } },
    {
      ...{ ...ofCompany, kind: 'user-granted.v1' },
      body: { user, name: '店长', roles: [{ branch: 'all', role: 'owner' }] },
    },
    { ...ofCompany, kind: 'user-revoked.v1', body: { user } },
  ]
}

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
