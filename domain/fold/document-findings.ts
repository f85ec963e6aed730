/** Findings about documents, masters and journals: two of what there should be one of, or none. */

import { audiences } from '#domain/records/audience.ts'
import { versionOf } from '#domain/values/document-version.ts'
import { areOneSubmission } from './approval-findings.ts'
import { branchText, isPosted } from './document-rows.ts'
import { aboutFinding, type Finding, limitEvidence } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { clockAheadMs, lastSeq } from './journal-log.ts'
import { docIdOf, masterIdOf } from './names.ts'
import { leadsOf } from './parts.ts'
import { isUnapproval, reversalsOf } from './reversal.ts'
import { sharedKeys } from './uniqueness.ts'

/** Of each posting that lost: its record; the goods may have moved twice [F2]. */
export function* postedTwice(state: FoldState, document: number): Generator<Finding> {
  const { names, parts } = state
  const [inForce, ...lost] = actsAmong(state, parts.columns, leadsOf(state, document))
  if (inForce === undefined || lost.length === 0) return
  if (areOneSubmission(state, document, [inForce, ...lost])) return
  const docId = docIdOf(names, document)
  const branch = branchText(state, document)
  const recordIds = lost.map((part) => names.texts.read(parts.columns.record[part] as number))
  yield {
    ...{ key: `posted-twice|${branch}|${docId}`, code: 'posted-twice' },
    ...{ ...aboutFinding['posted-twice'], layer: layerOf(state, document), branch },
    evidence: {
      docId,
      inForce: names.texts.read(parts.columns.record[inForce] as number),
      lost: recordIds.slice(0, limitEvidence),
    },
    documents: [docId],
  }
}

export function* reversalTrouble(state: FoldState, document: number): Generator<Finding> {
  const { names } = state
  const reversals = actsAmong(state, state.reversals.columns, reversalsOf(state, document))
  const isKnown = isPosted(state, document)
  // Whoever unapproves what is unapproved wants the same, and reopens the same draft.
  const isAgreed = reversals.length === 1 || reversals.every((row) => isUnapproval(state, row))
  if (reversals.length === 0 || (isKnown && isAgreed)) return
  const code = isKnown ? 'reversed-twice' : 'reversal-without-document'
  const docId = docIdOf(names, document)
  const branch = branchText(state, document)
  const { record } = state.reversals.columns
  const recordIds = reversals.map((row) => names.texts.read(record[row] as number))
  yield {
    ...{ key: `${code}|${branch}|${docId}`, code, ...aboutFinding[code] },
    ...{ layer: isKnown ? layerOf(state, document) : 'goods', branch },
    evidence: { docId, reversals: recordIds.slice(0, limitEvidence) },
    documents: isKnown ? [docId] : [],
  }
}

/** Rows without those that a clone has written again under its new name: the same act of one person. */
function actsAmong(
  { names }: FoldState,
  { record, hlc, device }: Readonly<Record<'record' | 'hlc' | 'device', ArrayLike<number>>>,
  rows: readonly number[],
): readonly number[] {
  const isSame = (one: number, other: number) =>
    hlc[one] === hlc[other] &&
    device[one] !== device[other] &&
    names.texts.equals(record[one] as number, names.texts.read(record[other] as number))
  return rows.filter((row, i) => !rows.slice(0, i).some((earlier) => isSame(row, earlier)))
}

export function* duplicateNumbers(state: FoldState): Generator<Finding> {
  for (const [shared, bearers] of state.sharedNumbers) {
    const number = state.names.numbers.text(shared)
    const rows = [...bearers]
    const documents = rows.map((document) => docIdOf(state.names, document)).sort()
    // Versions of one document bear one number.
    if (new Set(documents.map((docId) => versionOf(docId).docId)).size < 2) continue
    const [branch = 'all'] = rows.map((document) => branchText(state, document)).sort()
    yield {
      ...{ key: `duplicate-number|${number}`, code: 'duplicate-number' },
      ...{ ...aboutFinding['duplicate-number'], layer: 'goods', branch },
      evidence: { number },
      documents: documents.slice(0, limitEvidence),
    }
  }
}

export function* duplicateKeys(state: FoldState): Generator<Finding> {
  for (const { code, text, masters } of sharedKeys(state.unique, state.masters)) {
    const { entity } = state.masterTables.masters.columns
    const [name = ''] = masters.map((row) => state.names.entities.text(entity[row] as number))
    const ids = masters.map((row) => masterIdOf(state.names, row)).sort()
    yield {
      ...{ key: `${code}|${name}|${text}`, code, ...aboutFinding[code] },
      ...{ layer: 'goods', branch: 'all' },
      evidence: { entity: name, text, masters: ids.slice(0, limitEvidence) },
      documents: [],
    }
  }
}

/** Records that do not count; the layer they belong to is incomplete. */
export function* recordProblems(state: FoldState): Generator<Finding> {
  for (const problem of state.problems.values()) {
    const { code, journal, seq, recordId, kind, branch, audience, detail } = problem
    yield {
      ...{ key: `${code}|${journal}|${seq}|${recordId}`, code, ...aboutFinding[code] },
      ...{ layer: audience, branch },
      evidence: { journal, seq, recordId, kind, detail },
      documents: [],
    }
  }
}

export function* journalTrouble(state: FoldState): Generator<Finding> {
  for (const log of state.journals.values()) {
    const { journal, audience, branch, device, fork } = log
    const about = { layer: audience, branch, documents: [] } as const
    if (fork !== undefined) {
      yield {
        ...{ key: `fork|${journal}`, code: 'fork', ...aboutFinding.fork, ...about },
        evidence: { journal, device, seq: fork.seq, hashes: fork.hashes },
      }
    }
    const aheadMs = clockAheadMs(log)
    if (aheadMs > 0) {
      yield {
        ...{ key: `clock-anomaly|${journal}`, code: 'clock-anomaly' },
        ...{ ...aboutFinding['clock-anomaly'], ...about },
        evidence: { journal, device, seq: lastSeq(log), aheadMs },
      }
    }
  }
}

function layerOf({ documents, parts }: FoldState, document: number): Finding['layer'] {
  const lead = documents.columns.lead[document] as number
  return audiences[parts.columns.audience[lead] as number] ?? 'goods'
}
