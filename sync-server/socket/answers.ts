/**
 * Answers of one socket to "what do I lack?": one after the other, each piece made when the reader has
 * taken those before it, so that a slow reader costs little however much he lacks. Knows nothing of
 * documents.
 */
import { limitWaitingQuestionBytes } from '../limits.ts'

export interface Answer {
  /** Of the document and session that asked. */
  readonly address: string
  /** What it keeps in memory while it waits. */
  readonly bytes: number
  /** False when whoever asked has left the document. */
  isWanted(): boolean
  /** Frames to send, each made when it is asked for. */
  frames(): Iterable<AnswerFrame>
}

export interface AnswerFrame {
  readonly bytes: Uint8Array
  /** With it the reader has all there was at this moment. */
  readonly isLast: boolean
}

export interface AnswerLine {
  /** Resolves when the reader has taken most of what he was sent. */
  readonly roomToSend: () => Promise<void>
  readonly isClosed: () => boolean
  readonly send: (frame: Uint8Array) => void
  readonly onFault: (error: unknown) => void
}

export class Answers {
  readonly #line: AnswerLine
  /** By address, in the order in which they were asked. */
  readonly #waiting = new Map<string, Answer>()
  #waitingBytes = 0
  #current: string | undefined
  #isRunning = false

  constructor(line: AnswerLine) {
    this.#line = line
  }

  /**
   * Answers in its turn; a later question of the same address takes the place of one that still waits.
   * False when too much waits already.
   */
  ask(answer: Answer): boolean {
    const before = this.#waiting.get(answer.address)
    this.#waitingBytes += answer.bytes - (before?.bytes ?? 0)
    this.#waiting.set(answer.address, answer)
    if (!this.#isRunning) void this.#run()
    return this.#waitingBytes <= limitWaitingQuestionBytes
  }

  /** Whether what is new there comes with an answer that is on its way or still to come. */
  covers(address: string): boolean {
    return this.#current === address || this.#waiting.has(address)
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    for (let [address] = this.#waiting.keys(); address !== undefined; ) {
      await this.#line.roomToSend()
      const answer = this.#take(address)
      this.#current = address
      if (answer !== undefined) await this.#give(answer).catch(this.#line.onFault)
      this.#current = undefined
      ;[address] = this.#waiting.keys()
    }
    this.#isRunning = false
  }

  /** The latest question of an address: meanwhile another one may have been asked. */
  #take(address: string): Answer | undefined {
    const answer = this.#waiting.get(address)
    this.#waiting.delete(address)
    this.#waitingBytes -= answer?.bytes ?? 0
    return answer
  }

  /**
   * INVARIANT: between the making of a last frame and the end of `covers` nothing else runs: what came
   * before is in it, what comes after is announced.
   */
  async #give(answer: Answer): Promise<void> {
    const { roomToSend, isClosed, send } = this.#line
    for (const { bytes, isLast } of answer.frames()) {
      if (isClosed() || !answer.isWanted()) return
      send(bytes)
      if (isLast) this.#current = undefined
      else await roomToSend()
    }
  }
}
