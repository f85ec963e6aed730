/**
 * [S7] Takes a piece of a journal from any device that may read it. A server that was restored from an
 * older backup has lost records that devices still hold; whoever comes first hands them in, in the
 * author's own structs, so that the author's own sync finds nothing to do. Judged exactly as if the
 * author had sent it, by the author's key; nothing is believed on the word of the one who hands in.
 */
import { isServerDevice, parseJournalName } from '#domain/records/journal-name.ts'
import type { CheckedRecord } from '#domain/records/check-stored.ts'
import type { PublicKeyJwk } from '#domain/records/signature.ts'
import type { JournalDocument } from '#domain/replica/document-name.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { branchRows } from '../identity/branches.ts'
import { type DirectoryRow, registryRow } from '../identity/directory.ts'
import { isCollecting, rowAfterLostEpoch } from '../identity/epoch.ts'
import type { IdentityParts } from '../identity/parts.ts'
import { recoveredRows } from '../identity/recovered-rows.ts'
import { accessTo } from '../identity/rights.ts'
import { relayChanges } from '../journals/relays.ts'
import { SyncRetry } from '../refusal.ts'
import type { StoreChange } from '../storage/store.ts'
import { type AdmissionParts, keepOrRetry } from './admission.ts'
import { forkCode, judgeAppends, type Objection } from './guard.ts'
import type { Refused } from './write-ahead.ts'

export interface HandInParts {
  readonly admission: AdmissionParts
  readonly identity: IdentityParts
  readonly onRefused: (refused: Refused) => void
}

/** A piece of a copy that a device keeps. */
export interface HandedIn {
  readonly journal: string
  /** The author's own structs; the last record is signed. */
  readonly update: Uint8Array
  /** Id of the device that hands it in. */
  readonly device: string
}

/** How far the server has the journal now; −1 when it has none of it. */
export interface Collected {
  readonly seq: number
}

/** What an honest device may meet: the server lacks something that another journal brings. */
const honestCodes: ReadonlySet<string> = new Set([
  'author-unknown',
  'author-revoked',
  'not-allowed',
  'record-missing',
  'store-failing',
  'over-quota',
])

/** `store-failing` when the server cannot keep it now: then nothing happened. */
export async function handIn(
  parts: HandInParts,
  handed: HandedIn,
): Promise<Result<Collected, Objection>> {
  const taken = await take(parts, handed).catch((error: unknown) => {
    if (error instanceof SyncRetry) return fail({ code: 'store-failing' })
    throw error
  })
  if (!taken.ok && !honestCodes.has(taken.problem.code)) {
    const { device, journal: document } = handed
    parts.onRefused({ device, document, code: taken.problem.code })
  }
  return taken
}

async function take(
  parts: HandInParts,
  { journal, update, device }: HandedIn,
): Promise<Result<Collected, Objection>> {
  const parsed = parseJournalName(journal)
  if (!parsed.ok) return fail({ code: parsed.problem.code })
  const name: JournalDocument = { kind: 'journal', ...parsed.value }
  const { directory, serverKey, registrar, nowMs } = parts.identity
  const sender = directory.activeDevice(device)
  const { organization, branches } = directory
  const company = { id: organization?.id, branches }
  if (sender === undefined || accessTo(name, sender, company) === 'none') {
    return fail({ code: 'not-allowed' })
  }
  const isServers = isServerDevice(name.device)
  const author = directory.devices.get(name.device)
  const publicKey = isServers ? serverKey : author?.publicKey
  if (publicKey === undefined) return fail({ code: 'author-unknown' })
  // What a stolen device writes now must not come in by way of another one.
  const isGone = author?.status === 'revoked' && !isCollecting(directory, nowMs())
  if (isGone) return fail({ code: 'author-revoked' })
  const collect = () => collectInLane(parts, { name, update, publicKey })
  // What the server's own records say of people and devices changes the directory.
  return isServers ? registrar.inTurn(collect) : collect()
}

interface Copy {
  readonly name: JournalDocument
  readonly update: Uint8Array
  readonly publicKey: PublicKeyJwk
}

function collectInLane(parts: HandInParts, copy: Copy): Promise<Result<Collected, Objection>> {
  const { journals, verifier } = parts.admission
  const { name, update, publicKey } = copy
  return journals.inLane(name, async () => {
    const doc = await journals.read(name)
    const state = { name, doc, tail: journals.tails.ofChain(name), publicKey }
    const { objection, records, update: ownBytes } = await judgeAppends([update], state, verifier)
    if (objection !== undefined) return fail(differing(objection))
    if (!hasRoom(parts, name.device, ownBytes)) return fail({ code: 'over-quota' })
    if (records.length > 0) await keepCopy(parts, { name, records, update: ownBytes })
    return done({ seq: journals.tails.ofChain(name)?.seq ?? -1 })
  })
}

/** The author's share of the day, by whichever door his records come. */
function hasRoom({ admission }: HandInParts, author: string, { length }: Uint8Array): boolean {
  const { allowance, directory, nowMs } = admission
  return isCollecting(directory, nowMs()) || allowance.hasRoom(author, length, nowMs())
}

/** The one who holds a copy that differs is not the one who has two histories. */
export function differing({ code, isAhead }: Objection): Objection {
  if (isAhead === true) return { code: 'record-missing' }
  return { code: code === forkCode ? 'copy-differs' : code }
}

/** Keeps records that were judged, and what follows from them for relays and the directory. */
export async function keepCopy(
  { admission, identity }: Pick<HandInParts, 'admission' | 'identity'>,
  { name, records, update, changes: others = [] }: CopyKept,
): Promise<void> {
  const { directory, registrar } = identity
  const rows = rowsOf(identity, name, records)
  const author = directory.devices.get(name.device)
  const changes: StoreChange[] = [
    ...(author === undefined ? [] : relayChanges(records)),
    ...rows.map((row): StoreChange => ({ put: 'row', row: registryRow(row) })),
    ...others,
  ]
  await keepOrRetry(admission.journals, { name, update, records, changes })
  admission.allowance.note(name.device, update.length, admission.nowMs())
  registrar.adopt(rows)
}

/** Records of one journal that continue what is durable of it. */
export interface CopyKept {
  readonly name: JournalDocument
  readonly records: readonly CheckedRecord[]
  readonly update: Uint8Array
  /** What else belongs to the same moment. */
  readonly changes?: readonly StoreChange[]
}

function rowsOf(
  { directory, nowMs }: IdentityParts,
  name: JournalDocument,
  records: readonly CheckedRecord[],
): readonly DirectoryRow[] {
  const author = directory.devices.get(name.device)
  if (author !== undefined) return branchRows(records, author)
  return [
    ...recoveredRows(records, directory),
    ...rowAfterLostEpoch(directory, name.device, nowMs()),
  ]
}
