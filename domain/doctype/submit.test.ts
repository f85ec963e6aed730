import { describe, expect, it } from 'vitest'
import { purchaseOrder } from '#domain/documents/purchase-order/purchase-order.ts'
import { purchaseOrderExamples } from '#domain/documents/purchase-order/purchase-order.examples.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { shipmentExamples } from '#domain/documents/shipment/shipment.examples.ts'
import type { ApprovalFlow } from '#domain/masters/approval-flow.ts'
import { checkSubmitted, contentHash, partHash } from '#domain/records/approval-body.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import { assert } from '#domain/values/assert.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { percent } from '#domain/values/percent.ts'
import { aPostContext, exampleNow, refusalsOf } from '#tests/builders/a-post-context.ts'
import { exampleShop } from './example-shop.ts'
import type { MasterReader } from './readers.ts'
import { postApproved, submit } from './submit.ts'

const [draft] = Object.values(purchaseOrderExamples)
assert(draft !== undefined, 'there is an order')

const orders: ApprovalFlow = {
  ...{ name: '采购审批', type: 'purchase-order' },
  steps: [{ approvers: [{ role: 'manager' }], needs: 'any' }],
}

/** The example shop, whose company says this flow. */
function flowing(flow: ApprovalFlow): MasterReader {
  const { masters } = exampleShop
  return {
    get(entity, id) {
      const master = masters.get(entity, id)
      const prices = { retailPrice: 10_000_000, minimumPrice: 8_000_000 }
      return entity === 'sku' && master !== undefined ? { ...master, ...prices } : master
    },
    *list(entity) {
      for (const { id, fields } of masters.list(entity)) {
        const said = { ...fields, 'approvalFlow:f': flow as unknown as Json }
        yield { id, fields: entity === 'company' ? said : fields }
      }
    },
  }
}

function submitted(flow: ApprovalFlow = orders) {
  const made = submit(aPostContext(purchaseOrder, { masters: flowing(flow) }), draft as never)
  assert(made.ok, JSON.stringify(made))
  return made.value
}

/** What was approved, as a device reads it back. */
function approvedOf({ submission, at, parts }: ReturnType<typeof submitted>) {
  const bodies = parts.map(({ body }) => body.posting)
  return { submission, at, branch: exampleShop.branchId, parts: bodies }
}

describe('submissions', () => {
  it('[SUB1] what a flow asks approval for is not posted without it, and the refusal names the flow', () => {
    const masters = flowing(orders)
    expect(refusalsOf(purchaseOrder, draft, { masters })).toEqual(['approval-needed'])
    expect(refusalsOf(purchaseOrder, draft)).toEqual([])
    const large = flowing({ ...orders, amount: money(100_000_000) })
    expect(refusalsOf(purchaseOrder, draft, { masters: large })).toEqual([])
    const [sale] = Object.values(shipmentExamples)
    assert(sale !== undefined, 'there is a shipment')
    const cheap = { ...sale, lines: sale.lines.map((line) => ({ ...line, price: 1 })) }
    for (const limit of [{ discount: percent(9_000) }, { belowMinimum: 1 }, {}] as const) {
      const sales = flowing({ ...orders, type: 'shipment', ...limit })
      expect(refusalsOf(shipment, cheap, { masters: sales })).toEqual(['approval-needed'])
    }
  })

  it('[SUB1] what its author cannot see asks for nothing here', () => {
    const masters = flowing({ ...orders, amount: money(0) })
    const audiences = ['goods'] as const
    expect(refusalsOf(purchaseOrder, draft, { masters, audiences })).toEqual([])
  })

  it('[SUB2] has a record for each part, bound together by hashes, and the flow on the lead', () => {
    const { parts, submission } = submitted()
    expect(parts.map(({ audience }) => audience)).toEqual(['goods', 'buying'])
    for (const { audience, recordId, body } of parts) {
      expect(checkSubmitted(body, { id: recordId, audience })).toBeUndefined()
      expect(body.posting.postingId).toBe(submission)
      expect(parts[0]?.body.hashes?.[audience]).toBe(partHash(body))
    }
    expect(parts[0]?.body.flow).toMatchObject({ id: 'f', name: '采购审批' })
  })

  it('[SUB2] is refused where a posting would be, and where nobody asks for it', () => {
    const context = aPostContext(purchaseOrder, { masters: flowing(orders) })
    const problemsOf = (of: Parameters<typeof submit>) => {
      const made = submit(...of)
      return made.ok ? [] : made.problem.map(({ code }) => code)
    }
    const seller = { userId: 'user-2', roles: ['seller' as const] }
    expect(problemsOf([{ ...context, actor: seller }, draft])).toEqual(['role-missing'])
    expect(problemsOf([context, { ...draft, lines: [] }])).toEqual(['no-lines'])
    expect(problemsOf([aPostContext(purchaseOrder), draft])).toEqual(['approval-not-asked'])
  })

  it('[SUB3] what was approved is posted word for word, under its own id and number', () => {
    const made = submitted()
    const posted = postApproved(aPostContext(purchaseOrder), approvedOf(made))
    assert(posted.ok, JSON.stringify(posted))
    const bodies = posted.value.parts.map(({ body }) => body as PostedBody)
    expect(posted.value).toMatchObject({ docId: made.docId, number: made.number, at: made.at })
    expect(bodies.map(contentHash)).toEqual(made.parts.map(({ body }) => contentHash(body.posting)))
    expect(bodies.map(({ submission }) => submission)).toEqual([made.submission, made.submission])
    const ids = posted.value.parts.map(({ recordId }) => recordId)
    expect(bodies.map(({ part, parts }) => parts[part])).toEqual(ids)
  })

  it('[SUB3] by whoever may, into an open month', () => {
    const approved = approvedOf(submitted())
    const refusalOf = (given: Parameters<typeof aPostContext>[1]) => {
      const posted = postApproved(aPostContext(purchaseOrder, given), approved)
      return posted.ok ? undefined : posted.problem[0]?.code
    }
    expect(refusalOf({ actor: { userId: 'u', roles: ['seller'] } })).toBe('role-missing')
    expect(refusalOf({ audiences: ['goods'] })).toBe('audience-missing')
    expect(refusalOf({ openFrom: () => instant(exampleNow + 1) })).toBe('month-closed')
    expect(refusalOf({})).toBeUndefined()
  })
})
