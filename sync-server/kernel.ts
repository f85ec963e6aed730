/** Everything between the sockets and the store: built once, from what the store remembers. */
import { uuidv7 } from 'uuidv7'
import { type Verifier, webCryptoVerifier } from '#domain/records/signature.ts'
import { documentNameText } from '#domain/replica/document-name.ts'
import type { Result } from '#domain/values/result.ts'
import { forkCode, type Objection } from './extensions/guard.ts'
import { type Collected, type HandedIn, handIn } from './extensions/hand-in.ts'
import { HeadBoard, type Runs } from './extensions/heads.ts'
import type { AdmissionParts } from './extensions/admission.ts'
import type { Refused } from './extensions/write-ahead.ts'
import { openTokens } from './identity/access-token.ts'
import { noteRefusal } from './identity/devices.ts'
import { Directory } from './identity/directory.ts'
import { type Place, rowsAtStart } from './identity/epoch.ts'
import type { ServerKeys } from './identity/keys.ts'
import type { IdentityParts } from './identity/parts.ts'
import { Registrar } from './identity/registrar.ts'
import { Throttle } from './identity/throttle.ts'
import { Allowance } from './journals/allowance.ts'
import { Journals } from './journals/journals.ts'
import { OwnJournals } from './journals/own-journals.ts'
import { Relays } from './journals/relays.ts'
import { Tails } from './journals/tails.ts'
import { limitDeviceBytesPerDay, limitHeadPuts, limitQuarantineBytes } from './limits.ts'
import { type Log, type Metrics, openMetrics } from './metrics.ts'
import { type CheckpointShelf, memoryShelf } from './seals/checkpoint-shelf.ts'
import { type AskClosing, closingOf } from './seals/closing-fold.ts'
import { Quarantine, type QuarantineParts } from './quarantine/quarantine.ts'
import { MethodChanges } from './seals/method-changes.ts'
import { Seals, type SealsParts } from './seals/seals.ts'
import { Compaction } from './storage/compaction.ts'
import { type MeasuredStore, measureStore } from './storage/measured-store.ts'
import { type RegistryRow, type Store, StoreFailure } from './storage/store.ts'

export interface KernelPorts {
  readonly store: Store
  readonly keys: ServerKeys
  readonly nowMs: () => number
  readonly accessTokenMs: number
  readonly sessionMs: number
  /** Where the data lies; without it a restore shows only when a device proves it. */
  readonly place?: Place
  /** Chance, cryptography and counters where they are not the platform's own: in the simulator. */
  readonly uuid?: () => string
  readonly verifier?: Verifier
  readonly metrics?: Metrics
  /** Other bounds than `limits.ts` has: in tests. */
  readonly bounds?: Bounds
  /** Where folded states are kept; in memory where nothing is said. */
  readonly shelf?: CheckpointShelf
  /** Folds closings; on this thread where nothing is said. */
  readonly askClosing?: AskClosing
}

export interface Bounds {
  readonly deviceBytesPerDay?: number
  readonly headPuts?: number
  readonly quarantineBytes?: number
}

export interface Kernel {
  readonly store: MeasuredStore
  readonly metrics: Metrics
  readonly directory: Directory
  readonly identity: IdentityParts
  readonly journals: Journals
  readonly ownJournals: OwnJournals
  readonly admission: AdmissionParts
  /** [S7] Takes what a device has of a journal and the server has lost. */
  readonly handIn: (handed: HandedIn) => Promise<Result<Collected, Objection>>
  /** [S6] What revoked devices hand in, until somebody adopts it. */
  readonly quarantine: Quarantine
  readonly headBoard: HeadBoard
  readonly relays: Relays
  readonly compaction: Compaction
  readonly seals: Seals
  readonly methodChanges: MethodChanges
  readonly nowMs: () => number
  readonly build: string
  /** Hears of what only a bug can cause. */
  readonly onFault: (where: string, error: unknown) => void
  /** Logs, counts and keeps a refusal for the devices page. */
  readonly onRefused: (refused: Refused) => void
  onSessionsEnded(listener: () => void): void
  onBroken(listener: (document: string) => void): void
  /** Finishes what was begun and closes the store. */
  close(): Promise<void>
}

export async function openKernel(
  { build }: { readonly build: string },
  ports: KernelPorts,
  log: Log,
): Promise<Kernel> {
  const { keys, nowMs, uuid = uuidv7, metrics = openMetrics() } = ports
  const { deviceBytesPerDay = limitDeviceBytesPerDay, headPuts: limitPuts = limitHeadPuts } =
    ports.bounds ?? {}
  const store = measureStore(ports.store, metrics, log)
  const { rows: found, tails } = await store.readState()
  const runs = await openRuns(store, found)
  const rows = [...found, ...(await beginEpoch(ports, store, found, log))]
  const listeners = { sessionsEnded: () => {}, broken: (_document: string) => {} }
  const onFault = faultTeller(metrics, log)
  const directory = new Directory(rows)
  const compaction = new Compaction(store, nowMs)
  const journals = new Journals({
    ...{ store, nowMs, onFault, tails: new Tails(tails) },
    onLoaded: (document, parts) => compaction.noteLoaded(document, parts),
    onBroken: (document) => listeners.broken(document),
  })
  const ownJournals = new OwnJournals({
    ...{ journals, nowMs, build, uuid, signer: keys.signer },
    organization: () => directory.organization,
  })
  const onSessionsEnded = () => listeners.sessionsEnded()
  const registrar = new Registrar({ directory, store, ownJournals, onSessionsEnded })
  const verifier = ports.verifier ?? webCryptoVerifier(globalThis.crypto.subtle)
  const identity: IdentityParts = {
    ...{ directory, registrar, verifier, nowMs, uuid, sessionMs: ports.sessionMs },
    ...{ throttle: new Throttle(), serverKey: keys.publicKey },
    tokens: openTokens(keys.tokenSecret, ports.accessTokenMs, nowMs),
  }
  const closing = openSeals(ports, { store, journals, ownJournals, directory })
  const relays = new Relays({ store, ownJournals, directory, onFault })
  journals.onKept(({ name, records, changes = [] }) => {
    metrics.records.inc(records.length)
    compaction.note(documentNameText(name), 1)
    if (changes.some(({ put }) => put === 'relay')) relays.wake()
  })
  const onRefused = refusalTeller({ identity, metrics, log, onFault })
  const admission: AdmissionParts = {
    ...{ journals, verifier, directory, nowMs },
    allowance: new Allowance(deviceBytesPerDay),
    onOverQuota: (device, document) => onRefused({ device, document, code: 'over-quota' }),
  }
  return {
    ...{ store, metrics, directory, identity, journals, ownJournals, relays, compaction },
    ...{ ...closing, nowMs, build, onFault, admission, onRefused },
    ...openHandIns(ports, { store, admission, identity, onRefused }, rows),
    headBoard: new HeadBoard({ journals, signer: keys.signer, runs, onFault, limitPuts }),
    onSessionsEnded: (listener) => void (listeners.sessionsEnded = listener),
    onBroken: (listener) => void (listeners.broken = listener),
    async close() {
      await Promise.all([relays.close(), closing.seals.idle(), registrar.idle()])
      await journals.idle()
      await store.close()
    },
  }
}

function openSeals(
  { shelf = memoryShelf(), askClosing = async (asked) => closingOf(asked), nowMs }: KernelPorts,
  parts: Omit<SealsParts, 'shelf' | 'nowMs' | 'askClosing'>,
): Pick<Kernel, 'seals' | 'methodChanges'> {
  const seals = new Seals({ ...parts, shelf, askClosing, nowMs })
  const { holding } = seals
  return { seals, methodChanges: new MethodChanges({ ...parts, holding, nowMs }) }
}

/** The two ways in which records come that are not synced. */
function openHandIns(
  { keys, bounds }: KernelPorts,
  parts: Omit<QuarantineParts, 'signer' | 'limitBytes'>,
  rows: readonly RegistryRow[],
): Pick<Kernel, 'handIn' | 'quarantine'> {
  const limitBytes = bounds?.quarantineBytes ?? limitQuarantineBytes
  return {
    handIn: (handed) => handIn(parts, handed),
    quarantine: new Quarantine({ ...parts, signer: keys.signer, limitBytes }, rows),
  }
}

/** Numbers this start of the server, and what begins anew in it, durably, before anything is said under it. */
async function openRuns(store: Store, rows: readonly RegistryRow[]): Promise<Runs> {
  let last = Number(rows.find(({ kind }) => kind === 'run')?.value ?? '0')
  async function next(): Promise<number> {
    const run = (last += 1)
    await store.commit([{ put: 'row', row: { kind: 'run', id: 'run', value: String(run) } }])
    return run
  }
  return { first: await next(), next }
}

/** [S7] Files that were put back begin a new epoch, durably, before anything is said in it. */
async function beginEpoch(
  { place, nowMs }: KernelPorts,
  store: Store,
  found: readonly RegistryRow[],
  log: Log,
): Promise<readonly RegistryRow[]> {
  const rows = place === undefined ? [] : rowsAtStart(found, place, nowMs())
  if (rows.length === 0) return rows
  await store.commit(rows.map((row) => ({ put: 'row', row })))
  if (rows.length > 1) log.warn({ place: place?.mark }, 'restored: a new epoch begins')
  return rows
}

interface Watchers {
  readonly identity: IdentityParts
  readonly metrics: Metrics
  readonly log: Log
  readonly onFault: (where: string, error: unknown) => void
}

/**
 * How long the same refusal of the same device, and how long any, is not written down again: whoever is
 * refused all the time would keep the disk busy.
 */
const sameRefusalMs = 10_000
const anyRefusalMs = 1_000

/** [S5] A refusal is logged, counted, and kept for the devices page. */
function refusalTeller({ identity, metrics, log, onFault }: Watchers): (refused: Refused) => void {
  const { directory, nowMs } = identity
  const notedAt = new Map<string, number>()
  return ({ device, document, code }) => {
    metrics.refusals.inc({ reason: code })
    log.warn({ device, document, code }, 'refused')
    const known = directory.devices.get(device)
    if (known === undefined) return
    const restMs = known.lastRefusal?.reason === code ? sameRefusalMs : anyRefusalMs
    const isNewFork = code === forkCode && known.status === 'active'
    if (!isNewFork && nowMs() - (notedAt.get(device) ?? -sameRefusalMs) < restMs) return
    notedAt.set(device, nowMs())
    const refusal = { at: nowMs(), reason: code, document }
    noteRefusal(identity, device, refusal, code === forkCode).catch((error: unknown) => {
      // A store that fails has said so itself; the refusal stands in the log.
      if (!(error instanceof StoreFailure)) onFault('note-refusal', error)
    })
  }
}

function faultTeller(metrics: Metrics, log: Log): (where: string, error: unknown) => void {
  return (where, error) => {
    metrics.faults.inc({ where })
    log.error({ where, error: describe(error) }, 'fault')
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
