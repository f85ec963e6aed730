import { describe, expect, it } from 'vitest'
import { type EngineLock, makeEngineLock } from './engine-lock.ts'

/** Tabs over one lock in memory; timers run when told. */
function device(tabs: number) {
  const log: string[] = []
  const queue: { grant: () => void; isCalledOff: () => boolean }[] = []
  const due: (() => void)[] = []
  /** Tabs whose scripts do not run: they keep the lock and hear nothing. */
  const frozen = new Set<number>()
  let isHeld = false
  let loseLock: (() => void) | undefined
  const locks: EngineLock[] = []

  function grantNext(): void {
    if (isHeld) return
    const next = queue.shift()
    if (next === undefined) return
    if (next.isCalledOff()) return grantNext()
    isHeld = true
    next.grant()
  }

  const hearing = (from: number) =>
    locks.filter((_, tab) => tab !== from && !frozen.has(tab) && !frozen.has(from))

  for (let tab = 0; tab < tabs; tab++) {
    locks.push(
      makeEngineLock({
        request(whileHeld, signal) {
          return new Promise((resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('called off')))
            const grant = () => {
              let isStolen = false
              loseLock = () => {
                isStolen = true
                reject(new Error('stolen'))
              }
              void whileHeld().then(() => {
                if (isStolen) return
                isHeld = false
                resolve()
                grantNext()
              })
            }
            queue.push({ grant, isCalledOff: () => signal.aborted })
            queueMicrotask(grantNext)
          })
        },
        async steal(whileHeld) {
          loseLock?.()
          isHeld = true
          await whileHeld()
          isHeld = false
          grantNext()
        },
        start: async () => {
          log.push(`start ${tab}`)
          return { close: async () => void log.push(`close ${tab}`) }
        },
        announceWanted: () => {
          for (const lock of hearing(tab)) lock.wantedElsewhere()
        },
        announceHeld: () => {
          for (const lock of hearing(tab)) lock.heldElsewhere()
        },
        after(_delayMs, act) {
          due.push(act)
          return () => void (due.includes(act) && due.splice(due.indexOf(act), 1))
        },
      }),
    )
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const tick = async () => {
    for (const act of due.splice(0)) act()
    await settle()
  }
  return { locks, log, frozen, settle, tick }
}

describe('the lock of the engine', () => {
  it('[LCK1] one tab runs the engine however many are open', async () => {
    const { locks, log, tick } = device(3)
    for (const lock of locks) lock.setVisible(true)
    await tick()
    await tick()
    expect(log).toEqual(['start 0'])
  })

  it('[LCK2] a hidden tab gives the engine to a visible one that wants it', async () => {
    const { locks, log, tick } = device(2)
    locks[0]?.setVisible(true)
    await tick()
    locks[0]?.setVisible(false)
    await tick()
    expect(log).toEqual(['start 0'])
    locks[1]?.setVisible(true)
    await tick()
    expect(log).toEqual(['start 0', 'close 0', 'start 1'])
  })

  it('[LCK2] a tab that waited gets it when the holder becomes hidden later', async () => {
    const { locks, log, tick } = device(2)
    locks[0]?.setVisible(true)
    locks[1]?.setVisible(true)
    await tick()
    expect(log).toEqual(['start 0'])
    locks[0]?.setVisible(false)
    await tick()
    await tick()
    expect(log).toEqual(['start 0', 'close 0', 'start 1'])
  })

  it('[LCK3] a hidden tab does not stand in the queue', async () => {
    const { locks, log, tick, settle } = device(2)
    locks[0]?.setVisible(true)
    locks[1]?.setVisible(true)
    await tick()
    locks[1]?.setVisible(false)
    await tick()
    locks[0]?.release()
    await settle()
    expect(log).toEqual(['start 0', 'close 0'])
    await tick()
    expect(log).toEqual(['start 0', 'close 0', 'start 0'])
  })

  it('[LCK4] a holder that gives no sign of life loses the engine, and lets go when it wakes', async () => {
    const { locks, log, frozen, tick } = device(2)
    locks[0]?.setVisible(true)
    await tick()
    frozen.add(0)
    locks[1]?.setVisible(true)
    for (let asked = 0; asked < 8; asked += 1) await tick()
    expect(log).toEqual(['start 0'])
    for (let asked = 0; asked < 4; asked += 1) await tick()
    frozen.delete(0)
    await tick()
    expect([...log].sort()).toEqual(['close 0', 'start 0', 'start 1'])
    for (let asked = 0; asked < 30; asked += 1) await tick()
    expect(log).toHaveLength(3)
  })

  it('[LCK4] a holder that lives keeps it, however often it is asked', async () => {
    const { locks, log, tick } = device(2)
    locks[0]?.setVisible(true)
    locks[1]?.setVisible(true)
    for (let asked = 0; asked < 40; asked += 1) await tick()
    expect(log).toEqual(['start 0'])
  })
})
