import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { readHeads } from '#domain/replica/heads.ts'
import { readEntries } from '#domain/replica/journal.ts'
import type { Store } from './storage/store.ts'
import { enrolDevice, headSeq, type TestDevice } from './testing/test-device.ts'
import { openTestServer, setUpCompany, type TestServer } from './testing/test-server.ts'
import { openWorld } from './testing/world.ts'

const world = openWorld()

/** A disk that can be full: commits of records fail while it is. */
function fillableDisk() {
  const disk = { isFull: false, refused: 0 }
  const around = (store: Store): Store => ({
    readState: () => store.readState(),
    loadDocument: (name) => store.loadDocument(name),
    openRelays: (limit) => store.openRelays(limit),
    openReceipts: (limit) => store.openReceipts(limit),
    compact: (name) => store.compact(name),
    close: () => store.close(),
    commit(changes) {
      if (!disk.isFull) return store.commit(changes)
      disk.refused += 1
      return Promise.reject(new Error('database or disk is full'))
    },
  })
  return { disk, around }
}

describe('a store that fails', () => {
  it('[WAL1] [WAL2] gets nothing acknowledged, shown or broadcast, and devices catch up by themselves', async () => {
    const { disk, around } = fillableDisk()
    const server = await world.server({ around })
    const [a, b] = [await world.device(server), await world.device(server)]
    const { journal } = await a.write('goods', 'Fruit')
    const heads = b.open(b.headsName())
    const own = a.open(journal)
    const copy = b.open(journal)
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(0))
    await vi.waitFor(() => expect(own.provider.unsyncedChanges).toBe(0))

    const reasons: string[] = []
    a.socket.on('close', ({ event }: { event: { code: number; reason: string } }) => {
      reasons.push(`${event.code} ${event.reason}`)
    })
    disk.isFull = true
    await a.write('goods', 'Tea')
    await vi.waitFor(() => expect(disk.refused).toBeGreaterThan(2), { timeout: 4_000 })
    expect(own.provider.unsyncedChanges).toBeGreaterThan(0)
    expect(headSeq(heads.doc, journal)).toBe(0)
    expect(readEntries(copy.doc, 0)).toHaveLength(1)
    expect(new Set(reasons)).toEqual(new Set(['4503 retry:store-failing']))
    const health = await (await fetch(`${server.url}/healthz`)).json()
    expect(health).toEqual({ ok: true, ready: false })

    disk.isFull = false
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(1), { timeout: 4_000 })
    await vi.waitFor(() => expect(readEntries(copy.doc, 0)).toHaveLength(2))
    await vi.waitFor(() => expect(own.provider.unsyncedChanges).toBe(0))
  })

  it('[WAL2] enrols nobody and says why', async () => {
    const { disk, around } = fillableDisk()
    const server = await world.server({ around })
    disk.isFull = true
    await expect(enrolDevice(server)).rejects.toThrow('store-failing')
    disk.isFull = false
    const device = await world.device(server)
    expect(device.enrolled.deviceCode).toBe('01')
  })
})

describe('a server that is killed', () => {
  it('[WAL3] at any moment keeps every record that heads had shown', async () => {
    const { server, start } = await childServer()
    await start()
    await setUpCompany(server)
    const writer = await world.device(server)
    let shown = new Map<string, number>()
    for (const commits of [1, 20, 40]) {
      const child = await start()
      await expectShown(server, shown)
      shown = await writeIntoKill(server, writer, child, commits)
    }
    // The author is gone: what heads had shown must come from the server's disk alone.
    writer.leave()
    await start()
    await expectShown(server, shown)
    expect(Math.max(...shown.values())).toBeGreaterThanOrEqual(61)
  }, 60_000)

  it('[WAL4] politely finishes what it took before it ends', async () => {
    const { server, start } = await childServer()
    const child = await start()
    await setUpCompany(server)
    const writer = await world.device(server)
    const { journal } = await writer.write('goods', 'Fruit')
    const heads = writer.open(writer.headsName())
    writer.open(journal)
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(0))
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  }, 20_000)

  it('[WAL5] leaves the folder to one server at a time', async () => {
    const server = await world.server()
    await expect(openTestServer({ folder: server.folder })).rejects.toThrow('data-in-use')
  })
})

/** A server in a process of its own; `start` ends the one before without mercy. */
async function childServer() {
  const folder = await mkdtemp(join(tmpdir(), 'liancang-child-'))
  world.later(() => rm(folder, { recursive: true, force: true }))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let running: ChildProcess | undefined
  const end = async () => {
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    running.kill('SIGKILL')
    await once(running, 'exit')
  }
  world.later(end)
  const server = { url, folder, nowMs: () => Date.now() } as TestServer
  return {
    server,
    async start(): Promise<ChildProcess> {
      await end()
      running = await startChild(port, folder)
      return running
    },
  }
}

/** Records on the way at once. */
const window = 15

/**
 * Writes commit after commit and kills the server once heads have shown `commits` of them; tells
 * what they had shown when it was gone.
 */
async function writeIntoKill(
  server: TestServer,
  writer: TestDevice,
  child: ChildProcess,
  commits: number,
): Promise<Map<string, number>> {
  const watcher = await world.device(server)
  const heads = watcher.open(watcher.headsName())
  await heads.synced
  const { journal, tail } = await writer.write('goods', 'first')
  writer.open(journal)
  const exited = once(child, 'exit')
  let moved = () => {}
  heads.doc.on('update', () => {
    if (headSeq(heads.doc, journal) >= tail.seq + commits) child.kill('SIGKILL')
    moved()
  })
  // As an engine does, it never runs far ahead of what heads confirm.
  for (let ahead = tail; child.signalCode === null; ) {
    while (ahead.seq < headSeq(heads.doc, journal) + window) {
      ahead = (await writer.write('goods', 'and on')).tail
    }
    const movedOn = new Promise<void>((resolve) => {
      moved = resolve
    })
    await Promise.race([movedOn, exited])
  }
  await exited
  writer.leave()
  watcher.leave()
  return new Map([...readHeads(heads.doc)].map(([name, { seq }]) => [name, seq]))
}

async function expectShown(server: TestServer, shown: ReadonlyMap<string, number>): Promise<void> {
  const reader = await world.device(server)
  for (const [journal, seq] of shown) {
    const copy = reader.open(journal)
    await copy.synced
    expect(readEntries(copy.doc, 0).at(-1)?.seq ?? -1).toBeGreaterThanOrEqual(seq)
  }
  reader.leave()
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

async function startChild(port: number, folder: string): Promise<ChildProcess> {
  const args = [join(import.meta.dirname, 'main.ts'), '--port', String(port), '--data', folder]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  await vi.waitFor(
    async () => expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200),
    { timeout: 15_000, interval: 25 },
  )
  return child
}
