/**
 * Findings about parts of what lies in a warehouse: goods of one batch, bin, piece or status that are below zero
 * while the whole is not, and batches that nobody has received. They change no money.
 */

import { negativeStretchOfPart } from '#domain/ledgers/stock/balance.ts'
import { type Detail, detailOfCell, noCell } from '#domain/ledgers/stock/place.ts'
import {
  branchOf,
  goodsKey,
  movementsOfBatch,
  skuOfKey,
  textOfKey,
} from '#domain/ledgers/stock/tag-index.ts'
import { branchesWithout } from '#domain/ledgers/stock/unreceived.ts'
import { stockStatuses } from '#domain/records/posted-body.ts'
import { addWrapped } from '#domain/values/wrapped-sum.ts'
import { aboutFinding, type Finding } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { isSeen } from './is-seen.ts'
import { documentsOf } from './stock-findings.ts'
import { serialTroubles } from './told-by-branch.ts'
import { trackedSkusOf } from './tracked-skus.ts'

export function* partsBelowZero(state: FoldState): Generator<Finding> {
  const { ledger } = state
  const { quantity } = ledger.lineTable.columns
  const { cells, plains, heldApart } = ledger.shortParts
  for (const cell of cells) {
    const line = ledger.cells.first(cell)
    const held = ledger.cellTable.columns.quantity[cell] as number
    yield* partBelowZero(state, { line, cell, held })
  }
  for (const line of plains) {
    const held = addWrapped(quantity[line] as number, 0 - (heldApart.get(line) ?? 0))
    yield* partBelowZero(state, { line, cell: noCell, held })
  }
  for (const key of ledger.tagTroubles.unreceived) yield* unreceived(state, key)
}

interface Part {
  readonly line: number
  readonly cell: number
  /** Steps. */
  readonly held: number
}

/** [TGF7] */
function* partBelowZero(state: FoldState, part: Part): Generator<Finding> {
  const { names, ledger } = state
  const { line, cell, held } = part
  const detail = detailOfCell(ledger, cell)
  if (isToldElsewhere(state, line, detail)) return
  const stretch = negativeStretchOfPart(ledger, line, cell)
  if (stretch === undefined) return
  const place = ledger.lines.second(line)
  const skuId = names.skus.text(ledger.lines.first(line))
  const warehouse = names.warehouses.text(ledger.places.first(place))
  const branch = names.branches.text(ledger.places.second(place))
  const code = 'part-below-zero'
  const named = namesOf(state, detail)
  yield {
    ...{ key: [code, branch, warehouse, skuId, ...named.key].join('|'), code },
    ...{ ...aboutFinding[code], layer: 'goods', branch, skuId },
    evidence: { sku: skuId, warehouse, ...named.facts, since: stretch.since, quantity: held },
    documents: documentsOf(state, stretch.movements),
  }
}

/** One trouble, one finding: the line as a whole, the piece in two places, the goods without a number, the batch. */
function isToldElsewhere(state: FoldState, line: number, { batch, serial }: Detail): boolean {
  const { names, ledger } = state
  if ((ledger.lineTable.columns.quantity[line] as number) < 0) return true
  const sku = ledger.lines.first(line)
  const tracks = trackedSkusOf(state).get(names.skus.text(sku))
  if ((tracks?.batch && batch === 0) || (tracks?.serial && serial === 0)) return true
  const branch = ledger.places.second(ledger.lines.second(line))
  const { serials, unreceived: batches } = ledger.tagTroubles
  const piece = goodsKey(sku, serial)
  // What only several branches together show is not told of this one [TGF5].
  const isTwice = serial !== 0 && serials.has(piece)
  if (isTwice && serialTroubles(state, piece).some((told) => told.branch === branch)) return true
  const key = goodsKey(sku, batch)
  return batch !== 0 && batches.has(key) && branchesWithout(ledger, key).includes(branch)
}

function namesOf({ names }: FoldState, { batch, serial, bin, status }: Detail) {
  const facts = {
    ...(batch !== 0 && { batch: names.batches.text(batch) }),
    ...(serial !== 0 && { serial: names.serials.text(serial) }),
    ...(bin !== 0 && { bin: names.bins.text(bin) }),
    ...(status !== 0 && { status: stockStatuses[status - 1] ?? '' }),
  }
  const { batch: b = '', serial: s = '', bin: place = '', status: as = '' } = facts
  return { facts, key: [b, s, place, as] }
}

/** [TGF6] Branch by branch, as its own movements show it [TGF5]. */
function* unreceived(state: FoldState, key: number): Generator<Finding> {
  const { names, ledger } = state
  const [sku, number] = [skuOfKey(key), textOfKey(key)]
  const [skuId, batch] = [names.skus.text(sku), names.batches.text(number)]
  const code = 'batch-unreceived'
  for (const numberOfBranch of branchesWithout(ledger, key)) {
    const branch = names.branches.text(numberOfBranch)
    const moved = movementsOfBatch(ledger, sku, number).filter(
      (movement) => branchOf(ledger, movement) === numberOfBranch,
    )
    const { quantity } = ledger.movements.columns
    const held = moved.reduce((sum, each) => addWrapped(sum, quantity[each] as number), 0)
    const documents = documentsOf(state, moved)
    const finding: Finding = {
      ...{ key: `${code}|${branch}|${skuId}|${batch}`, code, ...aboutFinding[code] },
      ...{ layer: 'goods', branch, skuId },
      seenAs: `${held}|${documents.length}`,
      evidence: { sku: skuId, batch, quantity: held },
      documents,
    }
    if (!isSeen(state, finding)) yield finding
  }
}
