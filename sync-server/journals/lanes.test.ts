import { describe, expect, it } from 'vitest'
import { openLanes } from './lanes.ts'
import { Repeater } from './repeater.ts'

function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open }
}

describe('a lane', () => {
  it('[LAN1] runs one task after the other, in order, beside other lanes', async () => {
    const lanes = openLanes()
    const [first, other] = [gate(), gate()]
    const told: string[] = []
    const a = lanes.run('x', async () => {
      await first.passed
      told.push('a')
    })
    const b = lanes.run('x', async () => void told.push('b'))
    const c = lanes.run('y', async () => {
      told.push('c')
      other.open()
    })
    await other.passed
    expect(told).toEqual(['c'])
    first.open()
    await Promise.all([a, b, c])
    expect(told).toEqual(['c', 'a', 'b'])
  })

  it('[LAN2] goes on after a failure, which only its caller hears of', async () => {
    const lanes = openLanes()
    const failing = lanes.run('x', () => Promise.reject(new Error('no')))
    const next = lanes.run('x', async () => 'fine')
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('fine')
    await lanes.idle()
  })
})

describe('a repeater', () => {
  it('[LAN3] never runs twice at once, and once more when asked meanwhile', async () => {
    let running = 0
    let runs = 0
    const { passed, open } = gate()
    const repeater = new Repeater(
      async () => {
        running += 1
        runs += 1
        expect(running).toBe(1)
        await passed
        running -= 1
      },
      () => undefined,
    )
    const done = [repeater.ask(), repeater.ask()]
    await Promise.resolve().then(() => Promise.resolve())
    void repeater.ask()
    open()
    await Promise.all(done)
    expect(runs).toBe(2)
  })

  it('[LAN3] runs a task that has nothing to do again and again', async () => {
    let runs = 0
    const repeater = new Repeater(
      async () => void (runs += 1),
      () => undefined,
    )
    for (let i = 0; i < 3; i++) await repeater.ask()
    expect(runs).toBe(3)
  })

  it('[LAN3] tells of a failure and can be asked again', async () => {
    const faults: unknown[] = []
    const repeater = new Repeater(
      () => Promise.reject(new Error('no')),
      (error) => faults.push(error),
    )
    await repeater.ask()
    await repeater.ask()
    expect(faults).toHaveLength(2)
  })
})
