import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import type { Engine } from '#client/engine/engine.ts'
import type { CommandArgs, CommandName } from '#client/engine/face/face.ts'
import {
  enrolLone,
  lone,
  openLoneDevice,
  order,
  stockLone,
} from '#client/engine/start/lone-device.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'

const suppliers = {
  drinks: '01900000-0000-7000-8000-000000000009',
  other: '01900000-0000-7000-8000-000000000010',
}

async function act<Name extends CommandName>(engine: Engine, name: Name, args: CommandArgs<Name>) {
  const result = await order(engine, name, args)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

async function shop(): Promise<Engine> {
  const engine = await openLoneDevice({ store: openMemoryStore() })
  await enrolLone(engine)
  await stockLone(engine)
  const changes = Object.values(suppliers).map((id, i) => ({
    ...{ entity: 'supplier', id, fields: { name: i === 0 ? '饮料厂' : '粮油行' } },
  }))
  await act(engine, 'changeMasters', { changes })
  return engine
}

/** Of each receipt one line of ten bottles. */
async function receive(engine: Engine, supplierId: string, invoiceKind = 'none') {
  const [docId, lineId] = [uuidv7(), uuidv7()]
  const { number } = await act(engine, 'postDraft', {
    ...{ docId, type: 'goods-receipt' },
    header: { warehouseId: lone.warehouse, supplierId, invoiceKind },
    lines: [{ lineId, skuId: lone.sku, quantity: 100_000, price: 2_000_000 }],
  })
  return { docId, lineId, number }
}

it('[ANS30] an invoice is offered what it may still take', async () => {
  const engine = await shop()
  const open = await receive(engine, suppliers.drinks)
  const other = await receive(engine, suppliers.other)
  const billed = await receive(engine, suppliers.drinks)
  const withInvoice = await receive(engine, suppliers.drinks, 'special')
  const reversed = await receive(engine, suppliers.drinks)
  await act(engine, 'reverse', { docId: reversed.docId, reason: '录错' })
  await act(engine, 'postDraft', {
    ...{ docId: uuidv7(), type: 'purchase-invoice' },
    header: { supplierId: suppliers.drinks, invoiceKind: 'special' },
    lines: [
      {
        ...{ lineId: uuidv7(), skuId: lone.sku, quantity: 100_000, price: 2_100_000 },
        ...{ originId: billed.docId, originLineId: billed.lineId },
      },
    ],
  })
  const numbers = async (asked: { type?: string; partyId?: string; search?: string }) => {
    const found = await engine.read('openSources', { type: 'purchase-invoice', ...asked })
    expect(found.isMore).toBe(false)
    return found.rows.map(({ number }) => number)
  }
  expect(await numbers({})).toEqual([other.number, open.number])
  expect(await numbers({ partyId: suppliers.drinks })).toEqual([open.number])
  expect(await numbers({ search: '粮油' })).toEqual([other.number])
  expect(await numbers({ search: open.number.toLowerCase() })).toEqual([open.number])
  expect(await numbers({ search: '可口可乐' })).toHaveLength(2)
  expect(await numbers({ type: 'landed-cost' })).toEqual([
    ...[withInvoice.number, billed.number, other.number, open.number],
  ])
  expect(await numbers({ type: 'retail-sale' })).toEqual([])
  const { rows } = await engine.read('openSources', { type: 'purchase-invoice' })
  expect(rows[1]).toMatchObject({
    ...{ partyName: '饮料厂', goods: ['可口可乐'], lineIds: [open.lineId], amount: 2_000 },
  })
})
