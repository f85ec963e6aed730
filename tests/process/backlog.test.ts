/**
 * A month without a network, then one that tears every line after so many bytes: what was written
 * goes out in pieces, what others wrote comes in pieces, and no piece is carried twice for nothing.
 */
import { uuidv7 } from 'uuidv7'
import { describe, expect, it, vi } from 'vitest'
import type { Headless } from '#client/engine/start/headless.ts'
import type { TestServer } from '#server/testing/test-server.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { cola, enrolled, onHand, open, stockRoom, synced, world } from '#tests/road/shop.ts'
import { openBadNetwork } from './bad-network.ts'

const dayMs = 86_400_000
const daysAway = 30
const postsADay = 3
const linesAPost = 100
/** What a line carries before it is torn: less than the window of an outbox, less than a journal. */
const tearAfter = 100_000

/** Posts every day of a month on a device without a network; its clock goes along. */
async function monthAway(disk: Headless, warehouse: string): Promise<Headless> {
  const time = { nowMs: Date.now() - daysAway * dayMs }
  const away = await open(undefined, {
    disk: disk.disk(),
    ports: { clock: { nowMs: () => time.nowMs } },
  })
  for (let day = 0; day < daysAway; day++) {
    for (let post = 0; post < postsADay; post++) await postSale(away, warehouse, linesAPost)
    time.nowMs += dayMs
  }
  await away.engine.close()
  return away
}

async function postSale({ engine }: Headless, warehouseId: string, lines: number): Promise<void> {
  const docId = uuidv7()
  await act(engine, 'postDraft', {
    docId,
    type: 'retail-sale',
    header: { warehouseId },
    lines: Array.from({ length: lines }, () => ({
      ...{ lineId: uuidv7(), skuId: cola.sku, quantity: 10_000, price: 3_500_000 },
    })),
  })
}

/** Bytes of a device's own journals, by name. */
function ownBytes(device: Headless): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const { journal, updates } of device.disk().store.journals) {
    sizes.set(
      journal.journal,
      updates.reduce((sum, { bytes }) => sum + bytes.length, 0),
    )
  }
  return sizes
}

describe('a backlog of a month', () => {
  it('[NET5] goes out and comes in through lines that are torn again and again', async () => {
    const server = await world.server()
    const network = await openBadNetwork(server.url)
    world.later(() => network.close())
    const behind: TestServer = { ...server, url: network.url }
    const office = await enrolled(server)
    const warehouse = await stockRoom(office.engine)
    const tablet = await enrolled(server)
    await eventually(async () => expect(await onHand(tablet.engine)).toBe(0))
    await synced(tablet.engine)
    await tablet.engine.close()
    const away = await monthAway(tablet, warehouse)
    const sizes = ownBytes(away)
    expect(new Set([...sizes.keys()].map((name) => name.split('/')[4])).size).toBe(2)
    expect(Math.max(...sizes.values())).toBeGreaterThan(2 * tearAfter)
    const bottles = -daysAway * postsADay * linesAPost

    network.weather = { tearAfter: () => tearAfter }
    const back = await open(behind, { disk: away.disk() })
    await drained(back, network)
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
    console.info(`out: ${total} bytes in ${network.dialled} lines, ${network.carried.up} carried`)
    // What was on a line when it was torn goes again; what had arrived does not.
    expect(network.carried.up).toBeLessThan(3.5 * total)
    await eventually(async () => expect(await onHand(office.engine)).toBe(bottles))

    // A new device hears all of it through the same lines.
    network.weather = {}
    const late = await enrolled(behind)
    const { dialled, carried } = { dialled: network.dialled, carried: network.carried.down }
    network.weather = { tearAfter: () => tearAfter }
    network.tear()
    await drained(late, network)
    console.info(
      `in: ${network.carried.down - carried} bytes in ${network.dialled - dialled} lines`,
    )
    await eventually(async () => expect(await onHand(late.engine)).toBe(bottles))
    const codes = await Promise.all(
      [office, late].map(({ engine }) => engine.read('agreement', {})),
    )
    expect(codes[0]).toBe(codes[1])
  }, 120_000)
})

/** Everything sent and everything received; redials at once, where a person would wait a little. */
async function drained({ engine }: Headless, network: { lineCount: number }): Promise<void> {
  await vi.waitFor(
    async () => {
      if (network.lineCount === 0) engine.hurry()
      const status = await engine.read('status', {})
      expect(status).toMatchObject({ documentsWaiting: 0, journalsBehind: 0, connection: 'online' })
    },
    { timeout: 45_000, interval: 50 },
  )
}
