import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Hlc, hlc } from '#domain/values/hybrid-clock.ts'
import { limitLines } from '#domain/values/limits.ts'
import {
  type Act,
  addScan,
  createDeskDoc,
  listDrafts,
  readDraft,
  removeDraft,
  removeLine,
  setDraftFields,
} from './desk.ts'
import { joinDrafts } from './join-drafts.ts'
import { makeChance } from './random.examples.ts'

const draftId = 'd1'
const lineId = 'l1'
const type = 'shipment'

/** A device with its own replica; its clock ticks with each act. */
function device(name: string, clientID?: number) {
  const doc = createDeskDoc()
  if (clientID !== undefined) doc.clientID = clientID
  let ms = 1_000
  const act = (atMs?: number): Act => ({ device: name, hlc: clock(atMs ?? ms++) })
  return { name, doc, act }
}

function clock(ms: number): Hlc {
  return hlc(ms, 0)
}

function sync(...docs: readonly Y.Doc[]): void {
  const states = docs.map((doc) => Y.encodeStateAsUpdate(doc))
  for (const doc of docs) for (const state of states) Y.applyUpdate(doc, state)
}

function quantityOf(doc: Y.Doc): unknown {
  return readDraft(doc, draftId)?.lines[0]?.fields['quantity']
}

describe('typed fields', () => {
  it('[DSK2] take the later clock, whichever client id is higher', () => {
    for (const [early, late] of [
      [1, 4_000_000_000],
      [4_000_000_000, 1],
    ]) {
      const a = device('a', early)
      const b = device('b', late)
      setDraftFields(a.doc, a.act(10), { draftId, type, header: { note: 'first' } })
      setDraftFields(b.doc, b.act(20), { draftId, type, header: { note: 'second' } })
      sync(a.doc, b.doc)
      expect(readDraft(a.doc, draftId)?.header).toEqual({ note: 'second' })
      expect(readDraft(b.doc, draftId)).toEqual(readDraft(a.doc, draftId))
    }
  })

  it('[DSK2] can be emptied, and filled again', () => {
    const { doc, act } = device('a')
    setDraftFields(doc, act(), { draftId, type, header: { note: 'x', customerId: 'c' } })
    setDraftFields(doc, act(), { draftId, header: { note: undefined } })
    expect(readDraft(doc, draftId)?.header).toEqual({ customerId: 'c' })
    setDraftFields(doc, act(), { draftId, header: { note: 'y' } })
    expect(readDraft(doc, draftId)?.header).toEqual({ customerId: 'c', note: 'y' })
  })

  it('[DSK2] of one act are one transaction', () => {
    const { doc, act } = device('a')
    let updates = 0
    doc.on('update', () => {
      updates += 1
    })
    const lines = [{ lineId, fields: { skuId: 's', price: 7 } }]
    setDraftFields(doc, act(), { draftId, type, header: { note: 'x' }, lines })
    addScan(doc, act(), { draftId, lineId: 'l2', step: 10_000, fields: { skuId: 't' } })
    expect(updates).toBe(2)
  })

  it('[DSK2] hold texts, integers, lists and fields, and nothing too large', () => {
    const { doc, act } = device('a')
    const good = { note: '字'.repeat(1_500), list: [1, 'x', { a: 1 }] }
    expect(setDraftFields(doc, act(), { draftId, type, header: good })).toMatchObject({ ok: true })
    expect(readDraft(doc, draftId)?.header).toEqual(good)
    const bad = [
      0.5,
      Number.NaN,
      2 ** 53,
      '字'.repeat(6_000),
      [[[[[[1]]]]]],
      '\ud800',
      { ['__proto__']: 1 },
    ]
    for (const value of bad) {
      const edit = { draftId, header: { other: 1, value: value as never } }
      expect(setDraftFields(doc, act(), edit)).toMatchObject({
        problem: { code: 'value-too-large' },
      })
    }
    expect(setDraftFields(doc, act(), { draftId, header: { 'a|b': 1 } })).toMatchObject({
      problem: { code: 'bad-desk-key' },
    })
    expect(readDraft(doc, draftId)?.header).toEqual(good)
  })
})

describe('scans', () => {
  it('[DSK3] of two devices on one line add up', () => {
    const a = device('a')
    const b = device('b')
    for (let i = 0; i < 3; i++) addScan(a.doc, a.act(), { draftId, lineId, type, step: 10_000 })
    for (let i = 0; i < 2; i++) addScan(b.doc, b.act(), { draftId, lineId, type, step: 10_000 })
    sync(a.doc, b.doc)
    expect(quantityOf(a.doc)).toBe(50_000)
    addScan(b.doc, b.act(), { draftId, lineId, step: -10_000 })
    sync(a.doc, b.doc)
    expect(quantityOf(a.doc)).toBe(40_000)
  })

  it('[DSK3] are included in a quantity typed after they were seen, and added when not', () => {
    const a = device('a')
    const b = device('b')
    addScan(a.doc, a.act(), { draftId, lineId, type, step: 50_000 })
    setDraftFields(a.doc, a.act(), { draftId, lines: [{ lineId, fields: { quantity: 120_000 } }] })
    expect(quantityOf(a.doc)).toBe(120_000)
    addScan(a.doc, a.act(), { draftId, lineId, step: 10_000 })
    expect(quantityOf(a.doc)).toBe(130_000)
    addScan(b.doc, b.act(), { draftId, lineId, type, step: 20_000 })
    sync(a.doc, b.doc)
    expect(quantityOf(b.doc)).toBe(150_000)
    setDraftFields(b.doc, b.act(), {
      draftId,
      lines: [{ lineId, fields: { quantity: undefined } }],
    })
    expect(quantityOf(b.doc)).toBeUndefined()
  })

  it('[DSK10] tell when a line was entered first and last; a line without a quantity was not', () => {
    const doc = createDeskDoc()
    const by = (device: string, atMs: number): Act => ({ device, hlc: clock(atMs) })
    const fields = { skuId: 's' }
    setDraftFields(doc, by('a', 10), { draftId, type, lines: [{ lineId, fields }] })
    expect(readDraft(doc, draftId)?.entered).toEqual({})
    addScan(doc, by('a', 20), { draftId, lineId, step: 10_000 })
    addScan(doc, by('b', 30), { draftId, lineId, step: 10_000 })
    expect(readDraft(doc, draftId)?.entered).toEqual({
      [lineId]: { from: clock(20), at: clock(30) },
    })
    setDraftFields(doc, by('a', 40), { draftId, lines: [{ lineId, fields: { quantity: 7 } }] })
    expect(readDraft(doc, draftId)?.entered[lineId]?.at).toBe(clock(40))
  })

  it('[DSK3] stay within the limit of a quantity', () => {
    const { doc, act } = device('a')
    const scan = { draftId, lineId, type, step: 1e12 }
    expect(addScan(doc, act(), scan)).toMatchObject({ ok: true })
    expect(addScan(doc, act(), scan)).toMatchObject({ problem: { code: 'quantity-too-large' } })
    expect(quantityOf(doc)).toBe(1e12)
  })

  it('[DSK3] add up exactly over any network: each device counts what all have scanned', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => {
        const chance = makeChance(seed)
        const devices = ['a', 'b', 'c'].map((name) => device(name, chance.int(2 ** 32)))
        let sum = 0
        for (let i = 0; i < 25; i++) {
          const { doc, act } = chance.pick(devices)
          const step = chance.int(5) - 1
          sum += step
          addScan(doc, act(), { draftId, lineId, type, step })
          if (chance.isLucky(20)) sync(doc, chance.pick(devices).doc)
        }
        sync(...devices.map(({ doc }) => doc))
        const totals = devices.map(({ doc }) => quantityOf(doc) ?? 0)
        expect(totals).toEqual([sum, sum, sum])
      }),
      { numRuns: 60 },
    )
  })
})

describe('lines', () => {
  it('[DSK4] that were removed stay away', () => {
    const a = device('a')
    const b = device('b')
    setDraftFields(a.doc, a.act(), { draftId, type, lines: [{ lineId, fields: { price: 1 } }] })
    sync(a.doc, b.doc)
    removeLine(b.doc, b.act(), { draftId, lineId })
    sync(a.doc, b.doc)
    expect(readDraft(a.doc, draftId)?.lines).toEqual([])
  })

  it('[DSK4] come back whole when somebody worked on them unseen, however early his clock', () => {
    const a = device('a')
    const b = device('b')
    const fields = { skuId: 's', price: 1 }
    setDraftFields(a.doc, a.act(100), { draftId, type, lines: [{ lineId, fields }] })
    sync(a.doc, b.doc)
    removeLine(a.doc, a.act(300), { draftId, lineId })
    setDraftFields(b.doc, b.act(200), { draftId, lines: [{ lineId, fields: { price: 2 } }] })
    sync(a.doc, b.doc)
    expect(readDraft(a.doc, draftId)?.lines).toEqual([{ lineId, fields: { skuId: 's', price: 2 } }])
  })

  it('[DSK4] that are scanned again after they were removed start from nothing', () => {
    const { doc, act } = device('a')
    addScan(doc, act(), { draftId, lineId, type, step: 50_000 })
    removeLine(doc, act(), { draftId, lineId })
    addScan(doc, act(), { draftId, lineId, step: 10_000 })
    expect(quantityOf(doc)).toBe(10_000)
  })

  it('[DSK4] can be removed by two people at once', () => {
    const a = device('a')
    const b = device('b')
    setDraftFields(a.doc, a.act(), { draftId, type, lines: [{ lineId, fields: { price: 1 } }] })
    sync(a.doc, b.doc)
    removeLine(a.doc, a.act(), { draftId, lineId })
    removeLine(b.doc, b.act(), { draftId, lineId })
    sync(a.doc, b.doc)
    expect(readDraft(a.doc, draftId)?.lines).toEqual([])
  })

  it('[DSK4] are at most those of a document; the others are counted', () => {
    const { doc, act } = device('a')
    const lines = Array.from({ length: limitLines + 3 }, (_, i) => ({
      lineId: `l${String(i).padStart(5, '0')}`,
      fields: { price: i },
    }))
    setDraftFields(doc, act(), { draftId, type, lines })
    const draft = readDraft(doc, draftId)
    expect(draft?.lines).toHaveLength(limitLines)
    expect(draft?.linesOmitted).toBe(3)
    expect(draft?.lines[1]?.lineId).toBe('l00001')
  })
})

describe('drafts', () => {
  it('[DSK5] are listed newest first, with type, newest act and who did it', () => {
    const { doc, act } = device('a')
    setDraftFields(doc, act(10), { draftId: 'd1', type: 'shipment' })
    setDraftFields(doc, act(30), { draftId: 'd2', type: 'transfer' })
    setDraftFields(doc, act(20), { draftId: 'd3', type: 'write-off' })
    expect(listDrafts(doc).map(({ draftId: id, type: of }) => [id, of])).toEqual([
      ['d2', 'transfer'],
      ['d3', 'write-off'],
      ['d1', 'shipment'],
    ])
    expect(readDraft(doc, 'd2')).toMatchObject({ hlc: clock(30), device: 'a', lines: [] })
  })

  it('[DSK5] are gone when removed, everywhere, and do not come back with what was unseen', () => {
    const a = device('a')
    const b = device('b')
    setDraftFields(a.doc, a.act(), { draftId, type, lines: [{ lineId, fields: { price: 1 } }] })
    sync(a.doc, b.doc)
    removeDraft(a.doc, draftId)
    setDraftFields(b.doc, b.act(), { draftId, type, lines: [{ lineId, fields: { price: 2 } }] })
    sync(a.doc, b.doc)
    expect(readDraft(a.doc, draftId)).toBeUndefined()
    expect(listDrafts(b.doc)).toEqual([])
  })

  it('[DSK5] are not there before their type is', () => {
    const a = device('a')
    setDraftFields(a.doc, a.act(), { draftId, header: { note: 'x' } })
    expect(readDraft(a.doc, draftId)).toBeUndefined()
    setDraftFields(a.doc, a.act(), { draftId, type })
    expect(readDraft(a.doc, draftId)?.header).toEqual({ note: 'x' })
  })

  it('[DSK8] leave frozen, the same object until they change', () => {
    const { doc, act } = device('a')
    setDraftFields(doc, act(), {
      draftId,
      type,
      header: { list: [{ a: 1 }] },
      lines: [{ lineId, fields: {} }],
    })
    setDraftFields(doc, act(), { draftId, lines: [{ lineId, fields: { price: 1 } }] })
    const draft = readDraft(doc, draftId)
    expect(readDraft(doc, draftId)).toBe(draft)
    expect(Object.isFrozen(draft?.lines[0]?.fields)).toBe(true)
    const [first] = (draft?.header['list'] ?? []) as readonly object[]
    expect(Object.isFrozen(first)).toBe(true)
    setDraftFields(doc, act(), { draftId: 'other', type })
    expect(readDraft(doc, draftId)).toBe(draft)
    setDraftFields(doc, act(), { draftId, header: { note: 'x' } })
    expect(readDraft(doc, draftId)).not.toBe(draft)
  })

  it('[DSK8] pass over what no device of ours wrote', () => {
    const { doc, act } = device('a')
    setDraftFields(doc, act(), { draftId, type, header: { note: 'x' } })
    const before = readDraft(doc, draftId)
    const root = doc.getMap('d')
    const strange = [
      1,
      'x',
      null,
      undefined,
      true,
      { hlc: 1.5 },
      { v: 1 },
      { hlc: 1, w: 1 },
      new Y.Map(),
    ]
    for (const value of strange) root.set(`${draftId}|h|note|zz`, value)
    root.set(`${draftId}|h|note`, { hlc: 9e15, v: 'y' })
    root.set('nonsense', { hlc: 1 })
    expect(readDraft(doc, draftId)).toEqual(before)
    expect(listDrafts(doc)).toHaveLength(1)
  })

  it('[DSK6] of several audiences join to one, with the lines of the lead', () => {
    const goods = device('a')
    const sales = device('b')
    const lines = [{ lineId, fields: { skuId: 's', quantity: 10_000 } }]
    setDraftFields(goods.doc, goods.act(10), { draftId, type, header: { note: 'x' }, lines })
    setDraftFields(sales.doc, sales.act(20), {
      ...{ draftId, type, header: { customerId: 'c' } },
      lines: [
        { lineId, fields: { price: 5 } },
        { lineId: 'l9', fields: { price: 6 } },
      ],
    })
    const [lead, other] = [readDraft(goods.doc, draftId), readDraft(sales.doc, draftId)]
    if (lead === undefined || other === undefined) throw new Error('two drafts')
    expect(joinDrafts(lead, [other])).toMatchObject({
      header: { note: 'x', customerId: 'c' },
      lines: [{ lineId, fields: { skuId: 's', quantity: 10_000, price: 5 } }],
      ...{ hlc: clock(20), device: 'b' },
    })
    expect(joinDrafts(lead, [other]).lines).toHaveLength(1)
  })
})

describe('replicas of a desk', () => {
  it('[DSK9] ends the same everywhere, in any order, with repeats', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => {
        const { docs } = busyDesk(makeChance(seed), 30)
        const [first, ...others] = docs.map((doc) => listDrafts(doc))
        for (const other of others) expect(other).toEqual(first)
      }),
      { numRuns: 60 },
    )
  })
})

/** Devices that act at random and meet at random; in the end all have met. */
function busyDesk(chance: ReturnType<typeof makeChance>, acts: number) {
  const devices = ['a', 'b', 'c'].map((name) => device(name, chance.int(2 ** 32)))
  const docs = devices.map(({ doc }) => doc)
  for (let i = 0; i < acts; i++) {
    const { doc, act } = chance.pick(devices)
    const at = { draftId: chance.pick(['d1', 'd2']), lineId: chance.pick(['l1', 'l2']) }
    const value = chance.int(9)
    const fields = { [chance.pick(['price', 'quantity', 'note'])]: value }
    if (chance.isLucky(30)) addScan(doc, act(), { ...at, type, step: value })
    else if (chance.isLucky(20)) removeLine(doc, act(), at)
    else if (chance.isLucky(5)) removeDraft(doc, at.draftId)
    else
      setDraftFields(doc, act(), {
        draftId: at.draftId,
        type,
        lines: [{ lineId: at.lineId, fields }],
      })
    if (chance.isLucky(30)) sync(doc, chance.pick(docs))
  }
  sync(...docs)
  return { docs }
}
