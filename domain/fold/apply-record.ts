/**
 * One record into the state. Every effect is a join: it depends on what is said and not on when or
 * how often it comes. What this build cannot read is noted and never passed over in silence.
 */

import { costAnew } from '#domain/ledgers/stock/change.ts'
import { costPolicyOf, isAboutPolicy, isMethodFrom, isSamePolicy } from './cost-policy.ts'
import { flowTypesOf } from './approval-findings.ts'
import { applyApprovalAct, applySubmitted, noteApprovedPosting } from './approval-book.ts'
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { isServerDevice } from '#domain/records/journal-name.ts'
import { checkRecord, type KnownRecord, type RecordOf } from '#domain/records/kinds.ts'
import type { RecordProblem } from '#domain/records/record.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { unreachable } from '#domain/values/assert.ts'
import { problemKey } from './checkpoint-plain.ts'
import { applyDirectory } from './directory.ts'
import type { FoldEntry } from './fold-entry.ts'
import type { FoldState, RecordProblemNote } from './fold-state.ts'
import { applyPosted, takeBack } from './force.ts'
import { clockAheadMs, logOf, noteReceipt, prefixOf } from './journal-log.ts'
import { applyMasters, type ChangedField } from './masters.ts'
import { masterKey } from './names.ts'
import { isAboutOwnValues } from './own-values.ts'
import { isOfNoHalf } from './halves.ts'
import type { Hashed } from './parts.ts'
import { referencePriceField } from './price-places.ts'
import { applySealing } from './restate.ts'
import { judgeAllTagged, zoneFields } from './tagged-goods.ts'
import { forgetTracked, trackingFields } from './tracked-skus.ts'
import { isUniqueField } from './uniqueness.ts'
import { valueAnew } from './value-anew.ts'

export function applyEntry(state: FoldState, entry: FoldEntry): void {
  const known = checkRecord(entry.record)
  if (!known.ok) return noteProblem(state, entry, known.problem)
  applyKnown(state, entry, { record: known.value, hash: prefixOf(entry.hash) })
}

/** Notes why the record of `entry`, or one inside it, does not count. */
export function noteProblem(state: FoldState, entry: FoldEntry, problem: RecordProblem): void {
  const { journal, record } = entry
  const isNewer = problem.code === 'unknown-kind' || problem.code === 'unknown-form'
  const note: RecordProblemNote = {
    code: isNewer ? 'update-needed' : 'malformed-record',
    ...{ journal, seq: record.seq, recordId: record.id },
    kind: problem.code === 'unknown-kind' ? problem.kind : record.kind,
    ...{ branch: record.branch, audience: record.audience },
    detail: 'path' in problem ? `${problem.path}: ${problem.reason}` : problem.code,
  }
  state.problems.set(problemKey(note), note)
  state.touched.hasFindings = true
}

/** `entry`: in which it came, itself or the relay of it. */
function applyKnown(state: FoldState, entry: FoldEntry, read: Hashed<KnownRecord>): void {
  const { record, hash, relay } = read
  const said = relay === undefined ? { hash } : { hash, relay }
  switch (record.kind) {
    case 'posted.v1':
    case 'part-supplied.v1':
      if (isOfNoHalf(read)) return noteForged(state, entry)
      noteAsked(state, record.body.type)
      noteApprovedPosting(state, { record, hash })
      return applyPosted(state, { record, ...said })
    case 'reversed.v1':
    case 'unapproved.v1':
      noteAsked(state)
      return takeBack(state, { record, ...said })
    case 'submitted.v1':
      return applySubmitted(state, { record, hash })
    case 'decided.v1':
    case 'withdrawn.v1':
      return applyApprovalAct(state, { record, hash })
    case 'masters-changed.v1':
      return applyMasterChanges(state, entry, record)
    case 'finding-seen.v1':
      return applySeen(state, record)
    case 'relayed.v1':
      return applyRelayed(state, entry, record)
    case 'received.v1':
      return applyReceived(state, record)
    case 'sealed.v1':
    case 'reopened.v1':
      return applySealing(state, record) ? undefined : noteForged(state, entry)
    case 'device-enrolled.v1':
    case 'device-revoked.v1':
    case 'user-granted.v1':
    case 'user-revoked.v1':
      if (!applyDirectory(state.directory, record)) return noteForged(state, entry)
      state.touched.entities.add(record.kind.startsWith('device') ? 'device' : 'user')
      noteRights(state)
      return
    default:
      return unreachable(record)
  }
}

/**
 * [J7] A record of another journal, wrapped by the server: it counts as if it had come itself. It may
 * not bring its readers what their audience does not let them read.
 */
function applyRelayed(state: FoldState, entry: FoldEntry, relay: RecordOf<'relayed.v1'>): void {
  if (!isServerDevice(relay.device)) return noteForged(state, entry)
  const inner = decodeRecord(bytesOfBase64(relay.body.record))
  if (!inner.ok) return noteProblem(state, entry, inner.problem)
  const { record } = inner.value
  if (record.audience !== relay.audience || record.kind === relay.kind) {
    return noteProblem(state, entry, {
      ...{ code: 'malformed-record', path: 'body.record', reason: 'bad-form' },
    })
  }
  const known = checkRecord(record)
  if (!known.ok) return noteProblem(state, entry, known.problem)
  const hash = prefixOf(inner.value.hash)
  const { branch, device, seq } = relay
  applyKnown(state, entry, { record: known.value, hash, relay: { branch, device, seq } })
}

/** What only the server may say was said by somebody else. */
function noteForged(state: FoldState, entry: FoldEntry): void {
  noteProblem(state, entry, { code: 'malformed-record', path: 'device', reason: 'bad-form' })
}

/** Whether a document lacks an approval is a finding: of one type, or of any. */
function noteAsked(state: FoldState, type?: string): void {
  const types = flowTypesOf(state)
  const isAsked = type === undefined ? types.size > 0 : types.has(type)
  if (isAsked) state.touched.hasFindings = true
}

/** Who may decide, and what counts of what was decided. */
function noteRights({ approvals, touched }: FoldState): void {
  if (approvals.size === 0) return
  touched.hasFindings = true
  touched.hasApprovals = true
}

/** A set grows: whatever comes twice, or in another order, is seen once. */
function applySeen({ seen, touched }: FoldState, { body }: RecordOf<'finding-seen.v1'>): void {
  const facts = seen.get(body.finding) ?? new Set<string>()
  seen.set(body.finding, facts.add(body.facts))
  touched.hasFindings = true
}

/** [F13] Receipt times are the one source of clock findings. */
function applyReceived(state: FoldState, record: RecordOf<'received.v1'>): void {
  if (!isServerDevice(record.device)) return
  for (const { name, seq, receivedAt } of record.body.journals) {
    const log = logOf(state.journals, name)
    if (log === undefined) continue
    const before = clockAheadMs(log)
    noteReceipt(log, seq, receivedAt)
    if (clockAheadMs(log) !== before) state.touched.hasFindings = true
  }
}

function applyMasterChanges(
  state: FoldState,
  entry: FoldEntry,
  record: RecordOf<'masters-changed.v1'>,
): void {
  const { changed, misplaced } = applyMasters(state.masters, record, entry.record)
  const [first] = misplaced
  if (first !== undefined) {
    const path = `body.changes.${first.entity}.${first.field}`
    noteProblem(state, entry, { code: 'malformed-record', path, reason: 'unexpected' })
  }
  // [CMC1] Others do not know what every branch has closed.
  const isForeign = !isServerDevice(record.device)
  if (isForeign && record.body.changes.some(changesMethod)) noteForged(state, entry)
  for (const field of changed) noteChangedField(state, field)
  if (changed.some(({ entity, field }) => entity === 'company' && isAboutPolicy(field))) {
    followPolicy(state)
  }
  if (changed.some(({ field }) => trackingFields.has(field))) forgetTracked(state)
  if (changed.some(({ field }) => zoneFields.has(field))) judgeAllTagged(state)
}

function noteChangedField(state: FoldState, { entity, id, field }: ChangedField): void {
  state.touched.entities.add(entity)
  if (isAboutOwnValues(entity, field)) noteOwnValues(state)
  if (entity === 'company' && field.startsWith('approval')) forgetFlows(state)
  if (isUniqueField(entity, field)) forgetKeysOf(state, entity, id)
  if (entity === 'sku' && field === referencePriceField) costAnewAll(state, id)
}

function forgetFlows(state: FoldState): void {
  state.flowTypes = undefined
  state.touched.hasFindings = true
  state.touched.hasApprovals = true
}

function changesMethod({ entity, fields }: { readonly entity: string; readonly fields: object }) {
  return entity === 'company' && Object.keys(fields).some(isMethodFrom)
}

function noteOwnValues({ ownValues, touched }: FoldState): void {
  ownValues.isStale = true
  touched.hasFindings = true
}

function followPolicy(state: FoldState): void {
  state.touched.hasFindings = true
  const policy = costPolicyOf(state.masters)
  if (isSamePolicy(policy, state.ledger.policy)) return
  valueAnew(state, policy)
}

/** Codes and barcodes are compared when findings are next asked for. */
function forgetKeysOf(state: FoldState, entity: string, id: string): void {
  state.unique.stale.add(state.names.masters.find(masterKey(entity, id)))
  state.touched.hasFindings = true
}

function costAnewAll(state: FoldState, skuId: string): void {
  const sku = state.names.skus.find(skuId)
  if (sku >= 0) costAnew(state.ledger, sku)
}
