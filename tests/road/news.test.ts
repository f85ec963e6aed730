/** 变动说明: what a sync has changed in figures that people know, and why, on each device by its role. */
import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#client/engine/engine.ts'
import type { ChangeRow } from '#client/engine/face/face.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import {
  cola,
  enrolled,
  onHand,
  open,
  receive,
  sell,
  stockRoom,
  supplierOf,
  synced,
  world,
} from './shop.ts'

const all = { offset: 0, limit: 100 }

async function changesOf(engine: Engine): Promise<readonly ChangeRow[]> {
  return (await engine.read('changes', all)).rows
}

/** Two devices that hold the same: ten bottles at 2.00, looked at. */
async function aShopOfTwo() {
  const server = await world.server()
  const office = await enrolled(server)
  const warehouse = await stockRoom(office.engine)
  const supplier = await supplierOf(office.engine)
  const { docId: receipt } = await receive(office.engine, warehouse, supplier, 10)
  await synced(office.engine)
  const tablet = await enrolled(server, { deviceName: '二店平板', kind: 'tablet' })
  await eventually(async () => expect(await onHand(tablet.engine)).toBe(10))
  await eventually(async () => {
    expect((await tablet.engine.read('changes', all)).since).toBeDefined()
  })
  return { server, office, tablet, warehouse, supplier, receipt }
}

interface Billed {
  readonly receipt: string
  readonly supplierId: string
  readonly price: number
}

/** An invoice over all ten bottles. */
async function bill(engine: Engine, { receipt, supplierId, price }: Billed): Promise<void> {
  const came = await engine.read('document', { docId: receipt })
  const originLineId = came?.lines[0]?.lineId ?? ''
  await act(engine, 'postDraft', {
    ...{ docId: uuidv7(), type: 'purchase-invoice' },
    header: { supplierId, invoiceKind: 'ordinary' },
    lines: [
      {
        ...{ lineId: uuidv7(), originId: receipt, originLineId, skuId: cola.sku },
        ...{ quantity: 100_000, price, taxRate: 0 },
      },
    ],
  })
}

function sums({ before, after, causes }: ChangeRow) {
  const sum = (figure: 'quantity' | 'value') =>
    causes.reduce((total, cause) => total + (cause[figure] ?? 0), before[figure] ?? 0)
  return [
    [sum('quantity'), sum('value')],
    [after.quantity, after.value ?? 0],
  ]
}

describe('the whole road: why a number changed', () => {
  it('[NEW3] [NEW6] tells what another device sold, by document, device and arrival, and not what was sold here', async () => {
    const { office, tablet, warehouse } = await aShopOfTwo()
    expect(await changesOf(tablet.engine)).toEqual([])
    const sold = await sell(tablet.engine, warehouse, 3)
    await synced(tablet.engine)
    expect(await changesOf(tablet.engine)).toEqual([])
    await sell(office.engine, warehouse, 1)
    await eventually(async () => expect(await changesOf(office.engine)).toHaveLength(1))
    const [row] = await changesOf(office.engine)
    if (row === undefined) throw new Error('no row')
    expect(row).toMatchObject({
      before: { quantity: 100_000, value: 2_000 },
      after: { quantity: 60_000, value: 1_200 },
      places: [{ warehouseName: '前场', before: 100_000, after: 60_000 }],
      causes: [
        {
          ...{ kind: 'moved', type: 'retail-sale', quantity: -30_000, value: -600 },
          documents: [{ docId: sold.docId, number: sold.number, deviceName: '二店平板' }],
        },
        { kind: 'own', quantity: -10_000, value: -200, documentCount: 1 },
      ],
    })
    expect(row.causes[0]?.documents[0]?.arrivedAt).toBeTypeOf('number')
    expect(sums(row)[0]).toEqual(sums(row)[1])
    await act(office.engine, 'seeChanges', {})
    expect(await changesOf(office.engine)).toEqual([])
  })

  it('[NEW4] tells it after a restart too, and once it was seen not again', async () => {
    const { server, office, tablet, warehouse } = await aShopOfTwo()
    await sell(tablet.engine, warehouse, 3)
    await eventually(async () => expect(await changesOf(office.engine)).toHaveLength(1))
    const told = await changesOf(office.engine)
    await office.engine.close()
    const again = await open(server, { disk: office.disk() })
    expect(await changesOf(again.engine)).toMatchObject([
      { before: told[0]?.before, after: told[0]?.after },
    ])
    await act(again.engine, 'seeChanges', {})
    await again.engine.close()
    const once = await open(server, { disk: again.disk() })
    expect(await changesOf(once.engine)).toEqual([])
  })

  it('[NEW5] [NEW7] tells an invoice as a price, with the profit of what was sold, and nothing of it to a keeper', async () => {
    const { server, office, tablet, warehouse, supplier, receipt } = await aShopOfTwo()
    const keeper = await enrolled(server, { audiences: ['goods'], kind: 'tablet' })
    await eventually(async () => {
      expect((await keeper.engine.read('changes', all)).since).toBeDefined()
    })
    await sell(office.engine, warehouse, 4)
    await eventually(async () => expect(await changesOf(keeper.engine)).toHaveLength(1))
    const [sold] = await changesOf(keeper.engine)
    expect(sold).toMatchObject({ before: { quantity: 100_000 }, after: { quantity: 60_000 } })
    expect(JSON.stringify(sold)).not.toContain('value')
    await act(keeper.engine, 'seeChanges', {})
    await act(office.engine, 'seeChanges', {})
    await eventually(async () => expect(await changesOf(tablet.engine)).toHaveLength(1))

    await bill(tablet.engine, { receipt, supplierId: supplier, price: 3_000_000 })
    await eventually(async () => expect(await changesOf(office.engine)).toHaveLength(1))
    const [billed] = await changesOf(office.engine)
    if (billed === undefined) throw new Error('no row')
    expect(billed).toMatchObject({
      before: { quantity: 60_000, value: 1_200 },
      after: { quantity: 60_000, value: 1_800 },
      ...{ places: [], profitChange: -400 },
      causes: [{ kind: 'priced', quantity: 0, value: 600, documentCount: 3 }],
    })
    expect(billed.causes[0]?.documents.map(({ value }) => value).sort()).toEqual([-400, 0, 1_000])
    await synced(keeper.engine)
    expect(await changesOf(keeper.engine)).toEqual([])
  })

  it('[NEW7] tells a count that a late sale restates as restated', async () => {
    const { office, tablet, warehouse } = await aShopOfTwo()
    const beforeTheCount = Date.now()
    await eventually(() => expect(Date.now()).toBeGreaterThan(beforeTheCount))
    await act(office.engine, 'postDraft', {
      ...{ docId: uuidv7(), type: 'stock-count', header: { warehouseId: warehouse } },
      lines: [{ lineId: uuidv7(), skuId: cola.sku, quantity: 80_000 }],
    })
    await act(office.engine, 'seeChanges', {})
    await act(tablet.engine, 'postDraft', {
      ...{ docId: uuidv7(), type: 'retail-sale', at: beforeTheCount },
      header: { warehouseId: warehouse },
      lines: [{ lineId: uuidv7(), skuId: cola.sku, quantity: 20_000, price: 3_500_000 }],
    })
    await eventually(async () => expect(await changesOf(office.engine)).toHaveLength(1))
    expect((await changesOf(office.engine))[0]).toMatchObject({
      ...{ before: { quantity: 80_000 }, after: { quantity: 80_000 } },
      causes: [
        { kind: 'moved', quantity: -20_000, documentCount: 1 },
        { kind: 'recounted', quantity: 20_000, documents: [{ type: 'stock-count' }] },
      ],
    })
  })
})
