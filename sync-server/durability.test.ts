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
import { enrolDevice, headSeq } from './testing/test-device.ts'
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
  it('[WAL3] at any moment keeps every record that its heads had shown', {
    timeout: 60_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'liancang-kill-'))
    world.later(() => rm(folder, { recursive: true, force: true }))
    const port = await freePort()
    const server = {
      url: `http://127.0.0.1:${port}`,
      folder,
      nowMs: () => Date.now(),
    } as TestServer
    let child = await startChild(port, folder)
    world.later(() => void child.kill('SIGKILL'))
    await setUpCompany(server)
    const writer = await enrolDevice(server)
    let shown = new Map<string, number>()

    for (let round = 0; round < 4; round++) {
      if (round > 0) child = await startChild(port, folder)
      const seen = await enrolDevice(server)
      const heads = seen.open(seen.headsName())
      await heads.synced
      for (const [journal, seq] of shown)
        expect(headSeq(heads.doc, journal)).toBeGreaterThanOrEqual(seq)
      let journal = ''
      for (let i = 0; i < 40; i++) journal = (await writer.write('goods', `${round}-${i}`)).journal
      writer.open(journal)
      await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBeGreaterThanOrEqual(0))
      // Keep writing into the kill, one commit at a time.
      const writing = (async () => {
        for (let i = 0; i < 60; i++) {
          await writer.write('goods', `late ${round}-${i}`)
          await new Promise((resolve) => setImmediate(resolve))
        }
      })()
      await new Promise((resolve) => setTimeout(resolve, 15 * round))
      child.kill('SIGKILL')
      await once(child, 'exit')
      shown = new Map([...readHeads(heads.doc)].map(([name, { seq }]) => [name, seq]))
      await writing
      writer.leave()
      seen.leave()
    }

    // The author is gone for good: what heads had shown must come from the server's disk alone.
    const last = await openTestServer({ folder })
    world.later(() => last.close())
    writer.server = last
    const reader = await enrolDevice(last)
    for (const [journal, seq] of shown) {
      const copy = reader.open(journal)
      await copy.synced
      expect(readEntries(copy.doc, 0).at(-1)?.seq ?? -1).toBeGreaterThanOrEqual(seq)
    }
    reader.leave()
    expect([...shown.values()].some((seq) => seq > 100)).toBe(true)
  })

  it('[WAL4] politely finishes what it took before it ends', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'liancang-stop-'))
    world.later(() => rm(folder, { recursive: true, force: true }))
    const port = await freePort()
    const server = {
      url: `http://127.0.0.1:${port}`,
      folder,
      nowMs: () => Date.now(),
    } as TestServer
    const child = await startChild(port, folder)
    await setUpCompany(server)
    const writer = await enrolDevice(server)
    const { journal } = await writer.write('goods', 'Fruit')
    const heads = writer.open(writer.headsName())
    writer.open(journal)
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(0))
    writer.leave()
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('[WAL5] leaves the folder to one server at a time', async () => {
    const server = await world.server()
    await expect(openTestServer({ folder: server.folder })).rejects.toThrow('data-in-use')
  })
})

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
