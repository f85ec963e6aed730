/**
 * What must hold when the world has come to rest: all machines online, all disks well, everything handed
 * on. That sealed figures never move is looked at elsewhere ([SEL10]).
 */
import { openProjector } from '#client/projections/projector.ts'
import { type Fold, openFold } from '#domain/fold/fold.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { audit, type Audit, branchTotals } from '#tests/oracle/audit.ts'
import { isLate } from '#tests/oracle/order.ts'
import { sealsOf } from '#tests/oracle/seals.ts'
import { differences } from '#tests/properties/compare.ts'
import type { AuditedDocument, Auditor } from './auditor.ts'
import { checkActing, checkFindings, checkMasters, checkNumbers } from './check-screens.ts'
import { checkDisk, idsOnServer, recordsOn, type Tell } from './checkers.ts'
import type { KeptRecord } from './decoded.ts'
import type { FaultBook } from './fault-book.ts'
import type { ServerTables } from './server-disk.ts'
import { deskOf } from './shelf.ts'
import type { Tablet } from './tablet.ts'

export interface RestWorld {
  readonly tablets: readonly Tablet[]
  readonly auditor: Auditor
  readonly tables: ServerTables
  readonly faults: FaultBook
}

/** What the auditor says once nothing is under way any more. */
interface Truth {
  /** All that the server has, its own among it. */
  readonly records: readonly KeptRecord[]
  readonly documents: ReadonlyMap<string, AuditedDocument>
  readonly stock: ReadonlyMap<string, bigint>
  readonly amounts: ReadonlyMap<string, bigint>
  /** By branch and SKU: steps and fen; undefined where goods of several branches share a value. */
  readonly pools: ReadonlyMap<string, readonly [bigint, bigint]> | undefined
  readonly audited: Audit
}

export async function checkRest(world: RestWorld, tell: Tell): Promise<void> {
  const { auditor, tablets } = world
  const branches = [...new Set(tablets.flatMap((tablet) => tablet.branches))]
  const replicas = tablets.map((tablet) => ({ tablet, ...rebuilt(tablet, tell) }))
  checkServerComplete(world, tell)
  checkAgreement(replicas, branches, tell)
  checkDesks(world, tell)
  const truth = truthOf(world)
  checkFigures(truth, tell)
  for (const { tablet, fold } of replicas) {
    checkIncremental(tablet, fold, branches, tell)
    await checkCheckpoint(tablet, fold, branches, tell)
    checkDocuments(tablet, truth, tell)
    checkFindings(tablet, truth.documents, tell)
    checkNumbers(tablet, auditor, tell)
    checkMasters(tablet, auditor, tell)
    await checkAmounts(tablet, truth, tell)
    await checkStock(tablet, truth, tell)
    await checkNewerBuild(tablet, tell)
    await checkSelfAudit(tablet, tell)
    if (tablet.audiences.includes('buying')) await checkValues(tablet, truth, tell)
  }
  for (const tablet of tablets) await checkActing(tablet, tell)
}

function truthOf({ auditor, tables, faults }: RestWorld): Truth {
  const byId = idsOnServer(tables)
  const records = [...byId.values()].flat()
  const sealsIn = sealsOf(records)
  // What a clone has written again is one act: the first seal over any copy of it counts.
  const sealsBefore = (record: JournalRecord) =>
    Math.min(
      ...(byId.get(record.id) ?? [{ record }]).map((copy) => sealsIn(record.branch).before(copy)),
    )
  const documents = auditor.documents(sealsBefore)
  const audited = audit(records)
  for (const movement of audited.movements) {
    if (movement.late !== undefined) faults.met('late-value')
    else if (movement.corrects === undefined && isLate(movement)) faults.met('late-arrival')
  }
  const stock = stockOf(audited.balances)
  const pools = audited.policy.scope === 'company' ? undefined : branchTotals(audited)
  const amounts = auditor.amounts(documents, sealsBefore)
  return { records, documents, stock, amounts, pools, audited }
}

/** Who reads everything sees what the auditor has reckoned: each cell, each pool, the cost of each leg. */
function checkFigures({ records, audited }: Truth, tell: Tell): void {
  const fold = openFold()
  fold.apply(records)
  const { method, scope } = audited.policy
  const [first, ...others] = differences(fold, audited)
  if (first !== undefined) {
    const facts = `${method} by ${scope}: ${first.about}: fold ${first.fold}, auditor ${first.auditor}`
    tell({ rule: 'figures-differ', facts: `${facts}, and ${others.length} more` })
  }
  const problem = fold.audit()
  if (problem !== undefined) tell({ rule: 'self-audit', facts: JSON.stringify(problem) })
}

/** `warehouse|sku` → steps: what a warehouse holds, whichever branches it was used in. */
function stockOf(balances: ReadonlyMap<string, bigint>): ReadonlyMap<string, bigint> {
  const stock = new Map<string, bigint>()
  for (const [key, quantity] of balances) {
    const place = key.slice(key.indexOf('|') + 1)
    stock.set(place, (stock.get(place) ?? 0n) + quantity)
  }
  for (const [place, quantity] of stock) if (quantity === 0n) stock.delete(place)
  return stock
}

interface Replica {
  readonly tablet: Tablet
  readonly fold: Fold
  readonly records: readonly KeptRecord[]
}

function rebuilt(tablet: Tablet, tell: Tell): Omit<Replica, 'tablet'> {
  checkDisk(tablet, tell, Number.POSITIVE_INFINITY)
  const records = recordsOn(tablet)
  const fold = openFold()
  fold.apply(records)
  return { fold, records }
}

// ── replicas ────────────────────────────────────────────────────────────────────────────────────

/** Equal heads of what a layer depends on: equal state of the layer, and equal findings. */
function checkAgreement(
  replicas: readonly Replica[],
  branches: readonly string[],
  tell: Tell,
): void {
  const known = new Map<string, { readonly state: string; readonly name: string }>()
  for (const { tablet, fold, records } of replicas) {
    for (const branch of branches) {
      for (const layer of tablet.audiences) {
        const key = `${layer} ${branch} ${headsBelow(records, layer, branch)}`
        const state = `${fold.hash(layer, branch)} ${findingsIn(fold, layer, branch)}`
        const before = known.get(key)
        known.set(key, before ?? { state, name: tablet.name })
        if (before === undefined || before.state === state) continue
        const facts = `${layer} of ${branch}: ${before.name} and ${tablet.name}`
        tell({ rule: 'replicas-differ', facts })
      }
    }
  }
}

function findingsIn(fold: Fold, layer: Audience, branch: string): string {
  const here = fold.findings().filter((each) => each.layer === layer && each.branch === branch)
  return JSON.stringify(here)
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

/** Everybody who shares a desk sees the same drafts on it, and so does the server. */
function checkDesks({ tablets, tables }: RestWorld, tell: Tell): void {
  const shown = new Map<string, { readonly drafts: string; readonly name: string }>()
  const compare = (desk: string, updates: readonly Uint8Array[], name: string) => {
    const doc = deskOf(updates)
    const roots = [...doc.share.keys()].sort().map((root) => sorted(doc.getMap(root).toJSON()))
    const drafts = JSON.stringify(roots)
    doc.destroy()
    const before = shown.get(desk) ?? { drafts, name }
    shown.set(desk, before)
    if (before.drafts === drafts) return
    tell({ rule: 'desks-differ', facts: `${desk}: ${before.name} and ${name}` })
  }
  for (const [document, updates] of tables.updates) {
    if (document.startsWith('desk/')) compare(document, updates, 'the server')
  }
  for (const tablet of tablets) {
    for (const [desk, updates] of tablet.shelf.content) compare(desk, updates, tablet.name)
  }
}

function sorted(
  values: Readonly<Record<string, unknown>>,
): readonly (readonly [string, unknown])[] {
  return Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))
}

/** [AUD1] What the device itself has compared in idle time was in order. */
async function checkSelfAudit(tablet: Tablet, tell: Tell): Promise<void> {
  const status = await tablet.engine?.read('status', {})
  const problem = status?.audit?.problem
  if (problem !== undefined) {
    tell({ rule: 'self-audit', facts: `${tablet.name} ${JSON.stringify(problem)}` })
  }
}

/** What was folded as it came is what folding all of it anew gives. */
function checkIncremental(
  tablet: Tablet,
  fold: Fold,
  branches: readonly string[],
  tell: Tell,
): void {
  const layer = firstDifference(tablet.disk.fold, fold, audiences, branches)
  if (layer !== undefined) {
    tell({ rule: 'fold-depends-on-arrival', facts: `${tablet.name} ${layer}` })
  }
}

/** What the next start of the engine would show, from its checkpoint and what came after it. */
async function checkCheckpoint(
  tablet: Tablet,
  fold: Fold,
  branches: readonly string[],
  tell: Tell,
): Promise<void> {
  const opened = await openProjector(tablet.disk.content, 'simulated', tablet.audiences)
  const layer = firstDifference(opened.fold, fold, tablet.audiences, branches)
  if (layer !== undefined) tell({ rule: 'checkpoint-differs', facts: `${tablet.name} ${layer}` })
}

function firstDifference(
  one: Fold,
  other: Fold,
  layers: readonly Audience[],
  branches: readonly string[],
): string | undefined {
  for (const branch of [...branches, 'all']) {
    for (const layer of layers) {
      if (one.hash(layer, branch) !== other.hash(layer, branch)) return `${layer} ${branch}`
      const [mine, theirs] = [findingsIn(one, layer, branch), findingsIn(other, layer, branch)]
      if (mine !== theirs) return `findings of ${layer} ${branch}: ${onlyIn(mine, theirs)}`
    }
  }
  return undefined
}

/** The first finding that only one of two lists has. */
function onlyIn(one: string, other: string): string {
  const [mine, theirs] = [one, other].map((text) => JSON.parse(text) as readonly unknown[])
  const known = new Set((theirs ?? []).map((each) => JSON.stringify(each)))
  const extra = (mine ?? []).find((each) => !known.has(JSON.stringify(each)))
  return extra === undefined ? `lacks one of ${other.length} letters` : JSON.stringify(extra)
}

// ── screens ─────────────────────────────────────────────────────────────────────────────────────

/** The screens know exactly the documents that stand, in the state in which they stand. */
function checkDocuments(tablet: Tablet, { documents: right }: Truth, tell: Tell): void {
  const { documents } = tablet.disk.fold
  const branches = new Set(tablet.branches)
  for (const each of right.values()) {
    if (!branches.has(each.branch)) continue
    const shown = documents.get(each.docId)
    const state = each.isReversed ? 'reversed' : 'posted'
    const isRight =
      shown?.postingId === each.postingId && shown.number === each.number && shown.state === state
    if (isRight) continue
    const facts = `${tablet.name} ${each.number} ${shown?.number} ${shown?.state} for ${state}`
    tell({ rule: 'document-wrong', facts })
  }
}

/** What a document comes to on the list is the sum of its lines less what was rounded off. */
async function checkAmounts(tablet: Tablet, { amounts }: Truth, tell: Tell): Promise<void> {
  const page = await tablet.engine?.read('documents', { offset: 0, limit: 300 })
  for (const { docId, number, amount } of page?.rows ?? []) {
    if (amount === undefined) continue
    const right = amounts.get(docId)
    if (right === BigInt(amount)) continue
    tell({ rule: 'amount-wrong', facts: `${tablet.name} ${number}: ${amount} for ${right}` })
  }
}

/** What the stock screen shows is what the auditor has added up. */
async function checkStock(tablet: Tablet, { stock: right }: Truth, tell: Tell): Promise<void> {
  const page = await tablet.engine?.read('stock', { offset: 0, limit: 10_000 })
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

/** [J1] A record of an unknown kind is kept and said, never passed over. */
async function checkNewerBuild(tablet: Tablet, tell: Tell): Promise<void> {
  const hasNewer = recordsOn(tablet).some(({ record }) => record.build === 'newer')
  const status = await tablet.engine?.read('status', {})
  if (status === undefined || status.isUpdateNeeded === hasNewer) return
  tell({ rule: 'update-needed-not-said', facts: `${tablet.name}: ${status.isUpdateNeeded}` })
}

/** SKUs whose cards are read: each costs a fold of its movements. */
const limitCards = 25

/** Values are the oracle's, and what the card says came in and went out is what is left. */
async function checkValues(tablet: Tablet, { pools }: Truth, tell: Tell): Promise<void> {
  if (pools === undefined) return
  const { engine } = tablet
  const skus = [...tablet.disk.fold.masters.list('sku')]
  const session = await engine?.read('session', {})
  for (const [i, { id: skuId }] of skus.entries()) {
    const detail = await engine?.read('stockOf', { skuId })
    for (const pool of detail?.byBranch ?? []) {
      const [quantity, value] = pools.get(`${pool.branchId}|${skuId}`) ?? [0n, 0n]
      if (BigInt(pool.quantity) === quantity && BigInt(pool.value) === value) continue
      const facts = `${tablet.name} ${skuId}: ${pool.quantity}, ${pool.value} for ${quantity}, ${value}`
      tell({ rule: 'value-wrong', facts })
    }
    if (i >= limitCards) continue
    const shown = (detail?.byBranch ?? []).find((pool) => pool.branchId === session?.branchId)
    const moved = (await engine?.read('card', { skuId })) ?? []
    const sum = moved.reduce((total, row) => total + BigInt(row.cost ?? 0), 0n)
    if (sum !== BigInt(shown?.value ?? 0)) {
      const facts = `${tablet.name} ${skuId}: ${sum} for ${shown?.value}`
      tell({ rule: 'value-not-conserved', facts })
    }
  }
}

// ── the server ──────────────────────────────────────────────────────────────────────────────────

/**
 * Everything that any device has kept of its own has arrived, unchanged. Missing may be only what went
 * down with the one machine that held it, before or after a restore of the server took it away.
 */
function checkServerComplete({ auditor, tables, tablets }: RestWorld, tell: Tell): void {
  const onServer = idsOnServer(tables)
  const held = new Set(tablets.flatMap((tablet) => [...holdings(tablet)]))
  for (const { record, journal } of auditor.records) {
    const there = onServer.get(record.id) ?? []
    if (there.length > 0 && there.every((each) => auditor.isKnown(each))) continue
    const mayBeLost = auditor.isExcused(record.id) || auditor.isEndangered(record.id)
    if (mayBeLost && !held.has(record.id)) continue
    tell({ rule: 'record-not-on-server', facts: `${journal} ${record.seq}` })
  }
  auditor.settle(onServer)
}

/** [S7] Whatever any machine holds, its own or a copy, comes back to a server that has lost it. */
function holdings(tablet: Tablet): ReadonlySet<string> {
  return new Set(recordsOn(tablet).map(({ record }) => record.id as string))
}

/** Whether a machine has come to rest: nobody waits for anything. What is still open, or undefined. */
export async function unrestOf(tablet: Tablet, tables: ServerTables): Promise<string | undefined> {
  if (tablet.device === '') return `${tablet.name} is no device`
  const status = await tablet.engine?.read('status', {})
  if (status === undefined) return `${tablet.name} is not open`
  if (status.stopped !== undefined) return `${tablet.name} stopped: ${status.stopped.code}`
  if (status.connection !== 'online') return `${tablet.name} is ${status.connection}`
  if (status.documentsWaiting > 0) return `${tablet.name} waits for heads`
  if (status.journalsBehind > 0) return `${tablet.name} is ${status.journalsBehind} behind`
  const behind = await journalBehind(tables, tablet)
  return behind === undefined ? undefined : `${tablet.name}: ${behind}`
}

async function journalBehind(tables: ServerTables, tablet: Tablet): Promise<string | undefined> {
  const rows = new Map((await tablet.disk.content.journals()).map((row) => [row.journal, row]))
  for (const { journal, seq, hash } of rows.values()) {
    const tail = tables.tails.get(journal)
    if ((tail?.seq ?? -1) < seq) return `${journal} has not arrived`
    if (tail?.seq === seq && tail.hash !== hash) return `${journal} is another one there`
  }
  for (const { journal, seq } of tables.tails.values()) {
    const name = parseJournalName(journal)
    if (!name.ok || !tablet.audiences.includes(name.value.audience)) continue
    const isFollowed = name.value.branch === 'all' || tablet.branches.includes(name.value.branch)
    if (isFollowed && (rows.get(journal)?.seq ?? -1) < seq) return `lacks ${journal}`
  }
  return undefined
}
