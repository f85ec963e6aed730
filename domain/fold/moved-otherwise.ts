/**
 * Which goods moved otherwise than was seen, and by which documents. Kept from question to question: between two of
 * them only goods that were touched are looked at again, so that a question costs what has changed and not what there
 * is. The answer is that of a walk over all movements [NEW8].
 */

import { isCounted } from '#domain/ledgers/stock/counts.ts'
import { isDeadBit } from '#domain/ledgers/stock/movement.ts'
import { poolsOfSku } from '#domain/ledgers/stock/place.ts'
import type { CostPolicy } from '#domain/ledgers/stock/policy.ts'
import type { FoldState } from './fold-state.ts'
import { isApart } from './halves.ts'
import { type SeenFigures, worthOf } from './seen-figures.ts'

/** What a document moves now, less what it moved then: steps and fen. */
export interface Sums {
  quantity: number
  value: number
  isEarlier: boolean
  isCount: boolean
}

/** By number of the SKU and, −1 for the company, of the branch. */
export interface Group {
  readonly sku: number
  readonly branch: number
  readonly byLine: Map<number, number>
  readonly byDocument: Map<number, Sums>
}

/** By number of the SKU. */
export type Groups = ReadonlyMap<number, readonly Group[]>

export interface MovedOtherwise {
  since(seen: SeenFigures): Groups
}

interface Kept {
  readonly seen: SeenFigures
  readonly policy: CostPolicy
  readonly groups: Map<number, Group[]>
}

export function movedOtherwise(state: FoldState): MovedOtherwise {
  let kept: Kept | undefined
  return {
    since(seen) {
      const { policy } = state.ledger
      if (kept?.seen === seen && kept.policy === policy) lookAgain(state, kept)
      else kept = { seen, policy, groups: lookAtAll(state, seen) }
      state.touchedSinceAsked = new Set()
      return kept.groups
    },
  }
}

function lookAtAll(state: FoldState, seen: SeenFigures): Map<number, Group[]> {
  const groups = new Map<number, Group[]>()
  const { rows } = state.ledger.movements
  for (let movement = 0; movement < rows; movement++) addMovement(state, seen, groups, movement)
  return groups
}

function lookAgain(state: FoldState, { seen, groups }: Kept): void {
  const touched = state.touchedSinceAsked ?? new Set()
  if (touched.size === 0) return
  const dead = deadRows(state, touched)
  for (const sku of touched) {
    groups.delete(sku)
    for (const movement of movementsOf(state, sku, dead.get(sku) ?? [])) {
      addMovement(state, seen, groups, movement)
    }
  }
}

/** In the order of their rows, as a walk over all of them meets them. */
function movementsOf({ ledger }: FoldState, sku: number, dead: readonly number[]): number[] {
  const rows = [...dead]
  for (const pool of poolsOfSku(ledger, sku)) {
    for (const movement of ledger.chains.view(pool)) rows.push(movement)
  }
  return rows.sort((a, b) => a - b)
}

/** Movements of some SKUs that are not in force: no chain holds them. */
function deadRows({ ledger }: FoldState, skus: ReadonlySet<number>): Map<number, number[]> {
  const { kind, line } = ledger.movements.columns
  const dead = new Map<number, number[]>()
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    if (((kind[movement] as number) & isDeadBit) === 0) continue
    const sku = ledger.lines.first(line[movement] as number)
    if (!skus.has(sku)) continue
    const known = dead.get(sku)
    if (known === undefined) dead.set(sku, [movement])
    else known.push(movement)
  }
  return dead
}

function addMovement(
  state: FoldState,
  seen: SeenFigures,
  groups: Map<number, Group[]>,
  movement: number,
): void {
  const { ledger } = state
  const { quantity, line, event } = ledger.movements.columns
  const isKnown = movement < seen.quantity.length
  const was = isKnown ? (seen.quantity[movement] as number) : 0
  const wasWorth = isKnown ? (seen.worth[movement] as number) : 0
  const steps = (quantity[movement] as number) - was
  const value = worthOf(ledger, movement) - wasWorth
  if (steps === 0 && value === 0) return
  const at = line[movement] as number
  if (isApart(state.names)(ledger.places.second(ledger.lines.second(at)))) return
  const group = groupOf(state, groups, at)
  group.byLine.set(at, (group.byLine.get(at) ?? 0) + steps)
  const { document } = ledger.events.columns
  const sums = sumsOf(group, document[event[movement] as number] as number)
  sums.quantity += steps
  sums.value += value
  sums.isEarlier ||= isKnown
  sums.isCount ||= isCounted(ledger, movement)
}

function groupOf({ ledger }: FoldState, groups: Map<number, Group[]>, line: number): Group {
  const place = placeOfLine(ledger, line)
  const ofSku = groups.get(place.sku)
  const known = ofSku?.find(({ branch }) => branch === place.branch)
  if (known !== undefined) return known
  const group: Group = { ...place, byLine: new Map(), byDocument: new Map() }
  if (ofSku === undefined) groups.set(place.sku, [group])
  else ofSku.push(group)
  return group
}

/** The goods that share their value with those of a line. */
export function placeOfLine(
  { lines, places, policy }: FoldState['ledger'],
  line: number,
): Pick<Group, 'sku' | 'branch'> {
  const sku = lines.first(line)
  return { sku, branch: policy.scope === 'company' ? -1 : places.second(lines.second(line)) }
}

function sumsOf({ byDocument }: Group, document: number): Sums {
  const known = byDocument.get(document)
  if (known !== undefined) return known
  const sums: Sums = { quantity: 0, value: 0, isEarlier: false, isCount: false }
  byDocument.set(document, sums)
  return sums
}
