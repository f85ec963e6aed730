/**
 * The engine's Network port in process: the Yjs sync protocol as Hocuspocus speaks it, message by
 * message over a `Link`, to a `SimServer` instead of a socket. One instance is one run of an engine:
 * nothing reaches it, and nothing leaves it, after its crash.
 */
import * as Y from 'yjs'
import { fail, type Result } from '#domain/values/result.ts'
import type {
  Api,
  ApiProblem,
  Channel,
  ChannelEvents,
  Network,
  Wire,
  WireEvents,
} from '#client/engine/ports.ts'
import type { Connection, Link } from './link.ts'
import { never } from './disk.ts'
import { spans } from './faults.ts'
import type { DownMessage, ServerSocket, SimServer, UpMessage } from './server.ts'

export interface NetworkOptions {
  readonly link: Link
  readonly server: SimServer
  readonly isAlive: () => boolean
  /** The refresh cookie of this browser, which outlives the engine. */
  readonly cookies: { refresh: string }
  /** What only a bug can cause. */
  onFault(where: string, error: unknown): void
}

export function simNetwork(options: NetworkOptions): Network {
  return { api: simApi(options), wire: new SimWire(options) }
}

const limitAnswerMs = 20 * spans.second

// ── the interface over HTTP ─────────────────────────────────────────────────────────────────────

function simApi({ link, server, isAlive, cookies }: NetworkOptions): Api {
  const { scheduler, random, faults } = link.options

  async function ask<Value>(
    answer: () => Promise<Result<Value, ApiProblem>>,
  ): Promise<Result<Value, ApiProblem>> {
    await scheduler.pause(link.delayMs())
    const isReached = link.isUp && server.isUp
    // A server that dies meanwhile never answers; whoever asked does not wait for ever.
    const late = scheduler.pause(limitAnswerMs).then(() => undefined)
    const asked = isReached ? answer() : undefined
    const answered = asked === undefined ? undefined : await Promise.race([asked, late])
    await scheduler.pause(isReached ? link.delayMs() : random.integer(1, 20 * spans.second))
    if (!isAlive()) return never()
    if (answered === undefined || !link.isUp) return fail({ code: 'server-unreachable' })
    return answered
  }

  return {
    call: (_method, path, body = {}, token) =>
      ask(() => server.answer(path, body, { cookies, token })),
    async file(path) {
      const file = await ask(() => server.file(path))
      if (file.ok) faults.met('started-from-closing')
      return file
    },
  }
}

// ── the socket ──────────────────────────────────────────────────────────────────────────────────

interface OpenChannel {
  readonly id: number
  readonly name: string
  readonly doc: Y.Doc
  readonly events: ChannelEvents
  readonly stop: () => void
  isRefused: boolean
}

class SimWire implements Wire {
  readonly #options: NetworkOptions
  readonly #channels = new Map<number, OpenChannel>()
  #events: WireEvents | undefined
  #connection: Connection | undefined
  #socket: ServerSocket | undefined
  #stopWaiting: (() => void) | undefined
  #nextId = 1
  #isDialling = false

  constructor(options: NetworkOptions) {
    this.#options = options
  }

  connect(events: WireEvents): void {
    this.#events = events
    this.#stopWaiting ??= this.#options.link.onUp(() => this.#dial(30 * spans.second))
    this.#dial(spans.second)
  }

  disconnect(): void {
    this.#events = undefined
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
    this.#connection?.close('up')
    this.#goOffline()
  }

  hurry(): void {
    this.#dial(1)
  }

  #dial(limitMs: number): void {
    const { link, server, isAlive } = this.#options
    if (this.#isDialling || this.#connection !== undefined || this.#events === undefined) return
    this.#isDialling = true
    const { scheduler, random } = link.options
    scheduler.after(random.integer(1, limitMs) + link.delayMs(), () => {
      this.#isDialling = false
      if (!isAlive() || this.#events === undefined || this.#connection !== undefined) return
      if (link.isUp && server.isUp) this.#goOnline()
    })
  }

  #goOnline(): void {
    const { link, server } = this.#options
    const device = { onLost: () => this.#lost(connection) }
    const socket = server.socket((message) => this.#send(connection, message))
    const connection = link.connect(device, { onLost: () => socket.lost() })
    socket.bind(connection)
    this.#connection = connection
    this.#socket = socket
    this.#events?.onOnline()
  }

  #send(connection: Connection, message: DownMessage): void {
    connection.send('down', () => {
      if (this.#options.isAlive() && this.#connection === connection) this.#hear(message)
    })
  }

  #lost(connection: Connection): void {
    if (!this.#options.isAlive() || this.#connection !== connection) return
    this.#goOffline()
    this.#events?.onOffline()
    this.#dial(10 * spans.second)
  }

  #sentAway(): void {
    const connection = this.#connection
    connection?.close('up')
    this.#events?.onTokenRefused()
    if (connection !== undefined) this.#lost(connection)
  }

  #goOffline(): void {
    this.#connection = undefined
    this.#socket = undefined
    for (const channel of this.#channels.values()) channel.stop()
    this.#channels.clear()
  }

  open(name: string, doc: Y.Doc, events: ChannelEvents): Channel {
    const id = this.#nextId++
    for (const other of this.#channels.values()) {
      // Two channels on one document tell each other's news to the server, for ever.
      if (other.name === name) this.#options.onFault(`${name} is open already`, undefined)
    }
    const onUpdate = (update: Uint8Array, origin: unknown) => {
      if (origin !== channel) this.#tell({ kind: 'update', channel: id, update }, false)
    }
    const stop = () => doc.off('update', onUpdate)
    const channel: OpenChannel = { id, name, doc, events, stop, isRefused: false }
    this.#channels.set(id, channel)
    doc.on('update', onUpdate)
    this.#begin(channel).catch((error: unknown) => {
      this.#options.link.options.scheduler.after(1, () => {
        if (this.#channels.has(id)) events.onRefused(`no token: ${String(error)}`)
      })
    })
    return {
      close: () => {
        stop()
        if (this.#channels.delete(id)) this.#tell({ kind: 'close', channel: id }, true)
      },
    }
  }

  async #begin({ id, name, doc }: OpenChannel): Promise<void> {
    const token = (await this.#events?.token()) ?? ''
    if (!this.#channels.has(id)) return
    this.#tell({ kind: 'open', channel: id, name, token, vector: Y.encodeStateVector(doc) }, true)
  }

  /** Presence is not simulated: it decides nothing. */
  openPresence() {
    return { put: () => undefined, close: () => undefined }
  }

  #tell(message: UpMessage, isFirm: boolean): void {
    const socket = this.#socket
    if (!this.#options.isAlive() || socket === undefined) return
    this.#connection?.send('up', () => socket.hear(message), isFirm)
  }

  #hear(message: DownMessage): void {
    this.#events?.onHeard()
    if (message.kind === 'sent-away') return this.#sentAway()
    const channel = this.#channels.get(message.channel)
    if (channel === undefined || channel.isRefused) return
    switch (message.kind) {
      case 'update':
      case 'answer':
        Y.applyUpdate(channel.doc, message.update, channel)
        if (message.kind === 'answer') channel.events.onSynced()
        return
      case 'ask': {
        const update = Y.encodeStateAsUpdate(channel.doc, message.vector)
        return this.#tell({ kind: 'answer', channel: channel.id, update }, false)
      }
      case 'refused':
        channel.isRefused = true
        channel.events.onRefused(message.reason)
    }
  }
}
