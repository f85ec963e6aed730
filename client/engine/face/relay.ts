/**
 * Carries a tab's questions and orders to the one engine of the device, whichever tab's worker runs it,
 * and its answers back. What a vanished engine left unanswered is asked again of the next one; command
 * ids make that safe. Knows messages, not what they mean.
 */
import type { CommandName, EngineFace, QueryName, Topic } from './face.ts'

export type EngineRequest =
  | { readonly kind: 'read'; readonly id: string; readonly name: QueryName; readonly args: unknown }
  | {
      readonly kind: 'command'
      readonly id: string
      readonly name: CommandName
      readonly args: unknown
      readonly commandId: string
    }

export type EngineAnswer =
  | { readonly kind: 'answer'; readonly id: string; readonly value: unknown }
  /** A bug of the engine; expected problems are values. */
  | { readonly kind: 'failed'; readonly id: string; readonly message: string }

/** What a worker tells its tab. */
export type ToTab = EngineAnswer | { readonly kind: 'topics'; readonly topics: readonly Topic[] }

/** What workers tell each other on the channel. */
export type OnChannel =
  | { readonly kind: 'request'; readonly request: EngineRequest }
  | EngineAnswer
  | { readonly kind: 'topics'; readonly topics: readonly Topic[] }
  /** An engine has started: ask it whatever is unanswered. */
  | { readonly kind: 'started' }
  /** A visible tab would like to run the engine. */
  | { readonly kind: 'wanted' }
  /** The tab that runs it keeps it: a sign of life. */
  | { readonly kind: 'held' }

/** Rejects what it was asked because another engine has taken over; the question stays open. */
export class EngineGone extends Error {
  constructor() {
    super('another engine has taken over')
    this.name = 'EngineGone'
  }
}

/** Said by a new engine: any answer may have changed. */
export const everything: Topic = '*'

export interface Relay {
  fromTab(request: EngineRequest): void
  fromChannel(message: OnChannel): void
  /** The engine runs in this worker from now on. */
  engineStarted(engine: EngineFace): void
  engineStopped(): void
}

export interface RelayEnds {
  toTab(message: ToTab): void
  toChannel(message: OnChannel): void
}

export function makeRelay(ends: RelayEnds): Relay {
  /** Asked by this tab and not answered yet. */
  const open = new Map<string, EngineRequest>()
  let engine: EngineFace | undefined
  let unsubscribe: (() => void) | undefined

  function deliver(request: EngineRequest): void {
    if (engine === undefined) ends.toChannel({ kind: 'request', request })
    else void answer(engine, request, receive)
  }

  /** The first answer counts; a late one from an engine before is dropped. */
  function receive(message: EngineAnswer): void {
    if (open.delete(message.id)) ends.toTab(message)
  }

  function askAgain(): void {
    for (const request of open.values()) deliver(request)
    ends.toTab({ kind: 'topics', topics: [everything] })
  }

  return {
    fromTab(request) {
      open.set(request.id, request)
      deliver(request)
    },

    fromChannel(message) {
      switch (message.kind) {
        case 'request':
          if (engine !== undefined) void answer(engine, message.request, ends.toChannel)
          return
        case 'answer':
        case 'failed':
          return receive(message)
        case 'topics':
          return ends.toTab(message)
        case 'started':
          return askAgain()
        case 'wanted':
        case 'held':
      }
    },

    engineStarted(started) {
      engine = started
      unsubscribe = started.subscribe((topics) => {
        ends.toTab({ kind: 'topics', topics })
        ends.toChannel({ kind: 'topics', topics })
      })
      ends.toChannel({ kind: 'started' })
      askAgain()
    },

    engineStopped() {
      engine = undefined
      unsubscribe?.()
    },
  }
}

async function answer(
  engine: EngineFace,
  request: EngineRequest,
  send: (answer: EngineAnswer) => void,
): Promise<void> {
  try {
    send({ kind: 'answer', id: request.id, value: await ask(engine, request) })
  } catch (error) {
    if (error instanceof EngineGone) return
    send({ kind: 'failed', id: request.id, message: String(error) })
  }
}

/** The one place where names and arguments from another context meet the typed face. */
function ask(engine: EngineFace, request: EngineRequest): Promise<unknown> {
  if (request.kind === 'read') return engine.read(request.name, request.args as never)
  return engine.command(request.name, request.args as never, request.commandId)
}
