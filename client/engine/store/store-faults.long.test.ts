import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { openFold } from '#domain/fold/fold.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { turnBit } from '#tests/builders/turn-bit.ts'
import type { Engine } from '../engine.ts'
import {
  enrolLone,
  lone,
  openLoneDevice,
  order,
  saleOfOne,
  stockLone,
} from '../start/lone-device.ts'
import { type MemoryStore, openMemoryStore } from './memory-store.ts'
import { type Store, StoreFailure } from './store.ts'

type When = 'before' | 'after'

/** A store whose n-th call fails, before or after it has had its effect. */
function failingAt(
  store: MemoryStore,
  turn: number,
  when: When,
): { store: Store; calls(): number } {
  let calls = 0
  const methods = Object.entries(store).map(([name, method]) => {
    if (name === 'close' || name === 'dump') return [name, method]
    return [
      name,
      async (...args: readonly unknown[]) => {
        calls += 1
        const isFailing = calls === turn
        if (isFailing && when === 'before') throw new StoreFailure('store-full', 'disk full')
        const result = await (method as (...all: readonly unknown[]) => Promise<unknown>)(...args)
        if (isFailing) throw new StoreFailure('store-closed', 'handle closed')
        return result
      },
    ]
  })
  return { store: Object.fromEntries(methods) as Store, calls: () => calls }
}

/** What a person does in a morning; each act that failed is done again. Returns the numbers that were shown. */
async function morning(store: Store): Promise<{ shown: string[]; engine: Engine }> {
  const desks = new Map<string, Uint8Array[]>()
  const engine = await insist(() => openLoneDevice({ store, desks }))
  await insist(async () => {
    const enrolled = await enrolLone(engine)
    const isThere = !enrolled.ok && enrolled.problem[0]?.code === 'device-enrolled-already'
    if (!enrolled.ok && !isThere) throw new Error(enrolled.problem[0]?.code)
  })
  await insist(async () => must(await stockLone(engine)))
  const shown: string[] = []
  for (let sale = 0; sale < 3; sale++) {
    const { number } = await insist(async () =>
      must(await order(engine, 'postDraft', saleOfOne(uuidv7()))),
    )
    shown.push(number)
    await insist(() => engine.read('documents', { offset: 0, limit: 5 }))
  }
  return { shown, engine }
}

async function insist<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries === 4) throw error
    }
  }
}

function must<Value>(result: { ok: true; value: Value } | { ok: false; problem: unknown }): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

async function numbersIn(store: MemoryStore): Promise<string[]> {
  const numbers: string[] = []
  for (const row of await goodsRecords(store)) {
    const body = row.record.body as { number?: string }
    if (row.record.kind === 'posted.v1') numbers.push(body.number ?? '')
  }
  return numbers
}

async function goodsRecords(store: MemoryStore) {
  const found = []
  for (const { journal } of await store.journals()) {
    if (!journal.includes('/goods/')) continue
    for (const row of await store.recordsOf(journal, 0, 1_000)) {
      const decoded = decodeRecord(row.bytes)
      if (!decoded.ok) throw new Error(decoded.problem.code)
      found.push({ journal, ...decoded.value })
    }
  }
  return found
}

async function expectSound(memory: MemoryStore, shown: readonly string[], engine: Engine) {
  const kept = await numbersIn(memory)
  expect(new Set(kept).size).toBe(kept.length)
  expect(kept).toEqual(expect.arrayContaining([...shown]))
  // What screens show is what the records say.
  const fold = openFold()
  fold.apply(await goodsRecords(memory))
  const product = await engine.read('product', { skuId: lone.sku })
  expect(product?.onHand).toBe(fold.stock.balance(lone.sku, lone.warehouse))
  expect(product?.onHand).toBe(-10_000 * kept.length)
}

describe('a store that fails at every point', () => {
  for (const when of ['before', 'after'] as const) {
    it(`[APP5] [APP8] any one call failing ${when} its effect loses, doubles and misnumbers nothing`, async () => {
      const counted = failingAt(openMemoryStore(), -1, when)
      await morning(counted.store)
      const turns = counted.calls()
      expect(turns).toBeGreaterThan(20)
      for (let turn = 1; turn <= turns; turn++) {
        const memory = openMemoryStore()
        const { shown, engine } = await morning(failingAt(memory, turn, when).store)
        await expectSound(memory, shown, engine)
        await engine.close()
        const next = await openLoneDevice({
          store: openMemoryStore(structuredClone(memory.dump())),
        })
        await expectSound(memory, shown, next)
      }
    })
  }
})

describe('a record that rotted in the store', () => {
  /** A morning's store, in which one record of the goods that were sold has turned, and its update too if so. */
  async function rotten(also: 'rows' | 'updates') {
    const memory = openMemoryStore()
    const { engine } = await morning(memory)
    await engine.close()
    const dump = structuredClone(memory.dump())
    const [goods] = dump.journals.filter(({ journal }) => journal.journal.includes('/goods/'))
    const row = goods?.records.find((each) => each.docId !== undefined)
    if (goods === undefined || row === undefined) throw new Error('nothing was sold')
    turnBit(row.bytes)
    if (also === 'updates') for (const { bytes } of goods.updates) turnBit(bytes)
    return { dump: { ...dump, blobs: [] }, row }
  }

  it('[HEA1] is written anew from its update, and the fold goes on by itself', async () => {
    const { dump, row } = await rotten('rows')
    const store = openMemoryStore(dump)
    const engine = await openLoneDevice({ store })
    await eventually(async () =>
      expect((await engine.read('product', { skuId: lone.sku }))?.onHand).toBe(-30_000),
    )
    expect((await engine.read('status', {})).refused).toBeUndefined()
    const [healed] = await store.recordsOf(row.journal, row.seq, 1)
    expect(healed && decodeRecord(healed.bytes).ok).toBe(true)
    expect(await store.recordsOfDocuments([row.docId ?? ''])).toHaveLength(2)
    expect(new Set(await numbersIn(store)).size).toBe(3)
    must(await order(engine, 'postDraft', saleOfOne(uuidv7())))
    await expectSound(store, await numbersIn(store), engine)
  })

  it('[HEA2] in an own journal whose updates rotted too stays as it is, and is told', async () => {
    const { dump, row } = await rotten('updates')
    const store = openMemoryStore(dump)
    const engine = await openLoneDevice({ store })
    await eventually(async () =>
      expect((await engine.read('status', {})).refused?.code).toBe('record-damaged'),
    )
    expect(await store.recordsOf(row.journal, row.seq, 1)).toHaveLength(1)
  })
})
