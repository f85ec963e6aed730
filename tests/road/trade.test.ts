import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { judgeFile } from '#client/importing/judge-file.ts'
import { explain } from '#client/headless/explain.ts'
import { explainText } from '../../scripts/command-line/explain-text.ts'
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

describe('the whole road: trade', () => {
  it('[ENG1] two devices: one receives, the other sees the stock and sells', async () => {
    const server = await world.server()
    const { engine: first } = await enrolled(server)
    const warehouse = await stockRoom(first)
    const supplier = await supplierOf(first)
    const received = await receive(first, warehouse, supplier, 24)
    expect(received.number).toMatch(/^CGRK\d{6}-001-01-0001$/)
    expect(await onHand(first)).toBe(24)
    await synced(first)

    const { engine: second } = await enrolled(server)
    await eventually(async () => expect(await onHand(second)).toBe(24))
    const sold = await sell(second, warehouse, 5)
    expect(sold.warnings).toEqual([])
    await synced(second)
    await eventually(async () => expect(await onHand(first)).toBe(19))
    // Prices travel in journals of their own, and may come later than the goods.
    await eventually(async () => {
      const { rows } = await first.read('documents', { offset: 0, limit: 10 })
      expect(rows.map(({ type, state, amount }) => [type, state, amount])).toEqual([
        ['retail-sale', 'synced', 1_750],
        ['goods-receipt', 'synced', 4_800],
      ])
    })
    const [one, other] = await Promise.all(
      [first, second].map((each) => each.read('agreement', {})),
    )
    expect(one).toBe(other)
  })

  it('[ENG33] a reversal says beforehand which documents cost something else, and what falls below zero', async () => {
    const server = await world.server()
    const { engine } = await enrolled(server)
    const warehouse = await stockRoom(engine)
    const received = await receive(engine, warehouse, await supplierOf(engine), 10)
    const sold = await sell(engine, warehouse, 4)
    const impact = await engine.read('impact', { docId: received.docId, act: 'reverse' })
    expect(impact).toMatchObject({
      negative: [{ skuId: cola.sku, before: 60_000, after: -40_000 }],
    })
    expect(await onHand(engine)).toBe(6)
    expect(await engine.read('impact', { docId: sold.docId, act: 'reverse' })).toEqual({
      ...{ documents: [], documentCount: 0, negative: [], months: [], differences: [] },
      valueChange: 800,
    })
  })

  it('[HDL7] the chain of records behind a cost is told in words, row by row', async () => {
    const server = await world.server()
    const { engine } = await enrolled(server)
    const warehouse = await stockRoom(engine)
    const received = await receive(engine, warehouse, await supplierOf(engine), 10)
    const sold = await sell(engine, warehouse, 4)
    const { zone } = await engine.read('session', {})
    const explained = await explain({ engine }, { goods: 'K1' })
    if (!explained.ok) throw new Error('not explained')
    const [, receipt = '', sale = ''] = explainText(explained.value, zone)
    expect(receipt).toContain(received.number)
    expect(receipt).toMatch(/\+10 +10 +20\.00 +20\.00 +2 /)
    expect(sale).toContain(sold.number)
    expect(sale).toMatch(/-4 +6 +-8\.00 +12\.00 +2 /)
    expect(await explain({ engine }, { goods: 'nothing' })).toMatchObject({
      problem: [{ code: 'product-unknown' }],
    })
  })

  it('[ENG34] stock of a past moment is told as known now and as believed then', async () => {
    const server = await world.server()
    const { engine } = await enrolled(server)
    const warehouse = await stockRoom(engine)
    await receive(engine, warehouse, await supplierOf(engine), 10)
    const sold = await sell(engine, warehouse, 3)
    const sale = await engine.read('document', { docId: sold.docId })
    const at = sale?.at ?? 0
    const asked = (moment: number) => engine.read('stockThen', { skuId: cola.sku, at: moment })
    const all = { quantity: 70_000, value: 1_400 }
    const first = { quantity: 100_000, value: 2_000 }
    // The sale itself stands at its moment, and is written a moment later.
    expect(await asked(at + 60_000)).toEqual({ known: all, believed: all, differences: [] })
    expect(await asked(at - 1)).toEqual({ known: first, believed: first, differences: [] })
    expect((await asked(0)).known.quantity).toBe(0)
  })

  it('[ENG35] the cost method is chosen once, before the first document', async () => {
    const server = await world.server()
    const { engine } = await enrolled(server)
    await synced(engine)
    const { organizationId = '' } = await engine.read('session', {})
    const choose = (costMethod: string) =>
      engine.command(
        'changeMasters',
        { changes: [{ entity: 'company', id: organizationId, fields: { costMethod } }] },
        uuidv7(),
      )
    const fixed = { ok: false, problem: [{ code: 'cost-policy-fixed', field: 'costMethod' }] }
    expect(await choose('fifo')).toMatchObject({ ok: true })
    expect(await choose('month-end')).toMatchObject(fixed)
    const warehouse = await stockRoom(engine)
    const supplier = await supplierOf(engine)
    await receive(engine, warehouse, supplier, 2, 2_000_000)
    await receive(engine, warehouse, supplier, 2, 4_000_000)
    const sold = await sell(engine, warehouse, 3)
    const { costByLeg = {} } = (await engine.read('document', { docId: sold.docId })) ?? {}
    expect(Object.values(costByLeg)).toEqual([-800])
  })

  it('[ENG39] the company goes over to another cost method from a month on, after seeing what that changes', async () => {
    const server = await world.server()
    const { engine } = await enrolled(server)
    const warehouse = await stockRoom(engine)
    await receive(engine, warehouse, await supplierOf(engine), 10)
    await synced(engine)
    const offered = await engine.read('methodChange', {})
    const open = { code: 'method-months-open' }
    expect(offered?.months).toMatchObject([{ problem: open }, { problem: open }, {}])
    const [month = '', methods] = [offered?.months[2]?.month, offered?.months[2]?.methods]
    expect(methods).toEqual(['fifo', 'month-end'])
    expect(await engine.read('methodImpact', { month, method: 'fifo' })).toMatchObject({
      ...{ pools: 1, valueKept: 2_000, documentCount: 0 },
    })
    const change = () => engine.command('changeCostMethod', { month, method: 'fifo' }, uuidv7())
    expect(await change()).toMatchObject({ ok: true })
    await eventually(async () => {
      expect(await engine.read('costPolicy', {})).toMatchObject({
        ...{ method: 'moving-average', isOpen: false, changes: [{ month, method: 'fifo' }] },
      })
    })
    expect(await change()).toMatchObject({ problem: [{ code: 'method-change-stated' }] })
  })

  it('[ENG2] sells without a network, is trusted after a restart, and merges when they meet', async () => {
    const server = await world.server()
    const { engine: first } = await enrolled(server)
    const warehouse = await stockRoom(first)
    await receive(first, warehouse, await supplierOf(first), 10)
    const tablet = await enrolled(server)
    await eventually(async () => expect(await onHand(tablet.engine)).toBe(10))
    await synced(tablet.engine)
    await tablet.engine.close()

    const offline = await open(undefined, { disk: tablet.disk() })
    expect((await offline.engine.read('session', {})).stage).toBe('ready')
    const one = await sell(offline.engine, warehouse, 2)
    const two = await sell(offline.engine, warehouse, 9)
    expect([one.number, two.number].map((number) => number.slice(-4))).toEqual(['0001', '0002'])
    expect(two.warnings.map(({ code }) => code)).toEqual(['stock-short'])
    expect(await offline.engine.read('status', {})).toMatchObject({
      connection: 'offline',
      documentsWaiting: 2,
    })
    const { rows } = await offline.engine.read('documents', { offset: 0, limit: 2 })
    expect(rows.map(({ state }) => state)).toEqual(['saved', 'saved'])
    await offline.engine.close()

    const back = await open(server, { disk: offline.disk() })
    await sell(back.engine, warehouse, 1)
    await synced(back.engine)
    await eventually(async () => expect(await onHand(first)).toBe(-2))
    const findings = await first.read('findings', { offset: 0, limit: 100 })
    expect(findings.rows.map(({ code }) => code)).toContain('negative-stock')
    const numbers = (
      await back.engine.read('documents', { type: 'retail-sale', offset: 0, limit: 9 })
    ).rows
    expect(numbers.map(({ number }) => number.slice(-4)).sort()).toEqual(['0001', '0002', '0003'])
  })

  it('[ENG5] a repeated command id yields the first result, in another engine too', async () => {
    const server = await world.server()
    const device = await enrolled(server)
    const warehouse = await stockRoom(device.engine)
    const docId = uuidv7()
    await act(device.engine, 'editDraft', {
      docId,
      type: 'retail-sale',
      header: { warehouseId: warehouse },
    })
    await act(device.engine, 'scanIntoDraft', {
      docId,
      type: 'retail-sale',
      skuId: cola.sku,
      quantity: 10_000,
    })
    const id = uuidv7()
    const both = await Promise.all([1, 2].map(() => device.engine.command('post', { docId }, id)))
    expect(both[0]).toEqual(both[1])
    await device.engine.close()
    const next = await open(server, { disk: device.disk() })
    expect(await next.engine.command('post', { docId }, id)).toEqual(both[0])
    expect(await onHand(next.engine)).toBe(-1)
  })

  it('[ENG6] a reversal and a linked return count once, and what was taken back cannot be taken again', async () => {
    const server = await world.server()
    const { engine } = await enrolled(server)
    const warehouse = await stockRoom(engine)
    await receive(engine, warehouse, await supplierOf(engine), 10)
    const sold = await sell(engine, warehouse, 4)
    const detail = await engine.read('document', { docId: sold.docId })
    const line = detail?.lines[0]
    const takeBack = async (bottles: number) => {
      const docId = uuidv7()
      await act(engine, 'editDraft', {
        docId,
        type: 'sales-return',
        header: { warehouseId: warehouse, refund: 'cash' },
        lines: [
          {
            lineId: uuidv7(),
            fields: {
              skuId: cola.sku,
              quantity: bottles * 10_000,
              originId: sold.docId,
              originLineId: line?.lineId ?? '',
            },
          },
        ],
      })
      return engine.command('post', { docId }, uuidv7())
    }
    const [one, two] = await Promise.all([takeBack(3), takeBack(3)])
    const refused = [one, two].filter((result) => !result.ok)
    expect(refused, JSON.stringify(refused)).toHaveLength(1)
    expect(refused[0]?.ok === false && refused[0].problem[0]?.code).toBe('returned-too-much')
    expect(await onHand(engine)).toBe(9)
    const blocked = await engine.command('reverse', { docId: sold.docId, reason: '错单' }, uuidv7())
    expect(blocked.ok ? '' : blocked.problem[0]?.code).toBe('document-returned')
  })

  it('[ENG7] an import is one transaction: masters and the opening stock that needs them', async () => {
    const server = await world.server()
    const { engine } = await enrolled(server)
    const warehouse = await stockRoom(engine)
    const csv = [
      '编码,名称,基本单位,零售价',
      ...Array.from({ length: 300 }, (_, i) => `P${i},商品${i},个,${i + 1}.5`),
    ]
    const bytes = new TextEncoder().encode(csv.join('\n'))
    const ground = await engine.read('importGround', {})
    if (!ground.ok) throw new Error(ground.problem.code)
    const planned = await judgeFile({ bytes, ground: ground.value, warehouseId: warehouse })
    if (!planned.ok) throw new Error(JSON.stringify(planned.problem))
    const { masters } = planned.value
    const skuId = masters.find(({ entity }) => entity === 'sku')?.id ?? ''
    const opening = [
      { warehouseId: warehouse, lines: [{ skuId, quantity: 50_000, price: 1_000_000 }] },
    ]
    const broken = [...opening, { warehouseId: uuidv7(), lines: [{ skuId, quantity: 1 }] }]
    const refused = await engine.command('importRows', { masters, opening: broken }, uuidv7())
    expect(refused.ok).toBe(false)
    expect((await engine.read('products', { offset: 0, limit: 5 })).total).toBe(1)

    await act(engine, 'importRows', { masters, opening })
    expect((await engine.read('products', { offset: 0, limit: 5 })).total).toBe(301)
    expect((await engine.read('products', { search: 'sp299', offset: 0, limit: 5 })).total).toBe(1)
    const stock = await engine.read('stock', { search: 'P0', offset: 0, limit: 5 })
    expect(stock.rows[0]).toMatchObject({ quantity: 50_000, warehouseName: '前场' })
    await synced(engine)
  })
})
