import { describe, expect, it } from 'vitest'
import type { EngineFace } from './face.ts'
import { EngineGone, makeRelay, type OnChannel, type Relay, type ToTab } from './relay.ts'

/** Two tabs and the channel between their workers, delivering at once. */
function twoTabs() {
  const told: ToTab[][] = [[], []]
  const relays: Relay[] = []
  for (const own of [0, 1]) {
    relays.push(
      makeRelay({
        toTab: (message) => told[own]?.push(message),
        toChannel: (message: OnChannel) => relays[1 - own]?.fromChannel(message),
      }),
    )
  }
  const [first, second] = relays as [Relay, Relay]
  const answersOf = (tab: number) =>
    (told[tab] ?? []).filter((message) => message.kind === 'answer').map(({ id }) => id)
  return { first, second, told, answersOf }
}

function engineThat(answer: (name: string) => Promise<unknown>): EngineFace & { tell(): void } {
  let tell = () => {}
  return {
    read: (name) => answer(name) as never,
    command: (name) => answer(name) as never,
    subscribe(onChange) {
      tell = () => onChange(['stock'])
      return () => {
        tell = () => {}
      }
    },
    tell: () => tell(),
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
const status = (id: string) => ({ kind: 'read', id, name: 'status', args: {} }) as const
const post = (id: string) =>
  ({ kind: 'command', id, name: 'post', args: { docId: 'd' }, commandId: 'c' }) as const

describe('the relay between tabs and the engine', () => {
  it('[TAB1] a tab is answered by the engine of its own worker or of another', async () => {
    const { first, second, answersOf } = twoTabs()
    first.engineStarted(engineThat(async () => 'fine'))
    first.fromTab(status('a'))
    second.fromTab(status('b'))
    await settled()
    expect(answersOf(0)).toEqual(['a'])
    expect(answersOf(1)).toEqual(['b'])
  })

  it('[TAB2] asks the next engine what the one before left unanswered', async () => {
    const { first, second, answersOf } = twoTabs()
    first.engineStarted(engineThat(() => new Promise(() => {})))
    first.fromTab(post('a'))
    second.fromTab(post('b'))
    await settled()
    first.engineStopped()
    second.engineStarted(engineThat(async () => 'posted'))
    await settled()
    expect(answersOf(0)).toEqual(['a'])
    expect(answersOf(1)).toEqual(['b'])
  })

  it('[TAB2] asks when there is no engine yet are answered when there is', async () => {
    const { first, second, answersOf } = twoTabs()
    first.fromTab(status('a'))
    second.engineStarted(engineThat(async () => 'fine'))
    await settled()
    expect(answersOf(0)).toEqual(['a'])
  })

  it('[TAB3] an engine that has lost its term answers nothing', async () => {
    const { first, told } = twoTabs()
    first.engineStarted(engineThat(() => Promise.reject(new EngineGone())))
    first.fromTab(post('a'))
    await settled()
    expect(told[0]?.some((message) => message.kind !== 'topics')).toBe(false)
  })

  it('[TAB4] tells every tab what may have changed, and everything when an engine starts', async () => {
    const { first, told } = twoTabs()
    const engine = engineThat(async () => 'fine')
    first.engineStarted(engine)
    engine.tell()
    for (const tab of [0, 1]) {
      expect(told[tab]).toEqual([
        { kind: 'topics', topics: ['*'] },
        { kind: 'topics', topics: ['stock'] },
      ])
    }
  })

  it('[TAB3] a bug in the engine is an answer too', async () => {
    const { first, told } = twoTabs()
    first.engineStarted(engineThat(() => Promise.reject(new Error('oops'))))
    first.fromTab(status('a'))
    await settled()
    expect(told[0]?.at(-1)).toEqual({ kind: 'failed', id: 'a', message: 'Error: oops' })
  })
})
