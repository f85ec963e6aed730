/** [S7] A server whose data folder is put back from an older backup gets back what devices hold. */
import { cp, rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Headless } from '#client/engine/start/headless.ts'
import { call, openTestServer, type TestServer } from '#server/testing/test-server.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { enrolled, layCable, onHand, open, sell, stockRoom, synced, world } from './shop.ts'

/** Two devices that trade, and a copy of the data folder from before their last sales. */
async function shopWithBackup() {
  const first = await world.server()
  const cable = await layCable(first.url)
  const shop = { ...first, url: cable.url }
  const a = await enrolled(shop, { deviceName: 'A' })
  const warehouse = await stockRoom(a.engine)
  await sell(a.engine, warehouse, 1)
  await synced(a.engine)
  const b = await enrolled(shop, { deviceName: 'B' })
  await eventually(async () => expect(await onHand(b.engine)).toBe(-1))
  await first.close()
  const backup = `${first.folder}-backup`
  await cp(first.folder, backup, { recursive: true })
  world.later(() => rm(backup, { recursive: true, force: true }))
  const second = await openTestServer({ folder: first.folder })
  cable.plugInto(second.url)
  for (const { engine } of [a, b]) engine.hurry()
  await eventually(async () =>
    expect((await a.engine.read('status', {})).connection).toBe('online'),
  )
  return { a, b, cable, warehouse, folder: first.folder, backup, second }
}

type Shop = Awaited<ReturnType<typeof shopWithBackup>>

/** The folder as it was, on a fresh port; `how` as for a test server. */
async function restored(
  { folder, backup, cable }: Shop,
  how: Parameters<typeof openTestServer>[0] = {},
): Promise<TestServer> {
  await rm(folder, { recursive: true })
  await cp(backup, folder, { recursive: true })
  const server = await openTestServer({ folder, ...how })
  world.later(() => server.close())
  cable.plugInto(server.url)
  return server
}

async function epochOf(server: TestServer): Promise<unknown> {
  return (await call(server, '/api/state')).body['epoch']
}

function codeOf({ engine }: Headless): Promise<string | undefined> {
  return engine.read('agreement', {})
}

/** A device that has nothing but what the server gives it. */
async function newcomer(server: TestServer): Promise<Headless> {
  const device = await enrolled(server, { deviceName: 'New' })
  await synced(device.engine)
  return device
}

describe('a server that was restored from an older backup', () => {
  it('[ENG13] gets back what an absent device had written from its neighbour', async () => {
    const shop = await shopWithBackup()
    const { a, b, warehouse } = shop
    await sell(a.engine, warehouse, 2)
    await sell(b.engine, warehouse, 4)
    await synced(a.engine)
    await eventually(async () => expect(await onHand(b.engine)).toBe(-7))
    await synced(b.engine)
    await a.engine.close()
    await shop.second.close()

    const server = await restored(shop)
    expect(await epochOf(server)).toBe(2)
    b.engine.hurry()
    const fresh = await newcomer(server)
    await eventually(async () => {
      expect(await onHand(fresh.engine)).toBe(-7)
      expect(await codeOf(fresh)).toBe(await codeOf(b))
    })

    const back = await open(server, { disk: a.disk() })
    await sell(back.engine, warehouse, 8)
    await synced(back.engine)
    await eventually(async () => expect(await onHand(b.engine)).toBe(-15))
    expect((await back.engine.read('status', {})).stopped).toBeUndefined()
    expect((await b.engine.read('status', {})).refused).toBeUndefined()
  })

  it('[ENG13] learns of people and devices that it forgot', async () => {
    const shop = await shopWithBackup()
    const { a, b } = shop
    const late = await enrolled({ ...shop.second, url: shop.cable.url }, { deviceName: 'C' })
    await eventually(async () => expect(await onHand(late.engine)).toBe(-1))
    await sell(late.engine, shop.warehouse, 2)
    await synced(late.engine)
    await eventually(async () => expect(await onHand(b.engine)).toBe(-3))
    await a.engine.close()
    await late.engine.close()
    await shop.second.close()
    const server = await restored(shop)
    b.engine.hurry()
    const fresh = await newcomer(server)
    await eventually(async () => expect(await onHand(fresh.engine)).toBe(-3))
    const { devices } = (await call(server, '/api/devices', { token: await tokenOf(server) }))
      .body as unknown as { devices: readonly { name: string; code: string }[] }
    expect(devices.filter(({ name }) => name === 'C')).toHaveLength(1)
    expect(new Set(devices.map(({ code }) => code)).size).toBe(devices.length)
  })

  it('[ENG14] that cannot see it is told so by what it has signed itself', async () => {
    const shop = await shopWithBackup()
    const { a, b, second } = shop
    const user = { login: 'kim', name: 'Kim', password: 'long enough' }
    const { branchId = '' } = await a.engine.read('session', {})
    const before = companySeq(b)
    await act(a.engine, 'addUser', { ...user, roles: [{ branch: branchId, role: 'keeper' }] })
    await eventually(async () => expect(companySeq(b)).toBe(before + 1))
    await a.engine.close()
    await second.close()
    const server = await restored(shop, { isPlaceKnown: false })
    expect(await epochOf(server)).toBe(1)
    b.engine.hurry()
    await eventually(async () => expect(await epochOf(server)).toBe(2))
    await sell(b.engine, shop.warehouse, 1)
    await synced(b.engine)
    const fresh = await newcomer(server)
    expect(companySeq(fresh)).toBe(before + 1)
    expect((await b.engine.read('status', {})).refused).toBeUndefined()
  })

  it('[ENG14] begins an epoch when somebody says so, and none at an ordinary start', async () => {
    const first = await world.server()
    await first.close()
    const second = await openTestServer({ folder: first.folder })
    expect(await epochOf(second)).toBe(1)
    await second.close()
    const third = await openTestServer({ folder: first.folder, isRestored: true })
    world.later(() => third.close())
    expect(await epochOf(third)).toBe(2)
  })

  it('[HED5] gets own records again where it has nothing of their journal any more', async () => {
    const shop = await shopWithBackup()
    const { a, b, second } = shop
    await a.engine.close()
    await sell(b.engine, shop.warehouse, 2)
    await synced(b.engine)
    await b.engine.close()
    await second.close()
    const server = await restored(shop)
    const back = await open(server, { disk: b.disk() })
    await synced(back.engine)
    const fresh = await newcomer(server)
    expect(await onHand(fresh.engine)).toBe(-3)
  })
})

/** How far a device has what the server wrote for all in its first epoch. */
function companySeq(device: Headless): number {
  const rows = device.disk().store.journals.map(({ journal }) => journal)
  return rows.find(({ journal }) => /\/all\/goods\/.*\/server-1$/.test(journal))?.seq ?? -1
}

/** A token of the owner, by a device of its own. */
async function tokenOf(server: TestServer): Promise<string> {
  return (await world.device(server)).token
}
