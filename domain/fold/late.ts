/** 迟到单据 (late arrivals): documents in force that take effect, or whose reversal does, later than they say. */

import { audiences } from '#domain/records/audience.ts'
import { coverageOfPart, coverageOfReversal } from './coverage.ts'
import { branchText } from './document-rows.ts'
import { aboutFinding, type Finding } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf } from './names.ts'
import { sealBookOf } from './seals.ts'
import { momentBySeals } from './versions.ts'

/** Notes whether the document is one of them now. */
export function noteLateness(state: FoldState, document: number): void {
  const { lead, reversal } = state.documents.columns
  const reversed = reversal[document] as number
  const isLate =
    (lead[document] as number) >= 0 &&
    (isLateDocument(state, document) || (reversed >= 0 && isLateReversal(state, reversed)))
  if (!isLate && !state.late.has(document)) return
  state.touched.hasFindings = true
  state.touched.documents.add(document)
  if (isLate) state.late.add(document)
  else state.late.delete(document)
}

/**
 * [SEL8] Tells of late arrivals until the month that they count in is closed itself: whoever closes it has seen
 * them.
 */
export function* lateArrivals(state: FoldState): Generator<Finding> {
  const { documents, reversals } = state
  for (const document of state.late) {
    const { lead, branch, at, effective, reversal } = documents.columns
    const part = lead[document] as number
    const seals = sealBookOf(state, branch[document] as number).seals.length
    const common = { document, layer: audiences[state.parts.columns.audience[part] as number] }
    const isClosed = momentBySeals(state, part, at[document] as number) !== at[document]
    if (isClosed && coverageOfPart(state, part) >= seals) {
      yield lateArrival(state, { ...common, at: at[document], effective: effective[document] })
    }
    const reversed = reversal[document] as number
    if (reversed < 0 || !isLateReversal(state, reversed)) continue
    if (coverageOfReversal(state, reversed) < seals) continue
    const columns = reversals.columns
    const moments = { at: columns.at[reversed], effective: columns.effective[reversed] }
    yield lateArrival(state, { ...common, ...moments, isReversal: true })
  }
}

interface Lateness {
  readonly document: number
  readonly layer: Finding['layer'] | undefined
  readonly at: number | undefined
  readonly effective: number | undefined
  readonly isReversal?: true
}

function lateArrival(state: FoldState, late: Lateness): Finding {
  const { document, layer = 'goods', at = 0, effective = 0, isReversal = false } = late
  const docId = docIdOf(state.names, document)
  const branch = branchText(state, document)
  return {
    key: `late-arrival|${branch}|${docId}${isReversal ? '|reversal' : ''}`,
    ...{ code: 'late-arrival', ...aboutFinding['late-arrival'], layer, branch },
    evidence: { docId, at, effectiveAt: effective, isReversal: Number(isReversal) },
    documents: [docId],
  }
}

export function isLateDocument({ documents }: FoldState, document: number): boolean {
  return documents.columns.effective[document] !== documents.columns.at[document]
}

export function isLateReversal({ reversals }: FoldState, reversal: number): boolean {
  return reversals.columns.effective[reversal] !== reversals.columns.at[reversal]
}
