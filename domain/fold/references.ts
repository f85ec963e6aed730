/**
 * Links between documents: a leg names `docId + leg` of what it takes back, whichever posting of that
 * document is in force [F2]. A link that leads nowhere leaves the leg standing by itself, and is a finding.
 */

import { appendRow } from '#domain/ledgers/columns/table.ts'
import { linkMovement } from '#domain/ledgers/stock/change.ts'
import { isCounted } from '#domain/ledgers/stock/counts.ts'
import { pairedOut } from '#domain/ledgers/stock/led-legs.ts'
import type { Leg } from '#domain/records/posted-body.ts'
import { coverageOfPart } from './coverage.ts'
import { documentRow, isPosted, movementOfLeg } from './document-rows.ts'
import type { BrokenLink, FoldState } from './fold-state.ts'

/** References as they are looked up; made from their table when first needed. */
export interface ReferenceIndex {
  /** Rows by the document that they refer to. */
  readonly byTarget: Map<number, number[]>
  /** Row by the movement that refers. */
  readonly byChild: Map<number, number>
}

/** Notes what `movement` refers to, in the same branch, and links it if that is there. */
export function addReference(
  state: FoldState,
  movement: number,
  branch: number,
  origin: NonNullable<Leg['origin']>,
): void {
  const index = indexOf(state)
  const row = appendRow(state.references)
  const { child, document, leg } = state.references.columns
  child[row] = movement
  document[row] = documentRow(state, origin.docId, branch)
  leg[row] = state.names.texts.append(origin.leg)
  addToIndex(index, row, movement, document[row])
  resolve(state, row)
}

/** The posting of `document` in force has changed: links to it are made anew. */
export function resolveReferencesTo(state: FoldState, document: number): void {
  for (const row of indexOf(state).byTarget.get(document) ?? []) resolve(state, row)
}

/** Movements in force that refer to a leg of `document`. */
export function referrersTo(state: FoldState, document: number): readonly number[] {
  const { child } = state.references.columns
  return (indexOf(state).byTarget.get(document) ?? []).map((row) => child[row] as number)
}

/** The movements are not in force any more, and refer to nothing. */
export function dropReferences(state: FoldState, movements: readonly number[]): void {
  const { child, document } = state.references.columns
  const { byTarget, byChild } = indexOf(state)
  for (const movement of movements) {
    const row = byChild.get(movement)
    if (row === undefined) continue
    const target = document[row] as number
    byTarget.set(
      target,
      (byTarget.get(target) ?? []).filter((other) => other !== row),
    )
    byChild.delete(movement)
    state.brokenLinks.delete(movement)
    child[row] = -1
  }
}

/** Where a reference leads, as a person can read it. */
export interface ReferenceTarget {
  readonly document: number
  readonly leg: string
}

/** What `movement` refers to; undefined when it refers to nothing. */
export function referenceOf(state: FoldState, movement: number): ReferenceTarget | undefined {
  const row = indexOf(state).byChild.get(movement)
  if (row === undefined) return undefined
  const { document, leg } = state.references.columns
  return { document: document[row] as number, leg: state.names.texts.read(leg[row] as number) }
}

function resolve(state: FoldState, row: number): void {
  const { child, document, leg } = state.references.columns
  const movement = child[row] as number
  const target = document[row] as number
  const origin = movementOfLeg(state, target, state.names.texts.read(leg[row] as number))
  const broken = whyBroken(state, movement, target, origin)
  linkMovement(state.ledger, movement, broken === undefined ? origin : -1)
  if (broken === undefined) state.brokenLinks.delete(movement)
  else state.brokenLinks.set(movement, broken)
  state.touched.hasFindings = true
}

function whyBroken(
  state: FoldState,
  movement: number,
  target: number,
  origin: number,
): BrokenLink | undefined {
  if (!isPosted(state, target)) return 'origin-missing'
  if (origin < 0) return 'leg-missing'
  const { line, quantity } = state.ledger.movements.columns
  const skuOf = (one: number) => state.ledger.lines.first(line[one] as number)
  const signs = Math.sign(quantity[movement] as number) + Math.sign(quantity[origin] as number)
  // A count moves nothing that could be taken back, whichever way its difference lies by now.
  if (isCounted(state.ledger, movement) || isCounted(state.ledger, origin)) return 'origin-differs'
  if (skuOf(movement) !== skuOf(origin) || signs !== 0) return 'origin-differs'
  if (isSealedBefore(state, movement, target)) return 'origin-late'
  // INVARIANT: a link leads to a movement that leads nowhere, so links can make no circle.
  const { byChild } = indexOf(state)
  const isLed = byChild.has(pairedOut(state.ledger, origin))
  return byChild.has(origin) || isLed ? 'origin-is-linked' : undefined
}

/** Whether a seal covers the document of `movement` and not yet `target`: then it stands by itself, as it was sealed. */
function isSealedBefore(state: FoldState, movement: number, target: number): boolean {
  const { lead } = state.documents.columns
  const { ledger } = state
  const event = ledger.movements.columns.event[movement] as number
  const own = lead[ledger.events.columns.document[event] as number] as number
  return coverageOfPart(state, own) < coverageOfPart(state, lead[target] as number)
}

function indexOf(state: FoldState): ReferenceIndex {
  if (state.referenceIndex !== undefined) return state.referenceIndex
  const index: ReferenceIndex = { byTarget: new Map(), byChild: new Map() }
  const { child, document } = state.references.columns
  for (let row = 0; row < state.references.rows; row++) {
    const movement = child[row] as number
    if (movement >= 0) addToIndex(index, row, movement, document[row] as number)
  }
  state.referenceIndex = index
  return index
}

function addToIndex(index: ReferenceIndex, row: number, movement: number, target: number): void {
  index.byChild.set(movement, row)
  const known = index.byTarget.get(target)
  if (known === undefined) index.byTarget.set(target, [row])
  else known.push(row)
}
