/** Requests, quotations and orders of one shop, carried out step by step through the engine. */
import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import type { Engine } from '#client/engine/engine.ts'
import type { FieldValues, OrderAxes } from '#client/engine/face/face.ts'
import { enrolLone, lone, openLoneDevice, stockLone } from '#client/engine/start/lone-device.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'
import { act } from '#tests/builders/act.ts'

const supplierId = '01900000-0000-7000-8000-000000000009'
const inShop = { warehouseId: lone.warehouse }
const bought = { ...inShop, supplierId }

interface Link {
  readonly docId: string
  readonly lineId: string
}

async function shop(): Promise<Engine> {
  const engine = await openLoneDevice({ store: openMemoryStore() })
  await enrolLone(engine)
  await stockLone(engine)
  const changes = [{ entity: 'supplier', id: supplierId, fields: { name: '饮料厂' } }]
  await act(engine, 'changeMasters', { changes })
  return engine
}

/** Posts one document; each of `of` is a line that names what it takes, of so many bottles. */
async function post(
  engine: Engine,
  type: string,
  header: FieldValues,
  of: readonly (FieldValues & { readonly bottles: number })[],
) {
  const docId = uuidv7()
  const lines = of.map(({ bottles, ...fields }) => ({
    ...{ lineId: uuidv7(), skuId: lone.sku, quantity: bottles * 10_000 },
    ...fields,
  }))
  const { number } = await act(engine, 'postDraft', { docId, type, header, lines })
  return { docId, number, lineId: lines[0]?.lineId ?? '' }
}

function taking({ docId, lineId }: Link, bottles: number) {
  return { bottles, orderId: docId, orderLineId: lineId, price: 2_000_000 }
}

async function axesOf(engine: Engine, { docId }: Link): Promise<OrderAxes | undefined> {
  return (await engine.read('document', { docId }))?.axes
}

it('[ANS60] [ANS30] [DCV5] two requests become one order, which is received and invoiced in parts', async () => {
  const engine = await shop()
  const first = await post(engine, 'purchase-request', inShop, [{ bottles: 6, supplierId }])
  const second = await post(engine, 'purchase-request', inShop, [{ bottles: 5 }])
  expect((await engine.read('document', { docId: first.docId }))?.amount).toBeUndefined()
  const offered = () => engine.read('openSources', { type: 'purchase-order' })
  expect((await offered()).rows.map(({ number }) => number)).toEqual([second.number, first.number])
  const order = await post(engine, 'purchase-order', bought, [taking(first, 6), taking(second, 3)])
  expect((await offered()).rows).toMatchObject([{ docId: second.docId, goods: ['可口可乐'] }])
  const asked = { kind: 'request', close: 'open' }
  expect(await axesOf(engine, first)).toEqual({ ...asked, carriedOut: 'all', close: 'auto' })
  expect(await axesOf(engine, second)).toEqual({ ...asked, carriedOut: 'part' })
  await post(engine, 'order-change', inShop, [
    { bottles: 0, orderId: second.docId, orderLineId: second.lineId },
  ])
  expect(await axesOf(engine, second)).toMatchObject({ close: 'manual' })
  const awaited = { kind: 'order', carriedOut: 'none', close: 'open', invoiced: 'none' }
  expect(await axesOf(engine, order)).toEqual(awaited)
  const header = { ...bought, invoiceKind: 'none' }
  const receipt = await post(engine, 'goods-receipt', header, [taking(order, 6)])
  expect(await axesOf(engine, order)).toEqual({ ...awaited, carriedOut: 'part' })
  await post(engine, 'purchase-invoice', { supplierId, invoiceKind: 'special' }, [
    { bottles: 6, price: 2_000_000, originId: receipt.docId, originLineId: receipt.lineId },
  ])
  expect(await axesOf(engine, order)).toMatchObject({ carriedOut: 'part', invoiced: 'part' })
})

it('[ANS60] [QUO2] [QUO3] an offer is won in parts, and told of once its day is over', async () => {
  const engine = await shop()
  const offer = (validUntil: string) =>
    post(engine, 'quotation', { ...inShop, validUntil }, [{ bottles: 10, price: 3_000_000 }])
  const open = await offer('2099-12-31')
  await post(engine, 'sales-order', { ...inShop, isBackorder: 1 }, [taking(open, 4)])
  expect(await axesOf(engine, open)).toEqual({
    ...{ kind: 'offer', carriedOut: 'part', close: 'open' },
  })
  const over = await offer('2000-01-31')
  expect(await axesOf(engine, over)).toMatchObject({ isExpired: true })
  const { rows } = await engine.read('documents', { type: 'quotation', offset: 0, limit: 9 })
  expect(rows.map(({ axes }) => axes?.isExpired)).toEqual([true, undefined])
})

it('[OCL6] what comes beyond the order is received within the tolerance, else on a manager’s word', async () => {
  const engine = await shop()
  const { organizationId = '' } = await engine.read('session', {})
  const fields = { name: '示例', taxpayer: 'general', receiptTolerance: 1_000 }
  const allowed = { entity: 'company', id: organizationId, fields }
  await act(engine, 'changeMasters', { changes: [allowed] })
  const order = await post(engine, 'purchase-order', bought, [{ bottles: 20, price: 2_000_000 }])
  const header = { ...bought, invoiceKind: 'none' }
  const [lineId, docId] = [uuidv7(), uuidv7()]
  const receive = async (bottles: number) => {
    const { bottles: _, ...fields } = taking(order, bottles)
    const line = { lineId, fields: { ...fields, skuId: lone.sku, quantity: bottles * 10_000 } }
    await act(engine, 'editDraft', { docId, type: 'goods-receipt', header, lines: [line] })
    return engine.read('draft', { docId })
  }
  const over = await receive(23)
  expect(over?.problems).toMatchObject([
    { code: 'received-too-much', field: 'quantity', facts: { receivable: 220_000 } },
  ])
  expect(over?.facets).toContain('excess')
  expect((await receive(22))?.problems).toEqual([])
  await receive(23)
  const accepted = { ...header, acceptExcess: 1 }
  await act(engine, 'editDraft', { docId, type: 'goods-receipt', header: accepted, lines: [] })
  await act(engine, 'post', { docId })
  expect(await axesOf(engine, order)).toMatchObject({ carriedOut: 'all', close: 'auto' })
})
