import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { CommandArgs, CommandName, MasterChange } from '#client/engine/face/face.ts'
import {
  enrolLone,
  lone,
  openLoneDevice,
  order,
  stockLone,
} from '#client/engine/start/lone-device.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'

const [customer, other, supplier, list] = [8, 9, 10, 11].map(
  (digit) => `01900000-0000-7000-8000-0000000000${String(digit).padStart(2, '0')}`,
) as [string, string, string, string]
const bottle = 10_000
const field = (name: string, of: string) => `${name}:${of}/瓶`

/** A shop with a member's list, a customer who is on it, and what a test says besides. */
async function aShop(...more: readonly MasterChange[]) {
  const engine = await openLoneDevice({ store: openMemoryStore() })
  const act = async <Name extends CommandName>(name: Name, args: CommandArgs<Name>) => {
    const result = await order(engine, name, args)
    if (!result.ok) throw new Error(JSON.stringify(result.problem))
    return result.value
  }
  await enrolLone(engine)
  await stockLone(engine)
  const priced = {
    [field('listPrice', list)]: [{ price: 3_000_000 }, { price: 2_800_000, least: 60_000 }],
  }
  await act('changeMasters', {
    changes: [
      { entity: 'price-list', id: list, fields: { name: '会员' } },
      { entity: 'customer', id: customer, fields: { name: 'K1 便利店', priceListId: list } },
      { entity: 'customer', id: other, fields: { name: '散客' } },
      { entity: 'supplier', id: supplier, fields: { name: '饮料厂' } },
      { entity: 'sku', id: lone.sku, fields: priced },
      ...more,
    ],
  })
  const docId = uuidv7()
  const edit = (fields: CommandArgs<'editDraft'>['header'], lineId = 'line-1') =>
    act('editDraft', { docId, type: 'shipment', lines: [{ lineId, fields: fields ?? {} }] })
  const head = (customerId: string) =>
    act('editDraft', {
      docId,
      type: 'shipment',
      header: { warehouseId: lone.warehouse, customerId },
    })
  const line = async () => {
    const draft = await engine.read('draft', { docId })
    return ['price', 'priceRule'].map((name) => draft?.lines[0]?.[name])
  }
  const sell = (price: number, customerId: string, extra = {}) =>
    act('postDraft', {
      ...{ docId: uuidv7(), type: 'shipment' },
      header: { warehouseId: lone.warehouse, customerId },
      lines: [{ lineId: 'line-1', skuId: lone.sku, quantity: bottle, price, ...extra }],
    })
  return { engine, act, edit, head, line, sell, docId }
}

const goods = { skuId: lone.sku, quantity: bottle }

describe('prices of lines', () => {
  it('[PRF1] a line takes the price of the rules and keeps to it until somebody types one', async () => {
    const { edit, head, line } = await aShop()
    await head(other)
    await edit(goods)
    expect(await line()).toEqual([3_500_000, 'own'])
    await head(customer)
    expect(await line()).toEqual([3_000_000, 'level'])
    await edit({ quantity: 6 * bottle })
    expect(await line()).toEqual([2_800_000, 'level'])
    await edit({ price: 2_900_000 })
    expect(await line()).toEqual([2_900_000, undefined])
    await edit({ quantity: bottle })
    expect(await line()).toEqual([2_900_000, undefined])
    await edit({ skuId: lone.sku })
    expect(await line()).toEqual([3_000_000, 'level'])
  })

  it('[PRF1] a scan more may cost less, and the rule stays in the record', async () => {
    const { engine, act, head, line, docId } = await aShop()
    await head(customer)
    const scan = { docId, type: 'shipment', skuId: lone.sku }
    await act('scanIntoDraft', { ...scan, quantity: 50_000 })
    expect(await line()).toEqual([3_000_000, 'level'])
    await act('scanIntoDraft', { ...scan, quantity: bottle })
    expect(await line()).toEqual([2_800_000, 'level'])
    await act('post', { docId })
    const posted = await engine.read('document', { docId })
    expect(posted?.lines[0]).toMatchObject({ price: 2_800_000, priceRule: 'level', amount: 1_680 })
  })

  it('[PRP1] says why, the last price beside it; where the company wants, that is proposed', async () => {
    const special = {
      [field('specialPrice', lone.sku)]: [{ price: 2_950_000, until: '2020-01-01' }],
    }
    const { engine, act, edit, head, line, sell, docId } = await aShop({
      ...{ entity: 'customer', id: customer, fields: special },
    })
    await sell(3_100_000, customer)
    await sell(3_300_000, other)
    await sell(0, customer)
    await head(customer)
    await edit(goods)
    const prices = await engine.read('linePrices', { docId })
    expect(prices['line-1']).toMatchObject({
      proposals: [
        { rule: 'level', price: 3_000_000, listName: '会员' },
        { rule: 'own', price: 3_500_000 },
      ],
      last: { price: 3_100_000, partyName: 'K1 便利店', unit: '瓶' },
    })
    const companyWants = {
      entity: 'company',
      id: lone.organization,
      fields: { name: '公司', taxpayer: 'small', lastPrice: 'proposed' },
    }
    await act('changeMasters', { changes: [companyWants] })
    await edit({ quantity: 2 * bottle })
    expect(await line()).toEqual([3_100_000, 'last'])
  })

  it('[TRP1] prices paid are told newest first, by party, without what was taken back', async () => {
    const { engine, act, sell } = await aShop()
    const buy = (price: number) =>
      act('postDraft', {
        ...{ docId: uuidv7(), type: 'goods-receipt' },
        header: { warehouseId: lone.warehouse, supplierId: supplier, invoiceKind: 'none' },
        lines: [{ lineId: 'line-1', ...goods, price }],
      })
    await buy(2_000_000)
    const { docId } = await buy(9_000_000)
    await buy(2_100_000)
    await act('reverse', { docId, reason: '录错' })
    await sell(3_100_000, customer)
    const asked = { skuId: lone.sku, side: 'buying', limit: 10 } as const
    const bought = await engine.read('tradedPrices', { ...asked, partyId: supplier })
    expect(bought.map(({ price, partyName }) => [price, partyName])).toEqual([
      [2_100_000, '饮料厂'],
      [2_000_000, '饮料厂'],
    ])
    expect(await engine.read('tradedPrices', { ...asked, limit: 1 })).toHaveLength(1)
    expect(await engine.read('tradedPrices', { ...asked, partyId: customer })).toEqual([])
    const sold = await engine.read('tradedPrices', { ...asked, side: 'sales' })
    expect(sold.map(({ price }) => price)).toEqual([3_100_000])
  })

  it('[MIN1] a price below the minimum is said while typing and when posting', async () => {
    const { engine, edit, head, sell, docId } = await aShop({
      ...{ entity: 'sku', id: lone.sku, fields: { minimumPrice: 2_900_000 } },
    })
    await head(customer)
    await edit({ ...goods, price: 2_899_999 })
    expect((await engine.read('linePrices', { docId }))['line-1']?.isBelowMinimum).toBe(true)
    const { warnings } = await sell(2_899_999, customer)
    expect(warnings.map(({ code }) => code)).toContain('below-minimum-price')
    const dear = await sell(2_900_000, customer)
    expect(dear.warnings.map(({ code }) => code)).not.toContain('below-minimum-price')
  })
})
