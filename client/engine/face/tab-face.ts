/** The engine as a page calls it: starts the tab's worker and waits for its answers. */
import { makeEngineStart } from '../start/engine-start.ts'
import type { CommandName, EngineFace, QueryName, Topic } from './face.ts'
import { type Glance, glanceOf, makeGlancingReader, readKeptGlance } from '../start/glance.ts'
import type { EngineRequest, ToTab } from './relay.ts'
import { systemTimers } from '../start/system-timers.ts'
import type { FromTab } from '../start/worker.ts'

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/** The engine of this device, whichever tab runs it. One per page. */
export function connectEngine(): EngineFace {
  const worker = new Worker(new URL('../start/worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<string, Waiting>()
  const listeners = new Set<(topics: readonly Topic[]) => void>()
  const post = (message: FromTab) => worker.postMessage(message)
  /** The worker's program could not be had, or broke: nothing that was asked will ever be answered. */
  let broken: Error | undefined

  const announce = (topics: readonly Topic[]) => {
    for (const listener of listeners) tell(listener, topics)
  }
  const glance = glanceOfNow()
  const begin = () => keepTelling((isVisible) => post({ kind: 'visible', isVisible }))
  const start = makeEngineStart({ glance, timers: systemTimers, begin })
  const reader = makeGlancingReader({
    ask: (name, args) => ask({ kind: 'read', id: crypto.randomUUID(), name, args }),
    glance,
    onShown: start.shown,
    onAwake: () => announce(['*']),
  })

  let hasAnswered = false
  worker.onmessage = ({ data }: MessageEvent<ToTab>) => {
    hasAnswered = true
    reader.awake(data.kind === 'topics' && data.topics.includes('*'))
    if (data.kind === 'topics') return announce(data.topics)
    const { resolve, reject } = waiting.get(data.id) ?? {}
    waiting.delete(data.id)
    if (data.kind === 'answer') resolve?.(data.value)
    else reject?.(new Error(data.message))
  }

  worker.onerror = (event) => {
    if (hasAnswered) return
    // Words that the screens know: a program file that could not be had is asked for by a fresh page.
    broken = new Error(`error importing a module script: ${event.message ?? 'the engine'}`)
    for (const { reject } of waiting.values()) reject(broken)
    waiting.clear()
    // What is shown at a glance must not stand for an engine that never comes.
    reader.awake(false)
  }

  function ask(request: EngineRequest): Promise<unknown> {
    if (broken !== undefined) return Promise.reject(broken)
    return new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve, reject })
      post({ kind: 'request', request })
    })
  }

  return {
    read: (name: QueryName, args: unknown) => reader.read(name, args) as never,
    command(name: CommandName, args: unknown, commandId: string) {
      start.now()
      return ask({ kind: 'command', id: crypto.randomUUID(), name, args, commandId }) as never
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}

function glanceOfNow(): Promise<Glance | undefined> {
  const now = { build: String(import.meta.env['VITE_BUILD'] ?? 'dev'), nowMs: Date.now() }
  return readKeptGlance('liancang').then((kept) => glanceOf(kept, now))
}

/** Whether the page is seen, now and whenever that changes. */
function keepTelling(tell: (isVisible: boolean) => void): void {
  const tellNow = () => tell(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', tellNow)
  tellNow()
}

/** One broken screen must not keep the others from hearing. */
function tell(listener: (topics: readonly Topic[]) => void, topics: readonly Topic[]): void {
  try {
    listener(topics)
  } catch (error) {
    console.error('a listener of the engine failed', error)
  }
}
