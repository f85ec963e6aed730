/**
 * One WebSocket of the sync port: whose it is, what it may still send, and how it ends. It knows
 * frames and budgets, not what documents hold.
 */
import type { WebSocketLike } from '@hocuspocus/server'
import {
  limitAnswerBacklogBytes,
  limitBytesBurst,
  limitBytesPerSecond,
  limitEarlyBytes,
  limitEarlyMessages,
  limitEarlyMs,
  limitMessagesBurst,
  limitMessagesPerSecond,
  limitOutboxBytes,
  limitPingsBurst,
  limitPingsPerSecond,
  limitSocketDenials,
  limitSocketRefusals,
  limitStalledBytes,
  limitStalledMs,
} from '../limits.ts'
import { closeCodes } from '../refusal.ts'
import { Answers } from './answers.ts'
import { openBudget } from './budget.ts'
import { updateFrameOf } from './frame.ts'
import { Outboxes } from './outboxes.ts'

/** Who speaks through the socket: ids, and the end of the token in ms of the server's clock. */
export interface SocketSession {
  readonly device: string
  readonly user: string
  readonly session: string
  readonly expiresAt: number
  readonly token: string
}

/** What every hook of an authenticated document finds as its context. */
export interface SyncContext {
  readonly socket: SyncSocket
}

/** The part of a WebSocket that is used; those of `ws` and `crossws` fit. */
export interface RawSocket {
  readonly readyState: number
  readonly bufferedAmount: number
  /** `done` is called when the bytes have left this process, or never will. */
  send(data: Uint8Array, done?: () => void): void
  close(code: number, reason: string): void
  terminate(): void
  pause(): void
  resume(): void
}

/** How long before its end a token is asked for anew. */
const renewBeforeMs = 60_000
/** How long a closing handshake may take. */
const closingMs = 2_000
const sendingAwayMs = 500
const readyStateClosed = 3

/** What Hocuspocus writes to and asks to close. */
export class SocketWire implements WebSocketLike {
  readonly #raw: RawSocket
  readonly #socket: SyncSocket

  constructor(raw: RawSocket, socket: SyncSocket) {
    this.#raw = raw
    this.#socket = socket
  }

  get readyState(): number {
    return this.#socket.isClosed ? readyStateClosed : this.#raw.readyState
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    const bytes = data as Uint8Array
    if (this.#socket.isAnnounced(bytes)) this.#socket.send(bytes)
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code ?? closeCodes.stopping, reason ?? '')
  }
}

/** The way of updates into one document that a socket may write; never throws. */
export interface UpdateChannel {
  take(update: Uint8Array, isAnswer: boolean): void
}

export class SyncSocket {
  readonly address: string
  /** Set by the first accepted token; later tokens renew it, always for the same device. */
  session: SocketSession | undefined
  /** The one awareness client id of this socket. */
  presenceClient: number | undefined
  /** By name of a document that was authenticated on it: in how many sessions. */
  readonly documents = new Map<string, number>()
  /** By address, the documents whose updates need not pass through Hocuspocus. */
  readonly channels = new Map<string, UpdateChannel>()
  /** Asks the client for a fresh token; set once a document is open. */
  requestToken: (() => void) | undefined
  /** Hears when it is known who speaks. */
  onBound: (() => void) | undefined
  /** Hears of what only a bug can cause. */
  onFault: ((error: unknown) => void) | undefined
  isClosed = false
  /** What its reader has asked for. */
  readonly answers: Answers
  /** Bytes given to the wire so far. */
  sentBytes = 0

  readonly #raw: RawSocket
  readonly #openedAt: number
  readonly #early = { bytes: limitEarlyBytes, messages: limitEarlyMessages }
  readonly #messages
  readonly #bytes
  readonly #pings
  #refusals = 0
  #denials = 0
  /** Waits until the reader has taken something. */
  #onMoved: (() => void) | undefined
  readonly #outboxes: Outboxes
  /** Bytes that are still counted there for this socket. */
  #waitingBytes = 0
  /** How many bytes the reader had taken when it last took any. */
  #progress: { readonly bytes: number; readonly at: number }
  #tokenAskedFor: string | undefined

  constructor(raw: RawSocket, address: string, nowMs: number, outboxes = new Outboxes()) {
    this.#raw = raw
    this.#outboxes = outboxes
    this.address = address
    this.#openedAt = nowMs
    this.#messages = openBudget(limitMessagesBurst, limitMessagesPerSecond, nowMs)
    this.#bytes = openBudget(limitBytesBurst, limitBytesPerSecond, nowMs)
    this.#pings = openBudget(limitPingsBurst, limitPingsPerSecond, nowMs)
    this.#progress = { bytes: 0, at: nowMs }
    this.answers = new Answers({
      roomToSend: () => this.#roomToSend(),
      isClosed: () => this.isClosed,
      send: (frame) => this.send(frame),
      onFault: (error) => this.onFault?.(error),
    })
  }

  /** From here on it speaks for a device; a later session is of the same one. */
  bind(session: SocketSession): void {
    const isNew = this.session === undefined
    this.session = session
    if (isNew) this.onBound?.()
  }

  openedDocument(name: string): void {
    this.documents.set(name, (this.documents.get(name) ?? 0) + 1)
  }

  closedDocument(name: string): void {
    const left = (this.documents.get(name) ?? 0) - 1
    if (left > 0) this.documents.set(name, left)
    else this.documents.delete(name)
  }

  /** Puts a frame on the wire. A reader who has left too much lying is let go. */
  send(frame: Uint8Array): void {
    if (this.isClosed) return
    const waiting = this.#raw.bufferedAmount
    if (waiting > limitOutboxBytes || !this.#outboxes.hasRoom(frame.length, waiting)) {
      this.#end()
      return
    }
    this.sentBytes += frame.length
    this.#waitingBytes += frame.length
    this.#outboxes.put(frame.length)
    this.#raw.send(frame, () => this.#taken(frame.length))
  }

  /** Nobody is behind it any more: nothing is held for it. */
  left(): void {
    this.isClosed = true
    this.#taken(this.#waitingBytes)
  }

  #taken(bytes: number): void {
    const counted = Math.min(bytes, this.#waitingBytes)
    this.#waitingBytes -= counted
    this.#outboxes.taken(counted)
    this.#onMoved?.()
  }

  #end(): void {
    this.left()
    this.#raw.terminate()
  }

  /** What it has said before it said who it is; 0 afterwards. */
  get earlyBytes(): number {
    return this.session === undefined ? limitEarlyBytes - this.#early.bytes : 0
  }

  /** Charges a frame to the budget; false when it is spent, and then the socket closes. */
  admitFrame(bytes: number, nowMs: number): boolean {
    if (this.isClosed) return false
    const isAdmitted =
      this.session === undefined ? this.#spendEarly(bytes) : this.#spend(bytes, nowMs)
    return this.#closeUnless(isAdmitted)
  }

  /** The same for a ping, which the library has answered already. */
  admitPing(nowMs: number): boolean {
    return !this.isClosed && this.#closeUnless(this.#pings.spend(1, nowMs))
  }

  /**
   * Whether a frame of Hocuspocus goes out: not what the device has sent itself, and not what comes with an
   * answer.
   */
  isAnnounced(frame: Uint8Array): boolean {
    const update = updateFrameOf(frame)
    return (
      update === undefined || !(this.#isEcho(update.address) || this.answers.covers(update.address))
    )
  }

  /** A device is the only writer of its journals: what is announced to it there came from itself. */
  #isEcho(address: string): boolean {
    if (this.session === undefined || !address.startsWith('j/')) return false
    const [journal] = address.split('\0')
    return journal?.endsWith(`/${this.session.device}`) === true
  }

  /**
   * Closes what outlived its token, its early deadline or its reader. Called about every second.
   */
  sweep(nowMs: number): void {
    this.#sweepSession(nowMs)
    const waiting = this.#raw.bufferedAmount
    const bytes = this.sentBytes - waiting
    if (waiting < limitStalledBytes || bytes > this.#progress.bytes)
      this.#progress = { bytes, at: nowMs }
    else if (nowMs - this.#progress.at > limitStalledMs) this.#end()
  }

  /** Whoever is refused again and again loses the socket, not only the channel. */
  noteRefusal(): void {
    this.#refusals += 1
    if (this.#refusals >= limitSocketRefusals) this.close(closeCodes.refused, 'refused:too-often')
  }

  /** A document that it may not open was asked for. */
  noteDenial(): void {
    this.#denials += 1
    if (this.#denials >= limitSocketDenials) this.close(closeCodes.refused, 'refused:too-often')
  }

  close(code: number, reason: string): void {
    if (this.isClosed) return
    this.isClosed = true
    this.#onMoved?.()
    this.#raw.close(code, reason)
    const isSentAway = code === closeCodes.refused || code === closeCodes.tooFast
    // Whoever is sent away goes on sending in vain. (The library itself reads on until the next turn.)
    if (isSentAway) setImmediate(() => this.#raw.pause())
    setTimeout(() => this.#raw.terminate(), isSentAway ? sendingAwayMs : closingMs).unref()
  }

  /** In a turn of the event loop of its own: what many ask for at once is not made at once. */
  async #roomToSend(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    while (!this.isClosed && this.#raw.bufferedAmount > limitAnswerBacklogBytes) {
      await new Promise<void>((resolve) => {
        this.#onMoved = resolve
      })
    }
  }

  #closeUnless(isAdmitted: boolean): boolean {
    if (!isAdmitted) this.close(closeCodes.tooFast, 'too-fast')
    return isAdmitted
  }

  #spend(bytes: number, nowMs: number): boolean {
    return this.#messages.spend(1, nowMs) && this.#bytes.spend(bytes, nowMs)
  }

  #spendEarly(bytes: number): boolean {
    this.#early.bytes -= bytes
    this.#early.messages -= 1
    return this.#early.bytes >= 0 && this.#early.messages >= 0
  }

  #sweepSession(nowMs: number): void {
    if (this.session === undefined) {
      if (nowMs - this.#openedAt > limitEarlyMs) {
        this.close(closeCodes.unauthorized, 'not-authenticated')
      }
      return
    }
    const { expiresAt, token } = this.session
    if (nowMs >= expiresAt) {
      this.close(closeCodes.unauthorized, 'token-expired')
    } else if (nowMs >= expiresAt - renewBeforeMs && this.#tokenAskedFor !== token) {
      this.#tokenAskedFor = token
      this.requestToken?.()
    }
  }
}
