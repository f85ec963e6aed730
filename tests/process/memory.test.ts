/**
 * What the server process holds for a hundred sockets that an honest but broken network leaves it
 * with: opened and never spoken on, and readers who ask for a long journal and then take nothing of the
 * answer. Linux only (/proc); elsewhere the honest device alone is watched.
 */
import { readFile } from 'node:fs/promises'
import { describe, expect, it, vi } from 'vitest'
import { enrolDevice, headSeq, type TestDevice } from '#server/testing/test-device.ts'
import { kinds, RawClient } from '#server/testing/raw-client.ts'
import { setUpCompany, type TestServer } from '#server/testing/test-server.ts'
import { limitDeviceSockets } from '#server/limits.ts'
import { world } from '#tests/road/shop.ts'
import { serverEnvironment, serverFlags } from '../../scripts/setup/server-environment.mjs'
import { openServerProcess } from './server-process.ts'

const silentSockets = 60
const readingDevices = 5
/** Records of some 20 KB: in all about 10 MB, more than the system takes for a line. */
const journalRecords = 480
/** Of growth over what the process held before; much of it is waiting to be collected. */
const limitGrowthMb = 96

/** Asks for everything: step one with an empty state vector. */
const askForAll = new Uint8Array([0, 1, 0])
const patience = { timeout: 30_000 }

/** Sockets of one device, which may have a few, with the journal open and nothing read any more. */
async function stuckReaders(server: TestServer, device: TestDevice, journal: string) {
  const clients = Array.from({ length: limitDeviceSockets }, () => new RawClient(server))
  world.later(() => clients.forEach((client) => client.leave()))
  await Promise.all(clients.map((client) => client.opened()))
  for (const client of clients) client.authenticate(journal, device.token)
  const isIn = (client: RawClient) => client.heardOf(kinds.auth, journal) !== undefined
  await vi.waitFor(() => expect(clients.every(isIn)).toBe(true), patience)
  for (const client of clients) {
    client.pause()
    client.raw(journal, kinds.sync, askForAll)
  }
  return clients
}

describe('a hundred sockets', () => {
  it('[MEM1] that are silent or stuck cost the server little, and others are served', async () => {
    const real = await openServerProcess()
    world.later(() => real.remove())
    await real.start({ nodeFlags: serverFlags, env: serverEnvironment })
    const { server } = real
    await setUpCompany(server)
    const honest = await enrolDevice(server)
    world.later(() => honest.leave())
    const { journal } = await honest.write('goods', 'first')
    const heads = honest.open(honest.headsName())
    await honest.open(journal).synced
    const isKept = (seq: number) =>
      vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(seq), patience)
    for (let i = 0; i < journalRecords; i += 8) {
      const names = Array.from({ length: 8 }, (_, k) => `${i + k + 1_000}`.repeat(5_000))
      await isKept((await honest.write('goods', ...names)).tail.seq)
    }
    const readers: RawClient[] = []
    const devices: TestDevice[] = []
    for (let i = 0; i < readingDevices; i++) devices.push(await enrolDevice(server))
    const restMb = await residentMb(real.child?.pid)
    for (const device of devices) readers.push(...(await stuckReaders(server, device, journal)))
    const silent = Array.from({ length: silentSockets }, () => new RawClient(server))
    await Promise.all(silent.map((client) => client.opened()))
    world.later(() => silent.forEach((client) => client.leave()))
    const megabytes: number[] = []
    for (let round = 0; round < 8; round++) {
      await isKept((await honest.write('goods', `round ${round}`)).tail.seq)
      megabytes.push(await residentMb(real.child?.pid))
    }
    console.info(`resident ${restMb} MB before, ${Math.max(...megabytes)} MB at most`)
    expect(Math.max(...megabytes) - restMb).toBeLessThan(limitGrowthMb)
    // Whoever goes on reading gets the whole, to its end.
    const late = readers.at(-1)
    late?.resume()
    const isEnd = ({ kind, text }: { kind: number; text: string }) =>
      kind === kinds.sync && text === '1'
    await vi.waitFor(() => expect(late?.heard.some(isEnd)).toBe(true), patience)
  }, 120_000)
})

async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1_024)
}
