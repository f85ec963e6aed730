/** Findings about 反审核 (unapproval): what came too late for it, what waits for it, what was built on what it took back. */

import { type Audience, audiences } from '#domain/records/audience.ts'
import { previousVersionId, versionOf } from '#domain/values/document-version.ts'
import { branchText } from './document-rows.ts'
import { aboutFinding, type Finding, limitEvidence } from './finding.ts'
import { goodsFollowersOf } from './followers.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf } from './names.ts'
import { leadsOf } from './parts.ts'
import { isUnapproval, lateUnapprovalsOf } from './reversal.ts'

export function* versionTrouble(state: FoldState, document: number): Generator<Finding> {
  yield* heldBack(state, document)
  yield* withoutEffect(state, document)
  yield* builtUpon(state, document)
}

/** [VRS3] A version that was posted while the one before it stands, as far as is known here. */
function* heldBack(state: FoldState, document: number): Generator<Finding> {
  const [lead] = leadsOf(state, document)
  const isWaiting = lead !== undefined && (state.documents.columns.lead[document] as number) < 0
  const previous = previousVersionId(docIdOf(state.names, document))
  if (!isWaiting || previous === undefined) return
  const layer = layerOf(state, lead)
  yield about(state, { document, code: 'version-waits', layer, documents: [previous] })
}

/** [VRS4] A seal covered the version first: what was to be taken back stands. */
function* withoutEffect(state: FoldState, document: number): Generator<Finding> {
  const [late] = lateUnapprovalsOf(state, document)
  const isStanding = (state.documents.columns.reversal[document] as number) < 0
  if (late === undefined || !isStanding) return
  const layer = layerOf(state, state.documents.columns.lead[document] as number)
  const documents = [docIdOf(state.names, document)]
  yield about(state, { document, code: 'unapproved-when-closed', layer, documents })
}

/** [VRS5] Whoever wrote these had not heard that the version was taken back. What prices it is told of by [ADJ8]. */
function* builtUpon(state: FoldState, document: number): Generator<Finding> {
  const reversal = state.documents.columns.reversal[document] as number
  if (reversal < 0 || !isUnapproval(state, reversal)) return
  const followers = goodsFollowersOf(state, document)
  if (followers.length === 0) return
  const ids = followers.map((each) => docIdOf(state.names, each)).sort()
  const documents = [docIdOf(state.names, document), ...ids].slice(0, limitEvidence)
  yield about(state, { document, code: 'built-on-unapproved', layer: 'goods', documents })
}

interface Told {
  readonly document: number
  readonly code: 'version-waits' | 'unapproved-when-closed' | 'built-on-unapproved'
  readonly layer: Audience
  readonly documents: readonly string[]
}

function about(state: FoldState, { document, code, layer, documents }: Told): Finding {
  const docId = docIdOf(state.names, document)
  const branch = branchText(state, document)
  return {
    ...{ key: `${code}|${branch}|${docId}`, code, ...aboutFinding[code], layer, branch },
    evidence: { docId, version: versionOf(docId).version },
    documents,
  }
}

function layerOf({ parts }: FoldState, lead: number): Audience {
  return audiences[parts.columns.audience[lead] as number] ?? 'goods'
}
