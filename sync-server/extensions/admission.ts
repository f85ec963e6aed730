/**
 * [S3] The way of a device's update into a document: judged against the durable state, committed,
 * applied. Knows documents and devices, not sockets.
 */
import type { Doc } from 'yjs'
import type { Verifier } from '#domain/records/signature.ts'
import {
  type DeskDocument,
  type DocumentName,
  documentNameText,
  type JournalDocument,
  parseDocumentName,
} from '#domain/replica/document-name.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { branchRows } from '../identity/branches.ts'
import { type Directory, registryRow } from '../identity/directory.ts'
import type { Addition, Journals } from '../journals/journals.ts'
import { relayChanges } from '../journals/relays.ts'
import { SyncRetry } from '../refusal.ts'
import { type StoreChange, StoreFailure } from '../storage/store.ts'
import { judgeDesk } from './desk-guard.ts'
import { judgeAppend, type Objection } from './guard.ts'

export interface AdmissionParts {
  readonly journals: Journals
  readonly verifier: Verifier
  readonly directory: Directory
}

export interface Incoming {
  /** Name of a document that is loaded. */
  readonly document: string
  readonly update: Uint8Array
  /** Id of the device that sends it. */
  readonly device: string
  /** How long the first update of a new shard may wait for the rest of the older one. */
  readonly limitWaitMs: number
}

type Admitted = Result<undefined, Objection>

/**
 * Takes an update; done when it is durable and in the live document. Rejects with `SyncRetry` when
 * the server cannot keep it now: then nothing happened.
 */
export async function admit(parts: AdmissionParts, incoming: Incoming): Promise<Admitted> {
  const name = parseDocumentName(incoming.document)
  if (!name.ok) return fail({ code: name.problem.code })
  switch (name.value.kind) {
    case 'journal':
      return admitInOrder(parts, name.value, incoming)
    case 'desk':
      return admitToDesk(parts, name.value, incoming)
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
  parts: AdmissionParts,
  name: JournalDocument,
  incoming: Incoming,
): Promise<Admitted> {
  const { journals } = parts
  const deadlineMs = performance.now() + incoming.limitWaitMs
  for (;;) {
    let advanced: Promise<void> | undefined
    const admitted = await journals.inLane(name, async () => {
      const outcome = await admitToJournal(parts, name, incoming)
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

async function admitToJournal(
  parts: AdmissionParts,
  name: JournalDocument,
  { update, device: deviceId }: Incoming,
): Promise<Admitted> {
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
  { journals, directory }: AdmissionParts,
  name: DeskDocument,
  { update, device }: Incoming,
): Promise<Admitted> {
  return journals.inLane(name, async () => {
    const judged = judgeDesk(update, liveDoc(journals, name), device)
    if (!judged.ok) return judged
    if (judged.value.update === undefined) return done(undefined)
    if (directory.activeDevice(device) === undefined) return fail({ code: 'device-revoked' })
    await keepOrRetry(journals, { name, update: judged.value.update, records: [] })
    judged.value.claim()
    return done(undefined)
  })
}

function isNewShard(journals: Journals, name: JournalDocument): boolean {
  const tail = journals.tails.ofChain(name)
  return tail === undefined || tail.shard < name.shard
}

function liveDoc(journals: Journals, name: DocumentName): Doc {
  const doc = journals.liveDoc(documentNameText(name))
  if (doc === undefined) throw new SyncRetry('document-not-loaded')
  return doc
}

/** A store that fails is the server's trouble: the device comes again, and nothing was kept. */
async function keepOrRetry(journals: Journals, addition: Addition): Promise<void> {
  try {
    await journals.keep(addition)
  } catch (error) {
    throw error instanceof StoreFailure ? new SyncRetry('store-failing') : error
  }
}
