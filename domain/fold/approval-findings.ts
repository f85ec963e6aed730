/** Findings about approvals: what counts without the approval that a flow asks for, and who decided without a right. */

import { askedFlow, type AskedFlow } from '#domain/masters/approval-flow.ts'
import { statedFlow } from '#domain/masters/stated-flow.ts'
import { definitionOf } from '#domain/registry.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { canonicalText, type Json } from '#domain/values/canonical-text.ts'
import type { Money } from '#domain/values/money.ts'
import { approvalKey, type ApprovedPosting, type DocumentApprovals } from './approval-book.ts'
import { type ApprovalGround, approvalGround } from './approval-ground.ts'
import { type SubmissionEntry, submissionsOf } from './approval-outcome.ts'
import { branchText } from './document-rows.ts'
import { aboutFinding, type Finding } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { isSeen } from './is-seen.ts'
import { docIdOf } from './names.ts'
import { partInForce } from './parts.ts'

export function* approvalTrouble(state: FoldState): Generator<Finding> {
  if (state.approvals.size === 0 && flowTypesOf(state).size === 0) return
  const ground = approvalGround(state)
  yield* unapproved(state, ground)
  for (const approvals of state.approvals.values()) yield* withoutRight(state, ground, approvals)
}

/** Types for which there ever was a flow; kept until the company says otherwise. */
export function flowTypesOf(state: FoldState): ReadonlySet<string> {
  state.flowTypes ??= approvalGround(state).flowTypes
  return state.flowTypes
}

/** [APR7] Documents in force without the approval that their flow asked for; the goods have moved, and count. */
function* unapproved(state: FoldState, ground: ApprovalGround): Generator<Finding> {
  const { names, documents } = state
  const { type, reversal } = documents.columns
  const types = new Set([...ground.flowTypes].map((each) => names.types.find(each)))
  for (const document of state.inOrder.view()) {
    if (!types.has(type[document] as number) || (reversal[document] as number) >= 0) continue
    const asked = askedOf(state, ground, document)
    if (asked === undefined || isApproved(state, ground, document, asked.flow)) continue
    const docId = docIdOf(names, document)
    const branch = branchText(state, document)
    yield {
      ...{ key: `unapproved|${branch}|${docId}`, code: 'unapproved' },
      ...{ ...aboutFinding.unapproved, layer: asked.layer, branch },
      evidence: { docId, flow: asked.flow.flow.name },
      documents: [docId],
    }
  }
}

interface Asked {
  readonly flow: AskedFlow
  /** Whose data decides that it is asked for. */
  readonly layer: Audience
}

/** The flow in force when the document was submitted, or posted where it never was. */
function askedOf(state: FoldState, ground: ApprovalGround, document: number): Asked | undefined {
  const { names, documents, parts } = state
  const type = names.types.text(documents.columns.type[document] as number)
  const lead = documents.columns.lead[document] as number
  const claimed = claimedBy(state, ground, document)
  const hlc = claimed?.hlc ?? (parts.columns.hlc[lead] as number)
  const audience = definitionOf(type)?.lines['amount']?.audience
  const priced = audience === undefined ? -1 : partInForce(state, document, audience)
  const amount = priced < 0 ? undefined : (parts.columns.amount[priced] as Money)
  const branch = branchText(state, document)
  const facts = { type, branch, ...(amount !== undefined && { amount }) }
  const flow = askedFlow(ground.flowsAt(hlc), facts)
  if (flow === undefined) return undefined
  const own = audiences[parts.columns.audience[lead] as number] ?? 'goods'
  const isByAmount =
    flow.flow.amount !== undefined || flow.flow.steps.some(({ from }) => from !== undefined)
  if (isByAmount && priced < 0) return undefined
  return { flow, layer: isByAmount ? (audience ?? own) : own }
}

/** Whether just this content was approved by just these steps. */
function isApproved(
  state: FoldState,
  ground: ApprovalGround,
  document: number,
  asked: AskedFlow,
): boolean {
  const entry = claimedBy(state, ground, document)
  if (entry?.state !== 'approved') return false
  const isSame = postingsOf(state, document).every(
    ({ audience, content }) => entry.parts[audience]?.content === content,
  )
  return (
    isSame &&
    canonicalText(statedFlow(asked) as unknown as Json) ===
      canonicalText(entry.flow as unknown as Json)
  )
}

/** The submission that the posting in force says it was made from. */
function claimedBy(
  state: FoldState,
  ground: ApprovalGround,
  document: number,
): SubmissionEntry | undefined {
  const [posting] = postingsOf(state, document)
  const approvals = state.approvals.get(keyOf(state, document))
  if (posting === undefined || approvals === undefined) return undefined
  return submissionsOf(ground, approvals).find(
    ({ submission }) => submission === posting.submission,
  )
}

/** Parts of the posting in force that say they were approved. */
function postingsOf(state: FoldState, document: number): readonly ApprovedPosting[] {
  const { names, parts, documents } = state
  const lead = documents.columns.lead[document] as number
  const posting = names.texts.read(parts.columns.posting[lead] as number)
  const notes = state.approvals.get(keyOf(state, document))?.postings ?? []
  return notes.filter((note) => note.posting === posting)
}

/** [APR6] Whether two postings of a document were made from one submission, so that they say the same. */
export function areOneSubmission(
  state: FoldState,
  document: number,
  parts: readonly number[],
): boolean {
  const { names } = state
  const notes = state.approvals.get(keyOf(state, document))?.postings ?? []
  if (notes.length === 0) return false
  const said = parts.map((part) => {
    const record = names.texts.read(state.parts.columns.record[part] as number)
    return notes.find((note) => note.record === record)
  })
  const [first] = said
  return said.every(
    (note) => note?.submission === first?.submission && note?.content === first?.content,
  )
}

function keyOf(state: FoldState, document: number): string {
  return approvalKey(docIdOf(state.names, document), branchText(state, document))
}

/** [APR5] Somebody decided who could not: told until it was seen. */
function* withoutRight(
  state: FoldState,
  ground: ApprovalGround,
  approvals: DocumentApprovals,
): Generator<Finding> {
  for (const entry of submissionsOf(ground, approvals)) {
    for (const { record, by, problem } of entry.acts) {
      if (problem !== 'no-right' && problem !== 'own-document') continue
      const finding: Finding = {
        ...{
          key: `decided-without-right|${entry.branch}|${record}`,
          code: 'decided-without-right',
        },
        ...{ ...aboutFinding['decided-without-right'], layer: entry.audience },
        ...{ branch: entry.branch, seenAs: problem },
        evidence: { docId: entry.docId, number: entry.number, by, why: problem },
        documents: [entry.docId],
      }
      if (!isSeen(state, finding)) yield finding
    }
  }
}
