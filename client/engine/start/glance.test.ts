import 'fake-indexeddb/auto'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { eventually } from '#tests/builders/eventually.ts'
import { openDexieStore } from '../store/dexie-store.ts'
import { makeEngineStart } from './engine-start.ts'
import {
  type Glance,
  glanceName,
  glanceOf,
  type KeptGlance,
  makeGlancingReader,
  readKeptGlance,
} from './glance.ts'
import { enrolLone, lone, openLoneDevice, order, saleOfOne, stockLone } from './lone-device.ts'
import type { Timers } from '../ports.ts'

/** Timers that ring when the test says so. */
function bell(): { timers: Timers; ring(): void } {
  const acts = new Set<() => void>()
  return {
    timers: {
      after(_ms, act) {
        acts.add(act)
        return () => acts.delete(act)
      },
    },
    ring() {
      for (const act of [...acts]) act()
    },
  }
}

const page = { offset: 0, limit: 100 }
const build = 'test'
let count = 0

async function device(pin?: string) {
  count += 1
  const name = `glance-${count}`
  const store = openDexieStore(name)
  const { timers, ring } = bell()
  let nowMs = 1_790_000_000_000
  const clock = { nowMs: () => nowMs }
  const engine = await openLoneDevice({ store, ports: { timers, build, clock } })
  await enrolLone(engine)
  await stockLone(engine)
  if (pin !== undefined) await order(engine, 'setPin', { pin })
  const at = (laterMs: number) => ({ build, nowMs: nowMs + laterMs })
  const glance = async (laterMs = 1) => glanceOf(await readKeptGlance(name), at(laterMs))
  /** Nothing has happened for a while, and the glance is kept. */
  const quiet = async () => {
    ring()
    await eventually(async () => expect(await store.value(glanceName)).toBeDefined())
  }
  return {
    quiet,
    engine,
    store,
    name,
    ring,
    glance,
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

const minuteMs = 60_000
const dayMs = 86_400_000

describe('a glance 一瞥', () => {
  it('[GLA1] is what the engine says, is gone with a post, and comes back when it is quiet', async () => {
    const { engine, quiet, glance } = await device()
    const asked = async () => ({
      stock: await engine.read('stock', page),
      session: await engine.read('session', {}),
      home: await engine.read('home', {}),
    })
    const seen = async () => {
      const kept = await glance()
      return (
        kept && { stock: kept('stock', page), session: kept('session', {}), home: kept('home', {}) }
      )
    }
    expect(await asked()).toBeTruthy()
    await quiet()
    expect(await seen()).toEqual(await asked())
    await order(engine, 'postDraft', saleOfOne(uuidv7()))
    expect(await glance()).toBeUndefined()
    await quiet()
    const after = await asked()
    expect(after.stock.rows[0]?.quantity).toBe(-10_000)
    expect(await seen()).toEqual(after)
  })

  it('[GLA1] is not kept while a post is on its way', async () => {
    const { engine, ring, quiet, glance } = await device()
    await engine.read('stock', page)
    const posting = order(engine, 'postDraft', saleOfOne(uuidv7()))
    ring()
    await posting
    const kept = await glance()
    if (kept !== undefined) expect(kept('stock', page)).toEqual(await engine.read('stock', page))
    await quiet()
    expect((await glance())?.('stock', page)).toEqual(await engine.read('stock', page))
  })

  it('[GLA2] is nothing in another build, before or after its time', async () => {
    const { engine, name, quiet, glance } = await device()
    await engine.read('stock', page)
    await engine.read('home', {})
    await quiet()
    const kept = await readKeptGlance(name)
    expect(glanceOf(kept, { build: 'other', nowMs: kept?.fromMs ?? 0 })).toBeUndefined()
    expect(await glance(-dayMs)).toBeUndefined()
    expect(await glance(dayMs + minuteMs)).toBeUndefined()
    expect((await glance(dayMs - minuteMs))?.('stock', page)).toBeDefined()
    // The figures of today are not those of tomorrow.
    expect((await glance(dayMs - minuteMs))?.('home', {})).toBeUndefined()
  })

  it('[GLA2] shows nothing where a PIN would be asked for, or nobody works', async () => {
    const { engine, ring, quiet, glance } = await device('2580')
    await engine.read('stock', page)
    await quiet()
    expect((await glance(14 * minuteMs))?.('stock', page)).toBeDefined()
    expect(await glance(16 * minuteMs)).toBeUndefined()
    await order(engine, 'lock', {})
    ring()
    await engine.settled()
    expect(await glance()).toBeUndefined()
  })

  it('[GLA2] a browser without a store has none, and gets none by being looked at', async () => {
    expect(await readKeptGlance('nothing-here')).toBeUndefined()
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('nothing-here')
  })

  it('[GLA3] once the engine has spoken only it answers', async () => {
    let tell: (value: string) => void = () => {}
    let awoken = 0
    const reader = makeGlancingReader({
      ask: () =>
        new Promise((resolve) => {
          tell = resolve
        }),
      glance: Promise.resolve((name: string) => (name === 'home' ? 'at a glance' : undefined)),
      onAwake: () => {
        awoken += 1
      },
    })
    expect(await reader.read('home', {})).toBe('at a glance')
    const stock = reader.read('stock', {})
    reader.awake(false)
    tell('from the engine')
    expect(await stock).toBe('from the engine')
    const again = reader.read('home', {})
    tell('from the engine')
    expect([await again, awoken]).toEqual(['from the engine', 1])
  })

  it('[GLA3] a glance that was never looked at wakes nobody', async () => {
    let awoken = 0
    const kept: KeptGlance = { build, fromMs: 0, untilMs: 10, answers: [] }
    const reader = makeGlancingReader({
      ask: async () => 'from the engine',
      glance: Promise.resolve(glanceOf(kept, { build, nowMs: 5 })),
      onAwake: () => {
        awoken += 1
      },
    })
    expect(await reader.read('stock', page)).toBe('from the engine')
    reader.awake(false)
    expect([awoken, glanceName, lone.sku.length]).toEqual([0, 'glance', 36])
  })

  it('[GLA4] the engine lets what is at hand be drawn first, and waits for nothing else', async () => {
    const begun = (glance: Glance | undefined) => {
      const { timers, ring } = bell()
      let times = 0
      const found = Promise.resolve(glance)
      const start = makeEngineStart({ glance: found, timers, begin: () => (times += 1) })
      return { ring, start, times: () => times, found }
    }
    const none = begun(undefined)
    await none.found
    expect(none.times()).toBe(1)

    const some = begun(() => 'rows')
    await some.found
    some.start.shown()
    expect(some.times()).toBe(0)
    some.ring()
    some.start.shown()
    some.ring()
    expect(some.times()).toBe(1)

    const acting = begun(() => 'rows')
    acting.start.now()
    await acting.found
    acting.ring()
    expect(acting.times()).toBe(1)
  })
})
