import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { act } from '#tests/builders/act.ts'
import { enrolLone, lone, openLoneDevice, stockLone } from '#client/engine/start/lone-device.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'

const dayMs = 86_400_000
/** What the clock of a lone device says at first. */
const noon = 1_790_000_000_000
const page = { offset: 0, limit: 20 }

describe('stock on a past day', () => {
  it('[ANS15] is listed as known now, beside what was believed then, with what both come to', async () => {
    const engine = await openLoneDevice({ store: openMemoryStore() })
    await enrolLone(engine)
    await stockLone(engine)
    await act(engine, 'postDraft', {
      ...{ docId: uuidv7(), type: 'opening-stock', at: noon - 2 * dayMs },
      header: { warehouseId: lone.warehouse },
      lines: [{ lineId: uuidv7(), skuId: lone.sku, quantity: 100_000, price: 2_000_000 }],
    })
    const yesterday = { ...page, at: noon - dayMs, isCompared: true }
    expect(await engine.read('stockAt', yesterday)).toMatchObject({
      ...{ total: 1, known: { value: 2_000 }, believed: { value: 0 }, differing: 1 },
      rows: [
        { name: '可口可乐', known: { quantity: 100_000, value: 2_000 }, believed: { quantity: 0 } },
      ],
    })
    expect(await engine.read('stockAt', { ...yesterday, at: noon - 3 * dayMs })).toMatchObject({
      ...{ total: 0, rows: [], differing: 0 },
    })
    const found = { ...page, at: noon, isCompared: false, search: 'kkkl' }
    const { rows } = await engine.read('stockAt', { ...found, warehouseId: lone.warehouse })
    expect(rows).toMatchObject([{ known: { quantity: 100_000 } }])
    expect(rows[0]?.known).not.toHaveProperty('value')
    expect(await engine.read('stockAt', { ...found, search: '没有' })).toMatchObject({ total: 0 })
  })
})
