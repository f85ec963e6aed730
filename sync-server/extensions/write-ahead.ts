/**
 * [S3] The way of a device's update into a document: judged, committed, applied, and only then acknowledged, because
 * Hocuspocus acks after this hook. Hocuspocus itself then applies the sender's own bytes, which by now change nothing:
 * what is stored, applied and forwarded are the bytes that this server encoded.
 */
import type { Extension } from '@hocuspocus/server'
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
import type { SyncContext } from '../socket/sync-socket.ts'
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

/** y-protocols/sync: 0 asks with a state vector, 1 answers, 2 announces. */
const syncStep1 = 0

export function writeAhead(parts: WriteAheadParts): Extension<SyncContext> {
  const { journals, onRefused } = parts
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
      if (type === syncStep1 || connection.readOnly || isEmptyUpdate(payload)) return
      const { session } = context.socket
      if (session === undefined) throw new SyncRefusal('not-authenticated')
      const admitted = await admit(parts, documentName, payload, session.device)
      if (admitted.ok) return
      const { code } = admitted.problem
      if (admitted.problem.isAhead) throw new SyncRetry('older-shard-first')
      context.socket.noteRefusal()
      onRefused({ device: session.device, document: documentName, code })
      throw new SyncRefusal(code)
    },
  }
}

/** Takes an update of a device into a loaded document. Rejects with `SyncRetry` when the server cannot keep it now. */
export async function admit(
  parts: WriteAheadParts,
  documentName: string,
  update: Uint8Array,
  deviceId: string,
): Promise<Result<undefined, Objection>> {
  const name = parseDocumentName(documentName)
  if (!name.ok) return fail({ code: name.problem.code })
  switch (name.value.kind) {
    case 'journal':
      return admitInOrder(parts, name.value, update, deviceId)
    case 'desk':
      return admitToDesk(parts, name.value, update, deviceId)
    case 'heads':
    case 'presence':
      return fail({ code: 'document-read-only' })
  }
}

/**
 * A device that comes back after the turn of a month sends two shards at once, and the newer one may arrive first: it
 * waits, outside the lane, until the older one has caught up.
 */
async function admitInOrder(
  parts: WriteAheadParts,
  name: JournalDocument,
  update: Uint8Array,
  deviceId: string,
): Promise<Result<undefined, Objection>> {
  const deadlineMs = performance.now() + limitShardWaitMs
  for (;;) {
    const advanced = parts.journals.whenAdvanced(name, limitShardWaitMs)
    const admitted = await parts.journals.inLane(name, () =>
      admitToJournal(parts, name, update, deviceId),
    )
    if (admitted.ok || !admitted.problem.isAhead || performance.now() >= deadlineMs) return admitted
    await advanced
  }
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

/** No structs, no deletes. */
function isEmptyUpdate(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0
}
