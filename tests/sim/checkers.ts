/**
 * What must hold in a simulated world. Some after every crash, the rest when the world has come to rest:
 * all tablets online, all disks well, everything handed on. Reads disks and screens, changes nothing.
 */
import type { Head } from '#domain/replica/heads.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { type Fold, openFold } from '#domain/fold/fold.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { readEntries, createJournalDoc } from '#domain/replica/journal.ts'
import * as Y from 'yjs'
import { plainState } from '#tests/builders/plain-oracle.ts'
import { type Auditor, postingOf, type Violation } from './auditor.ts'
import {
  checkActing,
  checkFindings,
  checkMasters,
  checkNumbers,
  checkStamps,
} from './check-screens.ts'
import { type KeptRecord, keptRecord } from './decoded.ts'
import type { ServerTables } from './server-disk.ts'
import type { Tablet } from './tablet.ts'

type Tell = (violation: Violation) => void
type SaidHeads = ReadonlyMap<string, Pick<Head, 'seq' | 'hash'>>

// ── after a crash of a tablet ───────────────────────────────────────────────────────────────────

/** Nothing that the screen called saved is missing, and what is there is whole. */
export function checkDisk(tablet: Tablet, tell: Tell): void {
  const records = recordsOn(tablet)
  const own = records.filter(({ record }) => record.device === tablet.device)
  checkStamps(tablet.name, own, tell)
  const present = new Set(records.map(({ record }) => record.id as string))
  const posted = new Set<string>()
  const reversed = new Set<string>()
  for (const { record } of own) {
    const body = postingOf(record)
    if (record.kind === 'reversed.v1') reversed.add(body.docId)
    if (record.kind !== 'posted.v1') continue
    posted.add(`${body.docId} ${body.number}`)
    for (const id of Object.values(body.parts)) {
      if (!present.has(id)) tell({ rule: 'half-document', facts: `${tablet.name} ${body.number}` })
    }
  }
  for (const act of tablet.saved) {
    const isThere =
      act.kind === 'posted' ? posted.has(`${act.docId} ${act.number}`) : reversed.has(act.docId)
    if (isThere) continue
    tell({ rule: 'saved-act-lost', facts: `${tablet.name} ${act.kind} ${act.number ?? act.docId}` })
  }
}

/** A tablet holds nothing that its audiences may not read, and among goods there are no prices. */
export function checkAudiences(tablet: Tablet, kept: readonly KeptRecord[], tell: Tell): void {
  for (const { record, journal } of kept) {
    const { lines = [], number } = postingOf(record)
    const isPriced = lines.some((line) => 'price' in line || 'amount' in line)
    if (record.audience === 'goods' && isPriced) {
      tell({ rule: 'price-among-goods', facts: `${tablet.name} ${number}` })
    }
    if (tablet.audiences.length === 0 || tablet.audiences.includes(record.audience)) continue
    tell({ rule: 'foreign-audience', facts: `${tablet.name} holds ${journal}` })
  }
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

function recordsInLog(tables: ServerTables, journal: string): readonly KeptRecord[] {
  const doc = createJournalDoc()
  Y.transact(doc, () => {
    for (const part of tables.updates.get(journal) ?? []) Y.applyUpdate(doc, part)
  })
  const entries = readEntries(doc, 0)
  doc.destroy()
  return entries.map(({ bytes }) => keptRecord({ journal, bytes }))
}

// ── at rest ─────────────────────────────────────────────────────────────────────────────────────

export interface RestWorld {
  readonly tablets: readonly Tablet[]
  readonly auditor: Auditor
  readonly branches: readonly string[]
  readonly tables: ServerTables
}

export async function checkRest(world: RestWorld, tell: Tell): Promise<void> {
  const replicas = world.tablets.map((tablet) => ({ tablet, ...rebuilt(tablet, tell) }))
  checkAgreement(replicas, world.branches, tell)
  checkServerComplete(world, tell)
  const oracle = plainState([...world.auditor.records] as readonly FoldEntry[])
  for (const { tablet, fold } of replicas) {
    checkIncremental(tablet, fold, world.branches, tell)
    checkDocuments(tablet, world, tell)
    checkFindings(tablet, world.auditor, tell)
    checkNumbers(tablet, world.auditor, tell)
    checkMasters(tablet, world.auditor, tell)
    await checkStock(tablet, world.auditor, tell)
    if (tablet.audiences.includes('buying')) await checkValues(tablet, oracle.pools, tell)
  }
  for (const tablet of world.tablets) await checkActing(tablet, tell)
}

interface Replica {
  readonly tablet: Tablet
  readonly fold: Fold
  readonly records: readonly KeptRecord[]
}

function rebuilt(tablet: Tablet, tell: Tell): Omit<Replica, 'tablet'> {
  checkDisk(tablet, tell)
  const records = recordsOn(tablet)
  const fold = openFold()
  fold.apply(records)
  return { fold, records }
}

/** Equal heads of what a layer depends on: equal state of the layer. */
function checkAgreement(
  replicas: readonly Replica[],
  branches: readonly string[],
  tell: Tell,
): void {
  const hashes = new Map<string, { readonly hash: string; readonly name: string }>()
  for (const { tablet, fold, records } of replicas) {
    for (const branch of branches) {
      for (const layer of tablet.audiences) {
        const key = `${layer} ${branch} ${headsBelow(records, layer, branch)}`
        const hash = fold.hash(layer, branch)
        const known = hashes.get(key)
        hashes.set(key, known ?? { hash, name: tablet.name })
        if (known === undefined || known.hash === hash) continue
        const facts = `${layer} of ${branch}: ${known.name} and ${tablet.name}`
        tell({ rule: 'replicas-differ', facts })
      }
    }
  }
}

/** The ends, by seq, of the journals that a layer of a branch follows from. */
function headsBelow(records: readonly KeptRecord[], layer: Audience, branch: string): string {
  const ends = new Map<string, number>()
  for (const { record, journal } of records) {
    const isBelow = record.audience === layer || record.audience === 'goods'
    if (!isBelow || (record.branch !== branch && record.branch !== 'all')) continue
    ends.set(journal, Math.max(ends.get(journal) ?? -1, record.seq))
  }
  return [...ends]
    .map(([journal, seq]) => `${journal}:${seq}`)
    .sort()
    .join(' ')
}

/** What was folded as it came is what folding all of it anew gives. */
function checkIncremental(
  tablet: Tablet,
  fold: Fold,
  branches: readonly string[],
  tell: Tell,
): void {
  for (const branch of [...branches, 'all']) {
    for (const layer of audiences) {
      if (tablet.disk.fold.hash(layer, branch) === fold.hash(layer, branch)) continue
      tell({ rule: 'fold-depends-on-arrival', facts: `${tablet.name} ${layer} ${branch}` })
    }
  }
}

/** The screens know exactly the documents that stand, in the state in which they stand. */
function checkDocuments(tablet: Tablet, { auditor }: RestWorld, tell: Tell): void {
  const { documents } = tablet.disk.fold
  const branches = new Set(recordsOn(tablet).map(({ record }) => record.branch))
  for (const right of auditor.documents().values()) {
    if (!branches.has(right.branch)) continue
    const shown = documents.get(right.docId)
    const state = right.isReversed ? 'reversed' : 'posted'
    const isRight =
      shown?.postingId === right.postingId && shown.number === right.number && shown.state === state
    if (isRight) continue
    const facts = `${tablet.name} ${right.number} ${shown?.number} ${shown?.state} for ${state}`
    tell({ rule: 'document-wrong', facts })
  }
}

/** What the stock screen shows is what the auditor has added up. */
async function checkStock(tablet: Tablet, auditor: Auditor, tell: Tell): Promise<void> {
  const page = await tablet.engine?.read('stock', { offset: 0, limit: 10_000 })
  const right = auditor.stock()
  const followed = new Set<string>()
  for (const { warehouseId, skuId, quantity } of page?.rows ?? []) {
    followed.add(warehouseId)
    const expected = right.get(`${warehouseId}|${skuId}`) ?? 0n
    if (BigInt(quantity) === expected) continue
    const facts = `${tablet.name} ${skuId}@${warehouseId}: ${quantity} for ${expected}`
    tell({ rule: 'stock-wrong', facts })
  }
  const shown = new Set((page?.rows ?? []).map((row) => `${row.warehouseId}|${row.skuId}`))
  for (const key of right.keys()) {
    if (!followed.has(key.split('|')[0] ?? '') || shown.has(key)) continue
    tell({ rule: 'stock-wrong', facts: `${tablet.name} does not show ${key}` })
  }
}

/** Values are the oracle's, and what the card says came in and went out is what is left. */
async function checkValues(
  tablet: Tablet,
  pools: ReadonlyMap<string, readonly [number, number]>,
  tell: Tell,
): Promise<void> {
  for (const { id: skuId } of tablet.disk.fold.masters.list('sku')) {
    const detail = await tablet.engine?.read('stockOf', { skuId })
    for (const pool of detail?.byBranch ?? []) {
      const [quantity, value] = pools.get(`${pool.branchId}|${skuId}`) ?? [0, 0]
      if (pool.quantity !== quantity || pool.value !== value) {
        const facts = `${tablet.name} ${skuId}: ${pool.quantity}, ${pool.value} for ${quantity}, ${value}`
        tell({ rule: 'value-wrong', facts })
      }
    }
    const session = await tablet.engine?.read('session', {})
    const shown = (detail?.byBranch ?? []).find((pool) => pool.branchId === session?.branchId)
    const left = BigInt(shown?.value ?? 0)
    const moved = (await tablet.engine?.read('card', { skuId })) ?? []
    const sum = moved.reduce((total, row) => total + BigInt(row.cost ?? 0), 0n)
    if (sum !== left) {
      tell({ rule: 'value-not-conserved', facts: `${tablet.name} ${skuId}: ${sum} for ${left}` })
    }
  }
}

/** Everything that any tablet has kept of its own has arrived, unchanged. */
function checkServerComplete({ auditor, tables }: RestWorld, tell: Tell): void {
  const hashes = new Map<string, string>()
  for (const journal of tables.tails.keys()) {
    for (const { record, hash } of recordsInLog(tables, journal)) hashes.set(record.id, hash)
  }
  for (const { record, hash, journal } of auditor.records) {
    if (hashes.get(record.id) === hash) continue
    tell({ rule: 'record-not-on-server', facts: `${journal} ${record.seq}` })
  }
}

/** Whether the world has come to rest: nobody waits for anything. What is still open, or undefined. */
export async function unrest(world: RestWorld): Promise<string | undefined> {
  for (const tablet of world.tablets) {
    const status = await tablet.engine?.read('status', {})
    if (status === undefined) return `${tablet.name} is not open`
    if (status.stopped !== undefined) return `${tablet.name} stopped: ${status.stopped.code}`
    if (status.connection !== 'online') return `${tablet.name} is ${status.connection}`
    if (status.documentsWaiting > 0) return `${tablet.name} waits for heads`
    if (status.journalsBehind > 0) return `${tablet.name} is ${status.journalsBehind} behind`
    const behind = await journalBehind(world.tables, tablet)
    if (behind !== undefined) return `${tablet.name}: ${behind}`
  }
  for (const relay of world.tables.relays.values())
    if (relay !== undefined) return 'relays are open'
  return undefined
}

async function journalBehind(tables: ServerTables, tablet: Tablet): Promise<string | undefined> {
  const rows = new Map((await tablet.disk.content.journals()).map((row) => [row.journal, row]))
  for (const { journal, seq } of rows.values()) {
    if ((tables.tails.get(journal)?.seq ?? -1) < seq) return `${journal} has not arrived`
  }
  for (const { journal, seq } of tables.tails.values()) {
    const name = parseJournalName(journal)
    if (!name.ok || !tablet.audiences.includes(name.value.audience)) continue
    const isFollowed = name.value.branch === 'all' || tablet.branches.includes(name.value.branch)
    if (isFollowed && (rows.get(journal)?.seq ?? -1) < seq) return `lacks ${journal}`
  }
  return undefined
}

function recordsOn(tablet: Tablet): readonly KeptRecord[] {
  return tablet.disk.content.dump().journals.flatMap(({ records }) => records.map(keptRecord))
}
