/**
 * Where sync sockets come in: the upgrade of `/sync`, the Origin check, and the limits that hold
 * before Hocuspocus sees a byte [S4]. An exception here would end the process, so every entry point
 * catches.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hocuspocus } from '@hocuspocus/server'
import type { Message, Peer } from 'crossws'
import crossws from 'crossws/adapters/node'
import {
  limitAllEarlyBytes,
  limitDeviceSockets,
  limitEarlySockets,
  limitFrameBytes,
  limitSmallEarlyBytes,
} from '../limits.ts'
import { closeCodes } from '../refusal.ts'
import { FrameTurns } from './frame-turns.ts'
import { isFrameTaken, updateFrameOf } from './frame.ts'
import { Outboxes } from './outboxes.ts'
import { type RawSocket, SocketWire, type SyncContext, SyncSocket } from './sync-socket.ts'

export interface FrontDoorOptions {
  readonly server: Server
  readonly hocuspocus: Hocuspocus<SyncContext>
  readonly nowMs: () => number
  readonly isOriginAllowed: (request: IncomingMessage) => boolean
  readonly onFault: (where: string, error: unknown) => void
  /** Hears of frames that were not even read; '' where nobody had said who he is. */
  readonly onRefused: (refused: { device: string; document: string; code: string }) => void
}

interface Visitor {
  readonly socket: SyncSocket
  readonly connection: ReturnType<Hocuspocus<SyncContext>['handleConnection']>
  readonly turns: FrameTurns
}

const sweepMs = 1_000

export class FrontDoor {
  readonly #options: FrontDoorOptions
  readonly #visitors = new Map<string, Visitor>()
  readonly #outboxes = new Outboxes()
  readonly #adapter
  readonly #sweeper
  #isClosing = false

  constructor(options: FrontDoorOptions) {
    this.#options = options
    this.#adapter = crossws({
      serverOptions: { maxPayload: limitFrameBytes, perMessageDeflate: false },
      // Otherwise it would be parsed from a URL made of the client's Host header.
      getNamespace: () => 'sync',
      hooks: {
        open: (peer) => this.#catching('open', () => this.#open(peer)),
        message: (peer, message) => this.#catching('message', () => this.#message(peer, message)),
        ping: (peer) => this.#catching('ping', () => this.#ping(peer)),
        close: (peer, { code, reason }) => {
          this.#catching('close', () => this.#leave(peer, code ?? 1005, reason ?? ''))
        },
        error: (peer, error) => this.#catching('error', () => this.#broken(peer, error)),
      },
    })
    this.#sweeper = setInterval(() => this.#sweep(), sweepMs)
    this.#sweeper.unref()
    options.server.on('upgrade', this.#upgrade)
  }

  get socketCount(): number {
    return this.#visitors.size
  }

  closeWhere(matches: (socket: SyncSocket) => boolean, code: number, reason: string): void {
    for (const { socket } of this.#visitors.values()) {
      if (matches(socket)) socket.close(code, reason)
    }
  }

  /** Refuses newcomers, says goodbye to everybody, and resolves when all are gone. */
  async close(): Promise<void> {
    this.#isClosing = true
    clearInterval(this.#sweeper)
    this.closeWhere(() => true, closeCodes.stopping, 'stopping')
    while (this.#visitors.size > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    this.#options.server.off('upgrade', this.#upgrade)
    await this.#adapter.close()
  }

  readonly #upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => stream.destroy())
    this.#catching('upgrade', () => {
      if (request.url !== '/sync') turnAway(stream, '404 Not Found')
      else if (this.#isClosing) turnAway(stream, '503 Service Unavailable')
      else if (!this.#options.isOriginAllowed(request)) turnAway(stream, '403 Forbidden')
      else {
        this.#adapter
          .handleUpgrade(request, stream, head)
          .catch((error: unknown) => this.#options.onFault('upgrade', error))
      }
    })
  }

  #open(peer: Peer): void {
    const { hocuspocus, nowMs, onFault } = this.#options
    const raw = peer.websocket as unknown as RawSocket
    const socket = new SyncSocket(raw, peer.remoteAddress ?? '', nowMs(), this.#outboxes)
    socket.onFault = (error) => {
      onFault('answer', error)
      socket.close(closeCodes.retry, 'retry:internal')
    }
    // Nothing of the client's request goes further: who speaks is said by the token alone.
    const request = new Request('http://sync.invalid/sync')
    const connection = hocuspocus.handleConnection(new SocketWire(raw, socket), request, { socket })
    const turns = new FrameTurns(raw, (frame) => this.#handle(peer, frame))
    socket.onBound = () => this.#makeRoom(socket)
    this.#visitors.set(peer.id, { socket, connection, turns })
    if (this.#isClosing) socket.close(closeCodes.stopping, 'stopping')
    else this.#makeRoomAt(socket.address)
  }

  #message(peer: Peer, message: Message): void {
    const visitor = this.#visitors.get(peer.id)
    const frame = message.uint8Array()
    if (visitor === undefined || !this.#isAdmitted(visitor, frame.length)) return
    if (isFrameTaken(frame)) visitor.turns.take(frame)
    else {
      visitor.socket.close(closeCodes.refused, 'refused:frame-malformed')
      this.#tell(visitor, 'frame-malformed')
    }
  }

  #ping(peer: Peer): void {
    const visitor = this.#visitors.get(peer.id)
    if (visitor === undefined || visitor.socket.isClosed) return
    if (!visitor.socket.admitPing(this.#options.nowMs())) this.#tell(visitor, 'too-fast')
  }

  #isAdmitted(visitor: Visitor, bytes: number): boolean {
    if (visitor.socket.isClosed) return false
    const isAdmitted = visitor.socket.admitFrame(bytes, this.#options.nowMs())
    if (!isAdmitted) this.#tell(visitor, 'too-fast')
    else if (visitor.socket.earlyBytes > limitSmallEarlyBytes) this.#relieve()
    return isAdmitted && !visitor.socket.isClosed
  }

  #handle(peer: Peer, frame: Uint8Array): void {
    const visitor = this.#visitors.get(peer.id)
    if (visitor === undefined || visitor.socket.isClosed) return
    this.#catching('message', () => {
      if (!this.#takeUpdate(visitor, frame)) visitor.connection.handleMessage(frame)
    })
  }

  #tell({ socket }: Visitor, code: string): void {
    this.#options.onRefused({ device: socket.session?.device ?? '', document: '', code })
  }

  /** The oldest sockets of a device give way: most likely nobody is behind them any more. */
  #makeRoom({ session }: SyncSocket): void {
    const ofDevice = [...this.#visitors.values()].filter(
      ({ socket }) => !socket.isClosed && socket.session?.device === session?.device,
    )
    for (const { socket } of ofDevice.slice(0, -limitDeviceSockets)) {
      socket.close(closeCodes.tooFast, 'too-many-sockets')
    }
  }

  /** Updates of an open document take the short way. False for everything else. */
  #takeUpdate({ socket, connection }: Visitor, frame: Uint8Array): boolean {
    if (socket.channels.size === 0) return false
    const found = updateFrameOf(frame)
    const channel = found === undefined ? undefined : socket.channels.get(found.address)
    if (found === undefined || channel === undefined) return false
    // By its own clock, Hocuspocus would take a socket for dead that only posts.
    connection.lastMessageReceivedAt = Date.now()
    channel.take(found.update, found.isAnswer)
    return true
  }

  #leave(peer: Peer, code: number, reason: string): void {
    const visitor = this.#visitors.get(peer.id)
    this.#visitors.delete(peer.id)
    visitor?.turns.close()
    visitor?.socket.left()
    visitor?.connection.handleClose({ code, reason })
  }

  /** An oversized or broken frame: the library closes the socket itself. */
  #broken(peer: Peer, error: Error): void {
    const visitor = this.#visitors.get(peer.id)
    if (visitor === undefined) return
    const isTooLarge = /max payload/i.test(`${error.message} ${String(error.cause)}`)
    this.#tell(visitor, isTooLarge ? 'frame-too-large' : 'frame-broken')
    // The rest of what it sends would be read for nothing.
    visitor.socket.close(closeCodes.refused, '')
  }

  /**
   * Many devices stand behind one address, and one of them may open sockets all the time: the oldest of
   * those who have not said who they are gives way, never the newcomer.
   */
  #makeRoomAt(address: string): void {
    const early = this.#earlySockets().filter((socket) => socket.address === address)
    for (const socket of early.slice(0, -limitEarlySockets)) {
      socket.close(closeCodes.tooFast, 'too-many-sockets')
    }
  }

  /** What is said before a token is kept in memory: beyond a bound the oldest who said much give way. */
  #relieve(): void {
    const early = this.#earlySockets()
    let bytes = early.reduce((sum, socket) => sum + socket.earlyBytes, 0)
    for (const socket of early) {
      if (bytes <= limitAllEarlyBytes) return
      if (socket.earlyBytes <= limitSmallEarlyBytes) continue
      bytes -= socket.earlyBytes
      socket.close(closeCodes.tooFast, 'too-fast')
    }
  }

  /** Who has not said who he is, the oldest first. */
  #earlySockets(): readonly SyncSocket[] {
    return [...this.#visitors.values()]
      .map(({ socket }) => socket)
      .filter(({ session, isClosed }) => session === undefined && !isClosed)
  }

  #sweep(): void {
    for (const { socket } of this.#visitors.values()) {
      this.#catching('sweep', () => socket.sweep(this.#options.nowMs()))
    }
  }

  #catching(where: string, act: () => void): void {
    try {
      act()
    } catch (error) {
      this.#options.onFault(where, error)
    }
  }
}

function turnAway(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
