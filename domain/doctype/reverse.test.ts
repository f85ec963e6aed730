import { describe, expect, it } from 'vitest'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { goodsReceiptExamples } from '#domain/documents/goods-receipt/goods-receipt.examples.ts'
import { limitNote } from '#domain/values/limits.ts'
import { instant } from '#domain/values/instant.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPostContext,
  aPosting,
  documentsOf,
  exampleNow,
  postedDocument,
} from '#tests/builders/a-post-context.ts'
import { exampleShop } from './example-shop.ts'
import type { PostContext } from './post.ts'
import { reverse } from './reverse.ts'

const receipt = postedDocument(aPosting(goodsReceipt, goodsReceiptExamples.withSpecialInvoice))

function reversing(reason: string, given: Partial<PostContext> = {}) {
  const documents = documentsOf([receipt])
  const number = 'CGRK261122-001-A7-0002'
  return reverse(aPostContext(goodsReceipt, { documents, number, ...given }), receipt.docId, reason)
}

function codeOf(reversed: ReturnType<typeof reversing>) {
  return reversed.ok ? undefined : reversed.problem[0]?.code
}

describe('reverse', () => {
  it('[REV1] names the posting seen and carries no legs', () => {
    const { docId, postingId } = receipt
    const body = { docId, postingId, number: 'CGRK261122-001-A7-0002', reason: '重复录入' }
    expect(reversing('重复录入')).toMatchObject({
      ok: true,
      value: { docId, postingId, parts: [{ audience: 'goods', kind: 'reversed.v1', body }] },
    })
  })

  it('[REV1] wants a reason, the right and a document that stands', () => {
    const keeper = { userId: 'user-2', roles: ['keeper' as const] }
    const reversed = documentsOf([{ ...receipt, state: 'reversed' }])
    expect(codeOf(reversing('  '))).toBe('required')
    expect(codeOf(reversing('x'.repeat(limitNote + 1)))).toBe('text-too-long')
    expect(codeOf(reversing('错', { actor: keeper }))).toBe('role-missing')
    expect(codeOf(reversing('错', { documents: documentsOf([]) }))).toBe('document-unknown')
    expect(codeOf(reversing('错', { documents: reversed }))).toBe('already-reversed')
  })

  it('[REV2] waits for linked returns to be reversed first', () => {
    const documents = { ...documentsOf([receipt]), returnedOf: () => wholeQuantity(1) }
    expect(codeOf(reversing('错', { documents }))).toBe('document-returned')
  })

  it('[REV3] may be dated back to its document, and no further', () => {
    const dated = (at: number) =>
      reverse(
        aPostContext(goodsReceipt, {
          ...{ documents: documentsOf([{ ...receipt, at: instant(exampleNow - 9_000) }]) },
          at: exampleNow,
        }),
        ...([receipt.docId, '错', instant(at)] as const),
      )
    expect(dated(exampleNow - 9_000)).toMatchObject({ value: { at: exampleNow - 9_000 } })
    expect(dated(exampleNow)).toMatchObject({ ok: true })
    expect(codeOf(dated(exampleNow - 9_001))).toBe('dated-before-origin')
    expect(codeOf(dated(exampleNow + 1))).toBe('dated-in-future')
  })

  it('[REV3] is possible now, also where the poster’s clock was ahead', () => {
    const ahead = documentsOf([{ ...receipt, at: instant(exampleNow + 9_000) }])
    const context = aPostContext(goodsReceipt, { documents: ahead, at: exampleNow })
    expect(reverse(context, receipt.docId, '错')).toMatchObject({ value: { at: exampleNow } })
  })

  it('[LEG3] warns where the goods have gone on', () => {
    const reversed = reversing('错', { stock: { onHand: () => wholeQuantity(4) } })
    expect(reversed).toMatchObject({
      value: { warnings: [{ skuId: exampleShop.cola, wanted: wholeQuantity(10) }] },
    })
  })
})
