import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { openMemoryStore } from './memory-store.ts'
import { renewLog } from './renew-log.ts'
import { reservedStore } from './reserved-store.ts'
import { makeRoomKeeper } from './room-keeper.ts'
import type { SpareRoom, SpareState } from './spare-room.ts'

/** A disk by its free units: the reserve takes two, a renewal one. */
function disk(free: number, start: SpareState = 'never-kept') {
  const it = { free, kept: start === 'whole' ? 2 : 0, turns: [] as string[] }
  const spare: SpareRoom = {
    state: async () => start,
    async keep() {
      const missing = 2 - it.kept
      if (it.free < missing + 1) return false
      it.free -= missing
      it.kept = 2
      return true
    },
    async giveBack() {
      it.turns.push('given back')
      it.free += it.kept
      it.kept = 0
    },
    isRoomy: async () => it.free >= 1,
  }
  const acts: (() => void)[] = []
  const timers = {
    after(_delayMs: number, act: () => void) {
      acts.push(act)
      return () => {}
    },
  }
  const room = makeRoomKeeper({
    ...{ spare, timers },
    async renewLog() {
      it.turns.push('renewed')
    },
  })
  return { it, room, store: reservedStore(room, () => openMemoryStore()), acts }
}

const growth = { values: { a: 1 } }

describe('room in reserve', () => {
  it('[ROM1] a database that a full disk closed gets the reserve and a new log before it is opened again', async () => {
    const { it: full, room } = disk(0, 'whole')
    await room.mend()
    expect(full.turns).toEqual(['given back', 'renewed'])
  })

  it('[ROM1] without room nothing is written to it', async () => {
    const { it: full, room } = disk(0)
    await expect(room.mend()).rejects.toMatchObject({ code: 'store-full' })
    expect(full.turns).toEqual(['given back'])
  })

  it('[ROM2] until the reserve is whole again nothing is added, and what the server confirmed is kept', async () => {
    const { it: full, room, store } = disk(0, 'whole')
    const { term } = await store.takeTerm()
    await room.mend()
    await expect(store.commit({ term, ...growth })).rejects.toMatchObject({ code: 'store-full' })
    await store.commit({ term, heads: [{ journal: 'j', seq: 1, hash: 'h', signature: 's' }] })
    expect(await store.heads()).toHaveLength(1)
    full.free += 2
    await store.commit({ term, ...growth })
    expect(await store.value('a')).toBe(1)
  })

  it('[ROM3] a start that finds the reserve short gets well before its first write', async () => {
    const { it: full, store } = disk(2, 'short')
    await store.takeTerm()
    expect(full.turns).toEqual(['given back', 'renewed'])
  })

  it('[ROM4] each run begins a new log once it is quiet, and stops in time where the disk is nearly full', async () => {
    const { it: nearlyFull, store, acts } = disk(10, 'whole')
    const { term } = await store.takeTerm()
    acts.shift()?.()
    await expect.poll(() => nearlyFull.turns).toEqual(['renewed'])
    await store.commit({ term, ...growth })
    nearlyFull.free = 0
    acts.shift()?.()
    await expect
      .poll(() => store.commit({ term, ...growth }).catch((error: unknown) => error))
      .toMatchObject({ code: 'store-full' })
    nearlyFull.free = 1
    await store.commit({ term, ...growth })
  })

  it('[ROM4] a new log costs more than LevelDB keeps in the old one, and leaves nothing', async () => {
    let bytes = 0
    await renewLog(indexedDB, (row) => {
      bytes += row.length
      return row
    })
    expect(bytes).toBeGreaterThan(4_194_304)
    const names = (await indexedDB.databases()).map(({ name }) => name)
    expect(names).not.toContain('liancang-renewal')
  })
})
