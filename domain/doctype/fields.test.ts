import { describe, expect, it } from 'vitest'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import { limitMoney, limitNote } from '#domain/values/limits.ts'
import type { Money } from '#domain/values/money.ts'
import { defineDocument } from './define.ts'
import {
  choice,
  dateField,
  flagField,
  inAudience,
  moneyField,
  optional,
  priceField,
  quantityField,
  reference,
  textField,
} from './fields.ts'

const label = ['甲', 'A'] as const

describe('fields', () => {
  it.each([
    ['reference', reference('sku', label), 'sku-1', 'SKU 1', 'reference-malformed'],
    ['choice', choice(label, { yes: label }), 'yes', 'toString', 'choice-unknown'],
    ['text', textField(label), '一瓶', 3, 'must-be-text'],
    ['long text', textField(label), '', 'x'.repeat(limitNote + 1), 'text-too-long'],
    ['ill-formed text', textField(label), '瓶', '\ud800', 'text-ill-formed'],
    ['date', dateField(label), '2026-02-28', '2026-02-30', 'date-malformed'],
    ['quantity', quantityField(label), 1, 1.5, 'must-be-integer'],
    ['money', moneyField(label), limitMoney, limitMoney + 1, 'number-too-large'],
    ['number as text', priceField(label), 5, '5', 'must-be-integer'],
    ['flag', flagField(label), 1, 0, 'flag-malformed'],
  ])('[FLD1] %s', (_, field, good, bad, code) => {
    expect(field.check(good)).toBeUndefined()
    expect(field.check(bad)).toBe(code)
    expect(field.check(undefined)).toBeDefined()
  })

  it('[FLD2] takes a price of zero, a quantity only above it', () => {
    expect(priceField(label).check(0)).toBeUndefined()
    expect(moneyField(label).check(0)).toBeUndefined()
    expect(quantityField(label).check(0)).toBe('must-be-positive')
    expect(quantityField(label).check(-1)).toBe('must-not-be-negative')
    expect(moneyField(label).check(-0)).toBe('must-not-be-negative')
  })

  it('[FLD3] gives every value a type of its own', () => {
    defineDocument({
      type: 'typed',
      label,
      menu: 'stock',
      numbering: { prefix: 'TYP' },
      header: {
        warehouseId: reference('warehouse', label),
        reason: choice(label, { lost: label, found: label }),
        fee: inAudience('buying', moneyField(label)),
        note: optional(textField(label)),
      },
      lines: { skuId: reference('sku', label), quantity: quantityField(label) },
      roles: { edit: [], post: [] },
      list: ['reason'],
      print: { signatures: [] },
      movementClass: 'issue',
      check({ header, lines }) {
        const reason: 'lost' | 'found' = header.reason
        // @ts-expect-error a warehouse is not a SKU
        const sku: SkuId = header.warehouseId
        // @ts-expect-error who may not read the buying part has no fee
        const fee: Money = header.fee
        // @ts-expect-error an optional field may be empty
        const note: string = header.note
        // @ts-expect-error there is no such field
        const price = lines[0]?.price
        return [{ code: [reason, sku, fee, note, price].join() }]
      },
      movements({ header, lines }) {
        const warehouseId: WarehouseId = header.warehouseId
        return lines.map(({ lineId, skuId, quantity }) => {
          // @ts-expect-error a number is not a quantity
          const plain: typeof quantity = 5
          return { leg: lineId, skuId, warehouseId, quantity: plain }
        })
      },
      voucherLines: () => [
        // @ts-expect-error there is no such account
        { side: 'debit', account: 'biscuits', amount: { kind: 'cost-of', leg: '' } },
      ],
    })
  })
})
