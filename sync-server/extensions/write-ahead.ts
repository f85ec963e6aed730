/**
 * [S3] The hooks through which updates come. The first ones of a document, which waited until it was
 * open, are judged, committed and applied in `beforeSync`, so that the acknowledgement that Hocuspocus
 * sends afterwards speaks of what is durable; all later ones take the short way (`intake.ts`).
 */
import { type Connection, type Extension, OutgoingMessage } from '@hocuspocus/server'
import { parseDocumentName } from '#domain/replica/document-name.ts'
import { limitShardWaitMs } from '../limits.ts'
import { SyncRefusal, SyncRest } from '../refusal.ts'
import { syncSteps } from '../socket/frame.ts'
import type { SyncContext, SyncSocket } from '../socket/sync-socket.ts'
import { admit, type AdmissionParts } from './admission.ts'
import { emptyUpdateBytes, Intake, isEmptyUpdate, refusalOf } from './intake.ts'

export interface WriteAheadParts extends AdmissionParts {
  /** Hears of every refused update. */
  readonly onRefused: (refused: Refused) => void
  /** Whether token and session of a socket still hold; closes a socket whose do not. */
  readonly isHeld: (socket: SyncSocket) => boolean
  /** Hears what only a bug can cause. */
  readonly onFault: (where: string, error: unknown) => void
}

export interface Refused {
  readonly device: string
  readonly document: string
  readonly code: string
}

export function writeAhead(parts: WriteAheadParts): Extension<SyncContext> {
  const unapplied = new Unapplied()
  const intake = new Intake(parts)

  async function take(
    update: Uint8Array,
    isAnswer: boolean,
    connection: Connection<SyncContext>,
  ): Promise<void> {
    const { document, context } = connection
    const device = context.socket.session?.device ?? ''
    const limitWaitMs = isAnswer ? limitShardWaitMs : 0
    const admitted = await admit(parts, { document: document.name, update, device, limitWaitMs })
    if (admitted.ok) blank(update)
    else if (!admitted.problem.isAhead)
      throw refusalOf(parts, context.socket, document.name, admitted.problem)
    else if (isAnswer) throw new SyncRest('record-missing')
    else unapplied.putAside(connection)
  }

  return {
    extensionName: 'write-ahead',

    async onLoadDocument({ documentName, document }) {
      const name = parseDocumentName(documentName)
      if (!name.ok) throw new SyncRefusal(name.problem.code)
      if (name.value.kind !== 'journal' && name.value.kind !== 'desk') return
      // Not in `afterUnloadDocument`, which runs later than the next load may.
      document.on('destroy', () => parts.journals.unload(documentName, document))
      await parts.journals.load(name.value, document)
      // What was read is waiting to be announced, and the first one to come would get all of it.
      document.flush()
    },

    async connected({ connection }) {
      // What had waited for the document to open comes first.
      await connection.waitForPendingMessages()
      intake.open(connection)
    },

    async onDisconnect({ document }) {
      // The document stays open until what was taken is in it.
      await intake.idle(document)
    },

    async beforeSync({ type, payload, connection }) {
      // To a reader Hocuspocus answers "not applied" without touching the document.
      if (type === syncSteps.ask || connection.readOnly || isEmptyUpdate(payload)) return
      if (type === syncSteps.answer) unapplied.heardAnswer(connection)
      await take(payload, type === syncSteps.answer, connection)
    },

    async afterHandleMessage({ connection }) {
      unapplied.release(connection)
    },
  }
}

/**
 * Updates that start behind something that has not come. An honest provider sends such a one when a
 * record is written while it reconnects: the part before it is still on its way in the answer to
 * the server's question. It is answered "not applied", and the server asks again for all that is
 * missing.
 */
class Unapplied {
  /** Made readers for the one message that is not applied. */
  readonly #aside = new WeakSet<Connection>()
  readonly #asked = new WeakSet<Connection>()

  putAside(connection: Connection): void {
    connection.readOnly = true
    this.#aside.add(connection)
    if (this.#asked.has(connection)) return
    this.#asked.add(connection)
    const question = new OutgoingMessage(connection.messageAddress).createSyncMessage()
    connection.send(question.writeFirstSyncStepFor(connection.document).toUint8Array())
  }

  heardAnswer(connection: Connection): void {
    this.#asked.delete(connection)
  }

  release(connection: Connection): void {
    if (this.#aside.delete(connection)) connection.readOnly = false
  }
}

/**
 * Makes an update, which by now is in the document in the server's own encoding, an empty one: what
 * Hocuspocus applies after the hook are no bytes of the sender. (The payload that a hook gets is a
 * view of the message itself.)
 */
function blank(update: Uint8Array): void {
  update.fill(0, 0, emptyUpdateBytes)
}
