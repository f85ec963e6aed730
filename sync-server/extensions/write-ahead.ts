/**
 * [S3] The way of a device's update into a document: judged, committed, applied, and only then
 * acknowledged, because Hocuspocus acks after this hook. Hocuspocus itself then applies the
 * sender's own bytes, which by now change nothing: what is stored, applied and forwarded are the
 * bytes that this server encoded.
 */
import { type Connection, type Extension, OutgoingMessage } from '@hocuspocus/server'
import type { Verifier } from '#domain/records/signature.ts'
import {
  type DeskDocument,
  type DocumentName,
  type JournalDocument,
  documentNameText,
  parseDocumentName,
} from '#domain/replica/document-name.ts'
import { branchRows } from '../identity/branches.ts'
import { type Directory, registryRow } from '../identity/directory.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { limitShardWaitMs } from '../limits.ts'
import type { Journals } from '../journals/journals.ts'
import { relayChanges } from '../journals/relays.ts'
import type { StoreChange } from '../storage/store.ts'
import { SyncRefusal, SyncRetry } from '../refusal.ts'
import type { SyncContext, SyncSocket } from '../socket/sync-socket.ts'
import { judgeDesk } from './desk-guard.ts'
import { judgeAppend, type Objection } from './guard.ts'

export interface WriteAheadParts {
  readonly journals: Journals
  readonly verifier: Verifier
  readonly directory: Directory
  readonly onRefused: (refused: Refused) => void
}

export interface Refused {
  readonly device: string
  readonly document: string
  readonly code: string
}

/**
 * y-protocols/sync: 0 asks with a state vector, 1 answers with all that is missing, 2 announces.
 */
const syncKinds = { ask: 0, answer: 1, announce: 2 } as const

export function writeAhead(parts: WriteAheadParts): Extension<SyncContext> {
  const { journals } = parts
  const unapplied = new Unapplied()
  return {
    extensionName: 'write-ahead',

    async onLoadDocument({ documentName, document }) {
      const name = parseDocumentName(documentName)
      if (!name.ok) throw new SyncRefusal(name.problem.code)
      if (name.value.kind !== 'journal' && name.value.kind !== 'desk') return
      // Not in `afterUnloadDocument`, which runs later than the next load may.
      document.on('destroy', () => journals.unload(documentName, document))
      await journals.load(name.value, document)
    },

    async beforeSync({ type, payload, documentName, connection, context }) {
      // To a reader Hocuspocus answers "not applied" without touching the document.
      if (type === syncKinds.ask || connection.readOnly || isEmptyUpdate(payload)) return
      const { session } = context.socket
      if (session === undefined) throw new SyncRefusal('not-authenticated')
      if (type === syncKinds.answer) unapplied.heardAnswer(connection)
      const limitWaitMs = type === syncKinds.answer ? limitShardWaitMs : 0
      const admitted = await admit(parts, documentName, payload, session.device, limitWaitMs)
      if (admitted.ok) return blank(payload)
      if (!admitted.problem.isAhead)
        throw refuse(parts, context.socket, documentName, admitted.problem)
      if (type === syncKinds.answer) throw new SyncRetry('record-missing')
      unapplied.putAside(connection)
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
 * Hocuspocus applies after the hook are no bytes of the sender. (`payload` is a view of its
 * message.)
 */
function blank(payload: Uint8Array): void {
  payload.fill(0, 0, emptyUpdateBytes)
}

function refuse(
  { onRefused }: WriteAheadParts,
  socket: SyncSocket,
  document: string,
  { code }: Objection,
): SyncRefusal {
  socket.noteRefusal()
  onRefused({ device: socket.session?.device ?? '', document, code })
  return new SyncRefusal(code)
}

/**
 * Takes an update of a device into a loaded document. Rejects with `SyncRetry` when the server
 * cannot keep it now.
 */
export async function admit(
  parts: WriteAheadParts,
  documentName: string,
  update: Uint8Array,
  deviceId: string,
  limitWaitMs = 0,
): Promise<Result<undefined, Objection>> {
  const name = parseDocumentName(documentName)
  if (!name.ok) return fail({ code: name.problem.code })
  switch (name.value.kind) {
    case 'journal':
      return admitInOrder(parts, name.value, update, deviceId, limitWaitMs)
    case 'desk':
      return admitToDesk(parts, name.value, update, deviceId)
    case 'heads':
    case 'presence':
      return fail({ code: 'document-read-only' })
  }
}

/**
 * A device that comes back after the turn of a month sends two shards at once, and the newer one
 * may arrive first: it waits, outside the lane, until the older one has caught up.
 */
async function admitInOrder(
  parts: WriteAheadParts,
  name: JournalDocument,
  update: Uint8Array,
  deviceId: string,
  limitWaitMs: number,
): Promise<Result<undefined, Objection>> {
  const { journals } = parts
  const deadlineMs = performance.now() + limitWaitMs
  for (;;) {
    let advanced: Promise<void> | undefined
    const admitted = await journals.inLane(name, async () => {
      const outcome = await admitToJournal(parts, name, update, deviceId)
      const waitMs = deadlineMs - performance.now()
      const isEarly = !outcome.ok && outcome.problem.isAhead && isNewShard(journals, name)
      // Still inside the lane, so that no record can come unnoticed in between.
      if (isEarly && waitMs > 0) advanced = journals.whenAdvanced(name, waitMs)
      return outcome
    })
    if (advanced === undefined) return admitted
    await advanced
  }
}

function isNewShard(journals: Journals, name: JournalDocument): boolean {
  const tail = journals.tails.ofChain(name)
  return tail === undefined || tail.shard < name.shard
}

async function admitToJournal(
  parts: WriteAheadParts,
  name: JournalDocument,
  update: Uint8Array,
  deviceId: string,
): Promise<Result<undefined, Objection>> {
  const { journals, verifier, directory } = parts
  const doc = liveDoc(journals, name)
  const device = directory.activeDevice(deviceId)
  if (device === undefined) return fail({ code: 'device-revoked' })
  const { publicKey } = device
  const state = { name, doc, tail: journals.tails.ofChain(name), publicKey }
  const judged = await judgeAppend(update, state, verifier)
  if (!judged.ok) return judged
  const { records, update: ownBytes } = judged.value
  if (records.length === 0) return done(undefined)
  // A revocation that came while the signature was checked holds already.
  if (directory.activeDevice(deviceId) === undefined) return fail({ code: 'device-revoked' })
  const rows = branchRows(records, device)
  const changes: StoreChange[] = [
    ...relayChanges(records),
    ...rows.map((row): StoreChange => ({ put: 'row', row: registryRow(row) })),
  ]
  await keepOrRetry(journals, { name, update: ownBytes, records, changes })
  for (const row of rows) directory.put(row)
  return done(undefined)
}

function admitToDesk(
  { journals, directory }: WriteAheadParts,
  name: DeskDocument,
  update: Uint8Array,
  deviceId: string,
): Promise<Result<undefined, Objection>> {
  return journals.inLane(name, async () => {
    const judged = judgeDesk(update, liveDoc(journals, name), deviceId)
    if (!judged.ok) return judged
    if (judged.value.update === undefined) return done(undefined)
    if (directory.activeDevice(deviceId) === undefined) return fail({ code: 'device-revoked' })
    await keepOrRetry(journals, { name, update: judged.value.update, records: [] })
    judged.value.claim()
    return done(undefined)
  })
}

function liveDoc(journals: Journals, name: DocumentName) {
  const doc = journals.liveDoc(documentNameText(name))
  if (doc === undefined) throw new SyncRetry('document-not-loaded')
  return doc
}

/** A store that fails is the server's trouble: the device comes again and nothing was kept. */
async function keepOrRetry(
  journals: Journals,
  addition: Parameters<Journals['keep']>[0],
): Promise<void> {
  try {
    await journals.keep(addition)
  } catch {
    throw new SyncRetry('store-failing')
  }
}

/** No structs, no deletes: two counts of nothing. */
const emptyUpdateBytes = 2

function isEmptyUpdate(update: Uint8Array): boolean {
  return update.length === emptyUpdateBytes && update[0] === 0 && update[1] === 0
}
