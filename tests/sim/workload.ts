/**
 * What people do on the tablets, drawn from the registry: every document type that exists is typed,
 * posted, reversed and completed here without being named. Speaks to the engine's face alone.
 */
import type { Random } from '#domain/demonstration/random.ts'
import {
  arbitraryDraft,
  openLegs,
  orderableLines,
  priceableLines,
} from '#domain/doctype/arbitrary.ts'
import type { AnyDocumentDefinition, DraftDocument } from '#domain/doctype/define.ts'
import { actProblem } from '#domain/doctype/permission.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import type { Audience } from '#domain/records/audience.ts'
import { documentTypes } from '#domain/registry.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { FieldValue, MasterChange } from '#client/engine/face/face.ts'
import { pricedReceipts } from '#client/projections/priced-receipts.ts'
import { makeDocumentCache } from '#client/projections/document-cache.ts'
import { type Climate, happens, spans, within } from './faults.ts'
import type { Tablet } from './tablet.ts'

export interface WorkloadOptions {
  readonly random: Random
  readonly climate: Pick<Climate, 'sitting' | 'onDesk' | 'limitLines'>
  readonly tablets: readonly Tablet[]
  nowMs(): number
  onStory(tablet: Tablet, what: string): void
}

/** One sitting of the person at a tablet. */
export async function act(options: WorkloadOptions, tablet: Tablet): Promise<void> {
  if (tablet.engine === undefined) return
  const { random, climate } = options
  const dice = random.integer(0, 99)
  const isOnDesk = happens(random, climate.onDesk)
  if (dice < 50) return isOnDesk ? write(options, tablet, 'post') : postTogether(options, tablet)
  if (dice < 58) return isOnDesk ? write(options, tablet, 'leave') : postTogether(options, tablet)
  if (dice < 74) return isOnDesk ? postShared(options, tablet) : postTogether(options, tablet)
  if (dice < 84) return reverse(options, tablet)
  if (dice < 90) return supply(options, tablet)
  return changeMaster(options, tablet)
}

/** Signs in again when the server has forgotten the session; why that did not work. */
export async function signInWhereNeeded(tablet: Tablet): Promise<string | undefined> {
  const status = await tablet.engine?.read('status', {})
  const session = await tablet.engine?.read('session', {})
  if (status?.isSignInNeeded !== true && session?.stage === 'ready') return undefined
  const signedIn = await tablet.command('signIn', { login: tablet.spec.login, password: '' })
  return signedIn.ok ? undefined : signedIn.problem[0]?.code
}

// ── documents ───────────────────────────────────────────────────────────────────────────────────

async function write(
  options: WorkloadOptions,
  tablet: Tablet,
  then: 'post' | 'leave',
): Promise<void> {
  const { random, onStory } = options
  const drawn = await drawDraft(options, tablet)
  if (drawn === undefined) return
  const typed = await type(options, tablet, drawn)
  if (!typed || then === 'leave') return onStory(tablet, `typed ${drawn.type} ${drawn.docId}`)
  const outcome = await tablet.post(drawn.docId)
  onStory(tablet, `${drawn.type} ${describe(outcome)}`)
  if (!Array.isArray(outcome) && happens(random, 30)) await tablet.post(drawn.docId)
}

/** Several documents that come whole, as from a till: they share a transaction, or follow each other. */
async function postTogether(options: WorkloadOptions, tablet: Tablet): Promise<void> {
  const { random, climate, nowMs, onStory } = options
  const count = within(random, climate.sitting)
  const drafts: DraftDocument[] = []
  for (let i = 0; i < count; i += 1) {
    const drawn = await drawDraft(options, tablet)
    if (drawn !== undefined) drafts.push(drawn)
  }
  const post = async ({ docId, type: of, header, lines }: DraftDocument) => {
    const at = happens(random, 150) ? { at: nowMs() - random.integer(0, 5 * spans.day) } : {}
    const outcome = await tablet.postWhole({
      ...{ docId, type: of, ...at, header: present(header) },
      lines: lines.map(({ lineId, ...fields }) => ({ ...present(fields), lineId })),
    })
    onStory(tablet, `${of} ${describe(outcome)}`)
  }
  if (happens(random, 700)) await Promise.all(drafts.map(post))
  else for (const draft of drafts) await post(draft)
}

async function drawDraft(
  { random, climate, nowMs }: WorkloadOptions,
  tablet: Tablet,
): Promise<DraftDocument | undefined> {
  const session = await tablet.engine?.read('session', {})
  if (session?.branchId === undefined || session.stage !== 'ready') return undefined
  const roles = session.roles as Parameters<typeof actProblem>[3]
  const branch = session.branchId
  const possible = documentTypes.filter(
    (each) =>
      actProblem(each, 'post', 'draft', roles) === undefined &&
      session.audiences.includes(each.lead),
  )
  // A tablet of a small shop has one warehouse; a transfer wants two.
  const definition = possible.length === 0 ? undefined : random.pick(possible)
  if (definition === undefined || !hasReferences(definition, tablet, branch)) return undefined
  const documents = await pastOf(tablet, definition, random)
  const { masters, stock } = tablet.disk.fold
  const priced = pricedReceipts(tablet.disk.fold)
  const past = { branch, origins: documents.origins, priced, masters }
  // What changes an order wants one with goods, what prices a receipt one that is open.
  if (definition.claims === 'change' && orderableLines(definition, past).length === 0)
    return undefined
  if (definition.adjusts && priceableLines(definition, past).length === 0) return undefined
  const { get } = documents
  const returnedOf = (docId: string, leg: string) => stock.returnedOf(docId, leg)
  const known = { origins: documents.origins, documents: { get, returnedOf } }
  if (definition.links?.as === 'onward' && openLegs(definition, known).length === 0)
    return undefined
  return arbitraryDraft(definition, {
    ...{ branch, docId: random.uuid(nowMs()), random, masters },
    ...{ audiences: session.audiences, limitLines: climate.limitLines },
    ...{ ...known, priced },
  })
}

/** Whether every reference that must be filled has something to refer to. */
function hasReferences(definition: AnyDocumentDefinition, tablet: Tablet, branch: string): boolean {
  const { masters } = tablet.disk.fold
  const wanted = new Map<string, number>()
  for (const field of Object.values(definition.header)) {
    const isAsked = !field.isOptional && tablet.audiences.includes(field.audience ?? 'goods')
    if (field.kind === 'reference' && isAsked) {
      wanted.set(field.entity, (wanted.get(field.entity) ?? 0) + 1)
    }
  }
  for (const [entity, count] of wanted) {
    const there = [...masters.list(entity as Parameters<typeof masters.list>[0])].filter(
      ({ fields }) => entity !== 'warehouse' || fields['branchId'] === branch,
    )
    if (there.length < count) return false
  }
  return [...masters.list('sku')].length > 0
}

/** Documents that lines of the type may take back, a few of the newest. */
async function pastOf(tablet: Tablet, definition: AnyDocumentDefinition, random: Random) {
  const { fold, content } = tablet.disk
  const cache = makeDocumentCache(content, fold.documents)
  const { links, orders, adjusts } = definition
  const from = [links, orders, adjusts].flatMap((each) => each?.from ?? [])
  const ids = from.flatMap((type) =>
    fold.documents
      .page({ type, offset: random.integer(0, 10), limit: 3 })
      .rows.map((entry) => entry.docId),
  )
  await cache.load(ids)
  const origins = ids
    .map((docId) => cache.get(docId))
    .filter((document): document is PostedDocument => document?.state === 'posted')
  return { origins, get: (docId: string) => cache.get(docId) }
}

async function type(
  { random, nowMs }: WorkloadOptions,
  tablet: Tablet,
  draft: DraftDocument,
): Promise<boolean> {
  const header: Record<string, FieldValue> = present(draft.header)
  // Sometimes a note is typed in days after the goods have moved, at times under the day alone.
  if (happens(random, 150)) {
    const movedMs = nowMs() - random.integer(0, 5 * spans.day)
    header['at'] = happens(random, 500) ? movedMs : movedMs - (movedMs % spans.day)
  }
  const lines = draft.lines.map(({ lineId, ...fields }) => ({ lineId, fields: present(fields) }))
  const { docId, type: of } = draft
  const edited = await tablet.command('editDraft', { docId, type: of, header, lines })
  return edited.ok
}

/** A draft that lies on the shared desk, whoever typed it: at times two tablets post it, apart. */
async function postShared(options: WorkloadOptions, tablet: Tablet): Promise<void> {
  const { random, tablets, onStory } = options
  const drafts = (await tablet.engine?.read('drafts', {})) ?? []
  if (drafts.length === 0) return write(options, tablet, 'leave')
  const { docId } = random.pick(drafts)
  const others = []
  for (const other of tablets) {
    if (other === tablet || other.device === '') continue
    // Whoever's store fails or who is let go meanwhile does not join.
    const theirs = (await other.engine?.read('drafts', {}).catch(() => [])) ?? []
    if (theirs.some((draft) => draft.docId === docId)) others.push(other)
  }
  const together = others.length > 0 && happens(random, 700) ? [random.pick(others)] : []
  if (together.length > 0) for (const one of [tablet, ...together]) one.link.set(false)
  for (const one of [tablet, ...together]) {
    onStory(one, `shared draft ${describe(await one.post(docId))}`)
  }
}

async function reverse({ random, onStory }: WorkloadOptions, tablet: Tablet): Promise<void> {
  const { documents } = tablet.disk.fold
  const { rows } = documents.page({ offset: random.integer(0, 30), limit: 1 })
  const [entry] = rows
  if (entry === undefined || entry.state === 'reversed') return
  // What is opened again is posted by whoever posts shared drafts.
  if (happens(random, 500)) {
    const outcome = describe(await tablet.unapprove(entry.docId))
    return onStory(tablet, `unapproval of ${entry.number} ${outcome}`)
  }
  onStory(tablet, `reversal of ${entry.number} ${describe(await tablet.reverse(entry.docId))}`)
}

/** Fills in what a poster with fewer rights had to leave out. */
async function supply(options: WorkloadOptions, tablet: Tablet): Promise<void> {
  const { random, onStory } = options
  const { fold, content } = tablet.disk
  const entry = fold.documents
    .page({ offset: 0, limit: 60 })
    .rows.find(
      ({ pendingParts, state }) =>
        state === 'posted' && pendingParts.some((part) => tablet.audiences.includes(part)),
    )
  const definition = documentTypes.find((each) => each.type === entry?.type)
  if (entry === undefined || definition === undefined) return
  const cache = makeDocumentCache(content, fold.documents)
  await cache.load([entry.docId])
  const drawn = await drawDraft(options, tablet)
  const known = cache.get(entry.docId)
  if (drawn === undefined || known === undefined) return
  const isMissing = (audience: Audience | undefined) =>
    audience !== undefined && entry.pendingParts.includes(audience)
  const drawnFields = (fields: AnyDocumentDefinition['header'], isHeader: boolean) =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([, field]) => isMissing(field.audience) && !field.isDerived && !field.isOptional)
        .map(([name, field]) => [name, plainValue(field, tablet, random, isHeader)]),
    )
  const outcome = await tablet.command('supplyPart', {
    docId: entry.docId,
    header: present(drawnFields(definition.header, true)),
    lines: known.lines.map(({ lineId }) => ({
      ...present(drawnFields(definition.lines, false)),
      lineId,
    })),
  })
  onStory(tablet, `supplied ${entry.number} ${outcome.ok ? 'saved' : outcome.problem[0]?.code}`)
}

function plainValue(
  field: AnyDocumentDefinition['header'][string],
  tablet: Tablet,
  random: Random,
  isHeader: boolean,
): Json | undefined {
  if (field.kind === 'reference') {
    const there = [...tablet.disk.fold.masters.list(field.entity)]
    return there.length === 0 ? undefined : random.pick(there).id
  }
  if (field.kind === 'choice') return random.pick(Object.keys(field.options))
  if (field.kind === 'money') return random.integer(1, 90_000)
  if (field.kind === 'price') return random.integer(1, 9_000) * 10_000
  return isHeader ? undefined : random.integer(1, 1_000)
}

// ── masters ─────────────────────────────────────────────────────────────────────────────────────

async function changeMaster(options: WorkloadOptions, tablet: Tablet): Promise<void> {
  const { random, onStory, nowMs } = options
  const skus = [...tablet.disk.fold.masters.list('sku')]
  const changes: MasterChange[] = []
  if (skus.length > 0 && !happens(random, 150)) {
    const { id } = random.pick(skus)
    const prices = tablet.audiences.includes('buying')
      ? (['referencePurchasePrice', 'retailPrice'] as const)
      : (['retailPrice'] as const)
    const fields = { [random.pick(prices)]: random.integer(1, 9_000) * 10_000 }
    changes.push({ entity: 'sku', id, fields })
  } else changes.push(...newProduct(random, nowMs()))
  const outcome = await tablet.command('changeMasters', { changes })
  onStory(tablet, `masters ${outcome.ok ? 'saved' : outcome.problem[0]?.code}`)
}

const trackings = [
  ...([{}, { hasBatches: 1 }, { hasSerials: 1 }] as const),
  { hasBatches: 1, valuation: 'batch' },
] as const

/** A product with one SKU; some are services, some come in boxes, some are tracked by number. */
export function newProduct(random: Random, nowMs: number, isTracked = false): MasterChange[] {
  const [productId, skuId] = [random.uuid(nowMs), random.uuid(nowMs)]
  const code = `P${skuId.slice(-8)}`
  const hasBox = random.chance(1, 2)
  const kind = random.chance(1, 8) ? 'service' : 'stock'
  const tracks = isTracked ? random.pick(trackings) : {}
  return [
    {
      ...{ entity: 'product', id: productId },
      fields: { code, name: `商品 ${code}`, initials: 'SP', kind, ...tracks },
    },
    {
      ...{ entity: 'sku', id: skuId },
      fields: {
        ...{ productId, code, baseUnit: '瓶' },
        ...(hasBox ? { units: [{ name: '箱', numerator: 12, denominator: 1 }] } : {}),
        retailPrice: random.integer(100, 9_000) * 10_000,
        referencePurchasePrice: random.integer(100, 5_000) * 10_000,
        ...{ weight: random.integer(1, 20_000), volume: random.integer(1, 50_000) },
      },
    },
  ]
}

// ── words ───────────────────────────────────────────────────────────────────────────────────────

function present(fields: Readonly<Record<string, Json | undefined>>): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

function describe(outcome: Awaited<ReturnType<Tablet['post']>>): string {
  if ('kind' in outcome) return `saved ${outcome.number ?? outcome.docId}`
  const [problem] = outcome
  return `refused ${problem?.code} ${problem?.field ?? ''} ${JSON.stringify(problem?.facts ?? '')}`
}
