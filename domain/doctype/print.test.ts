import { describe, expect, it } from 'vitest'
import { retailSale } from '#domain/documents/retail-sale/retail-sale.ts'
import { retailSaleExamples } from '#domain/documents/retail-sale/retail-sale.examples.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { shipmentExamples } from '#domain/documents/shipment/shipment.examples.ts'
import { transfer } from '#domain/documents/transfer/transfer.ts'
import { transferExamples } from '#domain/documents/transfer/transfer.examples.ts'
import { audiences } from '#domain/records/audience.ts'
import { aPostContext } from '#tests/builders/a-post-context.ts'
import { completeDraft } from './complete.ts'
import type { AnyDocumentDefinition, DraftDocument } from './define.ts'
import { exampleShop } from './example-shop.ts'
import { printModel } from './print.ts'

function printed(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  given: Partial<Parameters<typeof printModel>[0]> = {},
) {
  const document = completeDraft(definition, draft, aPostContext(definition))
  const number = `${definition.numbering.prefix}261122-001-A7-0001`
  const { masters } = exampleShop
  return printModel({
    ...{ definition, document, number, date: '2026-11-22', masters, audiences },
    ...{ language: 'zh-CN', ...given },
  })
}

describe('printModel', () => {
  it('[PRN1] [PRN2] [PRN3] [PRN4] sets a shipment', () => {
    expect(printed(shipment, shipmentExamples.boxesOnAccount)).toEqual({
      company: '示例商贸有限公司',
      title: '销售出库单',
      number: 'XSCK261122-001-A7-0001',
      date: '2026-11-22',
      header: [
        { label: '客户', text: 'K06 老街茶馆' },
        { label: '仓库', text: '后仓' },
        { label: '约定收款日', text: '2026-12-20' },
      ],
      columns: [
        { label: '商品', align: 'start' },
        { label: '出库数量', align: 'end' },
        { label: '单价', align: 'end' },
        { label: '税率', align: 'end' },
        { label: '金额', align: 'end' },
        { label: '税额', align: 'end' },
      ],
      rows: [['100109 可乐 330ml', '2箱1罐', '50.40', '13%', '102.90', '11.84']],
      totals: ['合计', '49', '', '', '102.90', '11.84'],
      due: { amount: '102.90', inWords: '人民币壹佰零贰元玖角整' },
      signatures: ['业务员', '仓管', '收货人签字'],
    })
  })

  it('[PRN1] makes a slip without prices for the warehouse', () => {
    const slip = printed(shipment, shipmentExamples.boxesOnAccount, { audiences: ['goods'] })
    expect(slip.header).toEqual([{ label: '仓库', text: '后仓' }])
    expect(slip.columns.map(({ label }) => label)).toEqual(['商品', '出库数量'])
    expect(slip).not.toHaveProperty('due')
  })

  it('[PRN4] prints what is due after rounding-off, not the share of each line', () => {
    const slip = printed(retailSale, retailSaleExamples.roundedOffWithChange)
    expect(slip.header.map(({ label, text }) => `${label} ${text}`)).toEqual([
      ...['仓库 门店仓', '抹零 0.05', '现金 100.00', '找零 66.30'],
    ])
    expect(slip.columns.map(({ label }) => label)).not.toContain('抹零分摊')
    expect(slip.due).toEqual({ amount: '33.70', inWords: '人民币叁拾叁元柒角整' })
  })

  it('[PRN2] speaks English too', () => {
    const slip = printed(shipment, shipmentExamples.passerBy, { language: 'en' })
    expect([slip.title, ...slip.columns.map(({ label }) => label)]).toEqual([
      ...['Shipment', 'SKU', 'Quantity', 'Price', 'Amount'],
    ])
    expect(slip.due).toEqual({ amount: '15.75', inWords: '' })
  })

  it('[PRN2] shows the id of a master that this device lacks', () => {
    const masters = { ...exampleShop.masters, get: () => undefined }
    const slip = printed(transfer, transferExamples.byWeight, { masters })
    expect(slip.rows).toEqual([['sku-apple', '12.5']])
  })
})
