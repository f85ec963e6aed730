/**
 * Says what must be true, from the records that the tablets' own disks have kept, with plain maps and
 * BigInt: which documents stand, under which numbers, and what each document comes to. Shares no code
 * with the folds and ledgers that it judges.
 */
import type { JournalRecord } from '#domain/records/record.ts'
import type { KeptRecord } from './decoded.ts'

interface PlainLine {
  readonly quantity?: number
  readonly unit?: string
  readonly originId?: string
  readonly price?: number
  readonly amount?: number
}

interface PlainPosting {
  readonly docId: string
  /** Of an unapproval. */
  readonly version?: number
  readonly postingId: string
  readonly type: string
  readonly number: string
  readonly part: string
  readonly lead: string
  readonly parts: Readonly<Record<string, string>>
  readonly header?: { readonly discount?: number; readonly roundOff?: number }
  readonly lines?: readonly PlainLine[]
}

export interface AuditedDocument {
  readonly docId: string
  readonly branch: string
  readonly type: string
  readonly number: string
  readonly postingId: string
  /** How many seals were said before one covered it. */
  readonly sealsBefore: number
  readonly isReversed: boolean
  /** Postings of it that were saved on different tablets. */
  readonly postings: number
}

export type SealsBefore = (record: JournalRecord) => number

export interface Violation {
  readonly rule: string
  readonly facts: string
}

export class Auditor {
  readonly #records = new Map<string, KeptRecord>()
  /** By record and device, the hash under which it was kept last. */
  readonly #hashes = new Map<string, string>()
  /** What a device was before: a clone that went on as a new one. */
  readonly #former = new Map<string, string>()
  /** What a number stands for, by device and number. */
  readonly #numbers = new Map<string, string>()
  readonly #onViolation: (violation: Violation) => void
  /** Went down with the only machine that held them. */
  readonly #excused = new Set<string>()
  /** Were on the server before it was put back to a backup that lacks them. */
  readonly #endangered = new Set<string>()
  /** Devices that live twice: restored from an image, or cloned. */
  readonly #twins = new Set<string>()
  readonly #revoked = new Set<string>()
  /** Ids of the records that stand; all while nobody has looked. */
  #standing: ReadonlyMap<string, unknown> | undefined

  constructor(onViolation: (violation: Violation) => void) {
    this.#onViolation = onViolation
  }

  /** A record of a tablet's own that its disk has kept: a fact from now on. */
  note(kept: KeptRecord): void {
    const { record } = kept
    const before = this.#records.get(record.id)
    // What the server would not take at its place is written again behind the rest: same id, same act.
    if (before !== undefined && this.#contentOf(before) !== this.#contentOf(kept)) {
      this.#violated('record-id-used-twice', `${record.id} in ${kept.journal}`)
    }
    this.#records.set(record.id, kept)
    this.#hashes.set(`${record.id} ${record.device}`, kept.hash)
    this.#noteNumber(record)
    this.#checkLines(record)
  }

  noteSuccessor(next: string, former: string): void {
    this.#former.set(next, former)
  }

  /** Kept by its device, and just so. */
  isKnown({ record, hash }: KeptRecord): boolean {
    return this.#hashes.get(`${record.id} ${record.device}`) === hash
  }

  /** The device that it was at first. */
  rootOf(device: string): string {
    let root = device
    for (let before = this.#former.get(root); before !== undefined; ) {
      root = before
      before = this.#former.get(root)
    }
    return root
  }

  /** What a record says, whatever its place in a chain and whatever its device is called by now. */
  #contentOf({ record }: KeptRecord): string {
    const { kind, by, branch, audience, at, body } = record
    const device = this.rootOf(record.device)
    return JSON.stringify([kind, device, by, branch, audience, at, body])
  }

  // ── what may be missing ─────────────────────────────────────────────────────────────────────

  excuse(id: string): void {
    this.#excused.add(id)
  }

  endanger(ids: readonly string[]): void {
    for (const id of ids) this.#endangered.add(id)
  }

  isExcused(id: string): boolean {
    return this.#excused.has(id)
  }

  isEndangered(id: string): boolean {
    return this.#endangered.has(id)
  }

  /** From now on this device lives twice: it may use a number twice, and the server may refuse it. */
  noteTwin(device: string): void {
    this.#twins.add(device)
  }

  isTwin(device: string): boolean {
    return this.#twins.has(device)
  }

  noteRevoked(device: string): void {
    this.#revoked.add(device)
  }

  isRevoked(device: string): boolean {
    return this.#revoked.has(device)
  }

  /** Only these count from now on: what the server holds when the world is at rest. */
  settle(standing: ReadonlyMap<string, unknown>): void {
    this.#standing = standing
  }

  // ── what must be true ───────────────────────────────────────────────────────────────────────

  get records(): Iterable<KeptRecord> {
    return this.#records.values()
  }

  get standing(): readonly KeptRecord[] {
    const standing = this.#standing
    const all = [...this.#records.values()]
    return standing === undefined ? all : all.filter(({ record }) => standing.has(record.id))
  }

  get count(): number {
    return this.#records.size
  }

  /** A number given by a device stands for one act of it, for ever. */
  #noteNumber(record: JournalRecord): void {
    const { number, postingId, docId = '' } = record.body as Partial<PlainPosting>
    if (number === undefined || record.kind === 'part-supplied.v1') return
    const meaning = record.kind === 'posted.v1' ? `posting ${postingId}` : `record ${record.id}`
    // Each version of a document bears its number.
    const key = `${record.device} ${number} ${versionIn(docId)}`
    const known = this.#numbers.get(key) ?? meaning
    if (known !== meaning && !this.#twins.has(record.device)) {
      this.#violated('number-used-twice', `${key}: ${known}, ${meaning}`)
    }
    this.#numbers.set(key, meaning)
  }

  /** What is counted in base units and priced comes to quantity × price, rounded once, half away from zero. */
  #checkLines(record: JournalRecord): void {
    if (record.kind !== 'posted.v1') return
    const { lines = [], number } = postingOf(record)
    for (const { quantity, unit, originId, price, amount } of lines) {
      if (quantity === undefined || price === undefined || amount === undefined) continue
      // What comes back is a share of what was paid; other units have factors of their own.
      if (unit !== undefined || originId !== undefined) continue
      // Steps of 10⁻⁴ by millionths of a yuan make 10⁻⁸ fen.
      const right = halfAway(BigInt(quantity) * BigInt(price), 100_000_000n)
      if (right === BigInt(amount)) continue
      this.#violated('amount-wrong', `${number}: ${quantity} × ${price} is not ${amount}`)
    }
  }

  #violated(rule: string, facts: string): void {
    this.#onViolation({ rule, facts })
  }

  /**
   * By document: of what the earliest seal covers the posting of the lowest clock counts, whoever reversed it.
   * `sealsBefore` says how many seals were said before one covered a record.
   */
  documents(sealsBefore: SealsBefore): ReadonlyMap<string, AuditedDocument> {
    const leads = new Map<string, JournalRecord[]>()
    const isFirst = (one: JournalRecord, other: JournalRecord) => {
      const [before, after] = [sealsBefore(one), sealsBefore(other)]
      return before < after || (before === after && isEarlier(one, other))
    }
    const takings = new Map<string, JournalRecord[]>()
    for (const { record } of this.standing) {
      const body = postingOf(record)
      const takenBack = takenBackIn(record)
      if (takenBack !== undefined) {
        takings.set(takenBack, [...(takings.get(takenBack) ?? []), record])
      }
      if (record.kind !== 'posted.v1' || body.part !== body.lead) continue
      const others = leads.get(body.docId)
      if (others === undefined) leads.set(body.docId, [record])
      else others.push(record)
    }
    const documents = new Map<string, AuditedDocument>()
    for (const [docId, records] of leads) {
      const record = records.reduce((first, other) => (isFirst(other, first) ? other : first))
      const { type, number, postingId } = postingOf(record)
      documents.set(docId, {
        ...{ docId, branch: record.branch, type, number, postingId },
        postings: records.length,
        sealsBefore: sealsBefore(record),
        // What was sealed first is not unapproved any more.
        isReversed: (takings.get(docId) ?? []).some(
          (taking) => taking.kind === 'reversed.v1' || sealsBefore(taking) <= sealsBefore(record),
        ),
      })
    }
    return withoutWaiting(documents)
  }

  /** By document, in fen: what its priced part, posted with it or supplied first, comes to. */
  amounts(
    documents: ReadonlyMap<string, AuditedDocument>,
    sealsBefore: SealsBefore,
  ): ReadonlyMap<string, bigint> {
    const precedenceOf = (record: JournalRecord) =>
      `${String(sealsBefore(record)).padStart(6, '0')} ${precedence(record)}`
    const parts = new Map<string, JournalRecord>()
    for (const { record } of this.standing) {
      if (record.kind !== 'posted.v1' && record.kind !== 'part-supplied.v1') continue
      const { docId, postingId, lines = [] } = postingOf(record)
      if (documents.get(docId)?.postingId !== postingId) continue
      if (!lines.some(({ amount }) => amount !== undefined)) continue
      const known = parts.get(docId)
      // What was posted with the document comes before what was supplied for it.
      const isBefore = known === undefined || precedenceOf(record) < precedenceOf(known)
      if (isBefore) parts.set(docId, record)
    }
    return new Map([...parts].map(([docId, record]) => [docId, sumOf(postingOf(record))]))
  }
}

/** Of a record that takes a document back: which version of which. */
export function takenBackIn(record: JournalRecord): string | undefined {
  const { docId, version = 1 } = postingOf(record)
  if (record.kind === 'reversed.v1') return docId
  if (record.kind !== 'unapproved.v1') return undefined
  return version === 1 ? docId : `${docId}-v${version}`
}

const versionPattern = /-v(\d+)$/

function versionIn(docId: string): number {
  return Number(versionPattern.exec(docId)?.[1] ?? 1)
}

export function firstVersionOf(docId: string): string {
  return docId.replace(versionPattern, '')
}

/** A version waits while the one before it stands or waits itself. */
function withoutWaiting(
  documents: ReadonlyMap<string, AuditedDocument>,
): ReadonlyMap<string, AuditedDocument> {
  const isWaiting = (docId: string): boolean => {
    const version = versionIn(docId)
    if (version === 1) return false
    const first = firstVersionOf(docId)
    const before = version === 2 ? first : `${first}-v${version - 1}`
    const previous = documents.get(before)
    if (previous === undefined) return false
    // What came when this one was sealed has no say in it.
    const hasSay = previous.sealsBefore <= (documents.get(docId)?.sealsBefore ?? 0)
    return hasSay && (!previous.isReversed || isWaiting(before))
  }
  return new Map([...documents].filter(([docId]) => !isWaiting(docId)))
}

export function postingOf(record: JournalRecord): PlainPosting {
  return record.body as unknown as PlainPosting
}

function sumOf({ header, lines = [] }: PlainPosting): bigint {
  const gross = lines.reduce((sum, { amount }) => sum + BigInt(amount ?? 0), 0n)
  return gross - BigInt(header?.roundOff ?? 0) - BigInt(header?.discount ?? 0)
}

function precedence({ kind, hlc, device, id }: JournalRecord): string {
  const isPosted = kind === 'posted.v1'
  return `${isPosted ? 0 : 1} ${String(hlc).padStart(20, '0')} ${device} ${id}`
}

/** In the order in which records count: by clock, then device, then id. */
export function isEarlier(one: JournalRecord, other: JournalRecord): boolean {
  if (one.hlc !== other.hlc) return one.hlc < other.hlc
  if (one.device !== other.device) return one.device < other.device
  return one.id < other.id
}

function halfAway(numerator: bigint, denominator: bigint): bigint {
  const half = denominator / 2n
  return (numerator < 0n ? numerator - half : numerator + half) / denominator
}
