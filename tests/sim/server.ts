/**
 * The sync server without sockets: the real kernel, guard, write-ahead, heads, relays and rights, and in
 * place of Hocuspocus the same conversation per document, as messages. Knows no tablet; a crash leaves
 * nothing but the tables of its disk.
 */
import * as Y from 'yjs'
import type { Random } from '#domain/demonstration/random.ts'
import type { DocumentName } from '#domain/replica/document-name.ts'
import { fail, type Result } from '#domain/values/result.ts'
import type { ApiProblem } from '#client/engine/ports.ts'
import type { Refused } from '#server/extensions/write-ahead.ts'
import { writeReceipts } from '#server/journals/receipts.ts'
import { type Kernel, openKernel } from '#server/kernel.ts'
import { type Metrics, openMetrics } from '#server/metrics.ts'
import { SyncRetry } from '#server/refusal.ts'
import type { Store } from '#server/storage/store.ts'
import type { Scheduler } from './clock.ts'
import { type Span, spans, within } from './faults.ts'
import { simServerKeys, simVerifier } from './keys.ts'
import type { Connection } from './link.ts'
import { answerOf, type Caller, fileOf, plainTokens } from './server-api.ts'
import { ServerChannel } from './server-channel.ts'
import type { ServerDisk } from './server-disk.ts'

/** From a tablet. `channel` tells apart what one socket opens. */
export type UpMessage =
  | {
      readonly kind: 'open'
      readonly channel: number
      readonly name: string
      readonly token: string
      readonly vector: Uint8Array
    }
  | {
      readonly kind: 'answer' | 'update'
      readonly channel: number
      readonly update: Uint8Array
    }
  | { readonly kind: 'close'; readonly channel: number }

/** To a tablet. */
export type DownMessage =
  | {
      readonly kind: 'answer' | 'update'
      readonly channel: number
      /** For those who plant faults. */
      readonly name: string
      readonly update: Uint8Array
    }
  | { readonly kind: 'ask'; readonly channel: number; readonly vector: Uint8Array }
  | { readonly kind: 'refused'; readonly channel: number; readonly reason: string }
  /** The token does not hold: the whole socket closes. */
  | { readonly kind: 'sent-away'; readonly channel: number }

export interface ServerOptions {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly disk: ServerDisk
  readonly jobsMs: Span
  /** How long an access token holds. */
  readonly tokenMs: number
  /** The server has said, signed, that this record is durable. */
  onHead(head: { readonly journal: string; readonly seq: number; readonly hash: string }): void
  onRefused(refused: Refused): void
  /** Updates that came together were judged together. */
  onJoined(): void
  /** What only a bug can cause. */
  onFault(where: string, error: unknown): void
  onUp(): void
}

export interface Room {
  readonly name: DocumentName
  readonly document: string
  readonly doc: Y.Doc
  readonly loaded: Promise<void>
  readonly channels: Set<ServerChannel>
}

export class SimServer {
  readonly #options: ServerOptions
  readonly #rooms = new Map<string, Room>()
  readonly #sockets = new Set<ServerSocket>()
  #runs = 0
  kernel: Kernel | undefined
  /** Its tables were put back: whoever starts it says so, until it has come up once. */
  isRestored = false

  constructor(options: ServerOptions) {
    this.#options = options
  }

  get isUp(): boolean {
    return this.kernel !== undefined
  }

  async start(): Promise<void> {
    const { scheduler, disk, onFault, onUp } = this.#options
    const run = ++this.#runs
    const isAlive = () => this.#runs === run
    const { isRestored } = this
    const kernel = await kernelOver(disk.open(isAlive), { ...this.#options, isRestored })
    if (!isAlive()) return
    this.isRestored = false
    kernel.onBroken((document) => onFault(`broken ${document}`, undefined))
    this.kernel = kernel
    kernel.relays.wake()
    this.#every(isAlive, () => kernel.relays.wake())
    this.#every(isAlive, () => kernel.compaction.sweep())
    this.#every(isAlive, () => writeReceipts(kernel.store, kernel.ownJournals))
    scheduler.after(0, onUp)
  }

  /** A job that fails comes again. */
  #every(isAlive: () => boolean, run: () => Promise<void> | void): void {
    const { scheduler, random, jobsMs } = this.#options
    scheduler.after(within(random, jobsMs), () => {
      if (!isAlive()) return
      Promise.resolve()
        .then(run)
        .catch(() => undefined)
      this.#every(isAlive, run)
    })
  }

  crash(): void {
    this.#runs += 1
    this.kernel = undefined
    for (const socket of this.#sockets) socket.connection?.tear()
    this.#sockets.clear()
    this.#rooms.clear()
  }

  answer(
    path: string,
    body: Readonly<Record<string, unknown>>,
    caller: Caller,
  ): Promise<Result<unknown, ApiProblem>> {
    const { kernel } = this
    if (kernel === undefined) return Promise.resolve(fail({ code: 'server-unreachable' }))
    return answerOf(kernel, path, body, caller)
  }

  file(path: string): Promise<Result<Uint8Array, ApiProblem>> {
    const { kernel } = this
    if (kernel === undefined) return Promise.resolve(fail({ code: 'server-unreachable' }))
    return fileOf(kernel, path.split('/').at(-1) ?? '')
  }

  socket(send: (message: DownMessage) => void): ServerSocket {
    const socket = new ServerSocket(this, this.#options, send)
    this.#sockets.add(socket)
    return socket
  }

  /** A room is filled once, whoever comes first, and waited for by all. */
  room(document: string, name: DocumentName, kernel: Kernel): Room {
    const open = this.#rooms.get(document)
    if (open !== undefined) return open
    const doc = new Y.Doc()
    const channels = new Set<ServerChannel>()
    const loaded =
      name.kind === 'heads'
        ? this.#fillHeads(kernel, name.branch, doc)
        : kernel.journals.load(name, doc)
    doc.on('update', (update: Uint8Array) => {
      for (const channel of channels) channel.tell(update)
    })
    const room: Room = { name, document, doc, loaded, channels }
    this.#rooms.set(document, room)
    loaded.catch(() => this.#rooms.delete(document))
    return room
  }

  #fillHeads(kernel: Kernel, branch: string, doc: Y.Doc): Promise<void> {
    const root = doc.getMap('h')
    root.observe((event) => {
      for (const key of event.keysChanged) {
        this.#options.onHead(JSON.parse(String(root.get(String(key)))))
      }
    })
    return kernel.headBoard.open(branch, doc)
  }

  leave(room: Room, channel: ServerChannel): void {
    room.channels.delete(channel)
    const { kernel } = this
    if (room.channels.size > 0 || room.name.kind === 'heads') return
    this.#options.scheduler.after(5 * spans.second, () => {
      const isEmpty = room.channels.size === 0 && this.kernel === kernel
      if (!isEmpty || this.#rooms.get(room.document) !== room) return
      this.#rooms.delete(room.document)
      kernel?.journals.unload(room.document, room.doc)
      room.doc.destroy()
    })
  }

  forget(socket: ServerSocket): void {
    this.#sockets.delete(socket)
  }
}

/** One socket of one tablet. */
export class ServerSocket {
  readonly #server: SimServer
  readonly #options: ServerOptions
  readonly #send: (message: DownMessage) => void
  readonly #channels = new Map<number, ServerChannel>()
  connection: Connection | undefined
  #isGone = false

  constructor(server: SimServer, options: ServerOptions, send: (message: DownMessage) => void) {
    this.#server = server
    this.#options = options
    this.#send = send
  }

  bind(connection: Connection): void {
    this.connection = connection
  }

  lost(): void {
    this.#isGone = true
    this.#server.forget(this)
    for (const channel of this.#channels.values()) channel.close()
    this.#channels.clear()
  }

  /** The server's own trouble: the tablet comes again. */
  retry(): void {
    if (this.#isGone) return
    this.connection?.close('down')
    this.lost()
  }

  hear(message: UpMessage): void {
    const { kernel } = this.#server
    if (this.#isGone || kernel === undefined) return
    if (message.kind === 'close') {
      this.#channels.get(message.channel)?.close()
      this.#channels.delete(message.channel)
      return
    }
    const channel = this.#channels.get(message.channel) ?? this.#channel(message.channel, kernel)
    if (message.kind === 'open') channel.open(message).catch((error) => this.#failed(error))
    else channel.take(message)
  }

  #failed(error: unknown): void {
    if (!(error instanceof SyncRetry)) this.#options.onFault('socket', error)
    this.retry()
  }

  #channel(id: number, kernel: Kernel): ServerChannel {
    const send = (message: DownMessage) => {
      if (!this.#isGone) this.#send(message)
    }
    const onFailed = (error: unknown) => this.#failed(error)
    const parts = { server: this.#server, kernel, send, onFailed }
    const channel = new ServerChannel(id, parts, this.#options)
    this.#channels.set(id, channel)
    return channel
  }
}

let metrics: Metrics | undefined

/** The real kernel, with chance and cryptography of the simulator. */
export async function kernelOver(
  store: Store,
  options: Pick<ServerOptions, 'scheduler' | 'random' | 'tokenMs' | 'onFault'> & {
    readonly isRestored: boolean
  },
): Promise<Kernel> {
  const { scheduler, random, tokenMs, onFault, isRestored } = options
  const nowMs = () => scheduler.nowMs()
  // One registry for all runs: each would leave a timer of the platform behind.
  metrics ??= openMetrics()
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined }
  const error = (facts: object, message: string) => {
    if (message === 'fault') onFault(JSON.stringify(facts), facts)
  }
  const kernel = await openKernel(
    { build: 'simulated' },
    {
      ...{ store, keys: simServerKeys(), nowMs, metrics },
      ...{ accessTokenMs: tokenMs, sessionMs: 400 * spans.day },
      ...{ uuid: () => random.uuid(nowMs()), verifier: simVerifier },
      place: { mark: 'simulated', isRestored },
    },
    { ...silent, error },
  )
  return { ...kernel, identity: { ...kernel.identity, tokens: plainTokens(nowMs, tokenMs) } }
}
