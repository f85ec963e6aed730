/**
 * Values that the buying part of a posting brings, also when they come before the posting itself. Those of
 * parts that are not in force are kept while another may take their place.
 */

import { audiences } from '#domain/records/audience.ts'
import type { LegValue } from '#domain/records/posted-body.ts'
import type { Money } from '#domain/values/money.ts'
import { baseOf } from './adjustment-rows.ts'
import { adjustLegsOf, putBase } from './adjustments.ts'
import { movementsOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { isPricedLate } from './late-values.ts'
import { partInForce, partsOf } from './parts.ts'

/** Values of legs that the part brings: applied now, or when its posting is in force. */
export function noteValues(state: FoldState, part: number, values: readonly LegValue[]): void {
  const document = state.parts.columns.document[part] as number
  const other = appliedBefore(state, document, part)
  if (other >= 0) keepValues(state, document, other)
  state.waitingValues.set(part, values)
  applyValues(state, document)
}

/** Gives the movements in force the costs of the buying part in force. */
export function applyValues(state: FoldState, document: number): void {
  const { lead } = state.documents.columns
  if ((lead[document] as number) < 0) return
  const chosen = partInForce(state, document, 'buying')
  if (chosen >= 0 && isPricedLate(state, document, chosen)) {
    rememberValues(state, document)
    putValues(state, document, [])
  } else putOnTime(state, document, chosen)
  // Its moment may be another one now: whether what later documents say is said late follows from that.
  adjustLegsOf(state, document)
}

function putOnTime(state: FoldState, document: number, chosen: number): void {
  const values = state.waitingValues.get(chosen)
  if (values === undefined) return
  const placed = putValues(state, document, values)
  // Alone in its document, no other can ever take its place; but another lead may have the legs that this lacks.
  const isAlone = buyingParts(state, document).length === 1 && !state.disputed.has(document)
  if (isAlone && placed === values.length) state.waitingValues.delete(chosen)
}

/** [IMP1] The only values of a document were only tried: it waits for its costs again. */
export function forgetValues(state: FoldState, document: number): void {
  if (partInForce(state, document, 'buying') >= 0) return
  putValues(state, document, [])
  adjustLegsOf(state, document)
}

/** Before the posting leaves force: what it was said to cost is not lost with its movements. */
export function rememberValues(state: FoldState, document: number): void {
  const chosen = partInForce(state, document, 'buying')
  if (chosen >= 0 && !state.waitingValues.has(chosen)) keepValues(state, document, chosen)
}

function keepValues(state: FoldState, document: number, part: number): void {
  const { leg } = state.ledger.movements.columns
  const values = [...movementsOf(state, document)].flatMap((movement) => {
    const amount = baseOf(state, movement)
    const name = state.names.texts.read(leg[movement] as number)
    return amount === undefined ? [] : [{ leg: name, amount: amount as Money }]
  })
  state.waitingValues.set(part, values)
}

/** The buying part whose costs stand in the movements and are kept nowhere else; −1 for none. */
function appliedBefore(state: FoldState, document: number, newcomer: number): number {
  if ((state.documents.columns.lead[document] as number) < 0) return -1
  const others = buyingParts(state, document).filter((part) => part !== newcomer)
  return others.find((part) => !state.waitingValues.has(part)) ?? -1
}

function buyingParts(state: FoldState, document: number): number[] {
  const { audience } = state.parts.columns
  return [...partsOf(state, document)].filter((part) => audience[part] === buying)
}

const buying = audiences.indexOf('buying')

/** How many of the values found their leg. */
function putValues(state: FoldState, document: number, values: readonly LegValue[]): number {
  const { leg } = state.ledger.movements.columns
  const amountByLeg = new Map(values.map((value) => [value.leg as string, value.amount]))
  let placed = 0
  for (const movement of movementsOf(state, document)) {
    const amount = amountByLeg.get(state.names.texts.read(leg[movement] as number))
    if (amount !== undefined) placed += 1
    putBase(state, movement, amount)
  }
  return placed
}
