/**
 * [F8] What is said late of the cost of goods whose month was closed: their own price, invoices, charges on
 * top, and what takes these back. No sealed figure moves: each changes the value at its own date, or at the
 * first moment that is open, parted between goods here and goods gone [SEL11] [SEL12].
 */

import {
  dropMovement,
  linkMovement,
  putEvent,
  putMovement,
  putValue,
} from '#domain/ledgers/stock/change.ts'
import { isCounted, takesCountPrice } from '#domain/ledgers/stock/counts.ts'
import { isReversalBit, rankMask, rankOf } from '#domain/ledgers/stock/movement.ts'
import { type Hlc, hlcMs } from '#domain/values/hybrid-clock.ts'
import {
  baseOf,
  type CountedSpan,
  compareSayings,
  countedSpans,
  isOfMovement,
  isSaidLate,
  ratedBy,
  reversalSaying,
  type Saying,
} from './adjustment-rows.ts'
import { coverageOfPart } from './coverage.ts'
import { movementsOf } from './document-rows.ts'
import type { FoldState, LateValue } from './fold-state.ts'
import { partInForce } from './parts.ts'
import { momentUnder, type SealBook, sealBookOf } from './seals.ts'

/** One thing that was said late of a document: its own price, or rows that count from here on, or no more. */
interface Step {
  readonly saying: Saying
  readonly amountByLeg?: ReadonlyMap<string, number>
  readonly added?: number
  readonly taken?: number
}

type Change = Omit<LateValue, 'movement'>

/** Whether the document's month was closed before its own price became known. */
export function isPricedLate(state: FoldState, document: number, part: number): boolean {
  const book = sealBookOf(state, state.documents.columns.branch[document] as number)
  return isSaidLate(state, document, book, coverageOfPart(state, part))
}

/** Puts what changes the value late where it should be by now. */
export function settleLate(state: FoldState, document: number): void {
  const wanted = changesOf(state, document)
  const known = state.lateValues.get(document) ?? []
  if (isSame(known, wanted)) return
  dropLate(state, document)
  if (wanted.length > 0) state.lateValues.set(document, putChanges(state, wanted))
}

/** The posting in force leaves it: what was said late of its costs is not said of another. */
export function dropLate(state: FoldState, document: number): void {
  // What takes a change back goes before it.
  for (const { movement } of [...(state.lateValues.get(document) ?? [])].reverse()) {
    dropMovement(state.ledger, movement)
  }
  state.lateValues.delete(document)
}

function isSame(known: readonly LateValue[], wanted: readonly Change[]): boolean {
  if (known.length !== wanted.length) return false
  return wanted.every((change, i) =>
    Object.entries(change).every(([name, value]) => known[i]?.[name as keyof Change] === value),
  )
}

function changesOf(state: FoldState, document: number): readonly Change[] {
  const { lead, branch, reversal } = state.documents.columns
  const book = sealBookOf(state, branch[document] as number)
  if ((lead[document] as number) < 0 || book.seals.length === 0) return []
  const reversed = reversal[document] as number
  const end = reversed < 0 ? undefined : reversalSaying(state, reversed)
  const spans = countedSpans(state, document)
  const steps = stepsOf(state, document, spans, book).filter(
    ({ saying }) => end === undefined || compareSayings(state, saying, end) < 0,
  )
  if (steps.length === 0) return []
  const changes = [...movementsOf(state, document)].flatMap((movement) => {
    if (takesCountPrice(state.ledger, movement)) return priceOfCount(state, movement, steps)
    return isPriced(state, movement) ? changesOfLeg(state, movement, spans, steps) : []
  })
  if (end === undefined) return changes
  const back = { ...momentOf(end), amount: 0, provisional: 0 }
  return [...changes, ...changes.map(({ of }, takesBack) => ({ ...back, of, takesBack }))]
}

/** In their order. */
function stepsOf(
  state: FoldState,
  document: number,
  spans: readonly CountedSpan[],
  book: SealBook,
): readonly Step[] {
  const own = ownPrice(state, document, book)
  const ofRows = spans.flatMap(({ row, from, until }): Step[] => [
    ...(from === undefined ? [] : [{ saying: from, added: row }]),
    ...(until === undefined ? [] : [{ saying: until, taken: row }]),
  ])
  return [...(own === undefined ? [] : [own]), ...ofRows].sort((a, b) =>
    compareSayings(state, a.saying, b.saying),
  )
}

function ownPrice(state: FoldState, document: number, book: SealBook): Step | undefined {
  const part = partInForce(state, document, 'buying')
  if (part < 0 || !isPricedLate(state, document, part)) return undefined
  const { hlc, device, record } = state.parts.columns
  const own = hlcMs(hlc[part] as Hlc)
  const values = state.waitingValues.get(part) ?? []
  return {
    saying: {
      ...{ at: momentUnder(book, coverageOfPart(state, part), own), own, document },
      ...{ hlc: hlc[part] as number, device: device[part] as number },
      record: record[part] as number,
    },
    amountByLeg: new Map(values.map(({ leg, amount }) => [leg, amount])),
  }
}

function isPriced({ ledger }: FoldState, movement: number): boolean {
  const { kind, quantity } = ledger.movements.columns
  const rank = (kind[movement] as number) & rankMask
  const isIn = rank !== rankOf.internal && (quantity[movement] as number) > 0
  return isIn && !isCounted(ledger, movement)
}

/** [SEL15] What of a count was found, or is there, turns out to be worth so much apiece. */
function priceOfCount(
  state: FoldState,
  movement: number,
  steps: readonly Step[],
): readonly Change[] {
  const name = state.names.texts.read(state.ledger.movements.columns.leg[movement] as number)
  return steps.flatMap(({ saying, amountByLeg }): Change[] => {
    const price = amountByLeg?.get(name)
    if (price === undefined || price < 0) return []
    return [{ ...momentOf(saying), of: movement, amount: 0, provisional: 0, price }]
  })
}

/** Each step changes the value from what goods cost by all before it to what they cost by it too. */
function changesOfLeg(
  state: FoldState,
  movement: number,
  spans: readonly CountedSpan[],
  steps: readonly Step[],
): readonly Change[] {
  const name = state.names.texts.read(state.ledger.movements.columns.leg[movement] as number)
  const onTime = spans.filter(({ from }) => from === undefined).map(({ row }) => row)
  const rows = new Set(onTime.filter((row) => isOfMovement(state, row, movement)))
  let base = baseOf(state, movement)
  let before = ratedBy(state, movement, base, rows)
  const changes: Change[] = []
  for (const { saying, amountByLeg, added, taken } of steps) {
    base = amountByLeg?.get(name) ?? base
    if (added !== undefined && isOfMovement(state, added, movement)) rows.add(added)
    if (taken !== undefined) rows.delete(taken)
    const after = ratedBy(state, movement, base, rows)
    const amount = (after ?? 0) - (before ?? 0)
    const provisional = Number(before === undefined) - Number(after === undefined)
    before = after
    if (amount === 0 && provisional === 0) continue
    changes.push({ ...momentOf(saying), of: movement, amount, provisional })
  }
  return changes
}

function momentOf({ at, own, hlc, device, document }: Saying) {
  return { at, own, hlc, device, document }
}

function putChanges(state: FoldState, changes: readonly Change[]): LateValue[] {
  const { ledger } = state
  const eventByKey = new Map<string, number>()
  const put: LateValue[] = []
  for (const change of changes) {
    const { of, amount, provisional, price, takesBack, ...moment } = change
    const key = Object.values(moment).join('|')
    const event = eventByKey.get(key) ?? putEvent(ledger, moment)
    eventByKey.set(key, event)
    const { line, cell, leg } = ledger.movements.columns
    const place = { line: line[of] as number, cell: cell[of] as number, leg: leg[of] as number }
    const kind = rankOf.value | (takesBack === undefined ? 0 : isReversalBit)
    const movement = putMovement(ledger, { event, ...place, quantity: 0, kind })
    put.push({ ...change, movement })
    if (takesBack === undefined) {
      ledger.lateValues.set(movement, { of, provisional, ...(price !== undefined && { price }) })
      putValue(ledger, movement, amount)
    } else linkMovement(ledger, movement, put[takesBack]?.movement ?? -1)
  }
  return put
}
