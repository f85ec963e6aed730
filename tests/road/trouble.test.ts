import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#client/engine/engine.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'
import { storeOver } from '#client/engine/store/store-over.ts'
import { StoreFailure } from '#client/engine/store/store.ts'
import { openTestServer, owner, type TestServer } from '#server/testing/test-server.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { turnBit } from '#tests/builders/turn-bit.ts'
import { cola, enrolled, layCable, onHand, open, sell, stockRoom, synced, world } from './shop.ts'

describe('the whole road: trouble', () => {
  it('[ENG8] a backlog larger than one frame arrives, in order and complete', async () => {
    const server = await world.server()
    const { engine: office } = await enrolled(server)
    const warehouse = await stockRoom(office)
    const tablet = await enrolled(server)
    await eventually(async () => expect(await onHand(tablet.engine)).toBe(0))
    await synced(tablet.engine)
    await tablet.engine.close()
    const offline = await open(undefined, { disk: tablet.disk() })
    const docIds = Array.from({ length: 14 }, () => uuidv7())
    for (const [index, docId] of docIds.entries()) {
      await act(offline.engine, 'editDraft', {
        docId,
        type: 'retail-sale',
        header: { warehouseId: warehouse, note: `${index}`.repeat(900) },
        lines: Array.from({ length: 250 }, () => ({
          lineId: uuidv7(),
          fields: { skuId: cola.sku, quantity: 10_000, price: 3_500_000 },
        })),
      })
      await act(offline.engine, 'post', { docId })
    }
    const waiting = offline
      .disk()
      .store.journals.flatMap(({ updates }) => updates.map(({ bytes }) => bytes.length))
    expect(waiting.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThan(262_144)
    const typed = [...offline.disk().desks.values()].flat()
    expect(typed.reduce((sum, update) => sum + update.length, 0)).toBeGreaterThan(1_048_576)
    await offline.engine.close()
    const back = await open(server, { disk: offline.disk() })
    await synced(back.engine)
    await eventually(async () => expect(await onHand(office)).toBe(-3_500))
  })

  it('[ENG9] a server that goes away and comes back finds everything again', async () => {
    const server = await world.server()
    const cable = await layCable(server.url)
    const device = await enrolled({ ...server, url: cable.url })
    const warehouse = await stockRoom(device.engine)
    await synced(device.engine)
    await server.close()
    await eventually(async () =>
      expect((await device.engine.read('status', {})).connection).not.toBe('online'),
    )
    await sell(device.engine, warehouse, 1)
    expect((await device.engine.read('status', {})).documentsWaiting).toBe(1)
    const again = await openTestServer({ folder: server.folder })
    world.later(() => again.close())
    cable.plugInto(again.url)
    device.engine.hurry()
    await synced(device.engine)
    const { engine: other } = await enrolled(again)
    await eventually(async () => expect(await onHand(other)).toBe(-1))
  })

  it('[ENG10] a revoked device keeps its work, says so, and hands it out as a file', async () => {
    const server = await world.server()
    const { engine: office } = await enrolled(server)
    const warehouse = await stockRoom(office)
    const lost = await enrolled(server)
    await eventually(async () => expect(await onHand(lost.engine)).toBe(0))
    const { device } = await lost.engine.read('session', {})
    await act(office, 'revokeDevice', { device: device?.id ?? '', reason: 'lost' })
    await eventually(async () =>
      expect((await lost.engine.read('status', {})).stopped?.code).toBe('device-revoked'),
    )
    const file = await act(lost.engine, 'exportUnsent', {})
    expect(file.fileName).toMatch(/^liancang-02-/)
    expect(warehouse).toBeTruthy()
  })

  it('[HEA1] a journal that rotted here, rows and updates, is fetched again and the fold goes on', async () => {
    const server = await world.server()
    const { engine: office } = await enrolled(server)
    const warehouse = await stockRoom(office)
    await sell(office, warehouse, 3)
    const device = await enrolled(server)
    await eventually(async () => expect(await onHand(device.engine)).toBe(-3))
    await synced(device.engine)
    await device.engine.close()
    const disk = structuredClone(device.disk())
    const goods = disk.store.journals.filter(({ journal }) => journal.journal.includes('/goods/'))
    for (const { records, updates } of goods) {
      for (const { bytes } of [...records, ...updates]) turnBit(bytes)
    }
    const store = { ...disk.store, blobs: [] }
    const again = await open(server, { disk: { ...disk, store } })
    await eventually(async () => expect(await onHand(again.engine)).toBe(-3))
    await synced(again.engine)
    expect((await again.engine.read('status', {})).refused).toBeUndefined()
    const code = await office.read('agreement', {})
    expect(await again.engine.read('agreement', {})).toBe(code)
  })

  it('[ENG11] a PIN opens the device offline, and guessing is slow', async () => {
    const server = await world.server()
    const device = await enrolled(server)
    await act(device.engine, 'setPin', { pin: '2580' })
    await act(device.engine, 'lock', {})
    await device.engine.close()
    const offline = await open(undefined, { disk: device.disk() })
    expect((await offline.engine.read('session', {})).stage).toBe('locked')
    const post = await offline.engine.command('post', { docId: uuidv7() }, uuidv7())
    expect(post.ok ? '' : post.problem[0]?.code).toBe('device-locked')
    for (let i = 0; i < 5; i++) {
      const wrong = await offline.engine.command('unlock', { pin: '1234' }, uuidv7())
      expect(wrong.ok ? '' : wrong.problem[0]?.code).toBe('pin-wrong')
    }
    const waiting = await offline.engine.command('unlock', { pin: '2580' }, uuidv7())
    expect(waiting.ok ? '' : waiting.problem[0]?.code).toBe('pin-wait')
  })

  it('[ENG12] a cloned device is told so and stops posting; nothing of either is lost', async () => {
    const server = await world.server()
    const device = await enrolled(server)
    const warehouse = await stockRoom(device.engine)
    await synced(device.engine)
    await device.engine.close()
    const image = device.disk()
    const original = await open(server, { disk: image })
    await sell(original.engine, warehouse, 1)
    await synced(original.engine)
    await original.engine.close()
    const clone = await open(server, { disk: image })
    await eventually(async () =>
      expect((await clone.engine.read('status', {})).stopped?.code).toBe('device-forked'),
    )
    const docId = uuidv7()
    await act(clone.engine, 'editDraft', {
      docId,
      type: 'retail-sale',
      header: { warehouseId: warehouse },
    })
    await act(clone.engine, 'scanIntoDraft', {
      docId,
      type: 'retail-sale',
      skuId: cola.sku,
      quantity: 10_000,
    })
    const refused = await clone.engine.command('post', { docId }, uuidv7())
    expect(refused.ok ? '' : refused.problem[0]?.code).toBe('device-forked')
    await clone.engine.close()
    const later = await open(undefined, { disk: clone.disk() })
    expect((await later.engine.read('status', {})).stopped?.code).toBe('device-forked')
  })

  it('[ENG18] a cloned device is enrolled anew and takes along what it had not handed in', async () => {
    const server = await world.server()
    const { warehouse, original, disk } = await soldTwice(server)
    const clone = await open(server, { disk })
    const old = await forked(clone.engine)
    const { login, password } = owner
    await act(clone.engine, 'beginAnew', { login, password })
    await synced(clone.engine)
    const { device: anew } = await clone.engine.read('session', {})
    expect([anew?.id === old?.id, anew?.code === old?.code]).toEqual([false, false])
    await sell(clone.engine, warehouse, 8)
    await synced(clone.engine)
    const { engine: fresh } = await enrolled(server)
    // What both had when the image was made counts once.
    for (const engine of [clone.engine, original.engine, fresh]) {
      await eventually(async () => expect(await onHand(engine)).toBe(-15))
    }
    expect((await original.engine.read('status', {})).stopped).toBeUndefined()
    await clone.engine.close()
    const later = await open(server, { disk: clone.disk() })
    expect((await later.engine.read('status', {})).stopped).toBeUndefined()
  })

  it('[ENG18] so is one whose store kept that and could not say so', async () => {
    const server = await world.server()
    const { original, disk } = await soldTwice(server)
    const memory = openMemoryStore(disk.store)
    const store = storeOver(memory, {
      async commit(change) {
        await memory.commit(change)
        const isAnew = change.values?.['identity'] !== undefined
        if (isAnew) throw new StoreFailure('store-closed', 'kept, and not heard')
      },
    })
    const { engine } = await open(server, { disk, ports: { store } })
    const old = await forked(engine)
    const { login, password } = owner
    await act(engine, 'beginAnew', { login, password })
    const { device: anew } = await engine.read('session', {})
    expect(anew?.id).not.toBe(old?.id)
    await synced(engine)
    await eventually(async () => expect(await onHand(original.engine)).toBe(-7))
  })
})

/** One sells 4, is copied, and sells 1; its copy, whose disk is answered, has sold 2 before it is online. */
async function soldTwice(server: TestServer) {
  const device = await enrolled(server)
  const warehouse = await stockRoom(device.engine)
  await synced(device.engine)
  await device.engine.close()
  const before = await open(undefined, { disk: device.disk() })
  await sell(before.engine, warehouse, 4)
  await before.engine.close()
  const image = before.disk()
  const original = await open(server, { disk: image })
  await sell(original.engine, warehouse, 1)
  await synced(original.engine)
  const away = await open(undefined, { disk: image })
  await sell(away.engine, warehouse, 2)
  await away.engine.close()
  return { warehouse, original, disk: away.disk() }
}

/** The device that a machine believed to be when it was told that there are two. */
async function forked(engine: Engine) {
  await eventually(async () =>
    expect((await engine.read('status', {})).stopped?.code).toBe('device-forked'),
  )
  return (await engine.read('session', {})).device
}
