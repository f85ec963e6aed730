import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#client/engine/engine.ts'
import type { FieldValues } from '#client/engine/face/face.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { cola, enrolled, open, stockRoom, supplierOf, synced, world } from './shop.ts'

const milk = { product: uuidv7(), sku: uuidv7() }
const phone = { product: uuidv7(), sku: uuidv7() }

async function trackedGoods(engine: Engine): Promise<void> {
  const skuOf = (productId: string, code: string) => ({
    ...{ productId, code, baseUnit: '件', retailPrice: 5_000_000 },
  })
  await act(engine, 'changeMasters', {
    changes: [
      { entity: 'product', id: milk.product, fields: { name: '鲜牛奶', hasBatches: 1 } },
      { entity: 'sku', id: milk.sku, fields: skuOf(milk.product, 'M1') },
      { entity: 'product', id: phone.product, fields: { name: '手机', hasSerials: 1 } },
      { entity: 'sku', id: phone.sku, fields: skuOf(phone.product, 'P1') },
    ],
  })
}

function post(engine: Engine, type: string, header: FieldValues, lines: readonly FieldValues[]) {
  const named = lines.map((line) => ({ price: 5_000_000, ...line, lineId: uuidv7() }))
  return act(engine, 'postDraft', { docId: uuidv7(), type, header, lines: named })
}

describe('the whole road: goods that are told apart', () => {
  it('[TAG1] sells what expires first, and one piece once, also when two devices were apart', async () => {
    const server = await world.server()
    const { engine: first } = await enrolled(server)
    const warehouseId = await stockRoom(first)
    await trackedGoods(first)
    const bought = { warehouseId, supplierId: await supplierOf(first), invoiceKind: 'none' }
    await post(first, 'goods-receipt', bought, [
      { skuId: milk.sku, quantity: 30_000, batch: 'B2', expires: '2199-12-31' },
      { skuId: milk.sku, quantity: 20_000, batch: 'B1', expires: '2199-06-30' },
      { skuId: phone.sku, serials: 'S1 S2' },
    ])
    const goodsOf = async (engine: Engine, { sku }: typeof milk) =>
      (await engine.read('stockOf', { skuId: sku }))?.goods.map(({ batch, serial, quantity }) => [
        batch ?? serial,
        quantity / 10_000,
      ])
    expect((await first.read('lookup', { text: 'S2', limit: 5 }))[0]).toMatchObject({
      serial: 'S2',
    })
    await synced(first)
    const tablet = await enrolled(server)
    await eventually(async () => expect(await goodsOf(tablet.engine, phone)).toHaveLength(2))
    await synced(tablet.engine)
    await tablet.engine.close()

    const sold = [
      { skuId: milk.sku, quantity: 30_000 },
      { skuId: phone.sku, serials: 'S1' },
    ]
    const offline = await open(undefined, { disk: tablet.disk() })
    await post(first, 'shipment', { warehouseId }, sold)
    await post(offline.engine, 'shipment', { warehouseId }, [{ skuId: phone.sku, serials: 'S1' }])
    expect(await goodsOf(first, milk)).toEqual([['B2', 2]])
    await synced(first)
    await offline.engine.close()

    const { engine: again } = await open(server, { disk: offline.disk() })
    for (const engine of [first, again]) {
      await eventually(async () => {
        const { rows } = await engine.read('findings', { offset: 0, limit: 10 })
        const [twice] = rows.filter(({ code }) => code === 'duplicate-serial')
        expect(twice?.documents).toHaveLength(2)
      })
      const trace = await engine.read('trace', { skuId: phone.sku, serial: 'S1' })
      expect([trace.state, trace.rows.filter(({ isTrouble }) => isTrouble).length]).toEqual([
        'sold',
        1,
      ])
    }
  })

  it('[TAG3] whether batches are valued by themselves is chosen once, before goods move', async () => {
    const { engine } = await enrolled(await world.server())
    const warehouseId = await stockRoom(engine)
    await trackedGoods(engine)
    const value = (product: string, valuation: string) =>
      engine.command(
        'changeMasters',
        { changes: [{ entity: 'product', id: product, fields: { valuation } }] },
        uuidv7(),
      )
    const fixed = { ok: false, problem: [{ code: 'valuation-fixed', field: 'valuation' }] }
    expect(await value(milk.product, 'batch')).toMatchObject({ ok: true })
    expect(await value(milk.product, '')).toMatchObject(fixed)
    const bought = { warehouseId, supplierId: await supplierOf(engine), invoiceKind: 'none' }
    await post(engine, 'goods-receipt', bought, [{ skuId: phone.sku, serials: 'S9' }])
    expect(await value(phone.product, 'batch')).toMatchObject(fixed)
  })

  it('[TAG2] stays tracked while goods are kept by number, and shows nothing to who tracks nothing', async () => {
    const server = await world.server()
    const { engine } = await enrolled(server)
    const warehouseId = await stockRoom(engine)
    await trackedGoods(engine)
    const bought = { warehouseId, supplierId: await supplierOf(engine), invoiceKind: 'none' }
    await post(engine, 'goods-receipt', bought, [{ skuId: phone.sku, serials: 'S9' }])
    const untrack = { entity: 'product', id: phone.product, fields: { hasSerials: '' } } as const
    const refused = await engine.command('changeMasters', { changes: [untrack] }, uuidv7())
    expect(refused).toMatchObject({ ok: false, problem: [{ code: 'tracking-in-use' }] })
    await post(engine, 'write-off', { warehouseId, reason: 'lost' }, [
      { skuId: phone.sku, serials: 'S9', price: undefined as never },
    ])
    await act(engine, 'changeMasters', { changes: [untrack] })
    const docId = uuidv7()
    const lines = [{ lineId: uuidv7(), fields: { skuId: cola.sku, quantity: 10_000 } }]
    await act(engine, 'editDraft', { docId, type: 'shipment', header: { warehouseId }, lines })
    expect((await engine.read('draft', { docId }))?.facets).toEqual([])
  })
})
