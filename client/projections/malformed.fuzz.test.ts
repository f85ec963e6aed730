/**
 * Records that no device of ours writes, through the fold, the read model and every question of a screen: nothing
 * throws, what is refused is told with its place, and the state is the same in another order of arrival.
 * `MALFORMED_WORLDS` shops (25 where nothing is said) of 25 such records each, from `MALFORMED_SEED` on.
 */

import { expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { type Fold, openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { entities } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import { audiences } from '#domain/records/audience.ts'
import { changedJson } from '#tests/builders/changed-json.ts'
import { journalNameText } from '#domain/records/journal-name.ts'
import { checkRecord, recordKinds } from '#domain/records/kinds.ts'
import { packJson } from '#domain/records/pack-json.ts'
import { type JournalRecord, journalOf } from '#domain/records/record.ts'
import { decodeRecord, storedBytes } from '#domain/records/record-bytes.ts'
import { exampleMs, exampleRecord, exampleUuid } from '#domain/records/record.examples.ts'
import { type Chance, makeChance } from '#domain/replica/random.examples.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import { shuffled } from '#tests/builders/arrivals.ts'
import { recordsOfEveryKind, type Said } from '#tests/builders/records-of-every-kind.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'
import { makeAnswers } from './answers.ts'
import { makeCatalogue } from './catalogue.ts'
import { makeDocumentCache } from './document-cache.ts'
import { proposedPrices } from './line-prices.ts'
import { makeNews } from './news.ts'
import type { Reading } from './reading.ts'
import { makeRecentBodies } from './recent-bodies.ts'

const worlds = Number(process.env['MALFORMED_WORLDS'] ?? 25)
const firstSeed = Number(process.env['MALFORMED_SEED'] ?? 1)
const perWorld = 25
const entityNames = Object.keys(entities) as readonly EntityName[]
const branch = exampleShop.branchId
const page = { offset: 0, limit: 200 }

/** Entries with a chain of their own each, so that what stands before one never keeps it out. */
class Scribe {
  #count = 0

  write(said: Said): FoldEntry | undefined {
    this.#count++
    const record = exampleRecord({
      ...{ branch, id: asId<RecordId>(exampleUuid(5_000 + this.#count)) },
      ...{ device: exampleUuid(100 + this.#count), at: instant(exampleMs + this.#count * 1_000) },
      ...{ hlc: hlc(exampleMs + this.#count, 0), ...said },
    })
    const stored = decodeRecord(
      storedBytes(Uint8Array.of(1, ...packJson(asJson(record))), undefined),
    )
    if (!stored.ok) return undefined
    return { journal: journalNameText(journalOf(stored.value.record)), ...stored.value }
  }
}

function asJson(record: JournalRecord): Json {
  return JSON.parse(JSON.stringify(record)) as Json
}

function malformed(chance: Chance, good: readonly Said[]): Said {
  let said = chance.pick(good)
  for (let change = chance.int(3); change >= 0; change--) {
    if (chance.isLucky(85)) said = { ...said, body: changedJson(chance, said.body) }
    else if (chance.isLucky(50)) said = { ...said, audience: chance.pick(audiences) }
    else said = { ...said, kind: chance.pick(good).kind }
  }
  return chance.isLucky(10) ? { ...said, at: instant(chance.pick([0, 1, 2 ** 42])) } : said
}

function readingOf(fold: Fold, entries: readonly FoldEntry[]): Reading {
  const recent = makeRecentBodies()
  recent.take(entries)
  return {
    fold,
    catalogue: makeCatalogue(fold.masters),
    documents: makeDocumentCache(openMemoryStore(), fold.documents, recent),
    news: makeNews(fold),
    device: exampleUuid(3),
    drafts: { read: () => undefined, list: () => [], othersIn: () => [] },
    reader: () => ({
      ...{ audiences, userId: undefined, branchId: branch, branches: [branch] },
      zone: { offsetMinutes: 480, cutOffMinutes: 0 },
    }),
    now: () => instant(exampleMs + 86_400_000),
    signedInName: () => undefined,
    isAllHere: () => true,
    isWaiting: () => false,
  }
}

/** Every question that the read model answers, of every SKU, document and master. */
async function askEverything(reading: Reading): Promise<void> {
  const answers = makeAnswers(reading)
  const { fold } = reading
  await answers.home({})
  await answers.changes(page)
  const { rows: documents } = await answers.documents(page)
  for (const { docId } of documents) {
    await answers.document({ docId })
    await answers.print({ docId, language: 'zh-CN' })
  }
  const { rows: submissions } = await answers.approvals({ ...page, which: 'all' })
  for (const { docId } of submissions) await answers.approval({ docId, language: 'en' })
  await answers.approvalCount({})
  await answers.duties({})
  for (const { id: skuId } of fold.masters.list('sku')) {
    await answers.stockOf({ skuId })
    await answers.card({ skuId })
    await answers.recipe({ skuId })
    await answers.trace({ skuId })
    await answers.product({ skuId })
    for (const side of ['sales', 'buying'] as const) {
      await answers.tradedPrices({ skuId, side, limit: 20 })
    }
  }
  await askPrices(reading)
  for (const only of [undefined, 'negative', 'near-expiry', 'pending', 'short'] as const) {
    await answers.stock({ ...page, ...(only === undefined ? {} : { only }) })
  }
  for (const entity of entityNames) await answers.masters({ ...page, entity })
  for (const type of ['purchase-invoice', 'landed-cost']) await answers.openSources({ type })
  await answers.ages(page)
  await answers.stockFilters({})
  await answers.products(page)
  await answers.lookup({ text: '可乐', limit: 10 })
  await answers.findings(page)
  await answers.decisions({})
  await answers.costPolicy({})
  await answers.importGround({})
  await answers.drafts({})
}

/** Of every list and customer the table, of every customer and SKU what would be proposed. */
async function askPrices(reading: Reading): Promise<void> {
  const { masters } = reading.fold
  const answers = makeAnswers(reading)
  for (const entity of ['price-list', 'customer'] as const) {
    for (const { id } of masters.list(entity)) await answers.priceSheet({ entity, id, skuIds: [] })
  }
  for (const { id: customerId } of masters.list('customer')) {
    for (const { id: skuId } of masters.list('sku')) {
      const asked = { definition: shipment, branch, header: { customerId } }
      await proposedPrices(reading, { ...asked, line: { skuId, quantity: 120_000 } })
    }
  }
}

function stateOf(fold: Fold): unknown {
  return {
    hashes: audiences.flatMap((layer) => [fold.hash(layer, branch), fold.hash(layer, 'all')]),
    findings: fold.findings().map(({ key }) => key),
  }
}

it('[FOL12] whatever a record says, nothing throws and nothing is passed over in silence', {
  timeout: 7_200_000,
}, async () => {
  const good = await recordsOfEveryKind()
  const scribe = new Scribe()
  const before = good.flatMap((said) => scribe.write(said) ?? [])
  const kinds = new Set(before.map(({ record }) => record.kind))
  expect(recordKinds.filter((kind) => !kinds.has(kind))).toEqual([])
  const unread = before.filter(({ record }) => !checkRecord(record).ok)
  expect(unread.map(({ record }) => record.kind)).toEqual(['weighed.v7'])
  const counts = { taken: 0, refused: 0 }
  for (let world = 0; world < worlds; world++) {
    const chance = makeChance(firstSeed + world)
    const wrong = Array.from({ length: perWorld }, () => scribe.write(malformed(chance, good)))
    const entries = [...before, ...wrong.filter((entry) => entry !== undefined)]
    const fold = openFold()
    fold.apply(entries)
    const told = new Set(fold.findings().map(({ evidence }) => evidence['recordId']))
    for (const { record } of entries) {
      const isRefused = !checkRecord(record).ok
      counts[isRefused ? 'refused' : 'taken'] += 1
      if (isRefused) expect(told).toContain(record.id)
    }
    await askEverything(readingOf(fold, entries))
    fold.audit()
    const other = openFold()
    for (const entry of shuffled(entries, () => chance.int(2 ** 30) / 2 ** 30)) other.apply([entry])
    expect([world, stateOf(other)]).toEqual([world, stateOf(fold)])
    expect(stateOf(openFold({ checkpoint: fold.checkpoint() }))).toEqual(stateOf(fold))
  }
  expect(counts.refused).toBeGreaterThan(worlds)
  expect(counts.taken).toBeGreaterThan(worlds)
})
