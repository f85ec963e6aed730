/** The whole road: engines without a browser, over real sockets, against the real sync server. */
import { uuidv7 } from 'uuidv7'
import { describe, expect, it, vi } from 'vitest'
import { owner, type TestServer } from '#server/testing/test-server.ts'
import { openWorld } from '#server/testing/world.ts'
import type { Engine } from './engine.ts'
import type { CommandArgs, CommandName, Commands, MasterChange } from './face.ts'
import { type Headless, type HeadlessDisk, type HeadlessOptions, openHeadless } from './headless.ts'

const world = openWorld()

async function act<Name extends CommandName>(
  engine: Engine,
  name: Name,
  args: CommandArgs<Name>,
): Promise<Commands[Name]['result']> {
  const result = await engine.command(name, args, uuidv7())
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.problem)}`)
  return result.value
}

async function open(server: TestServer | undefined, how: HeadlessOptions = {}): Promise<Headless> {
  const headless = await openHeadless({
    ...how,
    ...(server === undefined ? {} : { baseUrl: server.url }),
  })
  world.later(() => headless.engine.close())
  return headless
}

async function enrolled(
  server: TestServer,
  how: Partial<CommandArgs<'enrol'>> = {},
): Promise<Headless> {
  const headless = await open(server)
  const { login, password } = owner
  const wish = { deviceName: 'Test device', kind: 'pc', ...how } as const
  await act(headless.engine, 'enrol', { login, password, ...wish })
  return headless
}

const cola = { product: uuidv7(), sku: uuidv7() }

/** A warehouse and one product, with prices for both sides. */
async function stockRoom(engine: Engine): Promise<string> {
  const { branchId } = await engine.read('session', {})
  const warehouse = uuidv7()
  const changes: MasterChange[] = [
    { entity: 'warehouse', id: warehouse, fields: { name: '前场', branchId: branchId ?? '' } },
    { entity: 'product', id: cola.product, fields: { name: '可口可乐', code: 'K1' } },
    {
      entity: 'sku',
      id: cola.sku,
      fields: {
        productId: cola.product,
        code: 'K1',
        baseUnit: '瓶',
        'barcode:6901234567892': '瓶',
        retailPrice: 3_500_000,
        referencePurchasePrice: 2_000_000,
      },
    },
  ]
  await act(engine, 'changeMasters', { changes })
  return warehouse
}

async function supplierOf(engine: Engine): Promise<string> {
  const id = uuidv7()
  await act(engine, 'changeMasters', {
    changes: [{ entity: 'supplier', id, fields: { name: '饮料厂' } }],
  })
  return id
}

async function receive(engine: Engine, warehouseId: string, supplierId: string, bottles: number) {
  const docId = uuidv7()
  await act(engine, 'editDraft', {
    docId,
    type: 'goods-receipt',
    header: { warehouseId, supplierId },
    lines: [
      {
        lineId: uuidv7(),
        fields: { skuId: cola.sku, quantity: bottles * 10_000, price: 2_000_000 },
      },
    ],
  })
  return act(engine, 'post', { docId })
}

async function sell(engine: Engine, warehouseId: string, bottles: number) {
  const docId = uuidv7()
  await act(engine, 'editDraft', { docId, type: 'retail-sale', header: { warehouseId } })
  await act(engine, 'scanIntoDraft', {
    docId,
    type: 'retail-sale',
    skuId: cola.sku,
    quantity: bottles * 10_000,
  })
  return act(engine, 'post', { docId })
}

async function onHand(engine: Engine): Promise<number | undefined> {
  const product = await engine.read('product', { skuId: cola.sku })
  return product === undefined ? undefined : product.onHand / 10_000
}

const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 8_000, interval: 25 })

async function synced(engine: Engine): Promise<void> {
  await eventually(async () => {
    const status = await engine.read('status', {})
    expect(status).toMatchObject({ documentsWaiting: 0, journalsBehind: 0, connection: 'online' })
  })
}

describe('the whole road', () => {
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
    const { rows } = await first.read('documents', { offset: 0, limit: 10 })
    expect(rows.map(({ type, state, amount }) => [type, state, amount])).toEqual([
      ['retail-sale', 'synced', 1_750],
      ['goods-receipt', 'synced', 4_800],
    ])
    const [one, other] = await Promise.all([first, second].map((each) => each.read('status', {})))
    expect(one?.agreementCode).toBe(other?.agreementCode)
  })
})
