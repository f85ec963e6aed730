/**
 * [F11] What counts leave to ask: goods that moved before a count and were told of after it, goods that
 * moved while it was made, goods found where less than none were booked. Whoever has looked says so.
 */

import {
  countsReflecting,
  fillsShortageBit,
  isMovedMeanwhileBit,
  isRestatedBit,
  movedMeanwhile,
} from '#domain/ledgers/stock/count-questions.ts'
import { countOf, isCounted } from '#domain/ledgers/stock/counts.ts'
import { positionOf } from '#domain/ledgers/stock/chain-order.ts'
import { linkedTo } from '#domain/ledgers/stock/link.ts'
import { isDeadBit, isReversalBit } from '#domain/ledgers/stock/movement.ts'
import { effectiveAt } from '#domain/ledgers/stock/order.ts'
import { branchText, documentOf, movementsOf } from './document-rows.ts'
import { aboutFinding, type Finding, type FindingCode, limitEvidence } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { isSeen } from './is-seen.ts'
import { docIdOf } from './names.ts'

export function* countFindings(state: FoldState): Generator<Finding> {
  for (const [count, bits] of state.ledger.countQuestions) {
    if (isReversed(state, count)) continue
    for (const [bit, asked] of questions) {
      if ((bits & bit) !== 0) yield* asked(state, count).filter((each) => !isSeen(state, each))
    }
  }
}

/**
 * [FIN13] Of goods that were counted before their document was closed out: the count had reflected it, and
 * its difference, which is sealed, is corrected in the open month.
 */
export function* countedBeforeLate(state: FoldState): Generator<Finding> {
  for (const document of state.late) {
    // What was taken back gives back what it took.
    if ((state.documents.columns.reversal[document] as number) >= 0) continue
    for (const movement of movementsOf(state, document)) {
      yield* corrected(state, movement).filter((each) => !isSeen(state, each))
    }
  }
}

function corrected(state: FoldState, movement: number): Finding[] {
  const { ledger } = state
  const correction = ledger.corrections.get(movement)
  if (correction === undefined || quantityOf(state, correction) === 0) return []
  const pool = ledger.movements.columns.pool[movement] as number
  if (isCountedAgain(state, pool, positionOf(ledger, pool, correction))) return []
  return [
    findingOf(state, movement, {
      code: 'counted-before-late',
      facts: { quantity: quantityOf(state, correction) },
      movements: countsReflecting(ledger, movement),
    }),
  ]
}

const questions = [
  [isRestatedBit, restated],
  [isMovedMeanwhileBit, movedWhileCounted],
  [fillsShortageBit, surplusOnShortage],
] as const

/** [FIN9] "0 → +1": a document that took effect before the count came after it. */
function restated(state: FoldState, count: number): Finding[] {
  const { counted = 0, book = 0 } = countOf(state.ledger, count) ?? {}
  const known = counted - book
  const difference = quantityOf(state, count)
  const late = lateBefore(state, count, known - difference)
  return [
    findingOf(state, count, {
      code: 'arrived-after-count',
      facts: { counted, known, quantity: difference },
      movements: late,
    }),
  ]
}

/** [FIN10] Whether it was counted before or after the goods moved, only people know; counting again settles it. */
function movedWhileCounted(state: FoldState, count: number): Finding[] {
  const { ledger } = state
  const pool = ledger.movements.columns.pool[count] as number
  const position = positionOf(ledger, pool, count)
  if (position < 0 || isCountedAgain(state, pool, position)) return []
  const movements = movedMeanwhile(ledger, pool, position)
  const moved = movements.reduce((sum, movement) => sum + quantityOf(state, movement), 0)
  const { since = 0 } = countOf(ledger, count) ?? {}
  return [
    findingOf(state, count, {
      code: 'moved-while-counted',
      facts: { since, times: movements.length, quantity: moved },
      movements,
    }),
  ]
}

/** [FIN11] 是否漏录入库: goods cannot be less than none, so something was not entered. */
function surplusOnShortage(state: FoldState, count: number): Finding[] {
  const { counted = 0 } = countOf(state.ledger, count) ?? {}
  const booked = counted - quantityOf(state, count)
  return [
    findingOf(state, count, {
      code: 'surplus-on-shortage',
      facts: { counted, quantity: booked },
      movements: [],
    }),
  ]
}

interface Asked {
  readonly code: FindingCode
  readonly facts: Readonly<Record<string, number>>
  /** What it is about besides the count. */
  readonly movements: readonly number[]
}

function findingOf(state: FoldState, count: number, { code, facts, movements }: Asked): Finding {
  const { names, ledger } = state
  const { leg, line } = ledger.movements.columns
  const document = documentOf(state, count)
  const branch = branchText(state, document)
  const docId = docIdOf(names, document)
  const name = names.texts.read(leg[count] as number)
  const own = line[count] as number
  const skuId = names.skus.text(ledger.lines.first(own))
  const warehouse = names.warehouses.text(ledger.places.first(ledger.lines.second(own)))
  const others = new Set(movements.map((movement) => documentOf(state, movement)))
  return {
    ...{ key: `${code}|${branch}|${docId}|${name}`, code, ...aboutFinding[code] },
    ...{ layer: 'goods', branch, skuId },
    seenAs: Object.values(facts).join('|'),
    evidence: { docId, leg: name, sku: skuId, warehouse, at: effectiveAt(ledger, count), ...facts },
    documents: [docId, ...[...others].map((other) => docIdOf(names, other))].slice(
      0,
      limitEvidence,
    ),
  }
}

/**
 * What the counter's device may not have known: movements before the count that another device wrote,
 * or this one later. One that makes the whole difference stands for itself.
 */
function lateBefore({ ledger }: FoldState, count: number, missing: number): number[] {
  const { cell, line, pool, quantity, event } = ledger.movements.columns
  const { hlc, device } = ledger.events.columns
  const own = event[count] as number
  const isLate = (movement: number) => {
    const other = event[movement] as number
    return device[other] !== device[own] || (hlc[other] as number) > (hlc[own] as number)
  }
  const found: number[] = []
  const position = positionOf(ledger, pool[count] as number, count)
  for (let before = position - 1; before >= 0 && found.length < limitEvidence; before--) {
    const movement = ledger.chains.at(pool[count] as number, before)
    if (line[movement] !== line[count] || cell[movement] !== cell[count]) continue
    // Before it the balance was counted too.
    if (countOf(ledger, movement) !== undefined) break
    // A change of value alone is there for readers of costs only.
    if (quantity[movement] === 0 || !isLate(movement)) continue
    if (quantity[movement] === missing) return [movement]
    found.push(movement)
  }
  return found
}

function isCountedAgain(state: FoldState, pool: number, position: number): boolean {
  const { ledger } = state
  const { cell, line } = ledger.movements.columns
  const chain = ledger.chains.view(pool)
  const count = chain[position] as number
  return chain
    .subarray(position + 1)
    .some(
      (movement) =>
        line[movement] === line[count] &&
        cell[movement] === cell[count] &&
        countOf(ledger, movement) !== undefined &&
        !isReversed(state, movement),
    )
}

function isReversed({ ledger }: FoldState, count: number): boolean {
  const { kind } = ledger.movements.columns
  return linkedTo(ledger, count).some(
    (mirror) => isCounted(ledger, mirror) && isMirrorInForce(kind[mirror] as number),
  )
}

function isMirrorInForce(bits: number): boolean {
  return (bits & isReversalBit) !== 0 && (bits & isDeadBit) === 0
}

function quantityOf({ ledger }: FoldState, movement: number): number {
  return ledger.movements.columns.quantity[movement] as number
}
