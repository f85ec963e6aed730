/**
 * What a closing follows from, as one question that can be asked in another thread: journals as they are stored in,
 * what can be closed, what is not in order, states and files out. Plain data both ways; knows no store and no clock.
 */
import { Doc, applyUpdate, transact } from 'yjs'
import { type Fold, openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import type { SealRow } from '#domain/fold/seals.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import type { SealedBody } from '#domain/records/sealed-body.ts'
import { readEntries } from '#domain/replica/journal.ts'
import type { Month } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import { fail, type Result, done } from '#domain/values/result.ts'
import type { Device } from '../identity/directory.ts'
import { closableMonths, companyZone, type Concern, concernsOf, endOfMonth } from './closable.ts'

/** A journal as the store has it, and up to where it counts. */
export interface StoredJournal {
  readonly journal: string
  readonly seq: number
  readonly parts: readonly Uint8Array[]
}

/** What devices hold that start from one file: they all follow these branches and read these audiences. */
export interface Scope {
  readonly branches: readonly string[]
  readonly audiences: readonly Audience[]
}

export interface ClosingQuestion {
  readonly branch: string
  readonly nowMs: number
  /** The one whose state is asked for; the next one where it is left out. */
  readonly month?: Month
  readonly devices: readonly Device[]
  /** Of the company and of every branch of the scopes, in the order in which they are folded. */
  readonly journals: readonly StoredJournal[]
  /** The month is to be closed: files are made where nothing stands against it. */
  readonly wish?: ClosingWish
}

export interface ClosingWish {
  /** Codes of concerns that whoever closes has seen; the server closes whatever there is. */
  readonly accepted: readonly string[] | 'all'
  readonly scopes: readonly Scope[]
}

export interface ClosingAnswer {
  readonly months: readonly Month[]
  readonly concerns: readonly Concern[]
  readonly seals: readonly SealRow[]
  /** What a seal says beside its heads; only where the month was to be closed and can be. */
  readonly closing?: Result<Closing, ClosingRefusal>
}

export interface Closing {
  readonly until: Instant
  readonly states: SealedBody['states']
  readonly files: readonly (Scope & { readonly bytes: Uint8Array })[]
}

export interface ClosingRefusal {
  readonly code: 'month-not-closable' | 'not-in-order' | 'update-needed'
  readonly concerns?: readonly Concern[]
}

/** Asks here, or in a thread. */
export type AskClosing = (question: ClosingQuestion) => Promise<ClosingAnswer>

export function closingOf(question: ClosingQuestion): ClosingAnswer {
  const { branch, nowMs, month, devices, wish } = question
  const entries = readAll(question.journals)
  const fold = foldFor(entries, { branches: [branch], audiences })
  const months = closableMonths(fold, branch, nowMs)
  const asked = months.find((each) => each === month) ?? months[0]
  const until = asked === undefined ? undefined : endOfMonth(asked, companyZone(fold))
  const concerns = until === undefined ? [] : concernsOf(fold, { branch, until, devices })
  const seals = fold.seals.of(branch)
  if (wish === undefined) return { months, concerns, seals }
  const refusal = refusalOf(fold, { question, asked, concerns })
  if (refusal !== undefined || until === undefined) {
    return { months, concerns, seals, closing: fail(refusal ?? { code: 'month-not-closable' }) }
  }
  const states = audiences.map((layer) => ({ layer, hash: fold.hash(layer, branch) }))
  const files = wish.scopes.map((scope) => {
    const isWhole = scope.branches.length === 1 && scope.audiences.length === audiences.length
    return { ...scope, bytes: (isWhole ? fold : foldFor(entries, scope)).checkpoint() }
  })
  return { months, concerns, seals, closing: done({ until, states, files }) }
}

function refusalOf(
  fold: Fold,
  {
    question,
    asked,
    concerns,
  }: {
    readonly question: ClosingQuestion
    readonly asked: Month | undefined
    readonly concerns: readonly Concern[]
  },
): ClosingRefusal | undefined {
  const { branch, month, wish } = question
  if (asked === undefined || asked !== month) return { code: 'month-not-closable' }
  // Figures that leave out what this build cannot read would be sealed for good.
  const isReadable = audiences.every((layer) => fold.isComplete(layer, branch))
  if (!isReadable) return { code: 'update-needed' }
  const accepted = wish?.accepted ?? []
  if (accepted === 'all') return undefined
  const refused = concerns.filter(({ code }) => !accepted.includes(code))
  return refused.length > 0 ? { code: 'not-in-order', concerns: refused } : undefined
}

interface BranchEntry extends FoldEntry {
  readonly branch: string
}

function readAll(journals: readonly StoredJournal[]): readonly BranchEntry[] {
  return journals.flatMap(({ journal, seq, parts }) => {
    const name = parseJournalName(journal)
    if (!name.ok) return []
    const { branch } = name.value
    return storedEntries(journal, parts)
      .filter(({ entry }) => entry.record.seq <= seq)
      .map(({ entry }) => ({ ...entry, branch }))
  })
}

export interface StoredEntry {
  readonly entry: FoldEntry
  readonly bytes: Uint8Array
}

/** The records of a journal from the parts in which it is stored. */
export function storedEntries(journal: string, parts: readonly Uint8Array[]): StoredEntry[] {
  const doc = new Doc()
  transact(doc, () => {
    for (const part of parts) applyUpdate(doc, part)
  })
  return readEntries(doc, 0).flatMap(({ bytes }) => {
    const stored = decodeRecord(bytes)
    if (!stored.ok) return []
    const { record, hash } = stored.value
    return [{ entry: { journal, record, hash }, bytes }]
  })
}

/** The fold of a device of this scope, of the same records in the same order everywhere. */
function foldFor(entries: readonly BranchEntry[], scope: Scope): Fold {
  const fold = openFold({ audiences: scope.audiences })
  const isHeld = ({ branch, record }: BranchEntry) =>
    (branch === 'all' || scope.branches.includes(branch)) &&
    scope.audiences.includes(record.audience)
  fold.apply(entries.filter(isHeld))
  return fold
}
