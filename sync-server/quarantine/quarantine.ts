/**
 * [S6] What a revoked device had not sent when it was revoked: taken from the device itself, judged as its
 * journals are, and set aside, durably, outside every journal. No replica gets it and no figure knows it
 * until somebody who manages the device adopts it: then it continues the device's own journals, as if it had
 * been sent in time. Adopting twice, here or on a restored server, therefore adds nothing.
 */
import { applyUpdate, Doc, transact } from 'yjs'
import { checkStored } from '#domain/records/check-stored.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { ShardTail } from '#domain/records/seal-commit.ts'
import type { Signer } from '#domain/records/signature.ts'
import { documentNameText, type JournalDocument } from '#domain/replica/document-name.ts'
import {
  entriesUpdate,
  type JournalEntry,
  readEntries,
  signedPieces,
} from '#domain/replica/journal.ts'
import { type JournalEnd, wipeOrderDigest } from '#domain/replica/wipe-order.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { base64Text } from '#domain/records/base64.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { AdmissionParts } from '../extensions/admission.ts'
import { judgeAppends, type Objection } from '../extensions/guard.ts'
import { type Collected, differing, keepCopy } from '../extensions/hand-in.ts'
import type { Refused } from '../extensions/write-ahead.ts'
import type { Device } from '../identity/directory.ts'
import type { IdentityParts } from '../identity/parts.ts'
import { accessTo } from '../identity/rights.ts'
import { chainKey } from '../journals/tails.ts'
import {
  limitAllQuarantineBytes,
  limitIdleTail,
  limitQuarantineAnswerBytes,
  limitQuarantineJournals,
} from '../limits.ts'
import { SyncRetry } from '../refusal.ts'
import type { RegistryRow, Store, StoreChange } from '../storage/store.ts'
import {
  type Decision,
  type HeldJournal,
  heldDocument,
  heldJournals,
  heldRow,
  laterEnd,
  nameOfHeld,
} from './held-journal.ts'

export interface QuarantineParts {
  readonly store: Store
  readonly admission: AdmissionParts
  readonly identity: IdentityParts
  readonly signer: Signer
  readonly onRefused: (refused: Refused) => void
  /** Of what one device may leave here. */
  readonly limitBytes: number
}

export interface HandedToQuarantine {
  /** Id of a device that is revoked, and has proved that it is this one. */
  readonly device: string
  readonly journal: string
  /** Whole commits, in the device's own structs. */
  readonly update: Uint8Array
}

/** A journal of which something is held, and what became of it. */
export interface HeldState extends HeldJournal {
  /** How far the journal itself goes: what is held beyond it is in no figure. */
  readonly durableSeq: number
  /** Somebody has still to say what becomes of the rest. */
  readonly isWaiting: boolean
}

/** Who decides, and over what. */
export interface Adoption {
  readonly device: string
  /** Id of the user. */
  readonly by: string
  /** Only what the device made before this moment of its clock; everything where nothing is said. */
  readonly before?: number
}

export interface SignedWipeOrder {
  readonly ends: readonly JournalEnd[]
  /** Base64 of the server's signature over `wipeOrderDigest`. */
  readonly signature: string
}

/** Bytes of what one commit adopts: devices get it as one update. */
const limitPiece = 262_144
/** What a full quarantine is not: a fault of the one who hands in. */
const honestCodes: ReadonlySet<string> = new Set(['quarantine-full', 'record-missing'])

export class Quarantine {
  readonly #parts: QuarantineParts
  readonly #held: Map<string, HeldJournal>

  constructor(parts: QuarantineParts, rows: readonly RegistryRow[]) {
    this.#parts = parts
    this.#held = heldJournals(rows)
  }

  /** Takes a piece; it is on disk when this resolves. Rejects with the store's error, and nothing happened. */
  async take(handed: HandedToQuarantine): Promise<Result<Collected, Objection>> {
    const taken = await this.#take(handed)
    if (!taken.ok && !honestCodes.has(taken.problem.code)) {
      const { device, journal: document } = handed
      this.#parts.onRefused({ device, document, code: taken.problem.code })
    }
    return taken
  }

  /** What is held of a device, in the order of its journals. */
  heldOf(device: string): readonly HeldState[] {
    const own = [...this.#held.values()].filter((held) => nameOfHeld(held).device === device)
    return own
      .sort((one, other) => (one.journal < other.journal ? -1 : 1))
      .map((held) => this.#stateOf(held))
  }

  /** Devices of which anything is held. */
  devices(): readonly string[] {
    return [...new Set([...this.#held.values()].map((held) => nameOfHeld(held).device))]
  }

  /** Stored values of what is held and not adopted, from `fromSeq` on: as many as one answer carries. */
  recordsOf(journal: string, fromSeq: number): Promise<readonly JournalEntry[]> {
    const held = this.#held.get(journal)
    if (held === undefined) return Promise.resolve([])
    const name = documentOf(held)
    return this.#parts.admission.journals.inLane(name, async () => {
      const from = Math.max(fromSeq, this.#stateOf(held).durableSeq + 1)
      const entries = readEntries(await this.#docOf(name), from)
      let size = 0
      return entries.filter(({ bytes }, index) => {
        size += bytes.length
        return index === 0 || size <= limitQuarantineAnswerBytes
      })
    })
  }

  /**
   * Writes what is held into the journals of the device; how many records that were. `store-failing` when it
   * stopped on the way: what was written stays, and adopting again goes on from there.
   */
  async adopt(adoption: Adoption): Promise<Result<{ readonly records: number }, Objection>> {
    let records = 0
    for (const held of this.heldOf(adoption.device)) {
      const name = documentOf(held)
      const adopted = await this.#parts.admission.journals
        .inLane(name, () => this.#adoptInLane(name, adoption))
        .catch(failedByStore)
      if (!adopted.ok) return adopted
      records += adopted.value
    }
    return done({ records })
  }

  /** What is held stays where it is, in no figure, and waits no longer. */
  async decline({ device, by }: Adoption, reason: string): Promise<void> {
    for (const { journal, isWaiting } of this.heldOf(device)) {
      if (!isWaiting) continue
      const decide = async () => {
        const held = this.#held.get(journal)
        if (held !== undefined) await this.#decide(held, { by, verdict: 'declined', reason })
      }
      await this.#parts.admission.journals.inLane(documentOf({ journal }), decide)
    }
  }

  /** The server's word for everything that it has of a device, wherever it keeps it. */
  async wipeOrder(device: string): Promise<SignedWipeOrder> {
    const ends = new Map<string, JournalEnd>()
    for (const { journal, seq, hash } of this.#parts.admission.journals.tails.all()) {
      const name = parseJournalName(journal)
      if (name.ok && name.value.device === device) ends.set(journal, { journal, seq, hash })
    }
    for (const { journal, seq, hash, durableSeq } of this.heldOf(device)) {
      if (seq > durableSeq) ends.set(journal, { journal, seq, hash })
    }
    const said = [...ends.values()].sort((one, other) => (one.journal < other.journal ? -1 : 1))
    const signature = await this.#parts.signer.sign(wipeOrderDigest(device, said))
    return { ends: said, signature: base64Text(signature) }
  }

  // ── taking ──────────────────────────────────────────────────────────────────────────────────

  async #take({
    device,
    journal,
    update,
  }: HandedToQuarantine): Promise<Result<Collected, Objection>> {
    const { directory } = this.#parts.identity
    const parsed = parseJournalName(journal)
    if (!parsed.ok) return fail({ code: parsed.problem.code })
    const name: JournalDocument = { kind: 'journal', ...parsed.value }
    const author = directory.devices.get(device)
    const company = { id: directory.organization?.id, branches: directory.branches }
    if (author === undefined || accessTo(name, author, company) !== 'write') {
      return fail({ code: 'not-allowed' })
    }
    return this.#parts.admission.journals.inLane(name, () => this.#takeInLane(name, author, update))
  }

  async #takeInLane(
    name: JournalDocument,
    { publicKey }: Device,
    update: Uint8Array,
  ): Promise<Result<Collected, Objection>> {
    const state = { name, doc: await this.#docOf(name), tail: this.#endOf(name), publicKey }
    const judged = await judgeAppends([update], state, this.#parts.admission.verifier)
    if (judged.objection !== undefined) return fail(differing(judged.objection))
    const last = judged.records.at(-1)
    if (last !== undefined) {
      const journal = documentNameText(name)
      if (!this.#hasRoom(journal, judged.update.length)) return fail({ code: 'quarantine-full' })
      const before = this.#held.get(journal)
      const held: HeldJournal = {
        ...before,
        ...{ journal, seq: last.seq, hash: last.hash },
        bytes: (before?.bytes ?? 0) + judged.update.length,
        handedInAt: this.#parts.identity.nowMs(),
      }
      await this.#put(held, [
        { put: 'update', document: heldDocument(journal), bytes: judged.update },
      ])
    }
    return done({ seq: this.#endOf(name)?.seq ?? -1 })
  }

  /** Bounded for a device and for all of them: what a stolen device makes up must not fill the disk. */
  #hasRoom(journal: string, bytes: number): boolean {
    const { device } = nameOfHeld({ journal })
    const all = [...this.#held.values()]
    const own = all.filter((held) => nameOfHeld(held).device === device)
    const isNew = !this.#held.has(journal)
    return (
      bytesOf(own) + bytes <= this.#parts.limitBytes &&
      bytesOf(all) + bytes <= limitAllQuarantineBytes &&
      own.length + Number(isNew) <= limitQuarantineJournals
    )
  }

  // ── adopting ────────────────────────────────────────────────────────────────────────────────

  async #adoptInLane(
    name: JournalDocument,
    { device, by, before }: Adoption,
  ): Promise<Result<number, Objection>> {
    const author = this.#parts.identity.directory.devices.get(device)
    if (author === undefined) return fail({ code: 'device-unknown' })
    const { journals, verifier } = this.#parts.admission
    const from = (journals.tails.ofChain(name)?.seq ?? -1) + 1
    const doc = await this.#docOf(name)
    const chosen = madeBefore(readEntries(doc, from), before)
    if (chosen.length === 0) return done(0)
    const part = await this.#durableDoc(name)
    applyUpdate(part, entriesUpdate(doc, chosen))
    let count = 0
    // Whole commits: what follows the last signed record is left out.
    for (const piece of signedPieces(part, from, limitPiece)) {
      const { publicKey } = author
      const state = {
        ...{ name, publicKey, doc: await journals.read(name) },
        tail: journals.tails.ofChain(name),
      }
      // Judged once more, against what is durable by now.
      const { objection, records, update } = await judgeAppends([piece], state, verifier)
      const last = records.at(-1)
      if (objection !== undefined || last === undefined) {
        return fail(differing(objection ?? { code: 'record-missing' }))
      }
      const held = this.#decided(documentNameText(name), { verdict: 'adopted', by }, last.seq)
      const changes: StoreChange[] = [{ put: 'row', row: heldRow(held) }]
      await keepCopy(this.#parts, { name, records, update, changes })
      this.#held.set(held.journal, held)
      count += records.length
    }
    return done(count)
  }

  // ── what is held ────────────────────────────────────────────────────────────────────────────

  #stateOf(held: HeldJournal): HeldState {
    const durableSeq = this.#parts.admission.journals.tails.ofChain(nameOfHeld(held))?.seq ?? -1
    const { decision, seq } = held
    const isDeclined = decision?.verdict === 'declined' && decision.seq >= seq
    return { ...held, durableSeq, isWaiting: seq > durableSeq && !isDeclined }
  }

  /** Where the chain ends, with what is held of it. */
  #endOf(name: JournalDocument): ShardTail | undefined {
    let end = this.#parts.admission.journals.tails.ofChain(name)
    for (const held of this.#held.values()) {
      const other = nameOfHeld(held)
      if (chainKey(other) !== chainKey(name)) continue
      end = laterEnd(end, { seq: held.seq, hash: held.hash, shard: other.shard })
    }
    return end
  }

  /** The journal as it would be with what is held: a copy that nobody else sees. */
  async #docOf(name: JournalDocument): Promise<Doc> {
    const { store } = this.#parts
    const doc = await this.#durableDoc(name)
    const document = heldDocument(documentNameText(name))
    const parts = await store.loadDocument(document)
    // Crumbs would make each later piece dearer.
    if (parts.length > limitIdleTail) await store.compact(document)
    transact(doc, () => {
      for (const part of parts) applyUpdate(doc, part)
    })
    return doc
  }

  async #durableDoc(name: JournalDocument): Promise<Doc> {
    const doc = new Doc()
    const parts = await this.#parts.store.loadDocument(documentNameText(name))
    transact(doc, () => {
      for (const part of parts) applyUpdate(doc, part)
    })
    return doc
  }

  #decided(
    journal: string,
    decision: Pick<Decision, 'verdict' | 'by' | 'reason'>,
    seq: number,
  ): HeldJournal {
    const held = this.#held.get(journal)
    if (held === undefined) throw new Error(`nothing is held of ${journal}`)
    return { ...held, decision: { ...decision, seq, at: this.#parts.identity.nowMs() } }
  }

  #decide(held: HeldJournal, decision: Pick<Decision, 'verdict' | 'by' | 'reason'>): Promise<void> {
    return this.#put(this.#decided(held.journal, decision, held.seq), [])
  }

  async #put(held: HeldJournal, changes: readonly StoreChange[]): Promise<void> {
    await this.#parts.store.commit([...changes, { put: 'row', row: heldRow(held) }])
    this.#held.set(held.journal, held)
  }
}

function failedByStore(error: unknown): Result<never, Objection> {
  if (error instanceof SyncRetry) return fail({ code: 'store-failing' })
  throw error
}

function documentOf(held: Pick<HeldJournal, 'journal'>): JournalDocument {
  return { kind: 'journal', ...nameOfHeld(held) }
}

function bytesOf(held: readonly HeldJournal[]): number {
  return held.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** The entries from the first on that were made before `before`. */
function madeBefore(
  entries: readonly JournalEntry[],
  before: number = Number.MAX_SAFE_INTEGER,
): readonly JournalEntry[] {
  const end = entries.findIndex(({ bytes }) => {
    const checked = checkStored(bytes, sha256Hex)
    return !checked.ok || checked.value.hlc >= before
  })
  return end < 0 ? entries : entries.slice(0, end)
}
