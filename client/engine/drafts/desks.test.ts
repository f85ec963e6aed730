import { describe, expect, it } from 'vitest'
import type { Audience } from '#domain/records/audience.ts'
import { definitionOf } from '#domain/registry.ts'
import { listDrafts } from '#domain/replica/desk.ts'
import { type Hlc, hlc } from '#domain/values/hybrid-clock.ts'
import type { Doc } from 'yjs'
import { makeDesks } from './desks.ts'
import { memoryShelf } from './shelf.ts'

const org = '01900000-0000-7000-8000-000000000001'
const branch = '01900000-0000-7000-8000-000000000002'
const device = '01900000-0000-7000-8000-000000000003'
const docId = '01900000-0000-7000-8000-00000000000d'
const lineId = '01900000-0000-7000-8000-00000000000e'
const sku = '01900000-0000-7000-8000-000000000007'
const noon = 1_790_000_000_000

const all: readonly Audience[] = ['goods', 'sales']

let bits = 1

/** The desks of one device, and the documents that lie under them. */
async function atDesks(audiences: readonly Audience[], stored = new Map<string, Uint8Array[]>()) {
  const docs = new Map<string, Doc>()
  const shelf = memoryShelf(stored)
  let stamps = 0
  const desks = makeDesks({
    ...{ org, audiences },
    shelf: {
      ...shelf,
      async bind(name, doc) {
        docs.set(name, doc)
        await shelf.bind(name, doc)
      },
    },
    random: { uuid: () => '', bits: () => bits++ },
    timers: { after: () => () => {} },
    onChanged: () => {},
    onRefused: () => {},
  })
  await desks.open(branch)
  const act = (): { device: string; hlc: Hlc } => ({ device, hlc: hlc(noon, stamps++) })
  const definition = definitionOf('retail-sale')
  if (definition === undefined) throw new Error('retail sales are not registered')
  const at = { branch, docId, definition, audiences }
  return { desks, docs, stored, act, at }
}

function onDesk(docs: ReadonlyMap<string, Doc>, audience: Audience): string {
  const [, doc] = [...docs].find(([name]) => name.endsWith(`/${audience}`)) ?? []
  if (doc === undefined) throw new Error(`no desk of ${audience}`)
  return JSON.stringify(listDrafts(doc))
}

const typed = {
  header: { warehouseId: 'front', roundOff: 5 },
  lines: [{ lineId, fields: { skuId: sku, quantity: 20_000, price: 3_500_000 } }],
}

describe('desks', () => {
  it('[DRF1] each field lies on the desk of its own audience and on no other', async () => {
    const { desks, docs, act, at } = await atDesks(all)
    expect(desks.edit(act(), { ...at, ...typed })).toMatchObject({ ok: true })
    expect(onDesk(docs, 'goods')).not.toMatch(/price|3500000|roundOff/)
    expect(onDesk(docs, 'sales')).toMatch(/price/)
    expect(onDesk(docs, 'sales')).not.toMatch(/warehouseId|quantity/)
  })

  it('[DRF2] a draft is read as one, as far as the reader may', async () => {
    const { desks, act, at } = await atDesks(all)
    desks.edit(act(), { ...at, ...typed })
    expect(desks.read(docId, all)?.lines).toEqual([
      { lineId, fields: { skuId: sku, quantity: 20_000, price: 3_500_000 } },
    ])
    expect(desks.read(docId, ['goods'])?.lines[0]?.fields).toEqual({ skuId: sku, quantity: 20_000 })
    expect(desks.read(docId, ['sales'])).toBeUndefined()
  })

  it('[DRF3] refuses a field that nobody defined, or that the writer may not write, and writes nothing', async () => {
    const { desks, act, at } = await atDesks(all)
    const keeper = { ...at, audiences: ['goods'] as const }
    expect(desks.edit(act(), { ...keeper, ...typed })).toMatchObject({
      problem: [
        { code: 'field-not-yours', field: 'roundOff' },
        { code: 'field-not-yours', field: 'price', lineId },
      ],
    })
    const made = { header: { colour: 'red' }, lines: [] }
    expect(desks.edit(act(), { ...at, ...made })).toMatchObject({
      problem: [{ code: 'unknown-field', field: 'colour' }],
    })
    expect(desks.list(all)).toEqual([])
  })

  it('[DRF4] a line that begins with a price is there for those who may not read prices', async () => {
    const { desks, act, at } = await atDesks(all)
    const lines = [{ lineId, fields: { price: 3_500_000 } }]
    desks.edit(act(), { ...at, header: {}, lines })
    expect(desks.read(docId, ['goods'])?.lines.map((line) => line.lineId)).toEqual([lineId])
  })

  it('[DRF5] scans add up, a removed line is gone, a discarded draft leaves no key behind', async () => {
    const { desks, docs, act, at } = await atDesks(all)
    const scan = { ...at, lineId, fields: { skuId: sku }, step: 10_000 }
    desks.scan(act(), scan)
    desks.scan(act(), { ...scan, fields: {} })
    expect(desks.read(docId, all)?.lines[0]?.fields).toMatchObject({ quantity: 20_000 })
    desks.edit(act(), { ...at, header: {}, lines: [{ lineId, fields: { price: 1_000_000 } }] })
    desks.removeLine(act(), { docId, lineId })
    expect(desks.read(docId, all)?.lines).toEqual([])
    desks.discard(docId)
    expect(desks.read(docId, all)).toBeUndefined()
    expect([onDesk(docs, 'goods'), onDesk(docs, 'sales')]).toEqual(['[]', '[]'])
  })

  it('[DRF6] drafts are there again after a restart', async () => {
    const { desks, act, at, stored } = await atDesks(all)
    desks.edit(act(), { ...at, ...typed })
    await desks.close()
    const { desks: again } = await atDesks(all, stored)
    expect(again.read(docId, all)).toMatchObject({ type: 'retail-sale', branch })
  })
})
