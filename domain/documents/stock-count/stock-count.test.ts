import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import type { MasterReader } from '#domain/doctype/readers.ts'
import { supplyPart } from '#domain/doctype/supply-part.ts'
import { instant } from '#domain/values/instant.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import {
  aDisabled,
  aPostContext,
  aPosting,
  documentsOf,
  exampleNow,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { trackedShop } from '#tests/builders/a-tracked-shop.ts'
import { stockCountExamples } from './stock-count.examples.ts'
import { stockCount } from './stock-count.ts'

const { shelfByShelf, soldOutAndLeftBlank, wholeBackStore } = stockCountExamples

/** What is asserted: 'leg sku counted from–at', minutes before the posting where it says when. */
function assertions(draft: typeof shelfByShelf, given: Parameters<typeof aPosting>[2] = {}) {
  const minutes = (at: number | undefined) =>
    at === undefined ? '' : `${(exampleNow - at) / 60_000}`
  return postedDocument(aPosting(stockCount, draft, given)).legs.map((leg) => {
    const { counted = 0, countedFrom, countedAt } = leg
    expect([leg.quantity, leg.class]).toEqual([0, 'count'])
    const when = [countedFrom, countedAt].map(minutes).join('–')
    return `${leg.leg} ${leg.sku} ${counted / 10_000} ${when}`
  })
}

describe('stock count', () => {
  it('[SCT1] adds the entries of a SKU up, from its first to its last', () => {
    expect(assertions(shelfByShelf)).toEqual([
      'line-1 sku-cola 79 60–30',
      'line-2 sku-apple 12.45 –50',
    ])
  })

  it('[SCT1] takes the moment of the document where an entry has none, and never one to come', () => {
    const [first, , third] = shelfByShelf.lines
    const lines = [{ ...first, lineId: 'line-1', countedAt: undefined }, ...(third ? [third] : [])]
    expect(assertions({ ...shelfByShelf, lines })).toEqual(['line-1 sku-cola 79 –'])
    const late = { ...first, lineId: 'line-1', countedAt: exampleNow + 5 }
    expect(assertions({ ...shelfByShelf, lines: [late] })).toEqual(['line-1 sku-cola 31 –'])
  })

  it('[SCT2] [SCT3] leaves blank lines alone, and takes 0 for none there', () => {
    expect(assertions(soldOutAndLeftBlank)).toEqual(['line-1 sku-cola 0 –'])
    const header = { ...soldOutAndLeftBlank.header, uncounted: 'book' }
    expect(assertions({ ...soldOutAndLeftBlank, header })).toEqual(['line-1 sku-cola 0 –'])
  })

  it('[SCT3] takes blank lines for none there, at the end of the count', () => {
    expect(assertions(wholeBackStore)).toEqual(['line-1 sku-cola 240 –', 'line-2 sku-shirt 0 –'])
    const lines = [...shelfByShelf.lines, { lineId: 'line-4', skuId: exampleShop.apple }]
    const header = { ...shelfByShelf.header, uncounted: 'zero' }
    expect(assertions({ ...shelfByShelf, header, lines })).toEqual([
      'line-1 sku-cola 79 60–30',
      'line-2 sku-apple 12.45 –',
    ])
  })

  it('[SCT2] wants something counted, and no negative count', () => {
    const blank = shelfByShelf.lines.map(({ lineId, skuId }) => ({ lineId, skuId }))
    expect(refusalsOf(stockCount, { ...shelfByShelf, lines: blank })).toEqual(['nothing-counted'])
    const lines = [{ lineId: 'line-1', skuId: exampleShop.cola, quantity: -10_000 }]
    expect(refusalsOf(stockCount, { ...shelfByShelf, lines })).toEqual([
      'must-not-be-negative quantity',
    ])
  })

  it('[LEG9] asserts each piece with a serial number: found, or looked for and not there', () => {
    const { masters, phone } = trackedShop
    const line = { lineId: 'line-1', skuId: phone, serials: 'SN1 SN2' }
    const of = (quantity: number) => ({ ...shelfByShelf, lines: [{ ...line, quantity }] })
    const legs = (quantity: number) =>
      postedDocument(aPosting(stockCount, of(quantity), { masters })).legs
    expect(legs(20_000)).toMatchObject([
      { leg: 'line-1#1', lineId: 'line-1', serial: 'SN1', quantity: 0, counted: 10_000 },
      { leg: 'line-1#2', lineId: 'line-1', serial: 'SN2', quantity: 0, counted: 10_000 },
    ])
    expect(legs(0).map(({ counted }) => counted)).toEqual([0, 0])
    expect(refusalsOf(stockCount, of(10_000), { masters })).toEqual(['serials-differ serials'])
  })

  it('[SCT1] keeps batches, bins and statuses apart, and wants the batch of what is tracked by it', () => {
    const { masters, milk } = trackedShop
    const line = { skuId: milk, quantity: wholeQuantity(3) }
    const lines = [
      { ...line, lineId: 'line-1', batch: 'B1' },
      { ...line, lineId: 'line-2', batch: 'B2', status: 'good' },
      { ...line, lineId: 'line-3', batch: 'B2' },
      { ...line, lineId: 'line-4', batch: 'B2', status: 'frozen' },
    ]
    const { legs } = postedDocument(aPosting(stockCount, { ...shelfByShelf, lines }, { masters }))
    expect(legs.map(({ leg, batch, status, counted }) => [leg, batch, status, counted])).toEqual([
      ['line-1', 'B1', undefined, 30_000],
      ['line-2', 'B2', undefined, 60_000],
      ['line-4', 'B2', 'frozen', 30_000],
    ])
    const nameless = [{ ...line, lineId: 'line-1' }]
    expect(refusalsOf(stockCount, { ...shelfByShelf, lines: nameless }, { masters })).toEqual([
      'required batch',
    ])
  })

  it('[SCT4] wants every area of a SKU counted', () => {
    const lines = [
      ...shelfByShelf.lines,
      { lineId: 'line-4', skuId: exampleShop.cola, area: '冰柜' },
    ]
    expect(refusalsOf(stockCount, { ...shelfByShelf, lines })).toEqual([
      'area-not-counted quantity',
    ])
  })

  it('[SCT10] [PST5] stands before or after the business of a day where it was counted on paper', () => {
    const { masters } = exampleShop
    const atFour: MasterReader = {
      get: (entity, id) => masters.get(entity, id),
      list: (entity) =>
        [...masters.list(entity)].map(({ id, fields }) => ({
          ...{ id, fields: { ...fields, cutOffMinutes: 240 } },
        })),
    }
    const moment = (partOfDay: string, daysAgo: number, given = {}) => {
      const at = daysAgo === 0 ? {} : { at: instant(exampleNow - daysAgo * 86_400_000) }
      const header = { ...shelfByShelf.header, partOfDay }
      const posting = aPosting(stockCount, { ...shelfByShelf, ...at, header }, given)
      const [leg] = postedDocument(posting).legs
      expect([leg?.countedAt, leg?.countedFrom]).toEqual([undefined, undefined])
      return new Date(posting.at + 8 * 3_600_000).toISOString().slice(0, -1)
    }
    expect(moment('before', 0)).toBe('2026-11-22T00:00:00.000')
    expect(moment('after', 1)).toBe('2026-11-21T23:59:59.999')
    expect(moment('before', 1, { masters: atFour })).toBe('2026-11-21T04:00:00.000')
    expect(moment('after', 1, { masters: atFour })).toBe('2026-11-22T03:59:59.999')
    // The day is not over: what is sold from now on was not counted.
    expect(moment('after', 0)).toBe('2026-11-22T10:00:00.000')
    const header = { ...shelfByShelf.header, partOfDay: 'after' }
    const tomorrow = { ...shelfByShelf, header, at: instant(exampleNow + 86_400_000) }
    expect(refusalsOf(stockCount, tomorrow)).toEqual(['dated-in-future'])
  })

  it('[SCT5] is posted by a manager, of disabled products too', () => {
    const as = (role: 'keeper' | 'manager') => ({ actor: { userId: 'user-2', roles: [role] } })
    expect(refusalsOf(stockCount, shelfByShelf, as('keeper'))).toEqual(['role-missing'])
    expect(refusalsOf(stockCount, shelfByShelf, as('manager'))).toEqual([])
    expect(refusalsOf(stockCount, shelfByShelf, { masters: aDisabled('sku-cola') })).toEqual([])
  })

  it('[SCT6] clears a surplus to other income and a loss to other expense', () => {
    const lines = shelfByShelf.lines.slice(0, 1)
    expect(voucherOf(stockCount, { ...shelfByShelf, lines })).toEqual([
      'debit inventory gain-of line-1',
      'credit pending-loss gain-of line-1',
      'debit pending-loss gain-of line-1',
      'credit other-income gain-of line-1',
      'debit pending-loss loss-of line-1',
      'credit inventory loss-of line-1',
      'debit other-expense loss-of line-1',
      'credit pending-loss loss-of line-1',
    ])
  })

  it('[SCT8] says what a surplus is worth, to those who read costs', () => {
    const lines = shelfByShelf.lines.map((line) => ({ ...line, price: unitPrice(3_200_000) }))
    const draft = { ...shelfByShelf, lines }
    const valuesOf = (given: Parameters<typeof aPosting>[2]) =>
      postedDocument(aPosting(stockCount, draft, given)).bodies.map(({ part, values }) => [
        part,
        values?.map(({ leg, amount }) => `${leg} ${amount}`),
      ])
    expect(valuesOf({})).toEqual([
      ['goods', undefined],
      ['buying', ['line-1 3200000', 'line-2 3200000']],
    ])
    expect(valuesOf({ audiences: ['goods'] })).toEqual([['goods', undefined]])
  })

  it('[SCT9] restates all that is there, also what was left blank', () => {
    const [first, second] = shelfByShelf.lines
    if (first === undefined || second === undefined) throw new Error('an example has two lines')
    const { lineId, skuId } = second
    const blank = { lineId, skuId, price: unitPrice(5_000_000) }
    const header = { ...shelfByShelf.header, restates: 1 as const }
    const draft = { ...shelfByShelf, header, lines: [first, blank] }
    const { legs, bodies } = postedDocument(aPosting(stockCount, draft))
    expect(
      legs.map(({ leg, counted, class: of, quantity: moved }) => [leg, counted, of, moved]),
    ).toEqual([
      ['line-1', 310_000, 'count', 0],
      ['line-1!', undefined, 'count', 0],
      ['line-2!', undefined, 'count', 0],
    ])
    expect(legs[1]?.countedAt).toBe(legs[0]?.countedAt)
    expect(bodies[1]?.values).toEqual([{ leg: 'line-2!', amount: 5_000_000 }])
    expect(voucherOf(stockCount, { ...draft, lines: [blank] })).toEqual([
      'debit inventory cost-of line-2!',
      'credit cost-difference cost-of line-2!',
    ])
    const nothing = { ...draft, header: shelfByShelf.header, lines: [blank] }
    expect(refusalsOf(stockCount, nothing)).toEqual(['nothing-counted'])
  })

  it('[SCT9] [SUP1] asserts the same whether its prices come at once or from somebody else', () => {
    const [line] = shelfByShelf.lines
    if (line === undefined) throw new Error('an example has lines')
    const { lineId, skuId } = line
    const price = unitPrice(5_000_000)
    const header = { ...shelfByShelf.header, restates: 1 as const }
    const blank = { ...shelfByShelf, header, lines: [{ lineId, skuId, price }] }
    const whole = postedDocument(aPosting(stockCount, blank))
    const unpriced = postedDocument(aPosting(stockCount, blank, { audiences: ['goods'] }))
    expect(unpriced.legs).toEqual(whole.legs)
    const context = aPostContext(stockCount, { documents: documentsOf([unpriced]) })
    const rest = supplyPart(context, blank.docId, { header: {}, lines: [{ lineId, price }] })
    if (!rest.ok) throw new Error(JSON.stringify(rest))
    expect(rest.value.parts.map(({ body }) => 'values' in body && body.values)).toEqual([
      whole.bodies[1]?.values,
    ])
  })

  it('[SCT7] keeps what the device took to be there at that moment', () => {
    const asked: unknown[] = []
    const stock = {
      onHand: () => wholeQuantity(1_000),
      book(goods: object, at: number) {
        asked.push([goods, at])
        return wholeQuantity(80)
      },
    }
    const lines = shelfByShelf.lines.slice(0, 1)
    const [leg] = postedDocument(aPosting(stockCount, { ...shelfByShelf, lines }, { stock })).legs
    expect(leg?.book).toBe(800_000)
    const { cola: sku, mainWarehouse: warehouse } = exampleShop
    expect(asked).toEqual([[{ sku, warehouse }, instant(exampleNow - 3_600_000)]])
  })
})
