/**
 * Says what must be true, from the records that the tablets' own disks have kept, with plain maps and
 * BigInt: which documents stand, under which numbers, and how much of each SKU lies in each warehouse.
 * Shares no code with the folds and ledgers that it judges.
 */
import type { JournalRecord } from '#domain/records/record.ts'
import type { KeptRecord } from './decoded.ts'

interface PlainPosting {
  readonly docId: string
  readonly postingId: string
  readonly type: string
  readonly number: string
  readonly part: string
  readonly lead: string
  readonly parts: Readonly<Record<string, string>>
  readonly lines?: readonly Readonly<Record<string, unknown>>[]
  readonly legs?: readonly {
    readonly leg: string
    readonly sku: string
    readonly warehouse: string
    readonly quantity: number
  }[]
}

export interface AuditedDocument {
  readonly docId: string
  readonly branch: string
  readonly type: string
  readonly number: string
  readonly postingId: string
  readonly isReversed: boolean
  /** Postings of it that were saved on different tablets. */
  readonly postings: number
}

export interface Violation {
  readonly rule: string
  readonly facts: string
}

export class Auditor {
  readonly #records = new Map<string, KeptRecord>()
  /** What a number stands for, by device and number. */
  readonly #numbers = new Map<string, string>()
  readonly #onViolation: (violation: Violation) => void

  constructor(onViolation: (violation: Violation) => void) {
    this.#onViolation = onViolation
  }

  /** A record of a tablet's own that its disk has kept: a fact from now on. */
  note(kept: KeptRecord): void {
    const { record } = kept
    const before = this.#records.get(record.id)
    if (before !== undefined && before.hash !== kept.hash) {
      this.#violated('record-id-used-twice', `${record.id} in ${kept.journal}`)
    }
    this.#records.set(record.id, kept)
    this.#noteNumber(record)
  }

  get records(): Iterable<KeptRecord> {
    return this.#records.values()
  }

  get count(): number {
    return this.#records.size
  }

  /** A number given by a device stands for one act of it, for ever. */
  #noteNumber(record: JournalRecord): void {
    const { number, postingId } = record.body as { number?: string; postingId?: string }
    if (number === undefined || record.kind === 'part-supplied.v1') return
    const meaning = record.kind === 'posted.v1' ? `posting ${postingId}` : `record ${record.id}`
    const key = `${record.device} ${number}`
    const known = this.#numbers.get(key) ?? meaning
    if (known !== meaning) this.#violated('number-used-twice', `${key}: ${known}, ${meaning}`)
    this.#numbers.set(key, meaning)
  }

  #violated(rule: string, facts: string): void {
    this.#onViolation({ rule, facts })
  }

  /** By document: the posting of the lowest clock counts, whoever reversed it. */
  documents(): ReadonlyMap<string, AuditedDocument> {
    const leads = new Map<string, JournalRecord[]>()
    const reversed = new Set<string>()
    for (const { record } of this.#records.values()) {
      const body = postingOf(record)
      if (record.kind === 'reversed.v1') reversed.add(body.docId)
      if (record.kind !== 'posted.v1' || body.part !== body.lead) continue
      const others = leads.get(body.docId)
      if (others === undefined) leads.set(body.docId, [record])
      else others.push(record)
    }
    const documents = new Map<string, AuditedDocument>()
    for (const [docId, records] of leads) {
      const record = records.reduce((first, other) => (isEarlier(other, first) ? other : first))
      const { type, number, postingId } = postingOf(record)
      documents.set(docId, {
        ...{ docId, branch: record.branch, type, number, postingId },
        ...{ isReversed: reversed.has(docId), postings: records.length },
      })
    }
    return documents
  }

  /** `warehouse|sku` → steps, without zeros. */
  stock(): ReadonlyMap<string, bigint> {
    const documents = this.documents()
    const stock = new Map<string, bigint>()
    for (const { record } of this.#records.values()) {
      if (record.kind !== 'posted.v1') continue
      const { docId, postingId, legs = [] } = postingOf(record)
      const document = documents.get(docId)
      if (document === undefined || document.isReversed) continue
      if (document.postingId !== postingId) continue
      for (const { sku, warehouse, quantity } of legs) {
        const key = `${warehouse}|${sku}`
        stock.set(key, (stock.get(key) ?? 0n) + BigInt(quantity))
      }
    }
    for (const [key, quantity] of [...stock]) if (quantity === 0n) stock.delete(key)
    return stock
  }
}

export function postingOf(record: JournalRecord): PlainPosting {
  return record.body as unknown as PlainPosting
}

/** In the order in which records count: by clock, then device, then id. */
export function isEarlier(one: JournalRecord, other: JournalRecord): boolean {
  if (one.hlc !== other.hlc) return one.hlc < other.hlc
  if (one.device !== other.device) return one.device < other.device
  return one.id < other.id
}
