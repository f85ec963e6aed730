/**
 * [S3] The short way of updates from a socket into a document. Hocuspocus handles the frames of a
 * document one by one, each waiting for the commit of the one before; here all that came in the
 * meantime is judged together and shares one commit, and each frame is acknowledged, after the commit,
 * by itself.
 */
import { type Connection, OutgoingMessage } from '@hocuspocus/server'
import type { Doc } from 'yjs'
import { limitJoinedBytes, limitShardWaitMs } from '../limits.ts'
import { SyncRefusal, SyncRest, SyncRetry } from '../refusal.ts'
import type { SyncContext, SyncSocket, UpdateChannel } from '../socket/sync-socket.ts'
import { admitAll } from './admission.ts'
import type { Objection } from './guard.ts'
import type { WriteAheadParts } from './write-ahead.ts'

type SyncConnection = Connection<SyncContext>

export class Intake {
  readonly #parts: WriteAheadParts
  readonly #channelsByDoc = new WeakMap<Doc, Set<Channel>>()

  constructor(parts: WriteAheadParts) {
    this.#parts = parts
  }

  /** From now on updates of this connection come here. No-op for one that only reads. */
  open(connection: SyncConnection): void {
    const { document, context, messageAddress } = connection
    if (connection.readOnly || !document.hasConnection(connection)) return
    const { channels } = context.socket
    const channel = new Channel(this.#parts, connection)
    const ofDoc = this.#channelsByDoc.get(document) ?? new Set()
    this.#channelsByDoc.set(document, ofDoc.add(channel))
    channels.set(messageAddress, channel)
    connection.onClose(() => {
      if (channels.get(messageAddress) === channel) channels.delete(messageAddress)
      void channel.idle().then(() => ofDoc.delete(channel))
    })
  }

  /** Resolves when nothing that was taken for a document is on its way into it. */
  async idle(document: Doc): Promise<void> {
    const channels = [...(this.#channelsByDoc.get(document) ?? [])]
    await Promise.all(channels.map((channel) => channel.idle()))
  }
}

interface Waiting {
  readonly update: Uint8Array
  readonly isAnswer: boolean
}

/** One document of one socket: its updates in the order in which they came. */
class Channel implements UpdateChannel {
  readonly #parts: WriteAheadParts
  readonly #connection: SyncConnection
  readonly #statuses: { readonly applied: Uint8Array; readonly notApplied: Uint8Array }
  #waiting: Waiting[] = []
  #running: Promise<void> | undefined
  /** The server asked for what is missing and has not heard it yet. */
  #isAsked = false

  constructor(parts: WriteAheadParts, connection: SyncConnection) {
    this.#parts = parts
    this.#connection = connection
    const statusOf = (isApplied: boolean) =>
      new OutgoingMessage(connection.messageAddress).writeSyncStatus(isApplied).toUint8Array()
    this.#statuses = { applied: statusOf(true), notApplied: statusOf(false) }
  }

  take(update: Uint8Array, isAnswer: boolean): void {
    this.#waiting.push({ update, isAnswer })
    this.#running ??= this.#run()
  }

  async idle(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    // What came in the same turn of the event loop, on this socket and others, shares a commit.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      try {
        await this.#admit(firstOf(this.#waiting))
      } catch (thrown) {
        this.#end(thrown)
      }
    }
    this.#running = undefined
  }

  async #admit(batch: readonly Waiting[]): Promise<void> {
    const { document, context } = this.#connection
    const { socket } = context
    if (socket.isClosed || !this.#parts.isHeld(socket)) throw new SyncRefusal('socket-closed')
    const isAnswer = batch[0]?.isAnswer === true
    const updates = batch.map(({ update }) => update)
    const { taken, objection } = await admitAll(this.#parts, {
      ...{ document: document.name, device: socket.session?.device ?? '' },
      updates: updates.filter((update) => !isEmptyUpdate(update)),
      limitWaitMs: isAnswer ? limitShardWaitMs : 0,
    })
    const applied = objection === undefined ? batch.length : countApplied(updates, taken)
    for (let i = 0; i < applied; i++) this.#connection.send(this.#statuses.applied)
    this.#waiting.splice(0, applied)
    if (isAnswer) this.#isAsked = false
    if (objection !== undefined) this.#object(objection, isAnswer)
  }

  /** The first waiting update is not taken. */
  #object(objection: Objection, isAnswer: boolean): void {
    const { document, context } = this.#connection
    if (!objection.isAhead) throw refusalOf(this.#parts, context.socket, document.name, objection)
    if (isAnswer) throw new SyncRest('record-missing')
    this.#waiting.shift()
    this.#askForMissing()
  }

  /**
   * Something before the update is still on its way, in the answer to a question of the server: it
   * is "not applied", and the server asks once more for all that is missing.
   */
  #askForMissing(): void {
    const { document, messageAddress } = this.#connection
    this.#connection.send(this.#statuses.notApplied)
    if (this.#isAsked) return
    this.#isAsked = true
    const question = new OutgoingMessage(messageAddress).createSyncMessage()
    this.#connection.send(question.writeFirstSyncStepFor(document).toUint8Array())
  }

  /** Nothing that waits behind a refusal or a failure is looked at. */
  #end(thrown: unknown): void {
    const { document, context } = this.#connection
    this.#waiting = []
    if (!(thrown instanceof SyncRefusal || thrown instanceof SyncRetry)) {
      this.#parts.onFault('intake', thrown)
    }
    // Whoever left by himself is sent nothing any more.
    if (!document.hasConnection(this.#connection)) return
    const why = thrown instanceof SyncRefusal ? thrown : retryOf(thrown)
    if (why instanceof SyncRetry && !(why instanceof SyncRest))
      context.socket.close(why.code, why.reason)
    this.#connection.close({ code: why.code, reason: why.reason })
  }
}

/** An answer alone, since it may wait for another shard; announcements as many as fit. */
function firstOf(waiting: readonly Waiting[]): readonly Waiting[] {
  let bytes = 0
  const end = waiting.findIndex(({ update, isAnswer }, index) => {
    bytes += update.length
    return index > 0 && (isAnswer || waiting[0]?.isAnswer === true || bytes > limitJoinedBytes)
  })
  return waiting.slice(0, end < 0 ? waiting.length : end)
}

/** How many updates are done with when `taken` of those that are not empty were. */
function countApplied(updates: readonly Uint8Array[], taken: number): number {
  let left = taken
  const stop = updates.findIndex((update) => !isEmptyUpdate(update) && left-- === 0)
  return stop < 0 ? updates.length : stop
}

function retryOf(thrown: unknown): SyncRetry {
  return thrown instanceof SyncRetry ? thrown : new SyncRetry('internal')
}

/** Notes that a device sent what no honest one sends; what to throw. */
export function refusalOf(
  { onRefused }: Pick<WriteAheadParts, 'onRefused'>,
  socket: SyncSocket,
  document: string,
  { code }: Objection,
): SyncRefusal {
  socket.noteRefusal()
  onRefused({ device: socket.session?.device ?? '', document, code })
  return new SyncRefusal(code)
}

/** No structs, no deletes: two counts of nothing. */
export const emptyUpdateBytes = 2

export function isEmptyUpdate(update: Uint8Array): boolean {
  return update.length === emptyUpdateBytes && update[0] === 0 && update[1] === 0
}
