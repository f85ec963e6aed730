/** What a movement does to a piece with a serial number: from its class and the type of its document [SER1]. */

import { classOf } from '#domain/ledgers/stock/movement.ts'
import { pairedIn, pairedOut } from '#domain/ledgers/stock/led-legs.ts'
import { lifeOf, type SerialAct, type SerialLife } from '#domain/ledgers/stock/serial-life.ts'
import type { FoldState } from './fold-state.ts'
import { isAwayPlace } from './halves.ts'
import { isTransitPlace } from './transit-view.ts'

/** Types of documents that sell what they issue. */
const sellingTypes: ReadonlySet<string> = new Set(['shipment', 'retail-sale'])

const actByType: Readonly<Record<string, SerialAct>> = {
  ...{ 'purchase-return': 'give-back', 'write-off': 'write-off', 'stock-gain': 'find' },
  'other-out': 'write-off',
  'transfer-loss': 'lose',
}

/** As all its movements tell it, or those of one branch. */
export function lifeOfSerial(
  state: FoldState,
  sku: number,
  serial: number,
  branch?: number,
): SerialLife {
  return lifeOf(state.ledger, { sku, serial, branch }, (movement) => actOf(state, movement))
}

/** Whether the movement belongs to a document that sells. */
export function isSale(state: FoldState, movement: number): boolean {
  const { kind, quantity } = state.ledger.movements.columns
  const isIssue =
    classOf(kind[movement] as number) === 'issue' && (quantity[movement] as number) < 0
  return isIssue && sellingTypes.has(typeOf(state, movement))
}

function actOf(state: FoldState, movement: number): SerialAct {
  const { kind, quantity } = state.ledger.movements.columns
  const isIn = (quantity[movement] as number) > 0
  const sided = (wayIn: SerialAct, wayOut: SerialAct) => (isIn ? wayIn : wayOut)
  switch (classOf(kind[movement] as number)) {
    case 'opening':
    case 'receipt':
      return actByType[typeOf(state, movement)] ?? 'receive'
    case 'return-in':
      return 'take-back'
    case 'count':
    case 'value':
      return sided('find', 'lose')
    case 'issue':
      return actByType[typeOf(state, movement)] ?? 'sell'
    case 'internal':
      if (isInTransit(state, movement)) return 'pass'
      if (isMove(state, movement)) return sided('arrive', 'send')
      return sided('take-apart', 'assemble')
  }
}

/** Into transit, or out of it: the other leg says where the piece sets out, or arrives. */
function isInTransit(state: FoldState, movement: number): boolean {
  const { movements, lines } = state.ledger
  return isTransitPlace(state, lines.second(movements.columns.line[movement] as number))
}

/** The other side is in another branch, or on the way there. */
function isBetweenBranches(state: FoldState, movement: number): boolean {
  const { ledger } = state
  const other = Math.max(pairedIn(ledger, movement), pairedOut(ledger, movement))
  const { line } = ledger.movements.columns
  return other >= 0 && isAwayPlace(state, ledger.lines.second(line[other] as number))
}

/** The other side of an internal move moves the same SKU with the same number. */
function isMove(state: FoldState, movement: number): boolean {
  const { ledger } = state
  if (isBetweenBranches(state, movement)) return true
  const { event, cell, line, quantity } = ledger.movements.columns
  const isOther = (row: number) =>
    row >= 0 &&
    row < ledger.movements.rows &&
    event[row] === event[movement] &&
    quantity[row] === 0 - (quantity[movement] as number) &&
    ledger.lines.first(line[row] as number) === ledger.lines.first(line[movement] as number) &&
    tagNumber(row) === tagNumber(movement)
  const tagNumber = (row: number) =>
    (cell[row] as number) < 0 ? 0 : ledger.details.first(ledger.cells.second(cell[row] as number))
  for (let step = 1; step <= limitLegsApart; step++) {
    if (isOther(movement - step) || isOther(movement + step)) return true
    const isBefore = event[movement - step] === event[movement]
    const isAfter = event[movement + step] === event[movement]
    if (!isBefore && !isAfter) return false
  }
  return false
}

/** The two legs of a move stand close: a line's out legs, then its in legs. */
const limitLegsApart = 2_000

function typeOf({ ledger, documents, names }: FoldState, movement: number): string {
  const event = ledger.movements.columns.event[movement] as number
  const document = ledger.events.columns.document[event] as number
  return names.types.text(documents.columns.type[document] as number)
}
