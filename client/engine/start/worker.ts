/**
 * The worker of a tab: carries its tab's questions to the engine of the device and, while it holds the lock,
 * runs that engine. The engine's code is loaded only then.
 */
import type { EngineFace, Problem, Status } from '../face/face.ts'
import type { Engine } from '../engine.ts'
import { makeEngineLock, type Held } from './engine-lock.ts'
import { type EngineRequest, makeRelay, type OnChannel, type ToTab } from '../face/relay.ts'

export type FromTab =
  | { readonly kind: 'request'; readonly request: EngineRequest }
  | { readonly kind: 'visible'; readonly isVisible: boolean }

const name = 'liancang'
const retryMs = 2_000

const scope = self as unknown as DedicatedWorkerGlobalScope
const channel = new BroadcastChannel(name)
const toTab = (message: ToTab) => scope.postMessage(message)
const relay = makeRelay({ toTab, toChannel: (message) => channel.postMessage(message) })

const lock = makeEngineLock({
  request: (whileHeld, signal) => navigator.locks.request(name, { signal }, whileHeld),
  steal: (whileHeld) => navigator.locks.request(name, { steal: true }, whileHeld),
  start,
  announceWanted: () => channel.postMessage({ kind: 'wanted' } satisfies OnChannel),
  announceHeld: () => channel.postMessage({ kind: 'held' } satisfies OnChannel),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs)
    return () => clearTimeout(timer)
  },
})

channel.onmessage = ({ data }: MessageEvent<OnChannel>) => {
  if (data.kind === 'wanted') lock.wantedElsewhere()
  else if (data.kind === 'held') lock.heldElsewhere()
  else relay.fromChannel(data)
}

scope.onmessage = ({ data }: MessageEvent<FromTab>) => {
  if (data.kind === 'visible') lock.setVisible(data.isVisible)
  else relay.fromTab(data.request)
}

let running: Engine | undefined
scope.addEventListener('online', () => running?.hurry())

async function start(): Promise<Held> {
  const engine = await openWhenPossible()
  running = engine
  relay.engineStarted(engine)
  return {
    async close() {
      running = undefined
      relay.engineStopped()
      await engine.close()
    },
  }
}

/** A browser that refuses storage now may give it later (private window, full disk): says so and retries. */
async function openWhenPossible(): Promise<Engine> {
  for (;;) {
    try {
      const { openBrowserEngine } = await import('./browser-engine.ts')
      return await openBrowserEngine({ onTermLost: () => lock.release() })
    } catch (error) {
      console.error('the engine could not open', error)
      relay.engineStarted(stoppedEngine(problemOf(error)))
      await new Promise((resolve) => setTimeout(resolve, retryMs))
      relay.engineStopped()
    }
  }
}

function problemOf(error: unknown): Problem {
  const isStore = error instanceof Error && error.name === 'StoreFailure'
  const code = isStore && 'code' in error ? String(error.code) : 'program-broken'
  return { code, facts: { detail: String(error) } }
}

/** Answers the one question that needs no store; the others stay open until an engine runs. */
function stoppedEngine(stopped: Problem): EngineFace {
  const status: Status = {
    stopped,
    connection: 'offline',
    documentsWaiting: 0,
    recordsWaiting: 0,
    journalsBehind: 0,
    isUpdateNeeded: false,
    clockOffsetMs: 0,
  }
  return {
    read: (query) =>
      query === 'status' ? Promise.resolve(status as never) : new Promise(() => {}),
    command: () => new Promise(() => {}),
    subscribe: () => () => {},
  }
}
