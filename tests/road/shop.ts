/** A shop for tests of the whole road: headless engines over real sockets, against the real sync server. */
import { connect, createServer, type Socket } from 'node:net'
import { uuidv7 } from 'uuidv7'
import { expect } from 'vitest'
import type { Engine } from '#client/engine/engine.ts'
import type { CommandArgs, MasterChange } from '#client/engine/face/face.ts'
import { type Headless, type HeadlessOptions, openHeadless } from '#client/engine/start/headless.ts'
import { owner, type TestServer } from '#server/testing/test-server.ts'
import { openWorld } from '#server/testing/world.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'

/** Called once in each file: servers and engines of a test are taken down after it. */
export const world = openWorld()

export async function open(
  server: TestServer | undefined,
  how: HeadlessOptions = {},
): Promise<Headless> {
  const headless = await openHeadless({
    ...how,
    ...(server === undefined ? {} : { baseUrl: server.url }),
  })
  world.later(() => headless.engine.close())
  return headless
}

export async function enrolled(
  server: TestServer,
  how: Partial<CommandArgs<'enrol'>> = {},
): Promise<Headless> {
  const headless = await open(server)
  const { login, password } = owner
  const wish = { deviceName: 'Test device', kind: 'pc', ...how } as const
  await act(headless.engine, 'enrol', { login, password, ...wish })
  return headless
}

export const cola = { product: uuidv7(), sku: uuidv7() }

/** A warehouse and one product, with prices for both sides. */
export async function stockRoom(engine: Engine): Promise<string> {
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

export async function supplierOf(engine: Engine): Promise<string> {
  const id = uuidv7()
  await act(engine, 'changeMasters', {
    changes: [{ entity: 'supplier', id, fields: { name: '饮料厂' } }],
  })
  return id
}

export async function receive(
  engine: Engine,
  warehouseId: string,
  supplierId: string,
  bottles: number,
  price = 2_000_000,
) {
  const docId = uuidv7()
  await act(engine, 'editDraft', {
    docId,
    type: 'goods-receipt',
    header: { warehouseId, supplierId, invoiceKind: 'none' },
    lines: [
      {
        lineId: uuidv7(),
        fields: { skuId: cola.sku, quantity: bottles * 10_000, price },
      },
    ],
  })
  return act(engine, 'post', { docId })
}

export async function sell(engine: Engine, warehouseId: string, bottles: number) {
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

export async function onHand(engine: Engine): Promise<number | undefined> {
  const product = await engine.read('product', { skuId: cola.sku })
  return product === undefined ? undefined : product.onHand / 10_000
}

export async function synced(engine: Engine): Promise<void> {
  await eventually(async () => {
    const status = await engine.read('status', {})
    expect(status).toMatchObject({ documentsWaiting: 0, journalsBehind: 0, connection: 'online' })
  })
}

/** A line between devices and a server that can be plugged over to another one. */
export async function layCable(url: string) {
  let target = Number(new URL(url).port)
  const sockets = new Set<Socket>()
  const line = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  world.later(() => {
    for (const socket of sockets) socket.destroy()
    line.close()
  })
  const { port } = line.address() as { readonly port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    plugInto(other: string) {
      target = Number(new URL(other).port)
      for (const socket of sockets) socket.destroy()
    },
  }
}
