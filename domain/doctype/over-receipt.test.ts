import { expect, it } from 'vitest'
import { goodsReceiptExamples } from '#domain/documents/goods-receipt/goods-receipt.examples.ts'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import type { Role } from '#domain/records/kinds.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { wholeQuantity, zeroQuantity } from '#domain/values/quantity.ts'
import { documentsOf, refusalsOf } from '#tests/builders/a-post-context.ts'
import { exampleOrder } from './example-order.ts'
import { exampleShop } from './example-shop.ts'
import type { MasterReader } from './readers.ts'

const { masters: shop, cola } = exampleShop
const order = { ...exampleOrder, type: 'purchase-order' }

/** Of 48 ordered 24 came; a line of the receipt for each of `counts`. */
function refused(
  counts: readonly number[],
  given: { readonly ofSupplier?: number; readonly role?: Role; readonly isAccepted?: true } = {},
) {
  const { ofSupplier, role = 'manager', isAccepted } = given
  const { withSpecialInvoice } = goodsReceiptExamples
  const [first] = withSpecialInvoice.lines
  const link = { orderId: asId<DocumentId>(order.docId), orderLineId: asId<LineId>('line-1') }
  const lines = counts.map((count, i) => ({
    ...{ ...first, lineId: `line-${i + 1}`, skuId: cola, quantity: wholeQuantity(count), ...link },
  }))
  const header = { ...withSpecialInvoice.header, ...(isAccepted && { acceptExcess: 1 }) }
  const masters: MasterReader = {
    get: (entity, id) => ({
      ...shop.get(entity, id),
      ...(entity === 'supplier' && ofSupplier !== undefined && { receiptTolerance: ofSupplier }),
    }),
    *list(entity) {
      for (const { id, fields } of shop.list(entity)) {
        yield { id, fields: { ...fields, ...(entity === 'company' && { receiptTolerance: 500 }) } }
      }
    },
  }
  return refusalsOf(
    goodsReceipt,
    { ...withSpecialInvoice, header, lines },
    {
      ...{ masters, documents: documentsOf([order]), actor: { userId: 'user-2', roles: [role] } },
      promised: {
        ordered: () => ({ quantity: wholeQuantity(48), taken: wholeQuantity(24) }),
        available: () => zeroQuantity,
        reserved: () => undefined,
        isTakenFrom: () => true,
      },
    },
  )
}

it('[OCL6] lets in the tolerance beyond the order, lines of one document together', () => {
  expect(refused([26])).toEqual([])
  expect(refused([27])).toEqual(['received-too-much quantity'])
  expect(refused([13, 13])).toEqual([])
  expect(refused([13, 14])).toEqual(['received-too-much quantity'])
})

it('[OCL6] a supplier has its own', () => {
  expect(refused([28], { ofSupplier: 1_000 })).toEqual([])
  expect(refused([25], { ofSupplier: 0 })).toEqual(['received-too-much quantity'])
})

it('[OCL6] more is received on the word of a manager', () => {
  expect(refused([40], { isAccepted: true })).toEqual([])
  expect(refused([40], { isAccepted: true, role: 'keeper' })).toEqual([
    'excess-needs-manager acceptExcess',
  ])
})
