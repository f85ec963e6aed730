/**
 * 在途 (in transit): what a dispatch has sent, and what became of it. Follows from the links to its in legs, so it is the
 * same whichever of them becomes known first.
 */

import { classOf, isReversalBit } from '#domain/ledgers/stock/movement.ts'
import { detailOfCell } from '#domain/ledgers/stock/place.ts'
import { linkedTo, quantityReturned } from '#domain/ledgers/stock/link.ts'
import { isTransit } from '#domain/masters/transit.ts'
import type { SkuId } from '#domain/values/ids.ts'
import { type Quantity, zeroQuantity } from '#domain/values/quantity.ts'
import { findPosted, isListed, movementsOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { isAwayPlace } from './halves.ts'
import { docIdOf } from './names.ts'
import type { OrderProgress } from './claims-view.ts'

/** Goods of one line of a dispatch; pieces of a line are added up. Steps. */
export interface SentLine {
  readonly lineId: string
  readonly sku: SkuId
  readonly sent: Quantity
  /** Taken in, also where they came from. */
  readonly arrived: Quantity
  readonly lost: Quantity
  /** Still under way; below zero where more arrived than was sent. */
  readonly open: Quantity
  /** Numbers of pieces still under way. */
  readonly serials: readonly string[]
}

export interface OpenDispatch {
  readonly docId: string
  /** ms. */
  readonly at: number
  readonly branch: string
  /** Lines with goods under way. */
  readonly lines: number
}

export interface TransitView {
  /** Empty for a document that sends nothing. */
  ofDocument(docId: string): readonly SentLine[]
  progress(docId: string): Exclude<OrderProgress, 'closed'> | undefined
  /** Standing documents that took goods of it on: arrivals and losses. */
  followersOf(docId: string): readonly string[]
  /** Dispatches of which something is under way, the oldest first. */
  open(branches: ReadonlySet<string>): readonly OpenDispatch[]
  /** What is in transit of a SKU, over all branches that this device follows. */
  quantity(sku: string): Quantity
}

export function transitView(state: FoldState): TransitView {
  const ofDocument = (docId: string) => sentLines(state, findPosted(state, docId))
  return {
    ofDocument,
    progress: (docId) => progressOf(ofDocument(docId)),
    followersOf: (docId) => followersOf(state, findPosted(state, docId)),
    open: (branches) => openDispatches(state, branches),
    quantity: (sku) => inTransit(state, sku),
  }
}

/** The place of a warehouse in which goods are under way. */
export function isTransitPlace(
  { names, ledger }: Pick<FoldState, 'names' | 'ledger'>,
  place: number,
): boolean {
  return isTransit(names.warehouses.text(ledger.places.first(place)))
}

/** Transit of the branch, or what it sent into that of another. */
export function isUnderWay(state: Pick<FoldState, 'names' | 'ledger'>, place: number): boolean {
  return isTransitPlace(state, place) || isAwayPlace(state, place)
}

/** Movements that brought goods of the document into transit. */
export function sentMovements(state: FoldState, document: number): readonly number[] {
  if (document < 0) return []
  const { line, quantity, kind, origin } = state.ledger.movements.columns
  return [...movementsOf(state, document)].filter((movement) => {
    const isSent = (quantity[movement] as number) > 0 && (origin[movement] as number) < 0
    const isMirror = (kind[movement] as number) & isReversalBit
    const place = state.ledger.lines.second(line[movement] as number)
    return isSent && !isMirror && isUnderWay(state, place)
  })
}

function sentLines(state: FoldState, document: number): readonly SentLine[] {
  const { leg, quantity, line } = state.ledger.movements.columns
  const byLine = new Map<string, SentLine>()
  for (const movement of sentMovements(state, document)) {
    const name = state.names.texts.read(leg[movement] as number)
    const lineId = name.replace(/#\d+$/, '').replace(/-in$/, '')
    const sku = state.names.skus.text(state.ledger.lines.first(line[movement] as number)) as SkuId
    const { arrived, lost } = goneOn(state, movement)
    const before = byLine.get(lineId)
    const sum = (own: number, known: Quantity | undefined) => (own + (known ?? 0)) as Quantity
    const sent = quantity[movement] as number
    const open = sent - arrived - lost
    byLine.set(lineId, {
      ...{ lineId, sku, sent: sum(sent, before?.sent) },
      ...{ arrived: sum(arrived, before?.arrived), lost: sum(lost, before?.lost) },
      open: sum(open, before?.open),
      serials: [...(before?.serials ?? []), ...(open > 0 ? serialOf(state, movement) : [])],
    })
  }
  return [...byLine.values()]
}

function serialOf({ names, ledger }: FoldState, movement: number): readonly string[] {
  const cell = ledger.movements.columns.cell[movement] as number
  const serial = cell < 0 ? 0 : detailOfCell(ledger, cell).serial
  return serial === 0 ? [] : [names.serials.text(serial)]
}

/** Steps of a movement into transit that arrivals, and that losses took out of it. */
function goneOn(
  state: FoldState,
  movement: number,
): { readonly arrived: number; readonly lost: number } {
  const { quantity, kind } = state.ledger.movements.columns
  let [arrived, lost] = [0, 0]
  for (const child of followersIn(state, movement)) {
    const taken = 0 - (quantity[child] as number) - quantityReturned(state.ledger, child)
    // Where it arrives in another branch, the leg that takes it in is not here.
    if (classOf(kind[child] as number) === 'internal') arrived += taken
    else lost += taken
  }
  return { arrived, lost }
}

/** What took goods on, without the mirrors of a reversed dispatch. */
function followersIn({ ledger }: FoldState, movement: number): readonly number[] {
  const { kind } = ledger.movements.columns
  return linkedTo(ledger, movement).filter(
    (child) => ((kind[child] as number) & isReversalBit) === 0,
  )
}

function progressOf(lines: readonly SentLine[]): Exclude<OrderProgress, 'closed'> | undefined {
  if (lines.length === 0) return undefined
  if (lines.every(({ open }) => open <= 0)) return 'all'
  return lines.some(({ arrived, lost }) => arrived + lost > 0) ? 'part' : 'none'
}

export function followersOf(state: FoldState, document: number): readonly string[] {
  const { event } = state.ledger.movements.columns
  const { document: documentOf } = state.ledger.events.columns
  const found = new Set<number>()
  for (const movement of sentMovements(state, document)) {
    for (const child of followersIn(state, movement)) {
      found.add(documentOf[event[child] as number] as number)
    }
  }
  const { reversal } = state.documents.columns
  return [...found]
    .filter((each) => (reversal[each] as number) < 0)
    .map((each) => docIdOf(state.names, each))
    .sort()
}

function openDispatches(state: FoldState, branches: ReadonlySet<string>): readonly OpenDispatch[] {
  const { names, documents } = state
  const { type, lead, reversal, at, branch } = documents.columns
  const dispatch = names.types.find(dispatchType)
  const found: OpenDispatch[] = []
  for (let document = 0; document < documents.rows; document++) {
    if (type[document] !== dispatch || (lead[document] as number) < 0) continue
    const name = names.branches.text(branch[document] as number)
    if ((reversal[document] as number) >= 0 || !branches.has(name)) continue
    if (!isListed(state, document)) continue
    const lines = sentLines(state, document).filter(({ open }) => open > 0).length
    if (lines === 0) continue
    found.push({ docId: docIdOf(names, document), at: at[document] as number, branch: name, lines })
  }
  return found.sort((a, b) => a.at - b.at || (a.docId < b.docId ? -1 : 1))
}

const dispatchType = 'transfer-dispatch'

/** Of one warehouse, which is some branch's transit or has none; of all where none is named. */
export function inTransit(state: FoldState, sku: string, warehouse?: string): Quantity {
  if (warehouse !== undefined && !isTransit(warehouse)) return zeroQuantity
  const { names, ledger } = state
  const number = names.skus.find(sku)
  let sum = 0
  for (let place = 0; place < ledger.places.size; place++) {
    const text = names.warehouses.text(ledger.places.first(place))
    const isMeant = warehouse === undefined ? isTransit(text) : text === warehouse
    const line = isMeant ? ledger.lines.find(number, place) : -1
    if (line >= 0) sum += ledger.lineTable.columns.quantity[line] as number
  }
  return sum as Quantity
}
