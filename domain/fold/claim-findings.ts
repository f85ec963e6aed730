/** Findings about promised goods: who goes without after a merge, and whom a count has cut short. */

import { type ClaimOfSku, claimsOfSku } from './claims.ts'
import { type ClaimEntry, entryOf } from './claims-view.ts'
import { branchText } from './document-rows.ts'
import { aboutFinding, type Finding, limitEvidence } from './finding.ts'
import type { FoldState } from './fold-state.ts'

export function* claimTrouble(state: FoldState): Generator<Finding> {
  for (const sku of state.claims.bySku.keys()) {
    const claims = claimsOfSku(state, sku).filter(({ kind }) => kind === 'reserve')
    for (const each of claims) {
      if (each.kept < each.open) yield oversold(state, each, claims)
      if (each.trimmed > 0) yield trimmed(state, each)
    }
  }
}

/** [CLM6] Names those who keep the goods: one of them may give way. */
function oversold(state: FoldState, lost: ClaimOfSku, all: readonly ClaimOfSku[]): Finding {
  const entry = entryOf(state, lost)
  const keepers = all
    .filter(({ place, kept, row }) => place === lost.place && kept > 0 && row !== lost.row)
    .map((each) => entryOf(state, each).docId)
  const keptBy = [...new Set(keepers)].sort().slice(0, limitEvidence)
  return {
    ...about(state, lost, entry, 'oversold-reservation'),
    evidence: {
      ...{ sku: entry.sku, warehouse: entry.warehouse, docId: entry.docId, lineId: entry.lineId },
      ...{ quantity: entry.open - entry.kept, open: entry.open, kept: entry.kept, keptBy },
      remedies: ['wait-for-receipt', 'transfer-in', 'change-order', 'close-order'],
    },
  }
}

/** [CLM5] Told to whoever sold it. */
function trimmed(state: FoldState, cut: ClaimOfSku): Finding {
  const entry = entryOf(state, cut)
  return {
    ...about(state, cut, entry, 'reservation-trimmed'),
    evidence: {
      ...{ sku: entry.sku, warehouse: entry.warehouse, docId: entry.docId, lineId: entry.lineId },
      quantity: entry.trimmed,
    },
  }
}

function about(
  state: FoldState,
  { row }: ClaimOfSku,
  entry: ClaimEntry,
  code: 'oversold-reservation' | 'reservation-trimmed',
): Omit<Finding, 'evidence'> {
  const branch = branchText(state, state.claims.table.columns.document[row] as number)
  return {
    ...{ key: `${code}|${branch}|${entry.docId}|${entry.lineId}`, code, ...aboutFinding[code] },
    ...{ layer: 'goods', branch, skuId: entry.sku, documents: [entry.docId] },
  }
}
