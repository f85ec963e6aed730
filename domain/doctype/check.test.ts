import { describe, expect, it } from 'vitest'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { goodsReceiptExamples } from '#domain/documents/goods-receipt/goods-receipt.examples.ts'
import { purchaseReturn } from '#domain/documents/purchase-return/purchase-return.ts'
import { purchaseReturnExamples } from '#domain/documents/purchase-return/purchase-return.examples.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { shipmentExamples } from '#domain/documents/shipment/shipment.examples.ts'
import { transfer } from '#domain/documents/transfer/transfer.ts'
import { transferExamples } from '#domain/documents/transfer/transfer.examples.ts'
import { limitLines, limitQuantity, limitUnitPrice } from '#domain/values/limits.ts'
import { aPostContext } from '#tests/builders/a-post-context.ts'
import { checkDraft } from './check.ts'
import type { AnyDocumentDefinition, DraftDocument } from './define.ts'
import { exampleShop } from './example-shop.ts'
import type { MasterReader } from './readers.ts'

const receipt = goodsReceiptExamples.withSpecialInvoice

function problemsOf(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  given: Parameters<typeof aPostContext>[1] = {},
) {
  return checkDraft(definition, draft, aPostContext(definition, given))
}

function changed(
  draft: DraftDocument,
  header: DraftDocument['header'],
  line: DraftDocument['header'] = {},
): DraftDocument {
  return {
    ...draft,
    header: { ...draft.header, ...header },
    lines: draft.lines.map((each) => ({ ...each, ...line })),
  }
}

/** The example shop with one master changed. */
function mastersWith(id: string, fields: Readonly<Record<string, string | number>>): MasterReader {
  const { masters } = exampleShop
  return {
    list: (entity) => masters.list(entity),
    get(entity, wanted) {
      const master = masters.get(entity, wanted)
      return master !== undefined && wanted === id ? { ...master, ...fields } : master
    },
  }
}

describe('checkDraft', () => {
  it('[CHK1] names what is missing, wrong or unknown', () => {
    const draft = changed(
      receipt,
      { warehouseId: undefined, invoiceKind: 'pink', dueOn: '2026-02-30', colour: 'red' },
      { quantity: 0, price: undefined },
    )
    expect(problemsOf(goodsReceipt, draft)).toEqual([
      { code: 'unknown-field', field: 'colour' },
      { code: 'required', field: 'warehouseId' },
      { code: 'choice-unknown', field: 'invoiceKind' },
      { code: 'date-malformed', field: 'dueOn' },
      { code: 'must-be-positive', field: 'quantity', lineId: 'line-1' },
      { code: 'required', field: 'price', lineId: 'line-1' },
    ])
  })

  it("[CHK1] asks the type's own check when the fields hold", () => {
    const draft = changed(transferExamples.refillTheShop, { targetWarehouseId: 'back-warehouse' })
    expect(problemsOf(transfer, draft)).toEqual([
      { code: 'same-warehouse', field: 'targetWarehouseId' },
    ])
    const incomplete = changed(draft, {}, { quantity: undefined })
    expect(problemsOf(transfer, incomplete)).toEqual([
      { code: 'required', field: 'quantity', lineId: 'line-1' },
    ])
  })

  it('[CHK2] leaves alone what the actor may not write', () => {
    const draft = changed(receipt, { supplierId: 'nobody' }, { price: -5 })
    expect(problemsOf(goodsReceipt, draft)).toHaveLength(2)
    expect(problemsOf(goodsReceipt, draft, { audiences: ['goods'] })).toEqual([])
  })

  it('[CHK3] wants masters that exist', () => {
    expect(problemsOf(goodsReceipt, changed(receipt, {}, { skuId: 'sku-tea' }))).toEqual([
      { code: 'unknown-reference', entity: 'sku', field: 'skuId', lineId: 'line-1' },
    ])
  })

  it('[CHK4] refuses what is disabled, but lets it go back', () => {
    const masters = mastersWith('sku-cola', { isDisabled: 1 })
    const returned = purchaseReturnExamples.wrongDelivery
    expect(problemsOf(goodsReceipt, receipt, { masters })).toEqual([
      { code: 'reference-disabled', entity: 'sku', field: 'skuId', lineId: 'line-1' },
    ])
    expect(problemsOf(purchaseReturn, returned, { masters })).toEqual([])
  })

  it('[CHK5] wants a warehouse of the branch', () => {
    const masters = mastersWith('back-warehouse', { branchId: 'other-branch' })
    expect(problemsOf(goodsReceipt, receipt, { masters })).toEqual([
      { code: 'warehouse-of-other-branch', field: 'warehouseId' },
    ])
  })

  it('[CHK6] wants lines, not too many, each its own', () => {
    const [line = { lineId: 'line-1' }] = receipt.lines
    const many = Array.from({ length: limitLines + 1 }, (_, i) => ({ ...line, lineId: `l-${i}` }))
    expect(problemsOf(goodsReceipt, { ...receipt, lines: [] })).toEqual([{ code: 'no-lines' }])
    expect(problemsOf(goodsReceipt, { ...receipt, lines: many })).toEqual([
      { code: 'too-many-lines', limit: limitLines },
    ])
    expect(problemsOf(goodsReceipt, { ...receipt, lines: [line, line] })).toEqual([
      { code: 'line-repeated' },
    ])
  })

  it('[CHK7] sells a service, but does not receive one', () => {
    const line = { skuId: exampleShop.delivery, unit: undefined }
    expect(problemsOf(shipment, changed(shipmentExamples.passerBy, {}, line))).toEqual([])
    expect(problemsOf(goodsReceipt, changed(receipt, {}, line))).toEqual([
      { code: 'service-not-stocked', field: 'skuId', lineId: 'line-1' },
    ])
  })

  it('[CHK8] knows the units of a SKU', () => {
    expect(problemsOf(goodsReceipt, changed(receipt, {}, { unit: '箱' }))).toEqual([])
    expect(problemsOf(goodsReceipt, changed(receipt, {}, { unit: '打' }))).toEqual([
      { code: 'unit-unknown', field: 'unit', lineId: 'line-1' },
    ])
  })

  it('[AMT1] finds an amount beyond the limit', () => {
    const line = { quantity: limitQuantity, price: limitUnitPrice }
    expect(problemsOf(goodsReceipt, changed(receipt, {}, line))).toEqual([
      { code: 'number-too-large', field: 'amount', lineId: 'line-1' },
    ])
  })
})
