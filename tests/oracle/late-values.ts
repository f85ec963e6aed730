/**
 * What documents say of the cost of other documents' goods, and of their own: in time, when the goods cost
 * it from the beginning; or when their month was closed, when it changes what is there at its own date
 * (policies 9 and 10, [SEL11] to [SEL13]).
 */
import {
  awaitsPrice,
  changeOfValue,
  documentKey,
  isAsserting,
  isInternalMove,
  isRestating,
  type Movement,
} from './movement.ts'
import { compareKeys, type Stamp } from './stamp.ts'
import { type Rated, statedCost } from './stated-cost.ts'
import {
  type Adjustment,
  isPricedLate,
  isSaidLate,
  type Said,
  type Standing,
} from './statements.ts'

/** What was said late of a document: its own prices, or that an adjustment counts from now on, or no more. */
interface Step {
  readonly stamp: Stamp
  readonly docId: string
  readonly values?: Standing['values']
  readonly added?: Adjustment
  readonly taken?: Adjustment
}

/** An adjustment that counts: from the beginning where `from` is left out, and for good without `until`. */
interface Span {
  readonly adjustment: Adjustment
  readonly by: Standing
  readonly from: Stamp | undefined
  readonly until: Stamp | undefined
}

/** Gives goods what was said of them in time; answers the changes of value that were said late. */
export function saidLate(
  documents: readonly Standing[],
  movements: readonly Movement[],
): Movement[] {
  const byDocument = new Map<string, Movement[]>()
  for (const movement of movements) {
    if (movement.isMirror) continue
    const key = documentKey(movement)
    byDocument.set(key, [...(byDocument.get(key) ?? []), movement])
  }
  const pricing = documents.filter(({ adjustments }) => adjustments.length > 0)
  return documents.flatMap((document) => {
    const spans = pricing.flatMap((by) => spansOf(by, document))
    const own = byDocument.get(documentKey(document)) ?? []
    for (const movement of own) {
      const inTime = spans.filter(({ from, adjustment }) => {
        return from === undefined && isAbout(adjustment, movement)
      })
      movement.adjustments.push(...inTime.map(({ adjustment }) => adjustment))
    }
    return changesOfDocument(document, own, spans)
  })
}

function spansOf(by: Standing, of: Standing): Span[] {
  if (by.branch !== of.branch || by.priced === undefined) return []
  const { priced, reversal, seals } = by
  // It says nothing before its posting is known.
  const known = Math.max(priced.sealsBefore, by.sealsBefore)
  const { own } = by.stamp
  const said = { ...priced.stamp, own, at: Math.max(own, seals.openAfter(known)) }
  const from = isSaidLate(of, known) ? said : undefined
  if (reversal !== undefined && !isUndoneLate(of, reversal, from)) return []
  const until = reversal?.stamp
  return by.adjustments
    .filter(({ docId }) => docId === of.docId)
    .map((adjustment) => ({ adjustment, by, from, until }))
}

/** What is taken back before it counts, or in time, never does. */
function isUndoneLate(of: Standing, reversal: Said, from: Stamp | undefined): boolean {
  if (!isSaidLate(of, reversal.sealsBefore)) return false
  return from === undefined || isBefore(from, reversal.stamp)
}

function isBefore(one: Stamp, other: Stamp): boolean {
  return compareKeys(keyOf(one), keyOf(other)) < 0
}

function keyOf({ at, hlc, device, id }: Stamp) {
  return [at, hlc, device, id]
}

function isAbout({ leg }: Adjustment, movement: Movement): boolean {
  return movement.stated.leg === leg && awaitsPrice(movement) && movement.quantity > 0n
}

function changesOfDocument(
  document: Standing,
  movements: readonly Movement[],
  spans: readonly Span[],
): Movement[] {
  const { reversal } = document
  const steps = stepsOf(document, spans).filter(({ stamp }) => {
    return reversal === undefined || isBefore(stamp, reversal.stamp)
  })
  const changes = movements.flatMap((movement) => changesOf(movement, steps))
  if (reversal === undefined) return changes
  return [
    ...changes,
    ...changes.map((origin) => ({
      ...{ ...origin, origin, isMirror: true },
      ...{ stamp: reversal.stamp, docId: document.docId },
    })),
  ]
}

function stepsOf(document: Standing, spans: readonly Span[]): Step[] {
  const { docId, priced, seals, values } = document
  const steps: Step[] = spans.flatMap(({ adjustment, by, from, until }) => [
    ...(from === undefined ? [] : [{ stamp: from, docId: by.docId, added: adjustment }]),
    ...(until === undefined ? [] : [{ stamp: until, docId: by.docId, taken: adjustment }]),
  ])
  if (priced !== undefined && isPricedLate(document)) {
    // A price bears the moment at which it was written.
    const own = Math.floor(priced.stamp.hlc / ticksPerMs)
    const at = Math.max(own, seals.openAfter(priced.sealsBefore))
    steps.push({ stamp: { ...priced.stamp, own, at }, docId, values })
  }
  return steps.sort((a, b) => compareKeys(keyOf(a.stamp), keyOf(b.stamp)))
}

/** A hybrid clock counts so many ticks in a millisecond. */
const ticksPerMs = 1_024

/** Each step changes the value from what the goods cost by all before it to what they cost by it too. */
function changesOf(of: Movement, steps: readonly Step[]): Movement[] {
  if (isAsserting(of) || isRestating(of)) return pricesOfCount(of, steps)
  if (isInternalMove(of) || of.quantity <= 0n) return []
  const changes: Movement[] = []
  let rated: Rated = of
  for (const { stamp, docId, values, added, taken } of steps) {
    const before = statedCost(rated)
    const known = rated.adjustments.filter((each) => each !== taken)
    const more = added !== undefined && isAbout(added, of) ? [added] : []
    rated = {
      quantity: of.quantity,
      amount: values?.get(of.stated.leg) ?? rated.amount,
      adjustments: [...known, ...more],
    }
    const after = statedCost(rated)
    const inPlaceOf = BigInt(before === undefined) - BigInt(after === undefined)
    const amount = (after ?? 0n) - (before ?? 0n)
    if (amount !== 0n || inPlaceOf !== 0n) {
      changes.push(changeOfValue(of, { stamp, docId, amount, inPlaceOf }))
    }
  }
  return changes
}

/** What each unit of its surplus, or of all that is there, turns out to be worth. */
function pricesOfCount(of: Movement, steps: readonly Step[]): Movement[] {
  return steps.flatMap(({ stamp, docId, values }) => {
    const price = values?.get(of.stated.leg)
    const said = { stamp, docId, amount: 0n, inPlaceOf: 0n }
    return price === undefined || price < 0n ? [] : [changeOfValue(of, { ...said, price })]
  })
}
