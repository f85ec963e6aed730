/**
 * Posts the demonstration company's trade the way devices do: each document by its definition,
 * numbered, chained and signed by the device that it was made on, handed in through the guard.
 * Nothing is written past it.
 */
import { webcrypto } from 'node:crypto'
import { pinyin } from 'pinyin-pro'
import { type DemonstrationCompany, demonstrationCompany } from '#domain/demonstration/company.ts'
import { makeRandom } from '#domain/demonstration/random.ts'
import {
  type DemonstrationDevice,
  demonstrationTrade,
  type PlannedDocument,
} from '#domain/demonstration/trade.ts'
import { formatNumber } from '#domain/doctype/numbering.ts'
import { post, type Posting } from '#domain/doctype/post.ts'
import type { MasterReader, PostedDocument } from '#domain/doctype/readers.ts'
import { type MasterChange, splitByAudience } from '#domain/masters/entities.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import {
  type RecordDraft,
  type SealedJournal,
  sealCommit,
  type ShardTail,
} from '#domain/records/seal-commit.ts'
import { makeSigningKey, type Signer, webCryptoSigner } from '#domain/records/signature.ts'
import { definitionOf } from '#domain/registry.ts'
import { assert } from '#domain/values/assert.ts'
import { addDays, businessDateOf, startOf } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { hlc, nextHlc, type Hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { type Instant, instant } from '#domain/values/instant.ts'
import { zeroQuantity } from '#domain/values/quantity.ts'
import type { FoundedOrganization } from '../identity/set-up.ts'
import type { DemonstrationTools } from './demonstration-tools.ts'

const seed = 20_261_122
const days = 90
const zone = { offsetMinutes: 480, cutOffMinutes: 0 }
/** Changes of masters in one record. */
const changesPerRecord = 100
/** Documents of a device in one commit: one signature for each of its journals. */
const documentsPerCommit = 40

const audiencesOf: Readonly<Record<DemonstrationDevice, readonly Audience[]>> = {
  pc: audiences,
  till: ['goods', 'sales'],
  tablet: ['goods'],
}
const nameOf: Readonly<Record<DemonstrationDevice, string>> = {
  pc: '办公电脑',
  till: '收银机',
  tablet: '仓库平板',
}

/** One device of one branch, with the chains that it writes. */
interface Writer {
  readonly id: string
  readonly code: string
  readonly org: string
  readonly by: string
  readonly branchId: string
  readonly branchCode: string
  readonly audiences: readonly Audience[]
  readonly signer: Signer
  readonly tails: Map<Audience, ShardTail>
  readonly counters: Map<string, number>
  readonly drafts: RecordDraft[]
  clock: Hlc
  documents: number
  readonly sealed: SealedJournal[]
}

export async function postDemonstrationTrade(
  tools: DemonstrationTools,
  founded: FoundedOrganization,
): Promise<void> {
  const random = makeRandom(seed)
  const lastDay = businessDateOf(instant(tools.nowMs()), zone)
  const openedAt = startOf(addDays(lastDay, 1 - days), zone)
  const company = demonstrationCompany(
    founded.branches.map(({ id, code }, index) => ({
      ...{ branchId: id, code },
      warehouseId: founded.warehouseIds[index] ?? '',
    })),
    random,
    openedAt,
    initialsOf,
  )
  const writers = await enrolWriters(tools, founded, openedAt)
  const masters = mastersOf(founded, company.changes)
  const office = writers.get(keyOf(company.branches[0]?.branchId ?? '', 'pc'))
  assert(office !== undefined, 'the first branch has an office')
  writeMasters(office, company, openedAt, random.uuid)
  await sealDrafts(office)

  const documents = new Map<string, PostedDocument>()
  for (const planned of demonstrationTrade(company, { lastDay, days, zone }, random)) {
    if (planned.at > tools.nowMs()) break
    const writer = writers.get(keyOf(planned.branchId, planned.device))
    assert(writer !== undefined, 'every branch has its devices')
    postPlanned(writer, planned, masters, documents, random.uuid)
    if (writer.documents % documentsPerCommit === 0) await sealDrafts(writer)
  }
  await Promise.all([...writers.values()].map((writer) => handIn(tools, writer)))
}

function initialsOf(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

function keyOf(branchId: string, device: DemonstrationDevice): string {
  return `${branchId}/${device}`
}

async function enrolWriters(
  tools: DemonstrationTools,
  founded: FoundedOrganization,
  openedAt: Instant,
): Promise<Map<string, Writer>> {
  const writers = new Map<string, Writer>()
  const [owner] = founded.users
  assert(owner !== undefined, 'the demonstration has an owner')
  for (const branch of founded.branches) {
    for (const kind of ['pc', 'till', 'tablet'] as const) {
      const key = await makeSigningKey(webcrypto.subtle as SubtleCrypto)
      const enrolled = await tools.enrol(owner, {
        ...{ kind, publicKey: key.publicKey, branches: [branch.id] },
        name: `${branch.name}${nameOf[kind]}`,
        audiences: audiencesOf[kind],
      })
      assert(enrolled.ok, 'a fresh company has room for its devices')
      writers.set(keyOf(branch.id, kind), {
        ...{ id: enrolled.value.id, code: enrolled.value.code, org: founded.organization.id },
        ...{ by: owner.id, branchId: branch.id, branchCode: branch.code },
        audiences: audiencesOf[kind],
        signer: webCryptoSigner(webcrypto.subtle as SubtleCrypto, key.privateKey),
        ...{ tails: new Map(), counters: new Map(), drafts: [], documents: 0, sealed: [] },
        clock: hlc(openedAt, 0),
      })
    }
  }
  return writers
}

/** Masters as the devices know them while they post. */
function mastersOf(founded: FoundedOrganization, changes: readonly MasterChange[]): MasterReader {
  const fieldsByEntity = new Map<string, Map<string, MasterFields>>()
  const put = (entity: string, id: string, fields: MasterFields): void => {
    const ofEntity = fieldsByEntity.get(entity) ?? new Map<string, MasterFields>()
    fieldsByEntity.set(entity, ofEntity.set(id, { ...ofEntity.get(id), ...fields }))
  }
  put('company', founded.organization.id, { name: founded.organization.name, taxpayer: 'general' })
  for (const [index, { id }] of founded.branches.entries()) {
    put('warehouse', founded.warehouseIds[index] ?? '', { branchId: id })
  }
  for (const { entity, id, fields } of changes) put(entity, id, fields)
  return {
    get: (entity, id) => fieldsByEntity.get(entity)?.get(id),
    list: (entity) =>
      [...(fieldsByEntity.get(entity) ?? [])].map(([id, fields]) => ({ id, fields })),
  }
}

function writeMasters(
  writer: Writer,
  { changes }: DemonstrationCompany,
  at: Instant,
  uuid: (ms: number) => string,
): void {
  const byAudience = new Map<Audience, MasterChange[]>()
  for (const change of changes) {
    for (const [audience, part] of splitByAudience(change)) {
      byAudience.set(audience, [...(byAudience.get(audience) ?? []), part])
    }
  }
  for (const [audience, ofAudience] of byAudience) {
    for (let from = 0; from < ofAudience.length; from += changesPerRecord) {
      const part = ofAudience.slice(from, from + changesPerRecord)
      const body = { changes: part.map((each) => ({ ...each })) } as unknown as Json
      addDraft(writer, { audience, kind: 'masters-changed.v1', recordId: uuid(at), body }, at)
    }
  }
}

function postPlanned(
  writer: Writer,
  { draft, at }: PlannedDocument,
  masters: MasterReader,
  documents: Map<string, PostedDocument>,
  uuid: (ms: number) => string,
): void {
  const definition = definitionOf(draft.type)
  assert(definition !== undefined, `no such type: ${draft.type}`)
  const counter = (writer.counters.get(draft.type) ?? 0) + 1
  const posted = post(
    {
      definition,
      actor: { userId: writer.by, roles: ['owner'] },
      audiences: writer.audiences,
      branchId: writer.branchId,
      at,
      number: formatNumber({
        ...{ prefix: definition.numbering.prefix, date: businessDateOf(at, zone) },
        ...{ branchCode: writer.branchCode, deviceCode: writer.code, counter },
      }),
      ids: () => uuid(at),
      masters,
      stock: { onHand: () => zeroQuantity },
      documents: { get: (docId) => documents.get(docId), returnedOf: () => zeroQuantity },
    },
    draft,
  )
  assert(posted.ok, `the plan posts: ${JSON.stringify(posted.ok ? '' : posted.problem)}`)
  writer.counters.set(draft.type, counter)
  writer.documents += 1
  for (const part of posted.value.parts) {
    addDraft(writer, { ...part, body: part.body as unknown as Json }, at)
  }
  if (draft.type === 'retail-sale') documents.set(draft.docId, postedOf(posted.value, writer))
}

/** What a later linked return asks of a sale. */
function postedOf(posting: Posting, writer: Writer): PostedDocument {
  const bodies = posting.parts.flatMap((part) => ('lines' in part.body ? [part.body] : []))
  const [goods] = bodies
  assert(goods !== undefined, 'a posting has a lead part')
  return {
    ...{ docId: posting.docId, type: posting.type, number: posting.number, at: posting.at },
    ...{ branch: writer.branchId, state: 'posted', postingId: posting.postingId },
    parts: Object.fromEntries(posting.parts.map(({ audience, recordId }) => [audience, recordId])),
    header: Object.assign({}, ...bodies.map(({ header }) => header)),
    lines: goods.lines.map(({ lineId }) =>
      Object.assign(
        {},
        ...bodies.flatMap(({ lines }) => lines.filter((each) => each.lineId === lineId)),
      ),
    ),
    legs: goods.legs ?? [],
  }
}

function addDraft(
  writer: Writer,
  part: {
    readonly audience: Audience
    readonly kind: string
    readonly recordId: string
    readonly body: Json
  },
  at: Instant,
): void {
  writer.clock = nextHlc(writer.clock, at)
  writer.drafts.push({
    ...{ id: asId<RecordId>(part.recordId), kind: part.kind, branch: writer.branchId },
    ...{ audience: part.audience, by: writer.by, hlc: writer.clock, at, body: part.body },
    offset: { ms: 0, ageMs: 0 },
  })
}

async function sealDrafts(writer: Writer): Promise<void> {
  if (writer.drafts.length === 0) return
  const sealed = await sealCommit({
    ...{ org: writer.org, device: writer.id, build: 'demonstration', signer: writer.signer },
    drafts: writer.drafts.splice(0),
    tailOf: (_branch, audience) => writer.tails.get(audience),
  })
  assert(sealed.ok, 'a planned document fits into a record')
  for (const journal of sealed.value) writer.tails.set(journal.audience, journal.tail)
  writer.sealed.push(...sealed.value)
}

async function handIn(tools: DemonstrationTools, writer: Writer): Promise<void> {
  await sealDrafts(writer)
  const appended = await tools.appendForDevice(writer.id, writer.sealed)
  assert(appended.ok, `the guard takes the demonstration: ${JSON.stringify(appended)}`)
}
