import { describe, expect, it } from 'vitest'
import { makeHealth } from './health.ts'

function ward() {
  const due: { delayMs: number; act: () => void }[] = []
  let isStoreWell = false
  let tries = 0
  const health = makeHealth({
    timers: {
      after(delayMs, act) {
        const entry = { delayMs, act }
        due.push(entry)
        return () => void (due.includes(entry) && due.splice(due.indexOf(entry), 1))
      },
    },
    async recover() {
      tries += 1
      if (!isStoreWell) throw new Error('still failing')
    },
    onChanged: () => {},
  })
  return {
    health,
    due,
    heal: () => {
      isStoreWell = true
    },
    tries: () => tries,
    async tick() {
      for (const { act } of due.splice(0)) act()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

describe('the health of an engine', () => {
  it('[HLT1] shows why it stopped, tries again by itself, and forgets it when the store answers', async () => {
    const { health, heal, tick, due } = ward()
    health.suffer({ code: 'store-full' })
    expect(health.problem).toEqual({ code: 'store-full' })
    await tick()
    expect(due.map(({ delayMs }) => delayMs)).toEqual([1_000])
    heal()
    await tick()
    expect(health.problem).toBeUndefined()
    expect(due).toEqual([])
  })

  it('[HLT2] a person who tries is not kept waiting for the next attempt', async () => {
    const { health, heal, tries } = ward()
    health.suffer({ code: 'store-closed' })
    expect(await health.isWell()).toBe(false)
    heal()
    expect(await health.isWell()).toBe(true)
    expect(tries()).toBe(2)
    expect(await health.isWell()).toBe(true)
    expect(tries()).toBe(2)
  })

  it('[HLT3] a fork is not got over', async () => {
    const { health, heal, due } = ward()
    health.suffer({ code: 'store-full' })
    health.end({ code: 'device-forked' })
    heal()
    expect(await health.isWell()).toBe(false)
    expect(health.problem).toEqual({ code: 'device-forked' })
    expect(due).toEqual([])
  })
})
