/**
 * One desk on the wire. The provider gets a document of its own, beside the one that people type into, so
 * that what goes out is cut into frames: neither a long time offline nor a large draft makes one too long.
 */
import { applyUpdate, type Doc, encodeStateAsUpdate } from 'yjs'
import { createDeskDoc } from '#domain/replica/desk.ts'
import { docPieces } from '#domain/replica/doc-pieces.ts'
import { clientClocks } from '#domain/replica/journal.ts'
import type { Channel, Wire } from '../ports.ts'

/** Of an outgoing frame: what a bad line carries before it is torn. */
const limitPiece = 32_768

export function openDeskLine(
  wire: Wire,
  name: string,
  desk: Doc,
  onRefused: (reason: string) => void,
): Channel {
  const sent = createDeskDoc()
  const bridge = { desk: name }
  // A small desk need not come back from the server whole at each connection.
  const state = encodeStateAsUpdate(desk)
  if (state.length <= limitPiece) applyUpdate(sent, state, bridge)

  const receive = (update: Uint8Array, origin: unknown) => {
    if (origin !== bridge) applyUpdate(desk, update, bridge)
  }
  const send = (update: Uint8Array, origin: unknown) => {
    if (origin === bridge || !isSynced) return
    if (update.length <= limitPiece) applyUpdate(sent, update, bridge)
    else sendRest()
  }
  let isSynced = false

  function sendRest(): void {
    for (const piece of docPieces(desk, clientClocks(sent), limitPiece)) {
      applyUpdate(sent, piece, bridge)
    }
  }

  sent.on('update', receive)
  desk.on('update', send)
  const channel = wire.open(name, sent, {
    onSynced() {
      isSynced = true
      sendRest()
    },
    onRefused,
  })
  return {
    close() {
      desk.off('update', send)
      channel.close()
      sent.destroy()
    },
  }
}
