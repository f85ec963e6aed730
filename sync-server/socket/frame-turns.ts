/**
 * Frames of one socket on their way to Hocuspocus, a few in each turn of the event loop: whatever one
 * socket sends at once, the others get their turns. While some wait, the socket is not read.
 */
import { limitFramesPerTurn } from '../limits.ts'

/** The part of a WebSocket that stops and goes on reading. */
export interface ReadableSocket {
  pause(): void
  resume(): void
}

export class FrameTurns {
  readonly #raw: ReadableSocket
  readonly #handle: (frame: Uint8Array) => void
  #waiting: Uint8Array[] = []
  #handledInTurn = 0
  #isTurning = false
  #isClosed = false

  constructor(raw: ReadableSocket, handle: (frame: Uint8Array) => void) {
    this.#raw = raw
    this.#handle = handle
  }

  take(frame: Uint8Array): void {
    if (this.#isClosed) return
    if (this.#waiting.length > 0 || this.#handledInTurn >= limitFramesPerTurn) {
      if (this.#waiting.length === 0) this.#raw.pause()
      this.#waiting.push(frame)
    } else {
      this.#handledInTurn += 1
      this.#handle(frame)
    }
    this.#turn()
  }

  /** Drops what waits: nobody would hear the answer. */
  close(): void {
    this.#isClosed = true
    this.#waiting = []
  }

  #turn(): void {
    if (this.#isTurning) return
    this.#isTurning = true
    setImmediate(() => {
      this.#isTurning = false
      this.#handledInTurn = 0
      if (this.#waiting.length > 0) this.#handleWaiting()
    })
  }

  #handleWaiting(): void {
    const frames = this.#waiting.splice(0, limitFramesPerTurn)
    this.#handledInTurn = frames.length
    if (this.#waiting.length === 0) this.#raw.resume()
    this.#turn()
    for (const frame of frames) this.#handle(frame)
  }
}
