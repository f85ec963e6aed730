/**
 * Two real engines, one of them behind a network that misbehaves. Work goes on in every weather, and
 * when it clears both hold the same.
 */
import { describe, expect, it, vi } from 'vitest'
import { makeRandom } from '#domain/demonstration/random.ts'
import type { Headless } from '#client/engine/start/headless.ts'
import type { TestServer } from '#server/testing/test-server.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { cola, enrolled, onHand, open, sell, stockRoom, synced, world } from '#tests/road/shop.ts'
import { type BadNetwork, openBadNetwork, type Weather } from './bad-network.ts'

const portalPage = '<!doctype html><title>Welcome</title><h1>Please sign in to the Wi-Fi</h1>'
const portal =
  'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n' +
  `Content-Length: ${portalPage.length}\r\n\r\n${portalPage}`
const portalRefusing = portal.replace('200 OK', '403 Forbidden')

const random = makeRandom(7)

const weathers: readonly (readonly [string, Weather])[] = [
  ['is down', { isDown: true }],
  ['tears each line at a random byte', { tearAfter: () => random.integer(1, 6_000) }],
  ['tears in the middle of the first frames', { tearAfter: () => random.integer(200, 700) }],
  ['takes the upgrade out of requests', { isStripping: true }],
  ['dials everything twice', { isDoubling: true }],
  ['answers with a page of its own', { answer: portal }],
  ['answers with a refusal of its own', { answer: portalRefusing }],
  ['swallows everything', { isSilent: true }],
]

interface Shop {
  readonly server: TestServer
  readonly network: BadNetwork
  readonly tablet: Headless
  readonly office: Headless
  readonly warehouse: string
}

async function openShop(): Promise<Shop> {
  const server = await world.server()
  const network = await openBadNetwork(server.url)
  world.later(() => network.close())
  const office = await enrolled(server)
  const warehouse = await stockRoom(office.engine)
  const tablet = await enrolled({ ...server, url: network.url })
  // Goods and prices come in journals of their own.
  await eventually(async () => {
    const product = await tablet.engine.read('product', { skuId: cola.sku })
    expect(JSON.stringify(product)).toContain('3500000')
  })
  return { server, network, tablet, office, warehouse }
}

/** Nothing is asked of the person for the network's sake. */
async function expectAtWork({ engine }: Headless): Promise<void> {
  const status = await engine.read('status', {})
  expect(status).toMatchObject({ isSignInNeeded: false })
  expect(status.stopped).toBeUndefined()
  expect(status.refused).toBeUndefined()
}

async function expectAgreed({ tablet, office }: Shop, bottles: number): Promise<void> {
  await Promise.all([synced(tablet.engine), synced(office.engine)])
  for (const { engine } of [tablet, office]) {
    await eventually(async () => expect(await onHand(engine)).toBe(bottles))
  }
  const codes = await Promise.all(
    [tablet, office].map(({ engine }) => engine.read('agreement', {})),
  )
  expect(codes[0]).toBe(codes[1])
}

describe('a network that', () => {
  it('[NET1] misbehaves in any way stops no work, and all is the same when it clears', async () => {
    const shop = await openShop()
    const { network, tablet, office, warehouse } = shop
    let sold = 0
    for (const [name, weather] of weathers) {
      network.weather = weather
      for (let i = 0; i < 3; i++) {
        const { dialled } = network
        network.tear()
        await sell(tablet.engine, warehouse, 1)
        await sell(office.engine, warehouse, 1)
        sold += 2
        tablet.engine.hurry()
        await eventually(() => expect(network.dialled, name).toBeGreaterThan(dialled))
      }
      await expectAtWork(tablet)
      network.weather = {}
      network.tear()
      tablet.engine.hurry()
      await expectAgreed(shop, -sold)
      await expectAtWork(tablet)
    }
  }, 120_000)

  it('[NET2] answers in the name of the server gives no answer: nobody is asked to sign in', async () => {
    const { network, tablet, warehouse, server } = await openShop()
    await tablet.engine.close()
    for (const answer of [portal, portalRefusing]) {
      network.weather = { answer, answeredMethod: 'POST' }
      const { answered } = network
      const back = await open({ ...server, url: network.url }, { disk: tablet.disk() })
      await eventually(() => expect(network.answered).toBeGreaterThan(answered))
      await sell(back.engine, warehouse, 1)
      await expectAtWork(back)
      network.weather = {}
      back.engine.hurry()
      await eventually(async () =>
        expect((await back.engine.read('status', {})).connection).toBe('online'),
      )
      await back.engine.close()
    }
  }, 120_000)

  it('[NET6] carries 4 kB a second, each piece half a second late, still brings everything', async () => {
    const shop = await openShop()
    const { network, tablet, office, warehouse, server } = shop
    await tablet.engine.close()
    network.weather = { bytesPerSecond: 4_000, latencyMs: 500 }
    const back = await open({ ...server, url: network.url }, { disk: tablet.disk() })
    for (let i = 0; i < 3; i++) await sell(back.engine, warehouse, 1)
    await sell(office.engine, warehouse, 1)
    await vi.waitFor(
      async () => {
        const status = await back.engine.read('status', {})
        expect(status).toMatchObject({ documentsWaiting: 0, journalsBehind: 0 })
        expect(await onHand(back.engine)).toBe(-4)
      },
      { timeout: 60_000, interval: 100 },
    )
    await expectAtWork(back)
    await expectAgreed({ ...shop, tablet: back }, -4)
  }, 180_000)
})
