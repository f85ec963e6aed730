/**
 * What a device lacks goes to it in pieces, where Hocuspocus would say it in one frame: a line that is
 * torn before a long frame has passed would otherwise begin from nothing each time, for ever. All but
 * the last piece are announced before the answer; the last one takes its place, so that a device that
 * is told "that was all" has had all.
 */
import { type Connection, type Extension, OutgoingMessage } from '@hocuspocus/server'
import { writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { decodeStateVector, type Doc, encodeStateAsUpdate } from 'yjs'
import { docPieces } from '#domain/replica/doc-pieces.ts'
import { missingJournalPieces } from '#domain/replica/journal.ts'
import { limitAnswerBytes } from '../limits.ts'
import { SyncRefusal } from '../refusal.ts'
import { syncSteps } from '../socket/frame.ts'
import type { SyncContext } from '../socket/sync-socket.ts'

export function answerInPieces(): Extension<SyncContext> {
  return {
    extensionName: 'answer-in-pieces',

    async beforeSync({ type, payload, connection, document, documentName }) {
      if (type !== syncSteps.ask) return
      const { socket } = connection.context
      await socket.roomToAnswer()
      const pieces = piecesFor(documentName, document, payload)
      const last = pieces.length < 2 ? undefined : pieces.at(-1)
      socket.replaceAnswer(connection.messageAddress, last && frameOf(connection, 'answer', last))
      if (last === undefined) return
      socket.isAnswering = true
      for (const piece of pieces.slice(0, -1)) {
        connection.send(frameOf(connection, 'announce', piece))
      }
      socket.isAnswering = false
    },
  }
}

function piecesFor(name: string, doc: Doc, asked: Uint8Array): readonly Uint8Array[] {
  const known = clocksIn(asked)
  if (name.startsWith('j/')) return missingJournalPieces(doc, known, limitAnswerBytes)
  const isShort = encodeStateAsUpdate(doc, asked).length <= limitAnswerBytes
  return isShort ? [] : docPieces(doc, known, limitAnswerBytes)
}

function clocksIn(asked: Uint8Array): Map<number, number> {
  try {
    return decodeStateVector(asked)
  } catch {
    throw new SyncRefusal('malformed-frame')
  }
}

function frameOf(
  { messageAddress }: Connection<SyncContext>,
  kind: 'answer' | 'announce',
  update: Uint8Array,
): Uint8Array {
  const message = new OutgoingMessage(messageAddress).createSyncMessage()
  writeVarUint(message.encoder, syncSteps[kind])
  writeVarUint8Array(message.encoder, update)
  return message.toUint8Array()
}
