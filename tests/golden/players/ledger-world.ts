/**
 * The shop that a case of the model `ledger` is played in: its masters as records, documents posted
 * through the product's own kit, records written into journals, and the fold over them.
 */

import type { AnyDocumentDefinition, DraftDocument, PostProblem } from '#domain/doctype/define.ts'
import { type PostContext, type Posting, post } from '#domain/doctype/post.ts'
import { reverse } from '#domain/doctype/reverse.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import { type Fold, openFold } from '#domain/fold/fold.ts'
import { triedRecords } from '#domain/fold/tried-records.ts'
import { fieldOf, splitByAudience } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { audiences } from '#domain/records/audience.ts'
import { definitionOf } from '#domain/registry.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Result } from '#domain/values/result.ts'
import { goodsReader } from '#client/projections/goods-reader.ts'
import { pricedReceipts } from '#client/projections/priced-receipts.ts'
import type { Reading } from '#client/projections/reading.ts'
import { aPostContext, documentsOf, postedDocument } from '#tests/builders/a-post-context.ts'
import { idOf, JournalWriter, type Writing } from '#tests/builders/journal-writer.ts'
import { zone } from '../moments.ts'
import { NotYet } from '../play.ts'

/** What one operation wrote; who wrote it is decided when it is delivered. */
export type Written = Omit<Writing, 'device'>

const branch = 'main'
export const branchId = idOf('branch', branch)
const firstMs = Date.UTC(2026, 0, 1)
/** Between the clocks of two operations. */
const stepMs = 60_000

export class LedgerWorld {
  readonly fold: Fold = openFold()
  /** Settings and masters, known to everybody before the first operation. */
  readonly settings: Written[] = []
  /** By operation; what was refused has written nothing. */
  readonly written = new Map<number, readonly Written[]>()
  readonly #writer = new JournalWriter()
  readonly #known = new Map<string, PostedDocument>()
  readonly #now: Instant
  readonly #reading: Reading
  #ids = 0

  constructor(now: Instant) {
    this.#now = now
    this.#reading = {
      fold: this.fold,
      now: () => now,
      reader: () => ({ zone }),
    } as unknown as Reading
  }

  /** A master as the company keeps it from the beginning. */
  setUp(entity: EntityName, id: string, fields: MasterFields): void {
    for (const each of changesOf(entity, id, fields)) {
      const written = { ...each, writtenAt: firstMs + this.settings.length, at: 0 }
      this.settings.push(written)
      this.fold.apply([this.#writer.write({ ...written, device: 'server-1' })])
    }
  }

  /** A change of a master by operation `n`. */
  changeMaster(n: number, entity: EntityName, id: string, fields: MasterFields, at: Instant): void {
    const place = entity === 'company' ? 'all' : branch
    this.#keep(
      n,
      changesOf(entity, id, fields).map((each) => ({ ...each, branch: place, at })),
    )
  }

  /** Posts a document as its poster would; refused, it says why and nothing is written. */
  post(
    n: number,
    draft: DraftDocument,
    context: Partial<PostContext> = {},
  ): Result<Posting, readonly PostProblem[]> {
    const definition = documentType(draft.type)
    const posting = post(this.#context(n, definition, context), draft)
    if (posting.ok) this.#write(n, posting.value)
    return posting
  }

  /** Takes back, at its own moment, what operation `of` has posted. */
  reverse(n: number, docId: string): Result<Posting, readonly PostProblem[]> {
    const seen = this.#known.get(docId)
    if (seen === undefined) throw new NotYet('nothing was posted that could be taken back')
    const context = this.#context(n, documentType(seen.type), {})
    const reversal = reverse(context, docId, 'entered wrongly', seen.at)
    if (!reversal.ok) return reversal
    this.#known.set(docId, { ...seen, state: 'reversed' })
    this.#keepParts(n, reversal.value)
    return reversal
  }

  #context(n: number, definition: AnyDocumentDefinition, given: Partial<PostContext>): PostContext {
    return aPostContext(definition, {
      ...{ branchId, audiences, at: this.#now, masters: this.fold.masters },
      number: `${definition.numbering.prefix}-${n}`,
      ids: () => idOf('part', String(++this.#ids)),
      stock: {
        onHand: (sku, warehouse) => this.fold.stock.balance(sku, warehouse),
        shortfalls: (act) => this.fold.shortfallsOf(triedRecords(act)),
      },
      goods: goodsReader(this.#reading),
      priced: pricedReceipts(this.fold),
      documents: documentsOf([...this.#known.values()]),
      ...given,
    })
  }

  #write(n: number, posting: Posting): void {
    const posted = { ...postedDocument(posting), branch: branchId }
    this.#known.set(posting.docId, posted)
    this.#keepParts(n, posting)
  }

  #keepParts(n: number, posting: Posting): void {
    this.#keep(
      n,
      posting.parts.map(({ audience, kind, recordId, body }) => ({
        ...{ branch, audience, kind, id: recordId, at: posting.at },
        body: body as unknown as Json,
      })),
    )
  }

  #keep(n: number, given: readonly Omit<Written, 'writtenAt'>[]): void {
    const before = this.written.get(n) ?? []
    const written = given.map((each, index) => ({
      ...each,
      writtenAt: firstMs + n * stepMs + before.length + index,
    }))
    this.written.set(n, [...before, ...written])
    this.fold.apply(written.map((each) => this.#writer.write(writtenOn('till', each))))
  }
}

/** In the journals of the company nobody but the server writes. */
export function writtenOn(device: string, written: Written): Writing {
  return { ...written, device: written.branch === 'all' ? 'server-1' : device }
}

function changesOf(entity: EntityName, id: string, fields: MasterFields) {
  return [...splitByAudience({ entity, id, fields })].map(([audience, change]) => ({
    ...{ branch: 'all', audience, kind: 'masters-changed.v1' },
    body: { changes: [change] } as unknown as Json,
  }))
}

/** The definition of a type, or what is not there yet. */
export function documentType(type: string): AnyDocumentDefinition {
  const definition = definitionOf(type)
  if (definition === undefined) throw new NotYet(`no document: ${type}`)
  return definition
}

/** A setting of the company, or what is not there yet. */
export function companySetting(name: string, value: string): MasterFields {
  if (fieldOf('company', name) === undefined) throw new NotYet(`no setting: ${name} ${value}`)
  return { [name]: value }
}
