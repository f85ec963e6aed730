import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { HeadlessDisk } from '#client/engine/start/headless.ts'
import { owner } from '#server/testing/test-server.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { cola, enrolled, onHand, stockRoom, supplierOf, synced, world } from './shop.ts'

describe('the whole road: working together', () => {
  it('[ENG3] a keeper’s tablet holds no price: not in its store, not on its desks, not in its answers', async () => {
    const server = await world.server()
    const { engine: office } = await enrolled(server)
    const warehouse = await stockRoom(office)
    const supplier = await supplierOf(office)
    const tablet = await enrolled(server, { audiences: ['goods'], kind: 'tablet' })
    await eventually(async () => expect(await onHand(tablet.engine)).toBe(0))

    const docId = uuidv7()
    const lineId = uuidv7()
    await act(tablet.engine, 'editDraft', {
      docId,
      type: 'goods-receipt',
      header: { warehouseId: warehouse },
      lines: [{ lineId, fields: { skuId: cola.sku, quantity: 60_000 } }],
    })
    await eventually(async () =>
      expect((await office.read('draft', { docId }))?.lines).toHaveLength(1),
    )
    await act(office, 'editDraft', {
      docId,
      type: 'goods-receipt',
      header: { supplierId: supplier },
      lines: [{ lineId, fields: { price: 7_654_321 } }],
    })
    const seen = await office.read('draft', { docId })
    expect(seen?.lines).toEqual([{ lineId, skuId: cola.sku, quantity: 60_000, price: 7_654_321 }])
    await act(tablet.engine, 'post', { docId })
    await synced(tablet.engine)
    const product = await tablet.engine.read('product', { skuId: cola.sku })
    expect(product).not.toHaveProperty('retailPrice')
    expect(product).not.toHaveProperty('purchasePrice')
    const disk = tablet.disk()
    const kept = new TextDecoder('latin1').decode(bytesOf(disk))
    expect(kept).toContain('goods')
    for (const audience of ['sales', 'buying', 'books']) {
      expect(
        disk.store.journals.some(({ journal }) => journal.journal.includes(`/${audience}/`)),
      ).toBe(false)
      expect([...disk.desks.keys()].some((name) => name.endsWith(audience))).toBe(false)
    }

    // The office supplies what the keeper could not write.
    await eventually(async () => {
      const { rows } = await office.read('documents', { offset: 0, limit: 5 })
      expect(rows[0]?.pendingParts).toEqual(['buying'])
    })
    const supplied = {
      header: { supplierId: supplier, invoiceKind: 'none' },
      lines: [{ lineId, price: 2_500_000 }],
    }
    const impact = await office.read('impact', { docId, act: 'supply', supplied })
    // It counted at the reference price until now.
    expect(impact).toMatchObject({ documentCount: 1, valueChange: 300 })
    expect(await office.read('impact', { docId, act: 'supply' })).toBeUndefined()
    await act(office, 'supplyPart', { docId, ...supplied })
    const detail = await office.read('document', { docId })
    expect(detail).toMatchObject({ pendingParts: [], amount: 1_500 })
    expect(Object.values(detail?.costByLeg ?? {})).toEqual([1_500])
  })

  it('[ENG4] two people in one draft: fields meet, scans add up, presence shows', async () => {
    const server = await world.server()
    const { engine: first } = await enrolled(server)
    const warehouse = await stockRoom(first)
    const { engine: second } = await enrolled(server)
    await eventually(async () => expect(await onHand(second)).toBe(0))
    const docId = uuidv7()
    const scan = { docId, type: 'retail-sale', skuId: cola.sku, quantity: 10_000 }
    await act(first, 'editDraft', {
      docId,
      type: 'retail-sale',
      header: { warehouseId: warehouse },
    })
    const { lineId } = await act(first, 'scanIntoDraft', scan)
    await eventually(async () =>
      expect((await second.read('draft', { docId }))?.lines).toHaveLength(1),
    )
    await Promise.all([act(first, 'scanIntoDraft', scan), act(second, 'scanIntoDraft', scan)])
    await act(second, 'pointAt', { docId, lineId, field: 'quantity' })
    for (const engine of [first, second]) {
      await eventually(async () => {
        const draft = await engine.read('draft', { docId })
        expect(draft?.lines.map((line) => line['quantity'])).toEqual([30_000])
      })
    }
    await eventually(async () => {
      const draft = await first.read('draft', { docId })
      expect(draft?.presence).toMatchObject([{ name: owner.name, lineId, field: 'quantity' }])
    })
    await act(first, 'post', { docId })
    await synced(first)
    await eventually(async () => {
      expect(await second.read('drafts', {})).toEqual([])
      expect((await second.read('draft', { docId }))?.isPosted ?? true).toBe(true)
    })
    const again = await second.command('post', { docId }, uuidv7())
    expect(again.ok ? [] : again.problem.map(({ code }) => code)).toEqual(['already-posted'])
  })
})

function bytesOf(disk: HeadlessDisk): Uint8Array {
  const rows = disk.store.journals.flatMap(({ updates }) => updates.map(({ bytes }) => bytes))
  const desks = [...disk.desks.values()].flat()
  const parts = [...rows, ...desks]
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
