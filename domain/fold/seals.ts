/**
 * [F8] 封账 (seals) of a branch: which are in force, which records each of them covers, and at what
 * moment a record takes effect because of them. Follows from the server's seals and reopenings alone,
 * in the order in which they were said, whenever they arrive.
 */

import { audiences } from '#domain/records/audience.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { SealedBody } from '#domain/records/sealed-body.ts'
import type { Month } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import { compareTexts } from '#domain/ledgers/stock/order.ts'
import type { FoldState } from './fold-state.ts'

/** One record of the server about seals, as a checkpoint keeps it. */
export interface SealNote {
  readonly branch: string
  readonly record: string
  readonly hlc: number
  readonly device: string
  readonly at: number
  readonly by: string
  /** What it closes; a reopening says which seal it takes back instead. */
  readonly said: SealedBody | { readonly seal: string; readonly reason: string }
}

export interface Seal extends Omit<SealNote, 'said'> {
  readonly said: SealedBody
}

/** The seals of one branch that are in force, earliest first, and how far each covers each chain. */
export interface SealBook {
  readonly seals: readonly Seal[]
  /** By chain: the last covered `seq` under each seal, never falling; −1 before the chain began. */
  readonly covered: ReadonlyMap<number, Float64Array>
}

/** Where a record stands in its chain, in numbers of the fold. */
export interface ChainPlace {
  readonly branch: number
  readonly device: number
  /** Index in `audiences`. */
  readonly audience: number
  readonly seq: number
}

const noSeals: SealBook = { seals: [], covered: new Map() }

export function sealBookOf({ sealBooks }: Pick<FoldState, 'sealBooks'>, branch: number): SealBook {
  return sealBooks.get(branch) ?? noSeals
}

/**
 * [SEL2] The first seal that covers a record, counted from 0; the number of seals where none does. Two
 * records with the same answer are equally old for every rule about seals.
 */
export function coverageOf(book: SealBook, place: ChainPlace): number {
  const covered = book.covered.get(chainOf(place))
  if (covered === undefined) return book.seals.length
  let low = 0
  let high = book.seals.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((covered[middle] as number) >= place.seq) high = middle
    else low = middle + 1
  }
  return low
}

/** [SEL3] When a record takes effect: at its own moment, or at the first one that was open when it was first covered. */
export function momentUnder(book: SealBook, coverage: number, at: number): number {
  const closed = book.seals[coverage - 1]
  return closed === undefined ? at : Math.max(at, closed.said.until)
}

/** The first moment of the branch that is not closed; undefined where nothing ever was. */
export function openFrom(book: SealBook): Instant | undefined {
  return book.seals.at(-1)?.said.until
}

/** [SEL1] The seals in force of a branch: one closes a later month, a reopening takes the last one back. */
export function bookOf(
  notes: Iterable<SealNote>,
  branch: string,
  deviceOf: (device: string) => number,
): SealBook {
  const inOrder = [...notes].filter((note) => note.branch === branch).sort(compareNotes)
  const seals: Seal[] = []
  for (const note of inOrder) {
    const last = seals.at(-1)
    const { said } = note
    if ('seal' in said) {
      if (last?.record === said.seal) seals.pop()
    } else if (said.until > (last?.said.until ?? 0)) seals.push({ ...note, said })
  }
  return { seals, covered: coveredBy(seals, deviceOf) }
}

/** Seals that two books have in common, from the first. */
export function sharedSeals(one: SealBook, other: SealBook): number {
  const differs = one.seals.findIndex((seal, i) => seal.record !== other.seals[i]?.record)
  return differs < 0 ? one.seals.length : differs
}

/** What screens and the server ask of seals. */
export interface SealRow {
  readonly recordId: string
  readonly month: Month
  readonly until: Instant
  readonly at: Instant
  readonly by: string
  readonly isAutomatic: boolean
  readonly overridden: readonly string[]
  readonly reason: string
  readonly states: SealedBody['states']
  readonly checkpoints: SealedBody['checkpoints']
}

export interface SealsView {
  /** In force, earliest first. */
  of(branch: string): readonly SealRow[]
  /** The first moment that is open; undefined where nothing is closed. */
  openFrom(branch: string): Instant | undefined
}

export function sealsView(state: FoldState): SealsView {
  const bookIn = (branch: string) => sealBookOf(state, state.names.branches.find(branch))
  return {
    of: (branch) => bookIn(branch).seals.map(rowOf),
    openFrom: (branch) => openFrom(bookIn(branch)),
  }
}

function rowOf({ record, at, by, said }: Seal): SealRow {
  return {
    ...{ recordId: record, month: said.month, until: said.until, at: at as Instant, by },
    isAutomatic: said.isAutomatic === 1,
    overridden: said.overridden ?? [],
    reason: said.reason ?? '',
    ...{ states: said.states, checkpoints: said.checkpoints },
  }
}

function compareNotes(a: SealNote, b: SealNote): number {
  return a.hlc - b.hlc || compareTexts(a.device, b.device) || compareTexts(a.record, b.record)
}

function coveredBy(
  seals: readonly Seal[],
  deviceOf: (device: string) => number,
): Map<number, Float64Array> {
  const covered = new Map<number, Float64Array>()
  for (const [index, { said }] of seals.entries()) {
    for (const { device, audience, seq } of said.heads) {
      const chain = chainKey(deviceOf(device), audience)
      const known = covered.get(chain) ?? new Float64Array(seals.length).fill(-1)
      covered.set(chain, known)
      // What a seal has covered stays covered, also where a restored server knows less.
      known.fill(Math.max(seq, known[index] as number), index)
    }
  }
  return covered
}

function chainKey(device: number, audience: Audience): number {
  return chainOf({ device, audience: audiences.indexOf(audience) })
}

function chainOf({ device, audience }: Pick<ChainPlace, 'device' | 'audience'>): number {
  return device * audiences.length + audience
}
