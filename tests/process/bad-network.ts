/**
 * A TCP proxy between devices and a server that behaves as networks do: it refuses, goes silent
 * without a word, is slow, tears a line after so many bytes or at a random one, answers for the
 * server, or takes the upgrade out of a request. What it does can be changed at any time; `Weather`
 * holds for lines that are open and for new ones alike.
 */
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface Weather {
  /** New lines are closed at once. */
  isDown?: boolean
  /** Bytes are swallowed, nobody is told. */
  isSilent?: boolean
  /** Bytes per second of each line and direction. */
  bytesPerSecond?: number
  /** Each piece is this late. */
  latencyMs?: number
  /** A line is torn after so many bytes, both ways counted; asked anew for each line. */
  tearAfter?: () => number
  /** Answers every request by itself, as a captive portal does. */
  answer?: string
  /** Answers requests of this method only; the others pass. */
  answeredMethod?: string
  /** Takes the upgrade headers out of requests. */
  isStripping?: boolean
  /** Each line is dialled twice; the second one hears the same and is not listened to. */
  isDoubling?: boolean
}

export interface BadNetwork {
  readonly url: string
  weather: Weather
  /** Leads new lines to another port. */
  leadTo(url: string): void
  /** Tears all lines that are open. */
  tear(): void
  readonly lineCount: number
  /** Lines that were dialled and bytes that were carried towards the server, since the start. */
  readonly dialled: number
  readonly carried: { up: number; down: number }
  /** Requests that were answered in the server's place. */
  readonly answered: number
  close(): Promise<void>
}

const sliceMs = 50

export async function openBadNetwork(url: string): Promise<BadNetwork> {
  const network = new ProxyNetwork(url)
  await network.listen()
  return network
}

class ProxyNetwork implements BadNetwork {
  weather: Weather = {}
  readonly carried = { up: 0, down: 0 }
  dialled = 0
  answered = 0
  readonly #lines = new Set<Line>()
  readonly #server: Server
  #port: number

  constructor(url: string) {
    this.#port = Number(new URL(url).port)
    this.#server = createServer((near) => this.#take(near))
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  get url(): string {
    const { port } = this.#server.address() as { readonly port: number }
    return `http://127.0.0.1:${port}`
  }

  get lineCount(): number {
    return this.#lines.size
  }

  leadTo(url: string): void {
    this.#port = Number(new URL(url).port)
  }

  tear(): void {
    for (const line of this.#lines) line.end()
  }

  async close(): Promise<void> {
    this.tear()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #take(near: Socket): void {
    this.dialled += 1
    const { weather } = this
    if (weather.isDown === true) {
      near.on('error', () => near.destroy())
      near.destroy()
      return
    }
    const line = new Line(near, connect(this.#port, '127.0.0.1'), {
      weather: () => this.weather,
      onBytes: (way, bytes) => {
        this.carried[way] += bytes
      },
      onAnswered: () => {
        this.answered += 1
      },
      onEnd: () => this.#lines.delete(line),
    })
    if (weather.isDoubling === true) line.double(connect(this.#port, '127.0.0.1'))
    this.#lines.add(line)
  }
}

type Way = 'up' | 'down'

interface LineParts {
  readonly weather: () => Weather
  readonly onBytes: (way: Way, bytes: number) => void
  readonly onAnswered: () => void
  readonly onEnd: () => void
}

/** One dialled connection and its other half. */
class Line {
  readonly #near: Socket
  readonly #far: Socket
  readonly #parts: LineParts
  readonly #tearAfter: number
  #twin: Socket | undefined
  #passed = 0
  #isEnded = false

  constructor(near: Socket, far: Socket, parts: LineParts) {
    this.#near = near
    this.#far = far
    this.#parts = parts
    this.#tearAfter = parts.weather().tearAfter?.() ?? Number.POSITIVE_INFINITY
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      socket.on('error', () => this.end())
      socket.on('close', () => this.end())
    }
    this.#carry('up', near, far)
    this.#carry('down', far, near)
  }

  double(twin: Socket): void {
    this.#twin = twin
    twin.on('error', () => twin.destroy())
    twin.resume()
  }

  end(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    for (const socket of [this.#near, this.#far, this.#twin]) socket?.destroy()
    this.#parts.onEnd()
  }

  /** One piece after the other, so that a slow line holds its sender back. */
  #carry(way: Way, from: Socket, to: Socket): void {
    let waiting = Promise.resolve()
    from.on('data', (piece: Buffer) => {
      from.pause()
      waiting = waiting.then(() => this.#pass(way, piece, to)).then(() => void from.resume())
    })
    from.on('end', () => {
      waiting = waiting.then(() => void (this.#isEnded || to.end()))
    })
  }

  async #pass(way: Way, whole: Buffer, to: Socket): Promise<void> {
    const { isSilent, latencyMs, isStripping } = this.#parts.weather()
    if (isSilent === true || this.#isAnswered(whole)) return
    if (latencyMs !== undefined) await after(latencyMs)
    let rest: Buffer = isStripping === true && way === 'up' ? withoutUpgrade(whole) : whole
    while (rest.length > 0 && !this.#isEnded) {
      const { bytesPerSecond } = this.#parts.weather()
      const slice = bytesPerSecond === undefined ? rest.length : sliceOf(bytesPerSecond)
      this.#write(way, rest.subarray(0, slice), to)
      rest = rest.subarray(slice)
      if (bytesPerSecond !== undefined) await after(sliceMs)
    }
    if (to.writableNeedDrain && !this.#isEnded) await drained(to)
  }

  #isAnswered(request: Buffer): boolean {
    const { answer, answeredMethod = '' } = this.#parts.weather()
    if (answer === undefined || !request.toString('latin1').startsWith(answeredMethod)) return false
    this.#near.end(answer)
    this.#parts.onAnswered()
    return true
  }

  #write(way: Way, piece: Buffer, to: Socket): void {
    const left = this.#tearAfter - this.#passed
    const part = piece.subarray(0, left)
    this.#passed += part.length
    this.#parts.onBytes(way, part.length)
    to.write(part)
    if (way === 'up') this.#twin?.write(part)
    if (this.#passed >= this.#tearAfter) this.end()
  }
}

function sliceOf(bytesPerSecond: number): number {
  return Math.max(1, Math.round((bytesPerSecond * sliceMs) / 1_000))
}

function withoutUpgrade(piece: Buffer): Buffer {
  const text = piece.toString('latin1')
  if (!/^GET .*HTTP\/1\.1\r\n/.test(text)) return piece
  return Buffer.from(text.replace(/^(?:connection|upgrade):[^\r]*\r\n/gim, ''), 'latin1')
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('drain', resolve)
    socket.once('close', resolve)
  })
}
