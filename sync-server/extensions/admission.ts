/**
 * [S3] The way of a device's updates into a document: judged against the durable state, committed,
 * applied. Updates of one journal that came together share one commit. Knows documents and devices,
 * not sockets.
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
import { isCollecting } from '../identity/epoch.ts'
import type { Addition, Journals } from '../journals/journals.ts'
import { relayChanges } from '../journals/relays.ts'
import type { Allowance } from '../journals/allowance.ts'
import { SyncRest, SyncRetry } from '../refusal.ts'
import { type StoreChange, StoreFailure } from '../storage/store.ts'
import { judgeDesk } from './desk-guard.ts'
import { judgeAppends, type Objection } from './guard.ts'

export interface AdmissionParts {
  readonly journals: Journals
  readonly verifier: Verifier
  readonly directory: Directory
  readonly allowance: Allowance
  /** Hears of a device that has sent more than its share of a day. */
  readonly onOverQuota: (device: string, document: string) => void
  nowMs(): number
}

interface Sent {
  /** Name of a document that is loaded. */
  readonly document: string
  /** Id of the device that sends it. */
  readonly device: string
  /** How long the first update of a new shard may wait for the rest of the older one. */
  readonly limitWaitMs: number
}

export interface Incoming extends Sent {
  readonly update: Uint8Array
}

export interface IncomingUpdates extends Sent {
  /** Of one device, in the order in which it sent them. */
  readonly updates: readonly Uint8Array[]
}

/** What became of updates that came together. */
export interface Admission {
  /** How many of them, from the first on, are durable and in the live document. */
  readonly taken: number
  /** Why the next one is not; what stands behind that one was not judged. */
  readonly objection?: Objection
}

type Admitted = Result<undefined, Objection>

/** `admitAll` of one update. */
export async function admit(
  parts: AdmissionParts,
  { update, ...sent }: Incoming,
): Promise<Admitted> {
  const { objection } = await admitAll(parts, { ...sent, updates: [update] })
  return objection === undefined ? done(undefined) : fail(objection)
}

/**
 * Takes updates; what it took is durable and in the live document. Rejects with `SyncRetry` when
 * the server cannot keep them now: they may be sent again.
 */
export async function admitAll(
  parts: AdmissionParts,
  incoming: IncomingUpdates,
): Promise<Admission> {
  if (incoming.updates.length === 0) return { taken: 0 }
  const name = parseDocumentName(incoming.document)
  if (!name.ok) return { taken: 0, objection: { code: name.problem.code } }
  switch (name.value.kind) {
    case 'journal':
      return admitInOrder(parts, name.value, incoming)
    case 'desk':
      return admitToDesk(parts, name.value, incoming)
    case 'heads':
    case 'presence':
      return { taken: 0, objection: { code: 'document-read-only' } }
  }
}

/**
 * A device that comes back after the turn of a month sends two shards at once, and the newer one
 * may arrive first: it waits, outside the lane, until the older one has caught up.
 */
async function admitInOrder(
  parts: AdmissionParts,
  name: JournalDocument,
  incoming: IncomingUpdates,
): Promise<Admission> {
  const { journals } = parts
  const deadlineMs = performance.now() + incoming.limitWaitMs
  for (;;) {
    let advanced: Promise<void> | undefined
    const admission = await journals.inLane(name, async () => {
      const { taken, objection } = await admitToJournal(parts, name, incoming)
      const waitMs = deadlineMs - performance.now()
      const isEarly = taken === 0 && objection?.isAhead && isNewShard(journals, name)
      // Still inside the lane, so that no record can come unnoticed in between.
      if (isEarly && waitMs > 0) advanced = journals.whenAdvanced(name, waitMs)
      return objection === undefined ? { taken } : { taken, objection }
    })
    if (advanced === undefined) return admission
    await advanced
  }
}

async function admitToJournal(
  parts: AdmissionParts,
  name: JournalDocument,
  { updates, device: deviceId }: IncomingUpdates,
): Promise<Admission> {
  const { journals, verifier, directory } = parts
  const doc = liveDoc(journals, name)
  const device = directory.activeDevice(deviceId)
  if (device === undefined) return revoked
  const { publicKey } = device
  const state = { name, doc, tail: journals.tails.ofChain(name), publicKey }
  const judged = await judgeAppends(updates, state, verifier)
  const { records, update } = judged
  if (records.length === 0) return judged
  // A revocation that came while the signatures were checked holds already.
  if (directory.activeDevice(deviceId) === undefined) return revoked
  const rows = branchRows(records, device)
  const changes: StoreChange[] = [
    ...relayChanges(records),
    ...rows.map((row): StoreChange => ({ put: 'row', row: registryRow(row) })),
  ]
  await keepWithin(parts, deviceId, { name, update, records, changes })
  for (const row of rows) directory.put(row)
  return judged
}

const revoked: Admission = { taken: 0, objection: { code: 'device-revoked' } }

/** One after the other: drafts are few, and none of them waits for another. */
function admitToDesk(
  parts: AdmissionParts,
  name: DeskDocument,
  { updates, device }: IncomingUpdates,
): Promise<Admission> {
  const { journals, directory, nowMs } = parts
  // What a restore has lost of a desk comes back through whoever has it.
  const writer = isCollecting(directory, nowMs()) ? undefined : device
  return journals.inLane(name, async () => {
    for (const [taken, update] of updates.entries()) {
      const judged = judgeDesk(update, liveDoc(journals, name), writer)
      if (!judged.ok) return { taken, objection: judged.problem }
      if (judged.value.update === undefined) continue
      if (directory.activeDevice(device) === undefined) return { ...revoked, taken }
      await keepWithin(parts, device, { name, update: judged.value.update, records: [] })
    }
    return { taken: updates.length }
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

/** Within what the device may add in a day; after a restore everybody brings what everybody has. */
async function keepWithin(
  { journals, directory, allowance, onOverQuota, nowMs }: AdmissionParts,
  device: string,
  addition: Addition,
): Promise<void> {
  const bytes = addition.update.length
  if (!isCollecting(directory, nowMs()) && !allowance.hasRoom(device, bytes, nowMs())) {
    onOverQuota(device, documentNameText(addition.name))
    throw new SyncRest('over-quota')
  }
  await keepOrRetry(journals, addition)
  allowance.note(device, bytes, nowMs())
}

/** A store that fails is the server's trouble: the device comes again, and nothing was kept. */
export async function keepOrRetry(journals: Journals, addition: Addition): Promise<void> {
  try {
    await journals.keep(addition)
  } catch (error) {
    throw error instanceof StoreFailure ? new SyncRetry('store-failing') : error
  }
}
