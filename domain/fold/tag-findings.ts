/** Findings about batches and serial numbers: one piece in two places, two expiries, expired goods sold. */

import { movementsOfLine } from '#domain/ledgers/stock/balance.ts'
import { datesOfBatch, datesStated } from '#domain/ledgers/stock/batch-dates.ts'
import { cellsOfLine, detailOfCell } from '#domain/ledgers/stock/place.ts'
import {
  branchOf,
  isStanding,
  skuOf,
  skuOfKey,
  tagOf,
  textOfKey,
} from '#domain/ledgers/stock/tag-index.ts'
import { branchText } from './document-rows.ts'
import { aboutFinding, type Finding, limitEvidence } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf } from './names.ts'
import { companyZone, dayOf } from './tagged-goods.ts'
import { batchConflicts, serialTroubles } from './told-by-branch.ts'
import { trackedSkusOf } from './tracked-skus.ts'

export function* taggedTrouble(state: FoldState): Generator<Finding> {
  for (const key of state.ledger.tagTroubles.serials) yield* duplicateSerials(state, key)
  for (const key of state.ledger.tagTroubles.batches) yield* batchConflictsOf(state, key)
  for (const movement of state.ledger.tagTroubles.expired) yield expiredSold(state, movement)
  yield* untagged(state)
}

/** [TGF1] Each movement that cannot be of the same piece, with the one that it contradicts. */
function* duplicateSerials(state: FoldState, key: number): Generator<Finding> {
  const { names } = state
  const [skuId, serial] = [names.skus.text(skuOfKey(key)), names.serials.text(textOfKey(key))]
  const code = 'duplicate-serial'
  for (const { branch: number, what: troubles } of serialTroubles(state, key)) {
    const branch = branchName(state, number)
    const [first] = troubles
    yield {
      ...{ key: `${code}|${branch}|${skuId}|${serial}`, code, ...aboutFinding[code] },
      ...{ layer: 'goods', branch, skuId },
      evidence: {
        ...{ sku: skuId, serial, reason: first?.kind ?? '' },
        keeps: first === undefined || first.against < 0 ? '' : docOf(state, first.against),
        toCorrect: [...new Set(troubles.map(({ movement }) => docOf(state, movement)))],
      },
      documents: docsOf(
        state,
        troubles.flatMap(({ against, movement }) =>
          against < 0 ? [movement] : [against, movement],
        ),
      ),
    }
  }
}

/** [TGF2] The same batch number with two expiries; the one stated first holds. */
function* batchConflictsOf(state: FoldState, key: number): Generator<Finding> {
  const { names, ledger } = state
  const [skuId, batch] = [names.skus.text(skuOfKey(key)), names.batches.text(textOfKey(key))]
  const code = 'batch-conflict'
  for (const { branch: number, what: movements } of batchConflicts(state, key)) {
    const branch = branchName(state, number)
    const days = movements.map((movement) => datesStated(ledger, movement).expires ?? '')
    yield {
      ...{ key: `${code}|${branch}|${skuId}|${batch}`, code, ...aboutFinding[code] },
      ...{ layer: 'goods', branch, skuId },
      evidence: { sku: skuId, batch, expires: days[0] ?? '', others: days.slice(1) },
      documents: docsOf(state, movements),
    }
  }
}

/** 'all' for −1. */
function branchName({ names }: FoldState, branch: number): string {
  return branch < 0 ? 'all' : names.branches.text(branch)
}

/** [TGF3] */
function expiredSold(state: FoldState, movement: number): Finding {
  const { names, ledger } = state
  const sku = skuOf(ledger, movement)
  const { batch } = tagOf(ledger, movement)
  const skuId = names.skus.text(sku)
  const docId = docOf(state, movement)
  const leg = names.texts.read(ledger.movements.columns.leg[movement] as number)
  const branch = branchText(state, documentOf(state, movement))
  const code = 'expired-sold'
  return {
    ...{ key: `expired-sold|${branch}|${docId}|${leg}`, code, ...aboutFinding[code] },
    ...{ layer: 'goods', branch, skuId },
    evidence: {
      ...{ sku: skuId, batch: names.batches.text(batch), docId },
      expires: datesOfBatch(ledger, sku, batch, branchOf(ledger, movement)).expires ?? '',
      soldOn: dayOf(state, movement, companyZone(state)),
      quantity: Math.abs(ledger.movements.columns.quantity[movement] as number),
    },
    documents: [docId],
  }
}

/** [TGF4] Goods of a tracked SKU that moved without number: what is there, or gone, by no number. */
function* untagged(state: FoldState): Generator<Finding> {
  const tracked = trackedSkusOf(state)
  if (tracked.size === 0) return
  const { ledger, names } = state
  for (let line = 0; line < ledger.lines.size; line++) {
    const tracks = tracked.get(names.skus.text(ledger.lines.first(line)))
    if (tracks?.serial) yield* untaggedOf(state, line, 'serial')
    if (tracks?.batch) yield* untaggedOf(state, line, 'batch')
  }
}

function* untaggedOf(state: FoldState, line: number, tag: 'batch' | 'serial'): Generator<Finding> {
  const { names, ledger } = state
  const quantity = quantityWithout(state, line, tag)
  if (quantity === 0) return
  const place = ledger.lines.second(line)
  const sku = names.skus.text(ledger.lines.first(line))
  const warehouse = names.warehouses.text(ledger.places.first(place))
  const branch = names.branches.text(ledger.places.second(place))
  const code = `${tag}-missing` as const
  yield {
    ...{ key: `${code}|${branch}|${warehouse}|${sku}`, code, ...aboutFinding[code] },
    ...{ layer: 'goods', branch, skuId: sku },
    evidence: { sku, warehouse, quantity },
    documents: docsOf(state, movementsWithout(state, line, tag)),
  }
}

function quantityWithout({ ledger }: FoldState, line: number, tag: 'batch' | 'serial'): number {
  const { quantity } = ledger.cellTable.columns
  return cellsOfLine(ledger, line)
    .filter((cell) => detailOfCell(ledger, cell)[tag] !== 0)
    .reduce(
      (left, cell) => left - (quantity[cell] as number),
      ledger.lineTable.columns.quantity[line] as number,
    )
}

/** The latest ones of the line, in force and not reversed. */
function movementsWithout({ ledger }: FoldState, line: number, tag: 'batch' | 'serial'): number[] {
  const { quantity } = ledger.movements.columns
  return movementsOfLine(ledger, line)
    .filter((movement) => quantity[movement] !== 0 && tagOf(ledger, movement)[tag] === 0)
    .filter((movement) => isStanding(ledger, movement))
    .slice(-limitEvidence)
}

function docsOf(state: FoldState, movements: readonly number[]): string[] {
  return [...new Set(movements.map((movement) => docOf(state, movement)))].slice(0, limitEvidence)
}

function docOf(state: FoldState, movement: number): string {
  return docIdOf(state.names, documentOf(state, movement))
}

function documentOf({ ledger }: FoldState, movement: number): number {
  const event = ledger.movements.columns.event[movement] as number
  return ledger.events.columns.document[event] as number
}
