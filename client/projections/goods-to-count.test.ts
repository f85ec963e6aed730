import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#client/engine/engine.ts'
import type { CommandArgs, CommandName, CountScope } from '#client/engine/face/face.ts'
import {
  enrolLone,
  lone,
  openLoneDevice,
  order,
  stockLone,
} from '#client/engine/start/lone-device.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'

const type = 'stock-count'
const [milk, phone, juice] = [uuidv7(), uuidv7(), uuidv7()]

async function act<Name extends CommandName>(engine: Engine, name: Name, args: CommandArgs<Name>) {
  const result = await order(engine, name, args)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

function product(skuId: string, code: string, fields: Record<string, string | number>) {
  const productId = uuidv7()
  return [
    { entity: 'product', id: productId, fields: { name: code, ...fields } },
    { entity: 'sku', id: skuId, fields: { productId, code, baseUnit: '件' } },
  ]
}

/** Cola, milk in two batches, two telephones by number, juice of which there is none. */
async function shop(): Promise<Engine> {
  const engine = await openLoneDevice({ store: openMemoryStore() })
  await enrolLone(engine)
  await stockLone(engine)
  const changes = [
    ...product(milk, 'M1', { hasBatches: 1, brand: '光明' }),
    ...product(phone, 'P1', { hasSerials: 1 }),
    ...product(juice, 'J1', { brand: '光明' }),
  ]
  await act(engine, 'changeMasters', { changes })
  const line = (skuId: string, units: number, told = {}) => ({
    ...{ lineId: uuidv7(), skuId, quantity: units * 10_000, ...told },
  })
  await act(engine, 'postDraft', {
    ...{ docId: uuidv7(), type: 'stock-gain' },
    header: { warehouseId: lone.warehouse, reason: 'found' },
    lines: [
      line(lone.sku, 10),
      line(milk, 4, { batch: 'B1' }),
      line(milk, 2, { batch: 'B2' }),
      line(phone, 2, { serials: 'SN1 SN2' }),
    ],
  })
  return engine
}

interface Wish {
  readonly scope?: CountScope
  readonly withEmpty?: boolean
  readonly limit?: number
}

/** Lists all that is wished for into one draft; what is on it then, as 'code batch'. */
async function listed(engine: Engine, docId: string, wish: Wish = {}): Promise<string[]> {
  const { scope = { kind: 'all' }, withEmpty = false, limit = 100 } = wish
  const header = { warehouseId: lone.warehouse }
  let after: CommandArgs<'listGoods'>['after']
  do {
    const step = { docId, type, header, scope, withEmpty, limit }
    const { next } = await act(engine, 'listGoods', { ...step, ...(after && { after }) })
    after = next
  } while (after !== undefined)
  const draft = await engine.read('draft', { docId })
  return (draft?.lines ?? [])
    .map(({ skuId, batch = '', quantity }) => {
      expect(quantity).toBeUndefined()
      return `${draft?.skus[String(skuId as string)]?.code} ${batch as string}`.trim()
    })
    .sort()
}

describe('goods to count 列出商品', () => {
  it('[SCT11] lists what the book has, blank, a line for each batch, in any number of steps and never twice', async () => {
    const engine = await shop()
    const docId = uuidv7()
    expect(await listed(engine, docId)).toHaveLength(4)
    expect(await listed(engine, docId)).toHaveLength(4)
    const stepwise = await listed(engine, uuidv7(), { limit: 1 })
    expect(stepwise).toEqual(await listed(engine, docId))
    expect(stepwise.filter((line) => line.startsWith('M1'))).toEqual(['M1 B1', 'M1 B2'])
    expect(stepwise).toContain('P1')
    // Nothing was counted, so nothing can be posted, and nothing is zero.
    expect(await order(engine, 'post', { docId })).toMatchObject({
      problem: [{ code: 'nothing-counted' }],
    })
  })

  it('[SCT11] of a brand, and goods that the book has none of where they are wanted', async () => {
    const engine = await shop()
    const scope = { kind: 'brand', text: '光明' } as const
    expect(await listed(engine, uuidv7(), { scope })).toEqual(['M1 B1', 'M1 B2'])
    const all = await listed(engine, uuidv7(), { scope, withEmpty: true })
    expect(all).toEqual(['J1', 'M1 B1', 'M1 B2'])
    const bin = { kind: 'bin', text: uuidv7() } as const
    expect(await listed(engine, uuidv7(), { scope: bin })).toEqual([])
  })

  it('[SCT12] tells of batches and pieces that no line names, and posts what was counted', async () => {
    const engine = await shop()
    const docId = uuidv7()
    const line = (skuId: string, fields = {}) => ({
      lineId: uuidv7(),
      fields: { skuId, ...fields },
    })
    await act(engine, 'editDraft', {
      ...{ docId, type, header: { warehouseId: lone.warehouse } },
      lines: [
        line(milk, { batch: 'B1', quantity: 30_000 }),
        line(phone, { serials: 'SN1' }),
        line(phone),
      ],
    })
    const draft = await engine.read('draft', { docId })
    expect(draft?.unlisted).toMatchObject({
      total: 2,
      rows: [
        { skuId: milk, batch: 'B2', quantity: 20_000 },
        { skuId: phone, serial: 'SN2', quantity: 10_000 },
      ],
    })
    expect(draft?.problems).toEqual([])
    await act(engine, 'post', { docId })
    const stock = await engine.read('stock', { offset: 0, limit: 20 })
    const onHand = (skuId: string) => stock.rows.find((row) => row.skuId === skuId)?.quantity
    expect([onHand(milk), onHand(phone)]).toEqual([50_000, 20_000])
  })
})
