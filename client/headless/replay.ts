/**
 * 历史单据重放 (replay): posts a sales history, document by document and at its own times, through the command
 * that anybody else posts with. Knows what a history needs beforehand (products, customers, opening stock)
 * and nothing of how a document is kept.
 */
import { uuidv7 } from 'uuidv7'
import type { FieldValues, MasterRow, Problem } from '#client/engine/face/face.ts'
import { decodeFile, type Sheet } from '#domain/exchange/decode.ts'
import type { ImportPlan } from '#domain/exchange/import-plan.ts'
import type { ImportProblem } from '#domain/exchange/import-problem.ts'
import { readTransactions, type TransactionLine } from '#domain/exchange/transaction-lines.ts'
import {
  draftsOf,
  missingCustomers,
  missingSkus,
  type TransactionContext,
  type TransactionDraft,
} from '#domain/exchange/transactions.ts'
import { codeKey } from '#domain/masters/code.ts'
import { assert } from '#domain/values/assert.ts'
import { startOf } from '#domain/values/business-date.ts'
import {
  asId,
  type BranchId,
  type CustomerId,
  type SkuId,
  type WarehouseId,
} from '#domain/values/ids.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { type Device, everyRow, warehouseOf } from './device.ts'
import { judgeOn, type NamedFile } from './import-file.ts'

export interface ReplayWish {
  readonly history: NamedFile
  /** Codes and quantities that lay there when the history begins; a cost that it does not state is zero. */
  readonly opening?: NamedFile
  /** By name; the first of the branch where left out. */
  readonly warehouse?: string
  /** Only the first lines of the history. */
  readonly limitLines?: number
  onStep?(step: ReplayStep): void
}

export type ReplayStep =
  | { readonly kind: 'read'; readonly lines: number }
  | { readonly kind: 'masters'; readonly products: number; readonly customers: number }
  | { readonly kind: 'posted'; readonly documents: number; readonly of: number }
  | { readonly kind: 'sending' }

export interface Replayed {
  readonly lines: readonly TransactionLine[]
  /** Rows of the history that could not be read, and rows of opening stock that were left out. */
  readonly unreadable: readonly ImportProblem[]
  readonly openingLeftOut: readonly ImportProblem[]
  /** Lines that are no document: book entries, losses of services. */
  readonly reported: number
  readonly documents: number
  readonly openingDocuments: number
  /** Until everything was posted here, and until the server had confirmed it. */
  readonly postedMs: number
  readonly syncedMs: number
}

type Refused<Value> = Result<Value, readonly Problem[]>

const baseUnit = '件'

export async function replay(device: Device, wish: ReplayWish): Promise<Refused<Replayed>> {
  const { onStep = () => {} } = wish
  const warehouseId = await warehouseOf(device, wish.warehouse)
  if (!warehouseId.ok) return warehouseId
  const { zone } = await device.session()
  const read = await readHistory(wish, zone.offsetMinutes)
  if (!read.ok) return read
  const { lines } = read.value
  onStep({ kind: 'read', lines: lines.length })

  const startMs = performance.now()
  const context = await makeMissing(device, lines, warehouseId.value, onStep)
  if (!context.ok) return context
  const begin = lines[0] === undefined ? 0 : startOf(lines[0].date, zone)
  const opening = await openingDrafts(device, wish.opening, context.value, begin)
  if (!opening.ok) return opening
  const { drafts, reported, unknown } = draftsOf(lines, context.value)
  assert(unknown.length === 0, 'every code of the history has its SKU by now')
  const posted = await postAll(device, [...opening.value.drafts, ...drafts], onStep)
  if (!posted.ok) return posted
  const postedMs = performance.now() - startMs
  onStep({ kind: 'sending' })
  const arrived = await device.synced()
  if (!arrived.ok) return arrived
  return done({
    ...{ lines, unreadable: read.value.problems, openingLeftOut: opening.value.leftOut },
    ...{ reported: reported.length, documents: drafts.length },
    ...{ openingDocuments: opening.value.drafts.length, postedMs },
    syncedMs: performance.now() - startMs,
  })
}

interface History {
  readonly lines: readonly TransactionLine[]
  readonly problems: readonly ImportProblem[]
}

async function readHistory(
  { history, limitLines }: ReplayWish,
  offsetMinutes: number,
): Promise<Refused<History>> {
  const sheet = await firstSheet(history)
  if (!sheet.ok) return sheet
  const read = readTransactions(sheet.value, offsetMinutes)
  if (!read.ok) return fail(read.problem.map(problemOf))
  const { lines, problems } = read.value
  return done({ lines: lines.slice(0, limitLines), problems })
}

async function firstSheet({ name, bytes }: NamedFile): Promise<Refused<Sheet>> {
  const decoded = await decodeFile(bytes)
  if (!decoded.ok) return fail([problemOf(decoded.problem)])
  const [sheet] = decoded.value
  return sheet === undefined ? fail([{ code: 'file-empty', facts: { name } }]) : done(sheet)
}

function problemOf({ code, ...facts }: { readonly code: string }): Problem {
  return { code, facts: { ...facts } as FieldValues }
}

// ── masters ─────────────────────────────────────────────────────────────────────────────────────

/** Products and customers that the history names and nobody made yet. */
async function makeMissing(
  device: Device,
  lines: readonly TransactionLine[],
  warehouseId: string,
  onStep: (step: ReplayStep) => void,
): Promise<Refused<TransactionContext>> {
  const { branchId = '' } = await device.session()
  const skuIds = await idsByCode<SkuId>(device, 'sku')
  const customerIds = await idsByCode<CustomerId>(device, 'customer')
  const context: TransactionContext = {
    branchId: asId<BranchId>(branchId),
    warehouseId: asId<WarehouseId>(warehouseId),
    ids: uuidv7,
    skuIdOf: (code) => skuIds.get(codeKey(code)),
    customerIdOf: (code) => customerIds.get(codeKey(code)),
  }
  const skus = missingSkus(lines, context, baseUnit)
  const customers = missingCustomers(lines, context)
  const changes = [...skus.changes, ...customers.changes]
  if (changes.length > 0) {
    const changed = await device.act('changeMasters', { changes })
    if (!changed.ok) return changed
  }
  for (const [code, id] of skus.skuIds) skuIds.set(codeKey(code), id)
  for (const [code, id] of customers.customerIds) customerIds.set(codeKey(code), id)
  onStep({ kind: 'masters', products: skus.skuIds.size, customers: customers.customerIds.size })
  return done(context)
}

async function idsByCode<Id extends string>(
  device: Device,
  entity: 'sku' | 'customer',
): Promise<Map<string, Id>> {
  const rows: readonly MasterRow[] = await everyRow((page) =>
    device.engine.read('masters', { entity, ...page }),
  )
  return new Map(
    rows.flatMap(({ id, code }) =>
      code === undefined ? [] : [[codeKey(code), id as Id] as const],
    ),
  )
}

// ── documents ───────────────────────────────────────────────────────────────────────────────────

/** A document as the command takes it. */
type WholeDraft = Pick<TransactionDraft, 'docId' | 'at' | 'header' | 'lines'> & {
  readonly type: string
}

async function openingDrafts(
  device: Device,
  file: NamedFile | undefined,
  { warehouseId }: TransactionContext,
  begin: number,
): Promise<Refused<{ drafts: readonly WholeDraft[]; leftOut: readonly ImportProblem[] }>> {
  if (file === undefined) return done({ drafts: [], leftOut: [] })
  const planned = await judgeOn(device, { bytes: file.bytes, warehouseId, costWhenBlank: 0 })
  if (!planned.ok) return fail([planned.problem])
  const drafts = planned.value.opening.map((opening) => openingDraft(opening, begin))
  return done({ drafts, leftOut: planned.value.problems })
}

/** Dated when the first day of the history begins, so that nothing is sold before it is there. */
function openingDraft({ warehouseId, lines }: ImportPlan['opening'][number], begin: number) {
  return {
    docId: asId<WholeDraft['docId']>(uuidv7()),
    type: 'opening-stock',
    at: begin as WholeDraft['at'],
    header: { warehouseId },
    lines: lines.map((line, i) => ({
      ...line,
      lineId: asId<WholeDraft['lines'][number]['lineId']>(String(i + 1)),
    })),
  }
}

/** Posts that wait for their transaction at once: enough that transactions are full. */
const limitInFlight = 400
const tellEvery = 1_000

/** In order; the first refusal stops it, and says which document. */
async function postAll(
  device: Device,
  drafts: readonly WholeDraft[],
  onStep: (step: ReplayStep) => void,
): Promise<Refused<void>> {
  let next = 0
  let posted = 0
  let refused: readonly Problem[] | undefined

  async function postNext(): Promise<void> {
    for (;;) {
      const draft = drafts[next]
      if (draft === undefined || refused !== undefined) return
      next += 1
      const result = await device.act('postDraft', draft)
      if (!result.ok) refused ??= result.problem.map((problem) => about(problem, draft))
      else posted += 1
      if (posted % tellEvery === 0) {
        onStep({ kind: 'posted', documents: posted, of: drafts.length })
      }
    }
  }

  await Promise.all(Array.from({ length: limitInFlight }, postNext))
  return refused === undefined ? done(undefined) : fail(refused)
}

function about(problem: Problem, { type, header }: WholeDraft): Problem {
  const note = header['note']
  return { ...problem, facts: { ...problem.facts, type, ...(note === undefined ? {} : { note }) } }
}
