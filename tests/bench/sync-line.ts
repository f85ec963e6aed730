/**
 * A client that is nothing but the wire: frames made beforehand go out, answers are counted from
 * their first bytes. So a measurement of a server is not one of its clients.
 */
import { once } from 'node:events'
import {
  createDecoder,
  type Decoder,
  readVarString,
  readVarUint,
  readVarUint8Array,
} from 'lib0/decoding'
import {
  createEncoder,
  type Encoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'
import WebSocket from 'ws'

/** What a line hears. */
export interface LineListener {
  /** The server has taken one frame, as far as its protocol says so. */
  onAck(document: string): void
  /** An update, or the state as one. */
  onUpdate(document: string, update: Uint8Array): void
  /** The server ended the document or the socket. */
  onEnd(reason: string): void
}

/** One client of one server, with any number of documents. */
export interface SyncLine {
  /** Asks for all that is in a document; resolves when it came. What happens later comes too. */
  follow(document: string): Promise<void>
  /** A frame that announces `update`, to be sent later. */
  frameOf(document: string, update: Uint8Array): Uint8Array
  send(document: string, frame: Uint8Array): void
  /** Says something without meaning: who is silent for a minute is let go. */
  stir(document: string): void
  leave(): void
}

const kinds = { sync: 0, auth: 2, askPresence: 3, close: 7, status: 8 } as const
const steps = { ask: 0, answer: 1, announce: 2 } as const
/** The state vector of somebody who has nothing. */
const nothing = new Uint8Array([0])

/** Speaks with Hocuspocus, ours or bare: all documents on one socket. */
export async function openHocuspocusLine(
  url: string,
  token: string,
  listener: LineListener,
): Promise<SyncLine> {
  const answers = new Answers(listener)
  const socket = await openSocket(url, listener)
  socket.on('message', (data: ArrayBuffer) => {
    const decoder = createDecoder(new Uint8Array(data))
    const document = readVarString(decoder)
    const kind = readVarUint(decoder)
    if (kind === kinds.status) listener.onAck(document)
    else if (kind === kinds.sync) answers.hear(document, decoder)
    else if (kind === kinds.close) listener.onEnd(readVarString(decoder))
  })
  const frameOf = (document: string, kind: number, write: (encoder: Encoder) => void) =>
    encoded((encoder) => {
      writeVarString(encoder, document)
      writeVarUint(encoder, kind)
      write(encoder)
    })
  return {
    follow(document) {
      const authentication = frameOf(document, kinds.auth, (encoder) => {
        writeVarUint(encoder, 0)
        writeVarString(encoder, token)
      })
      socket.send(authentication)
      socket.send(frameOf(document, kinds.sync, writeAsk))
      return answers.first(document)
    },
    frameOf: (document, update) =>
      frameOf(document, kinds.sync, (encoder) => writeAnnounce(encoder, update)),
    send: (_document, frame) => socket.send(frame),
    stir: (document) => socket.send(frameOf(document, kinds.askPresence, () => undefined)),
    leave() {
      socket.removeAllListeners('close')
      socket.terminate()
    },
  }
}

/** Speaks with the server of y-websocket: a socket for each document. Nothing is acknowledged. */
export function openYWebsocketLine(url: string, listener: LineListener): SyncLine {
  const answers = new Answers(listener)
  const socketByDocument = new Map<string, WebSocket>()
  const frameOf = (write: (encoder: Encoder) => void) =>
    encoded((encoder) => {
      writeVarUint(encoder, kinds.sync)
      write(encoder)
    })
  return {
    async follow(document) {
      const socket = await openSocket(`${url}/${document}`, listener)
      socketByDocument.set(document, socket)
      socket.on('message', (data: ArrayBuffer) => {
        const decoder = createDecoder(new Uint8Array(data))
        if (readVarUint(decoder) === kinds.sync) answers.hear(document, decoder)
      })
      socket.send(frameOf(writeAsk))
      await answers.first(document)
    },
    frameOf: (_document, update) => frameOf((encoder) => writeAnnounce(encoder, update)),
    send: (document, frame) => socketByDocument.get(document)?.send(frame),
    stir: () => undefined,
    leave() {
      for (const socket of socketByDocument.values()) {
        socket.removeAllListeners('close')
        socket.terminate()
      }
    },
  }
}

/** Tells updates on, and who waits for the answer to the first question. */
class Answers {
  readonly #listener: LineListener
  readonly #waiting = new Map<string, () => void>()

  constructor(listener: LineListener) {
    this.#listener = listener
  }

  first(document: string): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(document, resolve))
  }

  hear(document: string, decoder: Decoder): void {
    const step = readVarUint(decoder)
    if (step === steps.ask) return
    this.#listener.onUpdate(document, readVarUint8Array(decoder))
    if (step !== steps.answer) return
    this.#waiting.get(document)?.()
    this.#waiting.delete(document)
  }
}

/** How far an update of a journal with one writer goes: the clock after its last struct. */
export function clockAfter(update: Uint8Array): number {
  const decoder = createDecoder(update)
  if (readVarUint(decoder) === 0) return 0
  const structs = readVarUint(decoder)
  readVarUint(decoder)
  return readVarUint(decoder) + structs
}

async function openSocket(url: string, { onEnd }: LineListener): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  socket.binaryType = 'arraybuffer'
  await once(socket, 'open')
  socket.on('close', (code, reason) => onEnd(`${code} ${reason.toString()}`))
  socket.on('error', (error) => onEnd(error.message))
  return socket
}

function writeAsk(encoder: Encoder): void {
  writeVarUint(encoder, steps.ask)
  writeVarUint8Array(encoder, nothing)
}

function writeAnnounce(encoder: Encoder, update: Uint8Array): void {
  writeVarUint(encoder, steps.announce)
  writeVarUint8Array(encoder, update)
}

function encoded(write: (encoder: Encoder) => void): Uint8Array {
  const encoder = createEncoder()
  write(encoder)
  return toUint8Array(encoder)
}
