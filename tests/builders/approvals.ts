/** Approval flows and what people say about submitted documents, in few words. */

import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import type { ApprovalFlow } from '#domain/masters/approval-flow.ts'
import type { Audience } from '#domain/records/audience.ts'
import { partHash, type StatedFlow, submissionHash } from '#domain/records/approval-body.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { idOf, type JournalWriter, organization } from './journal-writer.ts'

/** 店长, then 采购经理 from 5,000.00 on. */
export const orderFlow = {
  name: '采购审批',
  type: 'purchase-order',
  isSeparate: 1,
  steps: [
    { approvers: [{ role: 'manager' }], needs: 'any' },
    { approvers: [{ user: idOf('user', 'chief') }], needs: 'any', from: 500_000, hours: 24 },
  ],
} as unknown as ApprovalFlow

/** The company says a field of itself, in the server's journal. */
export function companySays(
  writer: JournalWriter,
  fields: Readonly<Record<string, Json>>,
): FoldEntry {
  return writer.write({
    ...{ device: 'server-1', branch: 'all', audience: 'goods', kind: 'masters-changed.v1', at: 1 },
    body: { changes: [{ entity: 'company', id: organization, fields }] },
  })
}

/** The server gives a person, named as his device, roles in all branches. */
export function grants(writer: JournalWriter, user: string, ...roles: string[]): FoldEntry {
  return writer.write({
    ...{ device: 'server-1', branch: 'all', audience: 'goods', kind: 'user-granted.v1', at: 1 },
    body: {
      ...{ user: idOf('user', user), name: user },
      roles: roles.map((role) => ({ branch: 'all', role })),
    },
  })
}

export interface TestOrder {
  readonly device: string
  readonly document: string
  /** Fen. */
  readonly amount: number
  readonly submission?: string
  /** What is in force at the submission; both steps of `orderFlow` where left out. */
  readonly steps?: number
}

/** Both parts of a purchase order, with ids of its own for each posting of it. */
function orderParts({ document, amount }: TestOrder, posting: string): readonly PostedBody[] {
  const parts = { goods: idOf('goods', posting), buying: idOf('buying', posting) }
  const said = {
    ...{ docId: idOf('document', document), postingId: idOf('posting', posting), parts },
    ...{ type: 'purchase-order', number: `N-${document}`, lead: 'goods', header: {} },
  }
  const lineId = idOf('line', document)
  return [
    {
      ...said,
      part: 'goods',
      lines: [{ lineId, skuId: idOf('sku', 'apple'), quantity: 10_000 }],
      legs: [],
    },
    { ...said, part: 'buying', lines: [{ lineId, price: 1, amount }] },
  ] as unknown as readonly PostedBody[]
}

const flowStated = (steps: number): StatedFlow => ({
  ...{ id: 'orders', name: orderFlow.name, isSeparate: 1 },
  steps: orderFlow.steps.slice(0, steps).map(({ approvers, needs, hours }) => ({
    ...{ approvers, needs },
    ...(hours !== undefined && { hours }),
  })),
})

/** A submission: its records, and what a decision names. */
export function submits(writer: JournalWriter, order: TestOrder) {
  const { device, document, submission = document, steps = 2 } = order
  const bodies = orderParts(order, submission).map((posting) => ({
    ...{ posting, salt: idOf('salt', `${submission}${posting.part}`) },
  }))
  const hashes = Object.fromEntries(bodies.map((body) => [body.posting.part, partHash(body)]))
  const entries = bodies.map((body) => {
    const { part, parts, lead } = body.posting
    const stated = part === lead ? { flow: flowStated(steps), hashes } : {}
    return writer.write({
      ...{ device, branch: 'main', audience: part, kind: 'submitted.v1', at: 2 },
      ...{ id: parts[part] as string, body: { ...body, ...stated } as unknown as Json },
    })
  })
  const about = { docId: idOf('document', document), submission: idOf('posting', submission) }
  return { entries, about: { ...about, hash: submissionHash(hashes) } }
}

type Submitted = ReturnType<typeof submits>['about']

export function decides(
  writer: JournalWriter,
  device: string,
  about: Submitted,
  said: {
    readonly step?: number
    readonly verdict?: string
    readonly hash?: string
    readonly at?: number
  } = {},
): FoldEntry {
  const { step = 0, verdict = 'approve', hash = about.hash, at = 3 } = said
  return writer.write({
    ...{ device, branch: 'main', audience: 'goods', kind: 'decided.v1', at },
    body: { ...about, hash, step, verdict, note: '' },
  })
}

export function withdraws(writer: JournalWriter, device: string, about: Submitted): FoldEntry {
  const { docId, submission } = about
  return writer.write({
    ...{ device, branch: 'main', audience: 'goods', kind: 'withdrawn.v1', at: 4 },
    body: { docId, submission, reason: '写错了' },
  })
}

/** The order as it is posted: from a submission, or past every flow. */
export function postsOrder(
  writer: JournalWriter,
  order: TestOrder,
  posting: string,
  submission?: string,
): FoldEntry[] {
  return orderParts(order, posting).map((body) =>
    writer.write({
      ...{ device: order.device, branch: 'main', audience: body.part as Audience },
      ...{ kind: 'posted.v1', at: 5, id: body.parts[body.part] as string },
      body: {
        ...body,
        ...(submission !== undefined && { submission: idOf('posting', submission) }),
      } as unknown as Json,
    }),
  )
}
