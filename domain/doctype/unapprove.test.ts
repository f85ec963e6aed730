import { describe, expect, it } from 'vitest'
import { goodsReceiptExamples } from '#domain/documents/goods-receipt/goods-receipt.examples.ts'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { stockCountExamples } from '#domain/documents/stock-count/stock-count.examples.ts'
import { stockCount } from '#domain/documents/stock-count/stock-count.ts'
import { nextVersionId } from '#domain/values/document-version.ts'
import { instant } from '#domain/values/instant.ts'
import {
  aPostContext,
  aPosting,
  documentsOf,
  exampleNow,
  postedDocument,
  refusalsOf,
} from '#tests/builders/a-post-context.ts'
import type { PostContext } from './post.ts'
import type { PostedDocument } from './readers.ts'
import { unapprove } from './unapprove.ts'

const draft = goodsReceiptExamples.withSpecialInvoice
const receipt = postedDocument(aPosting(goodsReceipt, draft))

function unapproving(given: Partial<PostContext> = {}, reason = '数量录错') {
  const documents = documentsOf([receipt])
  const context = aPostContext(goodsReceipt, { documents, number: receipt.number, ...given })
  return unapprove(context, receipt.docId, reason)
}

function problemOf(unapproved: ReturnType<typeof unapproving>) {
  return unapproved.ok ? undefined : unapproved.problem[0]
}

/** Posting the version after `before`. */
function nextOf(before: PostedDocument | undefined) {
  const documents = documentsOf(before === undefined ? [] : [before])
  return refusalsOf(goodsReceipt, { ...draft, docId: nextVersionId(draft.docId) }, { documents })
}

describe('unapprove', () => {
  it('[UNA1] names document and version, keeps the number and carries no legs', () => {
    const body = { docId: receipt.docId, version: 1, reason: '数量录错' }
    expect(unapproving()).toMatchObject({
      ok: true,
      value: {
        ...{ number: receipt.number, at: exampleNow },
        parts: [{ audience: 'goods', kind: 'unapproved.v1', body }],
      },
    })
  })

  it('[UNA2] wants a reason, the right and all parts', () => {
    const keeper = { userId: 'user-2', roles: ['keeper' as const] }
    expect(problemOf(unapproving({}, ' '))?.code).toBe('required')
    expect(problemOf(unapproving({ actor: keeper }))?.code).toBe('role-missing')
    expect(problemOf(unapproving({ audiences: ['goods'] }))).toMatchObject({
      ...{ code: 'reopening-needs-all', audience: 'buying' },
    })
    const reversed = documentsOf([{ ...receipt, state: 'reversed' }])
    expect(problemOf(unapproving({ documents: reversed }))?.code).toBe('already-reversed')
  })

  it('[UNA2] wants an open month and nothing built on it, and names what is', () => {
    const openFrom = () => instant(exampleNow + 1)
    expect(problemOf(unapproving({ openFrom }))?.code).toBe('document-sealed')
    const followersOf = () => ['CGFP-1', 'CGTH-2']
    expect(problemOf(unapproving({ followersOf }))).toMatchObject({
      ...{ code: 'document-built-on', numbers: ['CGFP-1', 'CGTH-2'] },
    })
  })

  it('[UNA3] uncounts what was counted at the moment of the count', () => {
    const counted = postedDocument(
      aPosting(stockCount, Object.values(stockCountExamples)[0] as typeof draft),
    )
    const moments = counted.legs.map(({ countedAt = counted.at }) => countedAt)
    const context = aPostContext(stockCount, { documents: documentsOf([counted]) })
    expect(unapprove(context, counted.docId, '错')).toMatchObject({
      value: { at: Math.min(counted.at, ...moments) },
    })
  })

  it('[UNA4] the next version waits until the one before it is taken back', () => {
    expect(nextOf(receipt)).toEqual(['version-stands'])
    expect(nextOf(undefined)).toEqual(['document-unknown'])
    expect(nextOf({ ...receipt, state: 'reversed' })).toEqual([])
  })
})
