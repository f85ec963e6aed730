/**
 * A disk of 80 MB under the browser's profile, filled while it posts and freed again, and a log of the browser's
 * database that a power cut has torn. The disk needs the right to mount a tmpfs; without it those tests are skipped
 * and say so. The browser has promised to keep the data, as it does for an installed app: without that promise
 * Chromium itself clears a site away as soon as a write meets a full disk.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { order } from './engine-talk.ts'
import { firstGoods, type Goods, heldBy, heldByServer, openGoods, receiptOf } from './goods.ts'
import { expect, type Machine, test as base } from './machine.ts'
import { shoot } from './shoot.ts'

const test = base.extend<{ readonly disk: SmallDisk }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the fixture's needs from this pattern
  disk: async ({}, use) => {
    const disk = new SmallDisk()
    await use(disk)
    disk.remove()
  },
})

/** A file system of its own, as small as an old tablet's last room. */
class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'liancang-disk-'))
  readonly isMounted: boolean

  constructor() {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'none', this.folder])
    this.isMounted = mounted.status === 0
  }

  /** Until not a byte is left. */
  fill(): void {
    for (let size = 16_777_216; size >= 1; size = Math.floor(size / 2)) {
      for (let no = 0; this.#write(`filler-${size}-${no}`, size); no += 1);
    }
  }

  free(): void {
    execFileSync('sh', ['-c', `rm -f ${this.folder}/filler-*`])
  }

  #write(name: string, size: number): boolean {
    try {
      writeFileSync(join(this.folder, name), Buffer.alloc(size))
      return true
    } catch {
      return false
    }
  }

  remove(): void {
    if (this.isMounted) spawnSync('umount', ['-l', this.folder])
    rmSync(this.folder, { recursive: true, force: true })
  }
}

test('[FUL1] a full disk: nothing is called saved that is not, posting stops in plain words, and goes on when there is room', async ({
  newMachine,
  disk,
}) => {
  test.skip(!disk.isMounted, 'no right to mount a small file system here')
  const machine = newMachine(join(disk.folder, 'profile'))
  promiseToKeep(machine)
  const goods = await firstGoods(await machine.start())
  const saved = await postUntilRefused(machine, goods, disk)
  await expect(stopped(machine)).toBeVisible()
  await shoot(machine.page, 'disk-full')
  // The reserve was given back: what is there is read on the full disk.
  const held = await heldBy(machine.device, goods)
  expect(saved.filter((number) => !held.numbers.includes(number))).toEqual([])

  disk.free()
  await expect(stopped(machine)).toBeHidden({ timeout: 60_000 })
  await postOne(machine, goods, saved)
  // Where a torn log is continued, the second start after it is the one that loses everything.
  for (let start = 0; start < 2; start += 1) {
    await machine.restart()
    await machine.device.go('/')
    await machine.device.isSynced()
    await postOne(machine, goods, saved)
  }
  await expectAllThere(machine, goods, saved)
})

test.describe('in a stocked shop', () => {
  test.use({ beginning: 'stocked' })

  test('[FUL3] a log that a power cut has torn loses its last entry and nothing else', async ({
    newMachine,
  }) => {
    const machine = newMachine()
    const goods = await openGoods(await machine.start())
    const saved: string[] = []
    await postOne(machine, goods, saved)
    await machine.device.isSynced()
    await machine.stop()
    const torn = tearLog(machine.folder)
    for (let start = 0; start < 2; start += 1) {
      await machine.start()
      await machine.device.go('/')
      await machine.device.isReady()
      await postOne(machine, goods, saved)
      // Renewed by itself, a moment after the start.
      await expect
        .poll(() => logsOf(machine.folder).includes(torn), { timeout: 30_000 })
        .toBe(false)
      await machine.device.isSynced()
      await machine.stop()
    }
    await machine.start()
    await machine.device.go('/')
    await expectAllThere(machine, goods, saved)
  })
})

/** The site's storage is durable, as a browser's settings have it. */
function promiseToKeep({ folder, server }: Machine): void {
  const durable = { [`${server.url},*`]: { setting: 1 } }
  const exceptions = { durable_storage: durable }
  mkdirSync(join(folder, 'Default'), { recursive: true })
  const preferences = { profile: { content_settings: { exceptions } } }
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences))
}

/** The reserve is there, and the renewal after the first start is over: the first log of all is gone. */
async function isSettled(machine: Machine): Promise<void> {
  const isOver = () => hasReserve(machine) && !logsOf(machine.folder)[0]?.endsWith('000003.log')
  await expect.poll(isOver, { timeout: 30_000 }).toBe(true)
  const databases = () => machine.page.evaluate(() => indexedDB.databases())
  await expect
    .poll(async () => (await databases()).some(({ name }) => name === 'liancang-renewal'))
    .toBe(false)
}

/** Whether a file of the site's own lies there that is as large as the reserve. */
function hasReserve({ folder }: Machine): boolean {
  const files = join(folder, 'Default', 'File System')
  if (!existsSync(files)) return false
  return readdirSync(files, { recursive: true, encoding: 'utf8' }).some(
    (name) => statSync(join(files, name)).size === 16_777_216,
  )
}

const stopped = ({ page }: Machine) => page.getByRole('alert').filter({ hasText: '已停止过账' })

async function postOne({ page }: Machine, goods: Goods, saved: string[]): Promise<void> {
  const done = await order(page, 'postDraft', receiptOf(goods, crypto.randomUUID()))
  if (!done.ok) throw new Error(JSON.stringify(done.problem))
  saved.push(done.value.number)
}

/** Fills the disk after the first posts; answers every number that was called saved. */
async function postUntilRefused(
  machine: Machine,
  goods: Goods,
  disk: SmallDisk,
): Promise<string[]> {
  const saved: string[] = []
  await isSettled(machine)
  for (let posted = 0; posted < 3_000; posted += 1) {
    if (posted === 5) disk.fill()
    const done = await order(machine.page, 'postDraft', receiptOf(goods, crypto.randomUUID()))
    if (!done.ok) {
      expect(done.problem[0]?.code).toBe('store-full')
      return saved
    }
    saved.push(done.value.number)
  }
  throw new Error('the disk was never full')
}

/** Here and on the server, each once, and it is still the same device: nobody had to sign in anew. */
async function expectAllThere(
  machine: Machine,
  goods: Goods,
  saved: readonly string[],
): Promise<void> {
  await machine.device.isSynced()
  const here = await heldBy(machine.device, goods)
  const there = await heldByServer(machine.server.url, goods)
  expect(saved.filter((number) => !here.numbers.includes(number))).toEqual([])
  expect(here.numbers).toHaveLength(saved.length)
  expect(new Set(here.numbers).size).toBe(here.numbers.length)
  expect(here.onHand).toBe(here.numbers.length)
  expect([...there.numbers].sort()).toEqual([...here.numbers].sort())
  expect(there.agreementCode).toBe(here.agreementCode)
}

/** Takes the last bytes off the log of the databases, as a power cut would; answers its path. */
function tearLog(profile: string): string {
  const [log] = logsOf(profile)
  if (log === undefined) throw new Error('there is no log')
  truncateSync(log, statSync(log).size - 7)
  return log
}

function logsOf(profile: string): readonly string[] {
  const databases = join(profile, 'Default', 'IndexedDB')
  return readdirSync(databases)
    .flatMap((name) =>
      readdirSync(join(databases, name)).map((file) => join(databases, name, file)),
    )
    .filter((path) => path.endsWith('.log'))
}
