import { describe, expect, it } from 'vitest'
import { checkDraft } from '#domain/doctype/check.ts'
import type { DraftDocument, PostProblem } from '#domain/doctype/define.ts'
import type { Readers } from '#domain/doctype/readers.ts'
import type { MasterChange } from '#domain/masters/entities.ts'
import { definitionOf } from '#domain/registry.ts'
import { asId, type BranchId, type WarehouseId } from '#domain/values/ids.ts'
import { zeroQuantity } from '#domain/values/quantity.ts'
import { exampleContext, exampleSheet } from './example-context.ts'
import { planProducts } from './import-products.ts'
import { readTransactions } from './transaction-lines.ts'
import { draftsOf, missingSkus } from './transactions.ts'

/** What a device knows when the masters of an import have arrived and nothing has been posted. */
function readersOf(changes: readonly MasterChange[]): Readers {
  const warehouse = { name: '总仓', branchId: 'branch' }
  const all: MasterChange[] = [{ entity: 'warehouse', id: 'w1', fields: warehouse }, ...changes]
  return {
    audiences: ['goods', 'sales', 'buying', 'books'],
    masters: {
      get: (entity, id) => all.find((each) => each.entity === entity && each.id === id)?.fields,
      list: (entity) => all.filter((each) => each.entity === entity),
    },
    documents: { get: () => undefined, returnedOf: () => zeroQuantity },
  }
}

function problemsOf(draft: DraftDocument, readers: Readers): readonly PostProblem[] {
  const definition = definitionOf(draft.type)
  return definition === undefined
    ? [{ code: 'no-such-type' }]
    : checkDraft(definition, draft, readers)
}

describe('what exchange plans', () => {
  it('[EXO5] is opening stock that the document type takes', () => {
    const plan = planProducts(
      exampleSheet(`
        编码 | 名称 | 单位 | 副单位 | 比例 | 进价 | 期初:总仓
        a1 | 可乐 | 罐 | 箱 | 24 | 1.7 | 2箱3罐
        a2 | 雪碧 | 罐 |  |  | 0 | 4
      `),
      exampleContext({ warehouse: { w1: { name: '总仓', branchId: 'branch' } } }),
    )
    expect(plan.ok && plan.value.opening).toHaveLength(1)
    const [opening] = plan.ok ? plan.value.opening : []
    const draft: DraftDocument = {
      docId: 'opening',
      type: 'opening-stock',
      branch: 'branch',
      header: { warehouseId: opening?.warehouseId },
      lines: (opening?.lines ?? []).map((line, i) => ({ ...line, lineId: String(i + 1) })),
    }
    expect(problemsOf(draft, readersOf(plan.ok ? plan.value.masters : []))).toEqual([])
  })

  it('[EXH5] is history that the document types take', () => {
    const read = readTransactions(
      exampleSheet(`
        InvoiceNo | StockCode | Description | Quantity | InvoiceDate | UnitPrice
        536365 | 85123A | HOLDER | 6 | 2010-12-01 08:26 | 2.55
        536365 | POST | POSTAGE | 1 | 2010-12-01 08:26 | 18
        536366 | 85123A |  | 3 | 2010-12-01 08:28 | 0
        C536379 | 85123A | HOLDER | -1 | 2010-12-01 09:41 | 27.5
        C536380 | POST | POSTAGE | -1 | 2010-12-01 09:45 | 18
        536589 | 85123A | damages | -10 | 2010-12-01 16:50 | 0
      `),
      0,
    )
    const lines = read.ok ? read.value.lines : []
    let count = 0
    const context = {
      branchId: asId<BranchId>('branch'),
      warehouseId: asId<WarehouseId>('w1'),
      ids: () => `id-${++count}`,
      customerIdOf: () => undefined,
    }
    const { changes, skuIds } = missingSkus(lines, { ...context, skuIdOf: () => undefined }, '件')
    const { drafts } = draftsOf(lines, { ...context, skuIdOf: (code) => skuIds.get(code) })
    const readers = readersOf(changes)
    expect(drafts.map((draft) => [draft.type, problemsOf(draft, readers)])).toEqual([
      ['shipment', []],
      ['shipment', []],
      ['sales-return', []],
      ['sales-return', []],
      ['write-off', []],
    ])
  })
})
