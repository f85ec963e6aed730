/**
 * Values that the buying part of a posting brings, also when they come before the posting itself. Those of
 * parts that are not in force are kept while another may take their place.
 */

import { dropMovement, putEvent, putMovement, putValue } from '#domain/ledgers/stock/change.ts'
import { isCounted } from '#domain/ledgers/stock/counts.ts'
import { rankMask, rankOf } from '#domain/ledgers/stock/movement.ts'
import { audiences } from '#domain/records/audience.ts'
import type { LegValue } from '#domain/records/posted-body.ts'
import { type Hlc, hlcMs } from '#domain/values/hybrid-clock.ts'
import type { Money } from '#domain/values/money.ts'
import { baseOf, putBase } from './adjustments.ts'
import { coverageOfPart } from './coverage.ts'
import { movementsOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { partInForce, partsOf } from './parts.ts'
import { momentUnder, sealBookOf } from './seals.ts'

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
  const lateAt = chosen < 0 ? undefined : lateMomentOf(state, document, chosen)
  if (lateAt !== undefined) return putLate(state, document, chosen, lateAt)
  dropLate(state, document)
  const values = state.waitingValues.get(chosen)
  if (values === undefined) return
  putValues(state, document, values)
  // Alone in its document, no other can ever take its place.
  if (buyingParts(state, document).length === 1 && !state.disputed.has(document)) {
    state.waitingValues.delete(chosen)
  }
}

/** The posting in force leaves it: what was said late of its costs is not said of another. */
export function dropLate(state: FoldState, document: number): void {
  for (const movement of state.lateValues.get(document)?.movements ?? []) {
    dropMovement(state.ledger, movement)
  }
  state.lateValues.delete(document)
}

/**
 * [SEL11] When the costs count that a part states of a document whose month was closed before the part was known:
 * at their own date, or the first moment that is open; undefined where they count with the goods.
 */
function lateMomentOf(state: FoldState, document: number, part: number): number | undefined {
  const { branch, effective } = state.documents.columns
  const book = sealBookOf(state, branch[document] as number)
  if (book.seals.length === 0) return undefined
  const coverage = coverageOfPart(state, part)
  const closed = book.seals[coverage - 1]?.said.until ?? 0
  if ((effective[document] as number) >= closed) return undefined
  return momentUnder(book, coverage, hlcMs(state.parts.columns.hlc[part] as Hlc))
}

function putLate(state: FoldState, document: number, part: number, at: number): void {
  const known = state.lateValues.get(document)
  if (known?.part === part && known.at === at) return
  rememberValues(state, document)
  const values = state.waitingValues.get(part) ?? []
  putValues(state, document, [])
  dropLate(state, document)
  const { ledger, names, parts } = state
  const event = putEvent(ledger, {
    ...{ at, own: hlcMs(parts.columns.hlc[part] as Hlc), hlc: parts.columns.hlc[part] as number },
    ...{ device: parts.columns.device[part] as number, document },
  })
  const amountByLeg = new Map(values.map((value) => [value.leg as string, value.amount]))
  const movements: number[] = []
  for (const movement of movementsOf(state, document)) {
    const { line, cell, leg, quantity, kind } = ledger.movements.columns
    const amount = amountByLeg.get(names.texts.read(leg[movement] as number))
    const rank = (kind[movement] as number) & rankMask
    const isPriced = rank !== rankOf.internal && (quantity[movement] as number) > 0
    if (amount === undefined || !isPriced || isCounted(ledger, movement)) continue
    const late = putMovement(ledger, {
      ...{ event, line: line[movement] as number, cell: cell[movement] as number },
      ...{ leg: leg[movement] as number, quantity: 0, kind: rankOf.value },
    })
    ledger.lateValues.set(late, movement)
    putValue(ledger, late, amount)
    movements.push(late)
  }
  state.lateValues.set(document, { part, at, movements })
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

function putValues(state: FoldState, document: number, values: readonly LegValue[]): void {
  const { leg } = state.ledger.movements.columns
  const amountByLeg = new Map(values.map((value) => [value.leg as string, value.amount]))
  for (const movement of movementsOf(state, document)) {
    if (isCounted(state.ledger, movement)) continue
    const name = state.names.texts.read(leg[movement] as number)
    putBase(state, movement, amountByLeg.get(name))
  }
}
