/**
 * What must hold on a disk at any moment, and is looked at right after every crash: before peers or the
 * next start can heal it. Reads disks, changes nothing.
 */
import type { Head } from '#domain/replica/heads.ts'
import { createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import * as Y from 'yjs'
import { postingOf, takenBackIn, type Violation } from './auditor.ts'
import { checkStamps } from './check-screens.ts'
import { type KeptRecord, keptRecord } from './decoded.ts'
import type { ServerTables } from './server-disk.ts'
import type { Tablet } from './tablet.ts'

export type Tell = (violation: Violation) => void
type SaidHeads = ReadonlyMap<string, Pick<Head, 'seq' | 'hash'>>

// ── after a crash of a tablet ───────────────────────────────────────────────────────────────────

/** Acts that are looked for after a crash, the newest; at rest all of them are. */
const limitActs = 200

/** Nothing that the screen called saved is missing, and what is there is whole. */
export function checkDisk(tablet: Tablet, tell: Tell, limit = limitActs): void {
  const present = new Set<string>()
  const posted = new Set<string>()
  const reversed = new Set<string>()
  const parts: { readonly number: string; readonly id: string }[] = []
  const own = [...tablet.recordsOf([tablet.device, ...tablet.former])]
  const isOwn = ({ record }: KeptRecord) => record.device === tablet.device
  checkStamps(tablet.name, own.filter(isOwn), tell)
  for (const kept of own) {
    const { record } = kept
    present.add(record.id)
    const body = postingOf(record)
    const takenBack = takenBackIn(record)
    if (takenBack !== undefined) reversed.add(takenBack)
    if (record.kind !== 'posted.v1') continue
    posted.add(`${body.docId} ${body.number}`)
    // What it was before goes on elsewhere, and comes here part by part.
    if (!isOwn(kept)) continue
    for (const id of Object.values(body.parts)) parts.push({ number: body.number, id })
  }
  for (const { number, id } of parts) {
    if (!present.has(id)) tell({ rule: 'half-document', facts: `${tablet.name} ${number}` })
  }
  for (const act of tablet.saved.slice(-limit)) {
    const isThere =
      act.kind === 'posted' ? posted.has(`${act.docId} ${act.number}`) : reversed.has(act.docId)
    if (isThere) continue
    tell({ rule: 'saved-act-lost', facts: `${tablet.name} ${act.kind} ${act.number ?? act.docId}` })
  }
}

/** Among goods there are no prices. */
export function checkPrices(name: string, { record }: KeptRecord, tell: Tell): void {
  const { lines = [], number } = postingOf(record)
  const isPriced = lines.some((line) => 'price' in line || 'amount' in line)
  if (record.audience !== 'goods' || !isPriced) return
  tell({ rule: 'price-among-goods', facts: `${name} ${number}` })
}

/** A tablet holds nothing that its audiences may not read. */
export function checkAudiences(tablet: Tablet, journals: Iterable<string>, tell: Tell): void {
  for (const journal of journals) {
    const [, , , audience] = journal.split('/')
    const isHeld = tablet.audiences.some((each) => each === audience)
    if (tablet.audiences.length === 0 || isHeld) continue
    tell({ rule: 'foreign-audience', facts: `${tablet.name} holds ${journal}` })
  }
}

export function recordsOn(tablet: Tablet): readonly KeptRecord[] {
  return tablet.disk.content.dump().journals.flatMap(({ records }) => records.map(keptRecord))
}

// ── after a crash of the server ─────────────────────────────────────────────────────────────────

/** Everything that heads have confirmed is in the log, under the hash that was said. */
export function checkServer(tables: ServerTables, said: SaidHeads, tell: Tell): void {
  for (const [journal, { seq, hash }] of said) {
    const tail = tables.tails.get(journal)
    const isShort = tail === undefined || tail.seq < seq || (tail.seq === seq && tail.hash !== hash)
    const records = isShort ? [] : recordsInLog(tables, journal)
    const kept = records.find(({ record }) => record.seq === seq)
    if (!isShort && kept?.hash === hash) continue
    tell({ rule: 'confirmed-record-lost', facts: `${journal} ${seq}` })
  }
}

/** What the log of the server gives back, by id: a clone's record may stand there under two devices. */
export function idsOnServer(tables: ServerTables): ReadonlyMap<string, readonly KeptRecord[]> {
  const hashes = new Map<string, readonly KeptRecord[]>()
  for (const journal of tables.tails.keys()) {
    for (const kept of recordsInLog(tables, journal)) {
      const { id } = kept.record
      hashes.set(id, [...(hashes.get(id) ?? []), kept])
    }
  }
  return hashes
}

/** Read again only where a log has changed since. */
const known = new WeakMap<
  readonly Uint8Array[],
  { readonly parts: number; readonly records: readonly KeptRecord[] }
>()

function recordsInLog(tables: ServerTables, journal: string): readonly KeptRecord[] {
  const parts = tables.updates.get(journal) ?? []
  const before = known.get(parts)
  if (before?.parts === parts.length) return before.records
  const doc = createJournalDoc()
  Y.transact(doc, () => {
    for (const part of parts) Y.applyUpdate(doc, part)
  })
  const records = readEntries(doc, 0).map(({ seq, bytes }) => keptRecord({ journal, seq, bytes }))
  doc.destroy()
  known.set(parts, { parts: parts.length, records })
  return records
}
