/**
 * What screens must say at rest beside figures: the findings that people rely on, numbers that lead to
 * their documents, masters as they were said last, stamps that rise, and 已同步
 * for nothing that the server has not confirmed.
 */
import { isTransit } from '#domain/masters/transit.ts'
import type { Finding } from '#domain/fold/finding.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { canonicalText, type Json } from '#domain/values/canonical-text.ts'
import type { AuditedDocument, Auditor, Violation } from './auditor.ts'
import { firstVersionOf, isEarlier, postingOf } from './auditor.ts'
import { type KeptRecord, keptRecord } from './decoded.ts'
import type { Tablet } from './tablet.ts'

type Tell = (violation: Violation) => void
/** By journal, the furthest that the server has ever signed for: a restored one is heard of later. */
type SaidSeqs = ReadonlyMap<string, number>

/** The stamps of a device rise along each of its chains. */
export function checkStamps(name: string, own: readonly KeptRecord[], tell: Tell): void {
  const last = new Map<string, KeptRecord>()
  for (const kept of [...own].sort((one, other) => one.record.seq - other.record.seq)) {
    const { record } = kept
    const chain = `${record.device}/${record.branch}/${record.audience}`
    const before = last.get(chain)?.record
    last.set(chain, kept)
    if (before === undefined || before.seq === record.seq || before.hlc < record.hlc) continue
    tell({ rule: 'stamp-fell', facts: `${name} ${chain} ${before.seq} and ${record.seq}` })
  }
}

/** What a screen calls synced, the server has said, signed, to be durable. */
export async function checkSynced(tablet: Tablet, said: SaidSeqs, tell: Tell): Promise<void> {
  const page = await tablet.engine?.read('documents', { offset: 0, limit: 3 })
  // What the disk has kept and the engine has not heard of yet is not on the screen.
  const isHeard = (docId: string) =>
    tablet.saved.some((act) => act.kind === 'posted' && act.docId === docId)
  const synced = (page?.rows ?? []).filter((row) => row.state === 'synced' && isHeard(row.docId))
  const kept = await tablet.disk.content.recordsOfDocuments(synced.map(({ docId }) => docId))
  for (const row of kept) {
    const { record } = keptRecord(row)
    const isOwn = record.device === tablet.device && record.kind === 'posted.v1'
    if (!isOwn || (said.get(row.journal) ?? -1) >= record.seq) continue
    tell({ rule: 'synced-too-early', facts: `${tablet.name} ${row.journal} ${record.seq}` })
  }
}

/** Nobody waits for an answer that will not come, and what is saved now is saved. */
export async function checkActing(tablet: Tablet, tell: Tell): Promise<void> {
  const { name, disk } = tablet
  if (tablet.unansweredCount > 0) {
    tell({ rule: 'never-answered', facts: `${name} ${tablet.unansweredCount} acts` })
  }
  const [sku] = disk.fold.masters.list('sku')
  if (sku === undefined) return
  const changes = [{ entity: 'sku', id: sku.id, fields: { retailPrice: 5_000_000 } }] as const
  const changed = await tablet.command('changeMasters', { changes })
  const code = changed.ok ? '' : (changed.problem[0]?.code ?? '')
  if (code.startsWith('store-')) tell({ rule: 'cannot-save', facts: `${name} ${code}` })
}

/** Posted twice and below zero are said where, and only where, they are. */
export function checkFindings(
  tablet: Tablet,
  right: ReadonlyMap<string, AuditedDocument>,
  tell: Tell,
): void {
  const { documents, stock } = tablet.disk.fold
  const findings = tablet.disk.fold.findings()
  const twice = new Set(evidenceOf(findings, 'posted-twice').map(({ docId }) => docId))
  for (const { docId, postings, number } of right.values()) {
    if (documents.get(docId) === undefined || twice.has(docId) === postings > 1) continue
    tell({ rule: 'finding-wrong', facts: `${tablet.name} ${number} posted ${postings} times` })
  }
  const below = new Set(
    evidenceOf(findings, 'negative-stock').map(({ sku, warehouse }) => `${warehouse}|${sku}`),
  )
  for (const { sku, warehouse, quantity } of stock.balances()) {
    // What is under way is told by its dispatch, not as stock of a place.
    if (isTransit(warehouse)) continue
    if (below.has(`${warehouse}|${sku}`) === quantity < 0) continue
    tell({ rule: 'finding-wrong', facts: `${tablet.name} ${sku}@${warehouse} ${quantity}` })
  }
}

function evidenceOf(findings: readonly Finding[], code: Finding['code']) {
  return findings
    .filter((finding) => finding.code === code)
    .map(({ evidence }) => evidence as Readonly<Record<string, string>>)
}

/** A number that was printed leads to the one document that bears it, or to none. */
export function checkNumbers(tablet: Tablet, auditor: Auditor, tell: Tell): void {
  const { documents } = tablet.disk.fold
  for (const { record } of auditor.records) {
    if (record.kind !== 'posted.v1') continue
    // A clone and its twin may have printed one number for two documents: a finding says so.
    if (auditor.isTwin(auditor.rootOf(record.device))) continue
    const { number } = postingOf(record)
    const bearers = documents.byNumber(number)
    // Versions of one document bear its number, whoever posts them.
    const bearing = new Set(bearers.map(({ docId }) => firstVersionOf(docId)))
    const isShared = bearing.size > 1 && new Set(bearers.map(({ device }) => device)).size > 1
    if (!isShared && bearers.every((bearer) => bearer.number === number)) continue
    const numbers = bearers.map((bearer) => bearer.number).join()
    tell({ rule: 'number-misleads', facts: `${tablet.name} ${number} shows ${numbers}` })
  }
}

/** Of each field of an SKU the value said last, by clock and device, whichever branch said it. */
export function checkMasters(tablet: Tablet, auditor: Auditor, tell: Tell): void {
  const last = new Map<string, { readonly record: JournalRecord; readonly value: Json }>()
  for (const { record } of auditor.standing) {
    if (record.kind !== 'masters-changed.v1' || !tablet.audiences.includes(record.audience))
      continue
    for (const { entity, id, fields } of changesOf(record)) {
      for (const [field, value] of entity === 'sku' ? Object.entries(fields) : []) {
        const before = last.get(`${id}|${field}`)?.record
        if (before !== undefined && isEarlier(record, before)) continue
        last.set(`${id}|${field}`, { record, value })
      }
    }
  }
  for (const [key, { value }] of last) {
    const [id = '', field = ''] = key.split('|')
    const shown = tablet.disk.fold.masters.get('sku', id)?.[field]
    if (canonicalText(shown ?? '') === canonicalText(value)) continue
    tell({ rule: 'master-wrong', facts: `${tablet.name} ${key}: ${canonicalText(value)}` })
  }
}

function changesOf({ body }: JournalRecord): readonly SaidOfMaster[] {
  return (body as unknown as { readonly changes: readonly SaidOfMaster[] }).changes
}

interface SaidOfMaster {
  readonly entity: string
  readonly id: string
  readonly fields: Readonly<Record<string, Json>>
}
