import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import {
  enrolLone,
  lone,
  openLoneDevice,
  order,
  saleOfOne,
  stockLone,
} from './start/lone-device.ts'
import { openMemoryStore } from './store/memory-store.ts'
import { EngineGone } from './face/relay.ts'
import { StoreFailure } from './store/store.ts'

async function twoEnginesOverOneStore() {
  const store = openMemoryStore()
  let isTold = false
  const before = await openLoneDevice({
    store,
    onTermLost: () => {
      isTold = true
    },
  })
  await enrolLone(before)
  await stockLone(before)
  const openNext = () => openLoneDevice({ store })
  return { store, before, openNext, isTold: () => isTold }
}

describe('the engine of a device', () => {
  it('[DEV1] when another has taken over, it writes nothing, answers nothing and says so', async () => {
    const { store, before, openNext, isTold } = await twoEnginesOverOneStore()
    const next = await openNext()
    const kept = await store.journals()
    await expect(order(before, 'postDraft', saleOfOne(uuidv7()))).rejects.toThrow(EngineGone)
    expect(isTold()).toBe(true)
    expect(await store.journals()).toEqual(kept)
    await expect(before.read('status', {})).rejects.toThrow(EngineGone)
    await expect(order(before, 'lock', {})).rejects.toThrow(EngineGone)
    expect(await order(next, 'postDraft', saleOfOne(uuidv7()))).toMatchObject({ ok: true })
  })

  it('[DEV1] a scan that reaches the old one is not counted by it', async () => {
    const { before, openNext } = await twoEnginesOverOneStore()
    const docId = uuidv7()
    const scan = { docId, type: 'retail-sale', skuId: lone.sku, quantity: 10_000 }
    await openNext()
    await expect(order(before, 'scanIntoDraft', scan)).rejects.toThrow(EngineGone)
  })

  it('[DEV2] a command that is repeated yields its first result, from the next engine too', async () => {
    const { before, openNext } = await twoEnginesOverOneStore()
    const [commandId, sale] = [uuidv7(), saleOfOne(uuidv7())]
    const first = await before.command('postDraft', sale, commandId)
    expect(await before.command('postDraft', sale, commandId)).toEqual(first)
    const next = await openNext()
    expect(await next.command('postDraft', sale, commandId)).toEqual(first)
    expect((await next.read('documents', { offset: 0, limit: 10 })).total).toBe(1)
  })

  it('[DEV3] many at once each get a number of their own, in the order in which they were asked', async () => {
    const { before } = await twoEnginesOverOneStore()
    const sales = Array.from({ length: 40 }, () => saleOfOne(uuidv7()))
    const posted = await Promise.all(sales.map((sale) => order(before, 'postDraft', sale)))
    const counters = posted.map((result) => (result.ok ? Number(result.value.number.slice(-4)) : 0))
    expect(counters).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  })

  it('[DEV4] what is posted is announced after it can be read', async () => {
    const { before } = await twoEnginesOverOneStore()
    const seen: Promise<number | undefined>[] = []
    before.subscribe((topics) => {
      if (!topics.includes(`stock:${lone.sku}`)) return
      seen.push(before.read('product', { skuId: lone.sku }).then((product) => product?.onHand))
    })
    await order(before, 'postDraft', saleOfOne(uuidv7()))
    await Promise.resolve()
    expect(await Promise.all(seen)).toEqual([-10_000])
  })

  it('[DEV5] an act during which the store cannot be read is refused and may be tried again', async () => {
    const store = openMemoryStore()
    let isFailing = false
    const recordsOfDocuments: typeof store.recordsOfDocuments = (docIds) =>
      isFailing
        ? Promise.reject(new StoreFailure('store-failed', 'bad sector'))
        : store.recordsOfDocuments(docIds)
    const before = await openLoneDevice({ store })
    await enrolLone(before)
    await stockLone(before)
    const sale = saleOfOne(uuidv7())
    await order(before, 'postDraft', sale)
    // What has just been posted needs no reading.
    const engine = await openLoneDevice({ store: { ...store, recordsOfDocuments } })
    isFailing = true
    const reversal = { docId: sale.docId, reason: '录错' }
    const refused = await order(engine, 'reverse', reversal)
    expect(refused).toMatchObject({ ok: false, problem: [{ code: 'store-failed' }] })
    isFailing = false
    expect(await order(engine, 'reverse', reversal)).toMatchObject({ ok: true })
  })
})
