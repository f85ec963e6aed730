import { describe, expect, it } from 'vitest'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { salesReturn } from '#domain/documents/sales-return/sales-return.ts'
import { transfer } from '#domain/documents/transfer/transfer.ts'
import { defineDocument } from './define.ts'
import { originFields, quantityField, reference, textField } from './fields.ts'

const sound = {
  type: 'sample',
  label: ['样单', 'Sample'],
  menu: 'stock',
  numbering: { prefix: 'yd1' },
  header: { note: textField(['备注', 'Note']) },
  lines: {
    skuId: reference('sku', ['商品', 'SKU']),
    quantity: quantityField(['数量', 'Quantity']),
  },
  roles: { edit: [], post: [] },
  list: [],
  print: { signatures: [] },
  movementClass: 'issue',
  movements: () => [],
  voucherLines: () => [],
} as const

describe('defineDocument', () => {
  it('[DEF1] stops on a prefix that is no abbreviation', () => {
    expect(() => defineDocument(sound)).toThrow(/prefix/)
  })

  it('[DEF1] stops on a list column that is no field', () => {
    const numbering = { prefix: 'YDD' }
    // @ts-expect-error the list shows fields of the header
    expect(() => defineDocument({ ...sound, numbering, list: ['nothing'] })).toThrow(
      /no such field/,
    )
  })

  it('[DEF1] stops on links without the fields that carry them, and the other way round', () => {
    const numbering = { prefix: 'YDD' }
    const lines = { ...sound.lines, ...originFields(['原单', 'Origin']) }
    expect(() => defineDocument({ ...sound, numbering, links: { from: [] } })).toThrow(/links/)
    expect(() => defineDocument({ ...sound, numbering, lines })).toThrow(/links/)
  })

  it('[DEF1] stops on a name that means something else', () => {
    const header = { constructor: textField(['备注', 'Note']) }
    expect(() => defineDocument({ ...sound, numbering: { prefix: 'YDD' }, header })).toThrow(
      /reserved/,
    )
  })

  it('[DEF2] has one part per audience, the lead first, and names every reader', () => {
    expect(goodsReceipt.parts).toEqual(['goods', 'buying'])
    expect(salesReturn.parts).toEqual(['goods', 'sales'])
    expect(transfer.parts).toEqual(['goods'])
    expect(goodsReceipt.header.warehouseId.audience).toBe('goods')
    expect(goodsReceipt.header.supplierId.audience).toBe('buying')
  })

  it('[DEF3] offers what is typed for import, and what is listed in the list', () => {
    const names = salesReturn.importColumns.map(({ name }) => name)
    const goods = ['batch', 'produced', 'expires', 'serials', 'binId', 'status']
    expect(names).toEqual(['skuId', 'quantity', ...goods, 'unit', 'price', 'taxRate'])
    expect(goodsReceipt.listColumns.map(({ name, field }) => [name, field.kind])).toEqual([
      ['supplierId', 'reference'],
      ['warehouseId', 'reference'],
      ['invoiceKind', 'choice'],
    ])
  })
})
