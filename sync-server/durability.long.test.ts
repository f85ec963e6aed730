import { describe, expect, it } from 'vitest'
import { readEntries } from '#domain/replica/journal.ts'
import { eventually } from '#tests/builders/eventually.ts'
import type { Store } from './storage/store.ts'
import { enrolDevice, headSeq } from './testing/test-device.ts'
import { openTestServer } from './testing/test-server.ts'
import { withCommit } from './testing/with-commit.ts'
import { openWorld } from './testing/world.ts'

const world = openWorld()

/** A disk that can be full: commits of records fail while it is. */
function fillableDisk() {
  const disk = { isFull: false, refused: 0 }
  const around = (store: Store): Store =>
    withCommit(store, (changes) => {
      if (!disk.isFull) return store.commit(changes)
      disk.refused += 1
      return Promise.reject(new Error('database or disk is full'))
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
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(0))
    await eventually(() => expect(own.provider.unsyncedChanges).toBe(0))

    const reasons: string[] = []
    a.socket.on('close', ({ event }: { event: { code: number; reason: string } }) => {
      reasons.push(`${event.code} ${event.reason}`)
    })
    disk.isFull = true
    await a.write('goods', 'Tea')
    await eventually(() => expect(disk.refused).toBeGreaterThan(2))
    expect(own.provider.unsyncedChanges).toBeGreaterThan(0)
    expect(headSeq(heads.doc, journal)).toBe(0)
    expect(readEntries(copy.doc, 0)).toHaveLength(1)
    expect(new Set(reasons)).toEqual(new Set(['4503 retry:store-failing']))
    const health = await (await fetch(`${server.url}/healthz`)).json()
    expect(health).toEqual({ ok: true, ready: false })

    disk.isFull = false
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(1))
    await eventually(() => expect(readEntries(copy.doc, 0)).toHaveLength(2))
    await eventually(() => expect(own.provider.unsyncedChanges).toBe(0))
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

describe('a data folder', () => {
  it('[WAL5] belongs to one server at a time', async () => {
    const server = await world.server()
    await expect(openTestServer({ folder: server.folder })).rejects.toThrow('data-in-use')
  })
})
