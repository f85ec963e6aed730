/** Findings about goods and their cost: what the ledger shows and no document can have meant. */

import { branchOfPool, tagOfPool, warehouseOfPool } from '#domain/ledgers/stock/place.ts'
import { negativeStretch, overReturns } from '#domain/ledgers/stock/balance.ts'
import { excessOf } from '#domain/ledgers/stock/costing/arrival.ts'
import { basisName, isProvisional } from '#domain/ledgers/stock/costing/basis.ts'
import { joinsOf } from '#domain/ledgers/stock/joins.ts'
import { docIdOf } from './names.ts'
import { type Finding, limitEvidence } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { aboutFinding } from './finding.ts'
import { referenceOf } from './references.ts'
import { isApart } from './halves.ts'
import { followersOf, isTransitPlace, isUnderWay } from './transit-view.ts'
import { branchText } from './document-rows.ts'

export function* negativeStock(state: FoldState): Generator<Finding> {
  const { names, ledger } = state
  for (const line of ledger.negativeLines) {
    const place = ledger.lines.second(line)
    // What arrived without having set out is told of its dispatch.
    if (isUnderWay(state, place)) continue
    const stretch = negativeStretch(ledger, line)
    if (stretch === undefined) continue
    const sku = names.skus.text(ledger.lines.first(line))
    const warehouse = names.warehouses.text(ledger.places.first(place))
    const branch = names.branches.text(ledger.places.second(place))
    yield {
      ...{ key: `negative-stock|${branch}|${warehouse}|${sku}`, code: 'negative-stock' },
      ...{ ...aboutFinding['negative-stock'], layer: 'goods', branch, skuId: sku },
      evidence: {
        ...{ sku, warehouse, since: stretch.since },
        quantity: ledger.lineTable.columns.quantity[line] as number,
      },
      documents: documentsOf(state, stretch.movements),
    }
  }
}

/** How many findings `negativeStock` makes of these branches. */
export function negativeCount(state: FoldState, branches: ReadonlySet<string>): number {
  const { places, lines, negativeLines } = state.ledger
  const isIn = branchesIn(state, branches)
  let count = 0
  for (const line of negativeLines) {
    const place = lines.second(line)
    if (isIn[places.second(place)] === 1 && !isTransitPlace(state, place)) count += 1
  }
  return count
}

/** How many findings `provisionalCosts` makes of these branches. */
export function provisionalCount(state: FoldState, branches: ReadonlySet<string>): number {
  const isIn = branchesIn(state, branches)
  let count = 0
  for (const pool of state.provisionalPools) {
    if (isIn[branchOfPool(state.ledger, pool)] === 1) count += 1
  }
  return count
}

/** 1 by number of a branch that is among them. */
function branchesIn({ names }: FoldState, branches: ReadonlySet<string>): Uint8Array {
  const isIn = new Uint8Array(names.branches.size)
  for (const branch of branches) {
    const number = names.branches.find(branch)
    if (number >= 0) isIn[number] = 1
  }
  return isIn
}

export function* overReturned(state: FoldState): Generator<Finding> {
  const { names, ledger } = state
  const { event, leg, pool, line } = ledger.movements.columns
  for (const { origin, quantity, returned } of overReturns(ledger)) {
    const document = ledger.events.columns.document[event[origin] as number] as number
    const docId = docIdOf(names, document)
    const legName = names.texts.read(leg[origin] as number)
    const branch = branchText(state, document)
    const isSent = isUnderWay(state, ledger.lines.second(line[origin] as number))
    const code = isSent ? 'over-arrived' : 'over-returned'
    yield {
      ...{ key: `${code}|${branch}|${docId}|${legName}`, code },
      ...{ ...aboutFinding[code], layer: 'goods', branch },
      skuId: names.skus.text(ledger.pools.first(pool[origin] as number)),
      evidence: { docId, leg: legName, quantity, returned },
      documents: [docId, ...(isSent ? followersOf(state, document) : [])].slice(0, limitEvidence),
    }
  }
}

export function* brokenLinks(state: FoldState): Generator<Finding> {
  const { names, ledger } = state
  const { event, leg, pool } = ledger.movements.columns
  for (const [movement, reason] of state.brokenLinks) {
    const target = referenceOf(state, movement)
    if (target === undefined) continue
    const document = ledger.events.columns.document[event[movement] as number] as number
    const docId = docIdOf(names, document)
    const legName = names.texts.read(leg[movement] as number)
    const branch = branchText(state, document)
    const origin = docIdOf(names, target.document)
    yield {
      ...{ key: `link-broken|${branch}|${docId}|${legName}`, code: 'link-broken' },
      ...{ ...aboutFinding['link-broken'], layer: 'goods', branch },
      skuId: names.skus.text(ledger.pools.first(pool[movement] as number)),
      evidence: { docId, leg: legName, reason, originDocId: origin, originLeg: target.leg },
      documents: [docId],
    }
  }
}

/** 成本待定: pools that are short, or hold goods whose price has not come. */
export function* provisionalCosts(state: FoldState): Generator<Finding> {
  const { names, ledger } = state
  const { quantity, value } = ledger.poolTable.columns
  const isNoBranch = isApart(names)
  for (const pool of state.provisionalPools) {
    if (isNoBranch(branchOfPool(ledger, pool))) continue
    const sku = names.skus.text(ledger.pools.first(pool))
    const branch =
      branchOfPool(ledger, pool) < 0 ? 'all' : names.branches.text(branchOfPool(ledger, pool))
    const causes = causesOf(state, pool)
    const share = shareOf(state, pool)
    const key = ['provisional-cost', branch, sku, ...Object.values(share)].join('|')
    yield {
      ...{ key, code: 'provisional-cost' },
      ...{ ...aboutFinding['provisional-cost'], layer: 'buying', branch, skuId: sku },
      evidence: {
        ...{ sku, quantity: quantity[pool] as number, value: value[pool] as number, ...share },
        reasons: [...new Set(causes.map((movement) => reasonOf(state, movement)))].sort(),
      },
      documents: documentsOf(state, causes),
    }
  }
}

/** [FLW10] Groups of which some goods were to bear more than there is to share: once for each document. */
export function* statedCostsExceeding(state: FoldState): Generator<Finding> {
  const { ledger } = state
  if (ledger.stated.size === 0) return
  const { flowByLeg } = joinsOf(ledger)
  const flows = new Set([...ledger.stated.keys()].flatMap((leg) => flowByLeg.get(leg) ?? []))
  for (const flow of flows) {
    const excess = excessOf(ledger, flow)
    const [out] = flow.outs
    if (excess === 0 || out === undefined) continue
    const { columns } = ledger.events
    const event = ledger.movements.columns.event[out] as number
    const document = columns.document[event] as number
    const [docId, branch] = [docIdOf(state.names, document), branchText(state, document)]
    yield {
      ...{ key: `stated-cost-exceeds|${branch}|${docId}`, code: 'stated-cost-exceeds' },
      ...{ ...aboutFinding['stated-cost-exceeds'], layer: 'buying', branch },
      evidence: { docId, excess },
      documents: [docId],
    }
  }
}

/** Which goods of the SKU the pool holds, where it holds not all of the branch. */
function shareOf({ names, ledger }: FoldState, pool: number): Readonly<Record<string, string>> {
  const place = warehouseOfPool(ledger, pool)
  const { batch, serial } = tagOfPool(ledger, pool)
  return {
    ...(place >= 0 && { warehouse: names.warehouses.text(place) }),
    ...(batch !== 0 && { batch: names.batches.text(batch) }),
    ...(serial !== 0 && { serial: names.serials.text(serial) }),
  }
}

/** Movements that make the pool's value provisional: open shortages and goods without a price. */
function causesOf(state: FoldState, pool: number): number[] {
  const { basis } = state.ledger.movements.columns
  const isCause = (movement: number) => {
    const name = basisName(basis[movement] as number)
    return name === 'price-pending' || name === 'unknown'
  }
  const open = state.ledger.shortages.get(pool)?.open.map(({ movement }) => movement) ?? []
  const pending = [...state.ledger.chains.view(pool)].filter(isCause)
  return [...new Set([...open, ...pending])]
}

function reasonOf(state: FoldState, movement: number): string {
  const code = state.ledger.movements.columns.basis[movement] as number
  const name = basisName(code)
  return name === 'price-pending' || !isProvisional(code) ? name : 'short'
}

/** Ids of the documents that the movements belong to, each once, the first ones. */
/** Ids of the documents of movements, each once. */
export function documentsOf(state: FoldState, movements: readonly number[]): string[] {
  const { event } = state.ledger.movements.columns
  const { document } = state.ledger.events.columns
  const found = new Set(movements.map((movement) => document[event[movement] as number] as number))
  return [...found].slice(0, limitEvidence).map((row) => docIdOf(state.names, row))
}
