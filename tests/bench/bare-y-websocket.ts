/**
 * A peer of G9, G10 and the first sync: what the server of y-websocket does, made from the package
 * that does it there (`y-protocols`) because the server itself is not among our dependencies: one
 * socket per document, each update applied at once and sent to everybody, no store, no checks, no
 * acknowledgement. Prints its port.
 */
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDecoder, readVarUint } from 'lib0/decoding'
import { createEncoder, length, toUint8Array, writeVarUint } from 'lib0/encoding'
import { type WebSocket, WebSocketServer } from 'ws'
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'

const messageSync = 0

interface Shared {
  readonly doc: Y.Doc
  readonly sockets: Set<WebSocket>
}

const shared = new Map<string, Shared>()

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
server.on('connection', (socket, request) => serve(socket, request))
server.on('listening', () => console.log((server.address() as AddressInfo).port))

function serve(socket: WebSocket, request: IncomingMessage): void {
  const { doc, sockets } = sharedOf(request.url ?? '')
  socket.binaryType = 'arraybuffer'
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
  socket.on('message', (data: ArrayBuffer) => {
    const encoder = createEncoder()
    const decoder = createDecoder(new Uint8Array(data))
    if (readVarUint(decoder) !== messageSync) return
    writeVarUint(encoder, messageSync)
    readSyncMessage(decoder, encoder, doc, socket)
    // More than the message type alone: there is something to answer.
    if (length(encoder) > 1) socket.send(toUint8Array(encoder))
  })
  const hello = createEncoder()
  writeVarUint(hello, messageSync)
  writeSyncStep1(hello, doc)
  socket.send(toUint8Array(hello))
}

function sharedOf(path: string): Shared {
  const kept = shared.get(path)
  if (kept !== undefined) return kept
  const fresh: Shared = { doc: new Y.Doc(), sockets: new Set() }
  fresh.doc.on('update', (update: Uint8Array) => {
    const encoder = createEncoder()
    writeVarUint(encoder, messageSync)
    writeUpdate(encoder, update)
    const message = toUint8Array(encoder)
    for (const socket of fresh.sockets) socket.send(message)
  })
  shared.set(path, fresh)
  return fresh
}
