/** A client that says whatever an attack wants on the sync socket, and tells what came of it. */
import { once } from 'node:events'
import { writeUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import WebSocket from 'ws'
import { updateFrameOf } from '#server/socket/frame.ts'
import { frameOf, type Heard, kinds, readHeard } from '#server/testing/raw-client.ts'

export interface VisitorWish {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** A loopback address to come from: limits are per address. */
  readonly from?: string
}

/** Where attacks come from, so that no limit that they hit hits anybody else. */
export const hostileAddress = '127.6.6.6'

/** Longest wait for a word of the server. */
const limitWaitMs = 15_000

export class Visitor {
  readonly socket: WebSocket
  readonly heard: Heard[] = []
  #end: string | undefined
  #frames: Buffer[] | undefined
  #wake: () => void = () => undefined

  constructor({ url, headers = {}, from = hostileAddress }: VisitorWish) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/sync`, {
      headers,
      localAddress: from,
      perMessageDeflate: false,
    })
    this.socket.on('message', (data: Buffer) => {
      this.heard.push(readHeard(data))
      this.#frames?.push(data)
      this.#wake()
    })
    this.socket.on('close', (code, reason) => this.#ended(`${code} ${reason}`.trim()))
    this.socket.on('error', (error) => this.#ended(error.message))
  }

  /** How the socket ended: code and reason, or the error of the upgrade; undefined while open. */
  get end(): string | undefined {
    return this.#end
  }

  /** Everything that is received from now on, as it came. */
  keepFrames(): Buffer[] {
    this.#frames ??= []
    return this.#frames
  }

  async opened(): Promise<this> {
    if (this.socket.readyState === WebSocket.CONNECTING) {
      await once(this.socket, 'open').catch(() => undefined)
    }
    return this
  }

  say(frame: Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame)
  }

  authenticate(address: string, token: string): void {
    this.say(tokenFrame(address, token))
  }

  /** Opens a document, and says how that was answered: 'open', a refusal, or the socket's end. */
  async open(address: string, token: string): Promise<string> {
    this.authenticate(address, token)
    const word = await this.until(
      ({ kind, address: heardOf }) => kind === kinds.auth && heardOf === address,
    )
    if (word === undefined) return this.#end ?? 'silent'
    if (word.text !== 'readonly' && word.text !== 'read-write') return word.text
    // It is open when it answers: what comes before is still counted as said without a token.
    this.say(askFrame(address))
    await this.until(
      ({ kind, address: of, text }) => kind === kinds.sync && of === address && text === '1',
    )
    return this.#end ?? 'open'
  }

  /**
   * Sends frames to an open document and tells what came of them: the reason for which the document or the
   * socket was closed, 'applied' or 'not applied' where the server said so, 'ignored' where it went on as
   * if nothing had been said. A question sent after them shows that all were read.
   */
  async tell(address: string, frames: readonly Uint8Array[]): Promise<string> {
    this.heard.length = 0
    for (const frame of frames) this.say(frame)
    this.say(askFrame(address))
    const isOf = (heard: Heard, kind: number) => heard.kind === kind && heard.address === address
    const isAnswer = (word: Heard) => isOf(word, kinds.sync) && word.text === '1'
    const isClose = (word: Heard) => isOf(word, kinds.close)
    if ((await this.until((word) => isClose(word) || isAnswer(word))) !== undefined) {
      // Updates have a way of their own, and a word of their own at its end.
      const hasUpdate = frames.some((frame) => updateFrameOf(frame) !== undefined)
      if (hasUpdate) await this.until((word) => isClose(word) || isOf(word, kinds.status))
    }
    const closed = this.heard.find((word) => isOf(word, kinds.close))
    if (closed !== undefined) return closed.text
    if (this.#end !== undefined) return this.#end
    const status = this.heard.find((word) => isOf(word, kinds.status))
    if (status !== undefined) return status.text === '1' ? 'applied' : 'not applied'
    return this.heard.some((word) => isOf(word, kinds.sync)) ? 'ignored' : 'silent'
  }

  /** The first word that fits; undefined when the socket ends, or nothing comes. */
  async until(fits: (heard: Heard) => boolean): Promise<Heard | undefined> {
    const deadline = performance.now() + limitWaitMs
    for (;;) {
      const found = this.heard.find(fits)
      if (found !== undefined || this.#end !== undefined) return found
      if (performance.now() > deadline) return undefined
      await this.#moved(500)
    }
  }

  /** How the socket ends. */
  async ended(limitMs: number = limitWaitMs): Promise<string> {
    const deadline = performance.now() + limitMs
    while (this.#end === undefined && performance.now() < deadline) await this.#moved(500)
    return this.#end ?? 'open'
  }

  leave(): void {
    this.socket.terminate()
  }

  #ended(end: string): void {
    this.#end ??= end
    this.#wake()
  }

  #moved(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

export function tokenFrame(address: string, token: string): Uint8Array {
  return frameOf(address, kinds.auth, (encoder) => {
    writeVarUint(encoder, 0)
    writeVarString(encoder, token)
  })
}

/** y-protocols/sync: a question with a state vector (0), an answer (1), an announcement (2). */
export function syncFrame(address: string, step: 0 | 1 | 2, payload: Uint8Array): Uint8Array {
  return frameOf(address, kinds.sync, (encoder) => {
    writeVarUint(encoder, step)
    writeVarUint8Array(encoder, payload)
  })
}

export function updateFrame(address: string, update: Uint8Array): Uint8Array {
  return syncFrame(address, 2, update)
}

/** Asks for everything that a document holds. */
export function askFrame(address: string): Uint8Array {
  return syncFrame(address, 0, Uint8Array.of(0))
}

export function plainFrame(address: string, kind: number, payload: Uint8Array): Uint8Array {
  return frameOf(address, kind, (encoder) => writeUint8Array(encoder, payload))
}
