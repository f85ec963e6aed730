/**
 * `kill -9` of the real server under load, again and again. Raw writers and real engines post; this
 * process, which is never killed, remembers every word of the server. After each kill the files are
 * read by hand, then the server is started and asked by a device that never wrote, and only then the
 * writers come back.
 *
 * `KILLS=10000 npx vitest run --project process kill` makes the run long (about 1.5 s a kill); each
 * forty kills begin with an empty folder. `SEED=7` chooses the moments.
 */
import { describe, expect, it, vi } from 'vitest'
import { makeRandom, type Random } from '#domain/demonstration/random.ts'
import { isServerDevice } from '#domain/records/journal-name.ts'
import { readEntries } from '#domain/replica/journal.ts'
import { enrolDevice, type TestDevice } from '#server/testing/test-device.ts'
import { setUpCompany } from '#server/testing/test-server.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { enrolled, stockRoom, synced, world } from '#tests/road/shop.ts'
import { AckBook } from './ack-book.ts'
import { type BadNetwork, openBadNetwork } from './bad-network.ts'
import { type DataImage, readDataImage } from './data-image.ts'
import { figuresOf } from './figures.ts'
import { PostingEngine } from './posting-engine.ts'
import { RawWriter } from './raw-writer.ts'
import { openServerProcess, type ServerProcess, type StartTimes } from './server-process.ts'

const kills = Number(process.env['KILLS'] ?? 20)
const seed = Number(process.env['SEED'] ?? 20_261_122)
const killsPerFolder = 40

interface Shop {
  readonly real: ServerProcess
  readonly network: BadNetwork
  readonly book: AckBook
  readonly writers: readonly RawWriter[]
  readonly engine: PostingEngine
  /** Has never written. */
  readonly auditor: TestDevice
}

interface Tally {
  kills: number
  confirmed: number
  kept: number
  readonly starts: StartTimes[]
}

describe('a server that is killed under load', () => {
  it(
    `[KIL1] [KIL2] [WAL3] ${kills} times loses nothing that it confirmed, doubles nothing and keeps no half`,
    async () => {
      const random = makeRandom(seed)
      const tally: Tally = { kills: 0, confirmed: 0, kept: 0, starts: [] }
      const begun = performance.now()
      while (tally.kills < kills) {
        await killInFolder(Math.min(killsPerFolder, kills - tally.kills), random, tally)
        report(tally, performance.now() - begun)
      }
      expect(tally.confirmed).toBeGreaterThan(kills)
    },
    60_000 + kills * 10_000,
  )

  it('[WAL4] politely finishes what it took before it ends', async () => {
    const { real, writers, engine, book, network } = await openShop()
    for (const writer of writers) writer.join()
    await eventually(() => expect(book.confirmedCount).toBeGreaterThan(30))
    real.child?.kill('SIGTERM')
    await real.exited()
    expect(real.child?.exitCode).toBe(0)
    await Promise.all(writers.map((writer) => writer.leave()))
    await engine.headless.engine.close()
    await network.close()
    const image = await readDataImage(real.folder)
    expect(image.problems).toEqual([])
    expect(await book.missingIn(image)).toEqual([])
  })
})

function report({ kills: count, confirmed, kept, starts }: Tally, ms: number): void {
  const { median, max } = figuresOf(starts.map((start) => start.ms))
  const cpu = figuresOf(starts.map((start) => start.cpuMs))
  const rate = ((count / ms) * 60_000).toFixed(1)
  console.info(
    `${count} kills (${rate} a minute), ${confirmed} records confirmed, ${kept} kept, 0 lost, ` +
      `0 doubled; start to healthy: median ${median} ms, longest ${max} ms, processor ${cpu.median} ms`,
  )
}

async function killInFolder(count: number, random: Random, tally: Tally): Promise<void> {
  const shop = await openShop()
  try {
    for (let i = 0; i < count; i++) {
      await workUntilKilled(shop, random)
      tally.kills += 1
      const image = await readDataImage(shop.real.folder)
      await expectWhole(shop, image)
      tally.starts.push(await shop.real.start())
      await expectServed(shop, image)
    }
    await expectAgreement(shop)
    tally.confirmed += shop.book.confirmedCount
    tally.kept += (await readDataImage(shop.real.folder)).recordCount
  } finally {
    await closeShop(shop)
  }
}

async function openShop(): Promise<Shop> {
  const real = await openServerProcess()
  world.later(() => real.remove())
  await real.start()
  const { server } = real
  await setUpCompany(server)
  const auditor = await enrolDevice(server)
  const book = new AckBook(auditor.enrolled.serverKey)
  const network = await openBadNetwork(server.url)
  world.later(() => network.close())
  const headless = await enrolled({ ...server, url: network.url })
  const engine = new PostingEngine(headless, await stockRoom(headless.engine))
  await synced(headless.engine)
  const audiences = ['goods', 'sales', 'goods'] as const
  const writers = await Promise.all(
    audiences.map((audience) => RawWriter.enrol(server, book, audience)),
  )
  return { real, network, book, writers, engine, auditor }
}

/** Everybody posts; after a random number of confirmations and a random moment more, no more server. */
async function workUntilKilled(shop: Shop, random: Random): Promise<void> {
  const { real, network, book, writers, engine } = shop
  const wanted = book.confirmedCount + random.integer(1, 60)
  network.weather = {}
  engine.headless.engine.hurry()
  engine.begin()
  for (const writer of writers) writer.join()
  await vi.waitFor(() => expect(book.confirmedCount).toBeGreaterThanOrEqual(wanted), {
    timeout: 30_000,
    interval: 3,
  })
  await new Promise((resolve) => setTimeout(resolve, random.integer(0, 15)))
  await real.kill()
  network.weather = { isDown: true }
  network.tear()
  await Promise.all([...writers.map((writer) => writer.leave()), engine.pause()])
  engine.tell(book)
}

/** By hand, from the files, before anything is started. */
async function expectWhole({ book }: Shop, image: DataImage): Promise<void> {
  expect(image.problems).toEqual([])
  expect(await book.missingIn(image)).toEqual([])
  expect(book.changedIn(image.journals)).toEqual([])
  expect(book.problems).toEqual([])
}

/** What the server hands out while nobody is there who could give it back. */
async function expectServed({ book, auditor }: Shop, image: DataImage): Promise<void> {
  for (const journal of book.journals()) {
    const copy = auditor.open(journal)
    await copy.synced
    const served = new Map(readEntries(copy.doc, 0).map(({ seq, bytes }) => [seq, bytes]))
    const stored = image.journals.get(journal) ?? new Map<number, Uint8Array>()
    const differing = [...stored].filter(([seq, bytes]) => !isSame(served.get(seq), bytes))
    expect(differing.map(([seq]) => `${journal} ${seq}`)).toEqual([])
    // The server itself goes on relaying; nobody else is there to add anything.
    if (!isServerDevice(journal.split('/').at(-1) ?? '')) expect(served.size).toBe(stored.size)
  }
  auditor.leave()
}

/** Everybody comes back once more, and everything that anybody wrote is there. */
async function expectAgreement(shop: Shop): Promise<void> {
  const { real, network, book, writers, engine } = shop
  network.weather = {}
  engine.headless.engine.hurry()
  for (const writer of writers) {
    writer.join()
    writer.stopWriting()
  }
  await Promise.all(writers.map((writer) => writer.confirmed()))
  await synced(engine.headless.engine)
  engine.tell(book)
  await real.kill()
  await expectWhole(shop, await readDataImage(real.folder))
}

async function closeShop({ real, network, writers, engine, auditor }: Shop): Promise<void> {
  await Promise.all(writers.map((writer) => writer.leave()))
  await engine.pause()
  await engine.headless.engine.close()
  auditor.leave()
  await network.close()
  await real.remove()
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.from(one).equals(other)
}
