/**
 * What the server process holds for two hundred sockets that an honest but broken network leaves it
 * with: opened and never spoken on, and readers that take 2 kB/s of a journal they lack. Linux only
 * (/proc); elsewhere the honest device alone is watched.
 */
import { readFile } from 'node:fs/promises'
import { describe, expect, it, vi } from 'vitest'
import { categoryBody, enrolDevice, headSeq } from '#server/testing/test-device.ts'
import { kinds, RawClient } from '#server/testing/raw-client.ts'
import { setUpCompany } from '#server/testing/test-server.ts'
import { world } from '#tests/road/shop.ts'
import { openBadNetwork } from './bad-network.ts'
import { openServerProcess } from './server-process.ts'

const silentSockets = 60
const slowReaders = 140
const journalRecords = 200
/** Of growth: what the process holds at rest (about 210 MB) is measured first and told. */
const limitGrowthMb = 128

/** Asks for everything: step one with an empty state vector. */
const askForAll = new Uint8Array([0, 1, 0])

describe('two hundred sockets', () => {
  it('[MEM1] that are silent or slow cost the server at most 128 MB, and others are served', async () => {
    const real = await openServerProcess()
    world.later(() => real.remove())
    await real.start()
    const { server } = real
    await setUpCompany(server)
    const [honest, reader] = [await enrolDevice(server), await enrolDevice(server)]
    world.later(() => honest.leave())
    const bodies = Array.from({ length: journalRecords }, (_, i) =>
      categoryBody(`${i}`.repeat(500)),
    )
    const sealed = await honest.seal('goods', bodies)
    honest.append(sealed)
    const { journal } = sealed
    const heads = honest.open(honest.headsName())
    honest.open(journal)
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(journalRecords - 1), {
      timeout: 10_000,
    })
    const network = await openBadNetwork(server.url)
    world.later(() => network.close())
    /** Few at a time: a server takes 64 strangers of one address at once. */
    const letIn = async (count: number) => {
      const url = { ...server, url: network.url }
      const clients = Array.from({ length: count }, () => new RawClient(url))
      world.later(() => clients.forEach((client) => client.leave()))
      await Promise.all(clients.map((client) => client.opened()))
      for (const client of clients) client.authenticate(journal, reader.token)
      const isIn = (client: RawClient) => client.heardOf(kinds.auth, journal) !== undefined
      await vi.waitFor(() => expect(clients.every(isIn)).toBe(true), { timeout: 10_000 })
      return clients
    }
    const quietMb = await residentMb(real.child?.pid)
    const readers: RawClient[] = []
    while (readers.length < slowReaders) readers.push(...(await letIn(20)))
    network.weather = { bytesPerSecond: 2_000 }
    for (const client of readers) client.raw(journal, kinds.sync, askForAll)
    const silent = Array.from({ length: silentSockets }, () => new RawClient(server))
    await Promise.all(silent.map((client) => client.opened()))
    world.later(() => silent.forEach((client) => client.leave()))
    const megabytes: number[] = []
    for (let round = 0; round < 8; round++) {
      const { tail } = await honest.write('goods', `round ${round}`)
      await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(tail.seq), {
        timeout: 10_000,
      })
      megabytes.push(await residentMb(real.child?.pid))
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    console.info(`resident ${quietMb} MB before, ${Math.max(...megabytes)} MB at most`)
    expect(Math.max(...megabytes) - quietMb).toBeLessThan(limitGrowthMb)
  }, 60_000)
})

async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1_024)
}
