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
import { openBudget } from './budget.ts'
import { updateFrameOf } from './frame.ts'

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
  send(data: Uint8Array): void
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
/** How often a reader is looked at who has not yet taken what he asked for. */
const backlogLookMs = 20
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
    if (this.#socket.isClosed) return
    if (this.#raw.bufferedAmount > limitOutboxBytes) {
      this.#raw.terminate()
      return
    }
    const bytes = this.#socket.outgoing(data as Uint8Array)
    if (bytes === undefined) return
    this.#socket.sentBytes += bytes.length
    this.#raw.send(bytes)
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
  isClosed = false
  /** What is sent answers a question, piece by piece. */
  isAnswering = false
  /** By address: the last piece of an answer, which goes out in the place of the whole. */
  readonly #answers = new Map<string, Uint8Array>()
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
  /** Questions are answered one after the other. */
  #answered: Promise<void> = Promise.resolve()
  /** How many bytes the reader had taken when it last took any. */
  #taken: { readonly bytes: number; readonly at: number }
  #tokenAskedFor: string | undefined

  constructor(raw: RawSocket, address: string, nowMs: number) {
    this.#raw = raw
    this.address = address
    this.#openedAt = nowMs
    this.#messages = openBudget(limitMessagesBurst, limitMessagesPerSecond, nowMs)
    this.#bytes = openBudget(limitBytesBurst, limitBytesPerSecond, nowMs)
    this.#pings = openBudget(limitPingsBurst, limitPingsPerSecond, nowMs)
    this.#taken = { bytes: 0, at: nowMs }
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

  /**
   * When a question may be answered: each in a turn of the event loop of its own, and only while the
   * reader takes what he has asked for. A whole document could else be asked for a thousand times.
   */
  roomToAnswer(): Promise<void> {
    this.#answered = this.#answered.then(() => this.#backlogTaken())
    return this.#answered
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

  /** What Hocuspocus says next to this question is sent as `last`; undefined lets it say it itself. */
  replaceAnswer(address: string, last: Uint8Array | undefined): void {
    if (last === undefined) this.#answers.delete(address)
    else this.#answers.set(address, last)
  }

  /** What goes out in the place of a frame that Hocuspocus wants to send; undefined for nothing. */
  outgoing(frame: Uint8Array): Uint8Array | undefined {
    const update = updateFrameOf(frame)
    if (update === undefined) return frame
    if (!update.isAnswer) return this.#isEcho(update.address) ? undefined : frame
    const last = this.#answers.get(update.address)
    this.#answers.delete(update.address)
    return last ?? frame
  }

  /** A device is the only writer of its journals: what is announced to it there came from itself. */
  #isEcho(address: string): boolean {
    if (this.isAnswering || this.session === undefined || !address.startsWith('j/')) return false
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
    if (waiting < limitStalledBytes || bytes > this.#taken.bytes) this.#taken = { bytes, at: nowMs }
    else if (nowMs - this.#taken.at > limitStalledMs) this.#raw.terminate()
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
    this.#raw.close(code, reason)
    const isSentAway = code === closeCodes.refused || code === closeCodes.tooFast
    // Whoever is sent away goes on sending in vain. (The library itself reads on until the next turn.)
    if (isSentAway) setImmediate(() => this.#raw.pause())
    setTimeout(() => this.#raw.terminate(), isSentAway ? sendingAwayMs : closingMs).unref()
  }

  async #backlogTaken(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    while (!this.isClosed && this.#raw.readyState !== readyStateClosed) {
      if (this.#raw.bufferedAmount <= limitAnswerBacklogBytes) return
      await new Promise((resolve) => setTimeout(resolve, backlogLookMs))
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
