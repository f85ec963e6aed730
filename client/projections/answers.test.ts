import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#client/engine/engine.ts'
import {
  enrolLone,
  lone,
  openLoneDevice,
  order,
  saleOfOne,
  stockLone,
} from '#client/engine/start/lone-device.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'
import type { CommandArgs, CommandName } from '#client/engine/face/face.ts'

const customer = '01900000-0000-7000-8000-000000000008'
const supplier = '01900000-0000-7000-8000-000000000009'
const firstPage = { offset: 0, limit: 20 }

async function shop(): Promise<Engine> {
  const engine = await openLoneDevice({ store: openMemoryStore() })
  await enrolLone(engine)
  await stockLone(engine)
  await act(engine, 'changeMasters', {
    changes: [
      { entity: 'supplier', id: supplier, fields: { name: '饮料厂' } },
      { entity: 'customer', id: customer, fields: { name: 'K1 便利店' } },
      { entity: 'sku', id: lone.sku, fields: { 'barcode:6901234567892': '瓶' } },
    ],
  })
  return engine
}

async function act<Name extends CommandName>(engine: Engine, name: Name, args: CommandArgs<Name>) {
  const result = await order(engine, name, args)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

/** Ten bottles at 2.00 each. */
function receive(engine: Engine) {
  return act(engine, 'postDraft', {
    docId: uuidv7(),
    type: 'goods-receipt',
    header: { warehouseId: lone.warehouse, supplierId: supplier, invoiceKind: 'none' },
    lines: [{ lineId: uuidv7(), skuId: lone.sku, quantity: 100_000, price: 2_000_000 }],
  })
}

async function lookUp(engine: Engine, text: string) {
  const hits = await engine.read('lookup', { text, limit: 10 })
  return hits.map((hit) => (hit.kind === 'master' ? hit.entity : hit.kind))
}

describe('answers', () => {
  it('[ANS1] the one box: a number, a barcode, a code, then what the text finds', async () => {
    const engine = await shop()
    const { number } = await receive(engine)
    expect(await lookUp(engine, number.toLowerCase())).toEqual(['document'])
    expect(await lookUp(engine, '6901234567892')).toEqual(['sku'])
    expect(await lookUp(engine, '(01)06901234567892(10)L7')).toEqual(['sku'])
    expect(await lookUp(engine, 'K1')).toEqual(['sku', 'customer'])
    expect(await lookUp(engine, 'kkkl')).toEqual(['sku'])
    expect(await lookUp(engine, '饮料')).toEqual(['supplier'])
    expect(await lookUp(engine, number.slice(-4))).toEqual(['document'])
    expect(await lookUp(engine, ' ')).toEqual([])
    expect(await lookUp(engine, '没有')).toEqual([])
  })

  it('[ANS2] a posted document is saved, costed and taken back', async () => {
    const engine = await shop()
    await receive(engine)
    const { docId } = await act(engine, 'postDraft', saleOfOne(uuidv7()))
    const sold = await engine.read('document', { docId })
    expect(sold).toMatchObject({ state: 'saved', amount: 350, lineCount: 1, header: {} })
    expect(Object.values(sold?.costByLeg ?? {})).toEqual([-200])
    expect(sold?.skus[lone.sku]).toMatchObject({ name: '可口可乐' })
    await act(engine, 'reverse', { docId, reason: '录错' })
    expect(await engine.read('document', { docId })).toMatchObject({
      state: 'reversed',
      reversedBy: { reason: '录错', byName: 'Boss' },
    })
    const { rows, total } = await engine.read('documents', { ...firstPage, type: 'retail-sale' })
    expect([total, rows[0]?.state]).toEqual([1, 'reversed'])
  })

  it('[ANS3] a draft shows what follows from it and what it lacks, and goes when it is posted', async () => {
    const engine = await shop()
    const docId = uuidv7()
    const type = 'retail-sale'
    await act(engine, 'scanIntoDraft', { docId, type, skuId: lone.sku, quantity: 20_000 })
    await act(engine, 'scanIntoDraft', { docId, type, skuId: lone.sku, quantity: 10_000 })
    const draft = await engine.read('draft', { docId })
    expect(draft?.lines).toMatchObject([{ skuId: lone.sku, quantity: 30_000, price: 3_500_000 }])
    expect(Object.values(draft?.derived.lines ?? {})).toMatchObject([{ amount: 1_050 }])
    expect(draft?.problems).toMatchObject([{ field: 'warehouseId' }])
    expect(await order(engine, 'post', { docId })).toMatchObject({ ok: false })
    await act(engine, 'editDraft', { docId, type, header: { warehouseId: lone.warehouse } })
    expect((await engine.read('draft', { docId }))?.problems).toEqual([])
    expect(await engine.read('drafts', {})).toMatchObject([{ docId, lineCount: 1 }])
    await act(engine, 'post', { docId })
    expect(await engine.read('drafts', {})).toEqual([])
    expect((await engine.read('draft', { docId }))?.isPosted).toBe(true)
  })

  it('[ANS4] the day in figures', async () => {
    const engine = await shop()
    await receive(engine)
    await act(engine, 'postDraft', saleOfOne(uuidv7()))
    const { docId } = await act(engine, 'postDraft', saleOfOne(uuidv7()))
    await act(engine, 'reverse', { docId, reason: '录错' })
    const home = await engine.read('home', {})
    expect(home).toMatchObject({
      sales: { amount: 350, documents: 1, sameDayLastWeek: 0 },
      stockValue: 1_800,
      skusInStock: 1,
      skusNegative: 0,
    })
    expect(home.byBranch[0]?.days.at(-1)).toEqual({ date: home.businessDate, amount: 350 })
    expect(home.byBranch[0]?.days).toHaveLength(30)
    expect(home.latest).toHaveLength(3)
  })

  it('[ANS4] gross profit is what was sold without tax less what it cost', async () => {
    const engine = await shop()
    await receive(engine)
    const { docId } = await act(engine, 'postDraft', saleOfOne(uuidv7()))
    const { lines } = (await engine.read('document', { docId })) ?? { lines: [] }
    const tax = Number(lines[0]?.['tax'] ?? 0)
    const { grossProfit } = await engine.read('home', {})
    expect(grossProfit).toBe(350 - tax - 200)
  })

  it.each([0, 20, 100])('[ANS5] stock has its days on a clock %i days after 1970', async (days) => {
    let nowMs = 1_790_000_000_000
    const clock = { nowMs: () => nowMs++ }
    const engine = await openLoneDevice({ store: openMemoryStore(), ports: { clock } })
    await enrolLone(engine)
    await stockLone(engine)
    nowMs = days * 86_400_000
    const detail = await engine.read('stockOf', { skuId: lone.sku })
    expect(detail?.days).toHaveLength(Math.min(Math.max(days, 1), 90))
  })

  it('[ANS5] the card runs from the first movement to what is there now', async () => {
    const engine = await shop()
    await receive(engine)
    await act(engine, 'postDraft', saleOfOne(uuidv7()))
    const card = await engine.read('card', { skuId: lone.sku })
    expect(
      card.map(({ quantity, quantityAfter, cost, valueAfter }) => [
        quantity,
        quantityAfter,
        cost,
        valueAfter,
      ]),
    ).toEqual([
      [100_000, 100_000, 2_000, 2_000],
      [-10_000, 90_000, -200, 1_800],
    ])
    const detail = await engine.read('stockOf', { skuId: lone.sku })
    expect(detail?.byWarehouse).toMatchObject([{ quantity: 90_000 }])
    expect(detail?.byBranch).toMatchObject([{ quantity: 90_000, value: 1_800 }])
    expect(detail?.days.slice(-2).map(({ quantity }) => quantity)).toEqual([0, 90_000])
  })

  it('[ANS6] the stock list searches, filters and pages', async () => {
    const engine = await shop()
    await act(engine, 'postDraft', saleOfOne(uuidv7()))
    const page = (args: object) => engine.read('stock', { ...firstPage, ...args })
    expect((await page({})).rows).toMatchObject([{ skuId: lone.sku, quantity: -10_000 }])
    expect((await page({ only: 'negative' })).total).toBe(1)
    expect((await page({ only: 'in-stock' })).total).toBe(0)
    expect((await page({ search: 'kkkl' })).total).toBe(1)
    expect((await page({ search: '雪碧' })).total).toBe(0)
    expect((await page({ warehouseId: uuidv7() })).total).toBe(0)
    expect(await page({ offset: 1 })).toMatchObject({ total: 1, rows: [] })
  })

  it('[ANS11] what is promised shows by warehouse, with the lines of orders behind it', async () => {
    const engine = await shop()
    await receive(engine)
    const ordered = (type: string, quantity: number) =>
      act(engine, 'postDraft', {
        ...{ docId: uuidv7(), type, header: { warehouseId: lone.warehouse, isBackorder: 1 } },
        lines: [{ lineId: uuidv7(), skuId: lone.sku, quantity, price: 3_000_000 }],
      })
    const sold = await ordered('sales-order', 120_000)
    const figures = { quantity: 100_000, reserved: 120_000, available: -20_000, onOrder: 0 }
    const detail = await engine.read('stockOf', { skuId: lone.sku })
    expect(detail?.byWarehouse).toMatchObject([figures])
    expect(detail?.claims).toMatchObject([
      { docId: sold.docId, number: sold.number, kind: 'reserve', open: 120_000, kept: 100_000 },
    ])
    expect(await engine.read('stockFilters', {})).toEqual(['reserved', 'short'])
    const sort = { by: 'available', direction: 'up' } as const
    const short = await engine.read('stock', { ...firstPage, only: 'short', sort })
    expect(short).toMatchObject({ total: 1, rows: [figures] })
  })

  it('[ANS12] an order says how far each line is carried out, and both name each other', async () => {
    const engine = await shop()
    await receive(engine)
    const lineId = uuidv7()
    const line = { lineId, skuId: lone.sku, quantity: 80_000, price: 3_000_000 }
    const header = { warehouseId: lone.warehouse, customerId: customer }
    const order = { docId: uuidv7(), type: 'sales-order', header, lines: [line] }
    const { docId, number } = await act(engine, 'postDraft', order)
    const open = await engine.read('document', { docId })
    expect(open?.orderByLine).toEqual({ [lineId]: { quantity: 80_000, taken: 0, open: 80_000 } })
    expect(Object.keys(open?.skus ?? {})).toEqual([lone.sku])
    const taken = { ...line, lineId: uuidv7(), quantity: 30_000 }
    const shipped = await act(engine, 'postDraft', {
      ...{ docId: uuidv7(), type: 'shipment', header },
      lines: [{ ...taken, orderId: docId, orderLineId: lineId }],
    })
    const part = await engine.read('document', { docId })
    expect(part?.orderByLine?.[lineId]).toMatchObject({ taken: 30_000, open: 50_000 })
    expect(part?.links).toEqual([
      { docId: shipped.docId, type: 'shipment', number: shipped.number },
    ])
    const shipment = await engine.read('document', { docId: shipped.docId })
    expect(shipment?.links).toEqual([{ docId, type: 'sales-order', number }])
    expect(shipment?.orderByLine).toBeUndefined()
  })

  it('[ANS13] a draft that is dated back shows what it would change, by document and month', async () => {
    const engine = await shop()
    await receive(engine)
    const sold = await act(engine, 'postDraft', saleOfOne(uuidv7()))
    const docId = uuidv7()
    const at = (await engine.read('document', { docId: sold.docId }))?.at ?? 0
    const before = at - 5 * 86_400_000
    await act(engine, 'editDraft', {
      ...{ docId, type: 'goods-receipt' },
      header: {
        ...{ warehouseId: lone.warehouse, supplierId: supplier, invoiceKind: 'none', at: before },
      },
      lines: [
        { lineId: uuidv7(), fields: { skuId: lone.sku, quantity: 100_000, price: 4_000_000 } },
      ],
    })
    const impact = await engine.read('impact', { docId, act: 'post' })
    expect(impact?.documents).toMatchObject([
      { docId: sold.docId, costBefore: -200, costAfter: -300 },
    ])
    expect(impact?.months).toMatchObject([{ profitChange: -100 }])
    await act(engine, 'post', { docId })
    expect((await engine.read('document', { docId }))?.at).toBe(before)
    const costed = await engine.read('document', { docId: sold.docId })
    expect(Object.values(costed?.costByLeg ?? {})).toEqual([-300])
  })

  it('[ANS20] a warehouse is told by its branch where another has its name', async () => {
    const engine = await shop()
    await receive(engine)
    const names = async () => {
      const { rows } = await engine.read('masters', { ...firstPage, entity: 'warehouse' })
      return rows.map(({ name }) => name).sort()
    }
    const stocked = async () => (await engine.read('stock', firstPage)).rows[0]?.warehouseName
    const branches = [lone.branch, uuidv7()]
    const [own = '', north = ''] = branches
    await act(engine, 'changeMasters', {
      changes: [
        { entity: 'branch', id: own, fields: { code: '001', name: '总店' } },
        { entity: 'branch', id: north, fields: { code: '002', name: '北店' } },
        { entity: 'warehouse', id: uuidv7(), fields: { name: '后仓', branchId: north } },
      ],
    })
    expect(await names()).toEqual(['前场', '后仓'])
    expect(await stocked()).toBe('前场')
    await act(engine, 'changeMasters', {
      changes: [{ entity: 'warehouse', id: uuidv7(), fields: { name: '前场', branchId: north } }],
    })
    expect(await names()).toEqual(['北店 · 前场', '后仓', '总店 · 前场'].sort())
    expect(await stocked()).toBe('总店 · 前场')
  })

  it('[ANS16] what was sent and has not arrived is listed, the oldest first, and what is late among it', async () => {
    const engine = await shop()
    const { branchId = '' } = await engine.read('session', {})
    const backId = uuidv7()
    await act(engine, 'changeMasters', {
      changes: [{ entity: 'warehouse', id: backId, fields: { name: '后仓', branchId } }],
    })
    const { docId } = await receive(engine)
    const now = (await engine.read('document', { docId }))?.at ?? 0
    const send = (days: number, more: Readonly<Record<string, string>> = {}) =>
      act(engine, 'postDraft', {
        ...{ docId: uuidv7(), type: 'transfer-dispatch', at: now - days * 86_400_000 },
        header: { warehouseId: lone.warehouse, targetWarehouseId: backId, ...more },
        lines: [{ lineId: uuidv7(), skuId: lone.sku, quantity: 10_000 }],
      })
    const sent = [await send(9), await send(2, { expectedOn: '2020-01-01' }), await send(1)]
    const { rows } = await engine.read('underWay', firstPage)
    expect(rows.map(({ docId: id }) => id)).toEqual(sent.map(({ docId: id }) => id))
    const said = rows.map(({ days, isLate, isToHere }) => `${days} ${isLate} ${isToHere}`)
    expect(said).toEqual(['9 true true', '2 true true', '1 false true'])
  })

  it('[ANS14] what is in stock shows by how long ago it came', async () => {
    const engine = await shop()
    const { docId } = await receive(engine)
    const now = (await engine.read('document', { docId }))?.at ?? 0
    const came = (days: number, quantity: number) =>
      act(engine, 'postDraft', {
        ...{ docId: uuidv7(), type: 'goods-receipt', at: now - days * 86_400_000 },
        header: { warehouseId: lone.warehouse, supplierId: supplier, invoiceKind: 'none' },
        lines: [{ lineId: uuidv7(), skuId: lone.sku, quantity, price: 2_000_000 }],
      })
    for (const [days, quantity] of [
      [200, 50_000],
      [75, 30_000],
      [5, 20_000],
    ] as const)
      await came(days, quantity)
    await act(engine, 'postDraft', saleOfOne(uuidv7()))
    const { total, rows } = await engine.read('ages', firstPage)
    expect(total).toBe(1)
    expect(rows).toMatchObject([
      { quantities: [120_000, 0, 30_000, 0, 40_000], values: [2_400, 0, 600, 0, 800] },
    ])
    expect(rows[0]?.oldest).toBe(now - 200 * 86_400_000)
    expect((await engine.read('ages', { ...firstPage, search: '没有' })).rows).toEqual([])
  })

  it('[ANS7] findings come in pages, and the bell counts those that wait for a decision', async () => {
    const engine = await shop()
    expect(await engine.read('decisions', {})).toBe(0)
    await act(engine, 'postDraft', saleOfOne(uuidv7()))
    const all = await engine.read('findings', firstPage)
    expect(all.rows.map(({ code }) => code)).toEqual(['negative-stock', 'provisional-cost'])
    expect(await engine.read('decisions', {})).toBe(all.total)
    const second = await engine.read('findings', { only: 'decide', offset: 1, limit: 1 })
    expect(second).toEqual({ total: 2, offset: 1, rows: all.rows.slice(1) })
  })

  it('[ANS8] a document that has just come is shown without reading it back', async () => {
    const kept = openMemoryStore()
    const read: string[] = []
    const store = {
      ...kept,
      recordsOfDocuments(docIds: readonly string[]) {
        read.push(...docIds)
        return kept.recordsOfDocuments(docIds)
      },
    }
    const engine = await openLoneDevice({ store })
    await enrolLone(engine)
    await stockLone(engine)
    const { docId } = await act(engine, 'postDraft', saleOfOne(uuidv7()))
    const now = await engine.read('document', { docId })
    expect([now?.lines.length, read]).toEqual([1, []])
    await engine.close()
    const later = await openLoneDevice({ store: openMemoryStore(kept.dump()) })
    expect((await later.read('document', { docId }))?.lines).toEqual(now?.lines)
  })

  it('[ANS10] a finding that asks to be looked at is gone once somebody has', async () => {
    const engine = await shop()
    await act(engine, 'postDraft', saleOfOne(uuidv7()))
    await act(engine, 'postDraft', {
      ...{ docId: uuidv7(), type: 'stock-count', header: { warehouseId: lone.warehouse } },
      lines: [{ lineId: uuidv7(), skuId: lone.sku, quantity: 20_000 }],
    })
    const asked = async () => {
      const { rows } = await engine.read('findings', firstPage)
      return rows.filter(({ code }) => code === 'surplus-on-shortage')
    }
    const [finding] = await asked()
    expect(finding).toMatchObject({ evidence: { counted: 20_000, quantity: -10_000 } })
    const { key = '', branchId = '', seenAs = '' } = finding ?? {}
    await act(engine, 'seeFinding', { key, branchId, seenAs: 'something else' })
    expect(await asked()).toHaveLength(1)
    await act(engine, 'seeFinding', { key, branchId, seenAs })
    expect(await asked()).toEqual([])
  })

  it('[ANS9] what was counted while the shop sold is compared with the book of the moment it was typed', async () => {
    const engine = await shop()
    await receive(engine)
    const docId = uuidv7()
    const lineId = uuidv7()
    await act(engine, 'editDraft', {
      ...{ docId, type: 'stock-count', header: { warehouseId: lone.warehouse } },
      lines: [{ lineId, fields: { skuId: lone.sku, quantity: 90_000 } }],
    })
    await act(engine, 'postDraft', saleOfOne(uuidv7()))
    await act(engine, 'post', { docId })
    const counted = await engine.read('document', { docId })
    expect(counted?.countByLeg).toEqual({ [lineId]: { booked: 100_000, difference: -10_000 } })
    expect(counted?.costByLeg).toEqual({ [lineId]: -200 })
    expect(counted?.lines[0]?.['countedAt']).toBeLessThanOrEqual(counted?.at ?? 0)
    const stock = await engine.read('stockOf', { skuId: lone.sku })
    expect(stock?.byWarehouse.map(({ quantity }) => quantity)).toEqual([80_000])
  })
})
