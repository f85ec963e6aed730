/**
 * What a device lacks goes to it in pieces, where Hocuspocus would say it in one frame: a line that is
 * torn before a long frame has passed would otherwise begin from nothing each time, for ever. A piece is
 * made when the reader has taken those before it. All but the last are announced; the last one is the
 * answer, so that a device that is told "that was all" has had all. Until then nothing else is announced
 * to it of this document: what is new comes with the later pieces, in its place.
 */
import { type Connection, type Extension, OutgoingMessage } from '@hocuspocus/server'
import { toUint8Array, writeVarUint } from 'lib0/encoding'
import { decodeStateVector, type Doc, encodeStateAsUpdate } from 'yjs'
import { docPieces } from '#domain/replica/doc-pieces.ts'
import { missingJournalPieces } from '#domain/replica/journal.ts'
import { limitAnswerBytes } from '../limits.ts'
import { closeCodes, SyncRefusal } from '../refusal.ts'
import type { AnswerFrame } from '../socket/answers.ts'
import { questionOf, silenceQuestion, syncSteps } from '../socket/frame.ts'
import type { SyncContext } from '../socket/sync-socket.ts'

export function answerInPieces(): Extension<SyncContext> {
  return {
    extensionName: 'answer-in-pieces',

    async beforeHandleMessage({ update: frame, connection }) {
      const asked = questionOf(frame)
      if (asked === undefined) return
      checkClocks(asked)
      const { document, messageAddress: address } = connection
      const { socket } = connection.context
      const isTaken = socket.answers.ask({
        ...{ address, bytes: asked.length, isWanted: () => document.hasConnection(connection) },
        frames: () => framesOf(connection, piecesFor(document.name, document, asked)),
      })
      if (!isTaken) socket.close(closeCodes.tooFast, 'too-fast')
      silenceQuestion(frame)
    },

    async beforeSync({ type }) {
      // Whoever asks as we do has his answer by now.
      if (type === syncSteps.ask) throw new SyncRefusal('malformed-frame')
    },
  }
}

/**
 * The server lacks something too, perhaps. Not earlier: a provider that is told that the server has all of
 * his takes it for a word that he has all of the server's.
 */
function askBack(connection: Connection<SyncContext>): void {
  const question = new OutgoingMessage(connection.messageAddress).createSyncMessage()
  connection.send(question.writeFirstSyncStepFor(connection.document).toUint8Array())
}

function piecesFor(name: string, doc: Doc, asked: Uint8Array): Iterable<Uint8Array> {
  const known = decodeStateVector(asked)
  if (name.startsWith('j/')) return missingJournalPieces(doc, known, limitAnswerBytes)
  const whole = encodeStateAsUpdate(doc, asked)
  return whole.length <= limitAnswerBytes ? [whole] : docPieces(doc, known, limitAnswerBytes)
}

/** No structs, no deletions. */
const nothing = Uint8Array.of(0, 0)

/** Each with what is known of the next at the moment in which it is asked for. */
function* framesOf(
  connection: Connection<SyncContext>,
  pieces: Iterable<Uint8Array>,
): Generator<AnswerFrame, undefined> {
  const rest = pieces[Symbol.iterator]()
  const first = rest.next()
  let piece: Uint8Array = first.done === true ? nothing : first.value
  for (;;) {
    const next = rest.next()
    if (next.done === true) break
    yield { bytes: frameOf(connection, 'announce', piece), isLast: false }
    piece = next.value
  }
  askBack(connection)
  yield { bytes: frameOf(connection, 'answer', piece), isLast: true }
}

function checkClocks(asked: Uint8Array): void {
  try {
    decodeStateVector(asked)
  } catch {
    throw new SyncRefusal('malformed-frame')
  }
}

function frameOf(
  { messageAddress }: Connection<SyncContext>,
  kind: 'answer' | 'announce',
  update: Uint8Array,
): Uint8Array {
  const { encoder } = new OutgoingMessage(messageAddress).createSyncMessage()
  writeVarUint(encoder, syncSteps[kind])
  writeVarUint(encoder, update.length)
  const head = toUint8Array(encoder)
  // Copied once: an encoder that grows copies what it has, again and again.
  const frame = new Uint8Array(head.length + update.length)
  frame.set(head)
  frame.set(update, head.length)
  return frame
}
