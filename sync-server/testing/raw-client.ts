/** A client that says whatever a test wants on the sync socket: the hostile one. */
import { createDecoder, hasContent, readVarString, readVarUint } from 'lib0/decoding'
import {
  createEncoder,
  toUint8Array,
  writeUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'
import WebSocket from 'ws'
import type { TestServer } from './test-server.ts'

/** Message kinds of the protocol. */
export const kinds = {
  sync: 0,
  awareness: 1,
  auth: 2,
  stateless: 5,
  broadcastStateless: 6,
  close: 7,
  status: 8,
}

export interface Heard {
  readonly address: string
  readonly kind: number
  /** The text after the kind, of refusals and closes; of syncs and their status the number. */
  readonly text: string
}

export class RawClient {
  readonly #socket: WebSocket
  readonly heard: Heard[] = []
  /** Code and reason of the close, or the error of the upgrade. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>

  constructor(server: TestServer, headers: Record<string, string> = {}) {
    this.#socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync`, { headers })
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
      this.#socket.on('error', (error) => resolve({ code: 0, reason: error.message }))
    })
    this.#socket.on('message', (data: Buffer) => this.heard.push(readHeard(data)))
  }

  async opened(): Promise<void> {
    await new Promise((resolve) => this.#socket.once('open', resolve))
  }

  send(frame: Uint8Array): void {
    this.#socket.send(frame)
  }

  authenticate(document: string, token: string): void {
    this.send(
      frameOf(document, kinds.auth, (encoder) => {
        writeVarUint(encoder, 0)
        writeVarString(encoder, token)
      }),
    )
  }

  /** Announces an update, as after a local change. */
  update(document: string, update: Uint8Array): void {
    this.send(
      frameOf(document, kinds.sync, (encoder) => {
        writeVarUint(encoder, 2)
        writeVarUint8Array(encoder, update)
      }),
    )
  }

  raw(document: string, kind: number, payload: Uint8Array): void {
    this.send(frameOf(document, kind, (encoder) => writeUint8Array(encoder, payload)))
  }

  heardOf(kind: number, document: string): Heard | undefined {
    return this.heard.find((heard) => heard.kind === kind && heard.address === document)
  }

  /** Reads nothing more until `resume`: what comes waits in the line, and then at the server. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  leave(): void {
    this.#socket.terminate()
  }
}

export type Encoder = ReturnType<typeof createEncoder>

/** A frame of the sync socket: address, kind, and what `write` adds. */
export function frameOf(
  document: string,
  kind: number,
  write: (encoder: Encoder) => void,
): Uint8Array {
  const encoder = createEncoder()
  writeVarString(encoder, document)
  writeVarUint(encoder, kind)
  write(encoder)
  return toUint8Array(encoder)
}

export function readHeard(data: Uint8Array): Heard {
  const decoder = createDecoder(new Uint8Array(data))
  const address = readVarString(decoder)
  const kind = readVarUint(decoder)
  if (kind === kinds.auth) readVarUint(decoder)
  if (kind === kinds.sync || kind === kinds.status) {
    return { address, kind, text: String(readVarUint(decoder)) }
  }
  const hasText = kind === kinds.auth || kind === kinds.close
  return { address, kind, text: hasText && hasContent(decoder) ? readVarString(decoder) : '' }
}
