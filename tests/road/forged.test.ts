/** [J4] Copies of journals that do not hold, found out after they had been counted. */
import { describe, expect, it, vi } from 'vitest'
import type { Headless, HeadlessDisk } from '#client/engine/start/headless.ts'
import { decodeRecord, encodeRecord } from '#domain/records/record-bytes.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { enrolled, onHand, open, sell, stockRoom, synced, world } from './shop.ts'

/** A sold one bottle; somebody has changed B's copy of that to 99. */
async function tamperedShop(audiences?: RegExp) {
  const server = await world.server()
  const a = await enrolled(server, { deviceName: '前台一号' })
  const warehouse = await stockRoom(a.engine)
  await sell(a.engine, warehouse, 1)
  await synced(a.engine)
  const b = await enrolled(server, { deviceName: 'B' })
  const { device } = await a.engine.read('session', {})
  // Goods and prices come in journals of their own: both are waited for.
  await eventually(async () => {
    const kept = b.disk().store.journals.map(({ journal }) => journal.journal)
    const ofA = kept.filter((each) => each.endsWith(device?.id ?? '') && !each.includes('/buying/'))
    expect(ofA).toHaveLength(2)
    expect(await onHand(b.engine)).toBe(-1)
  })
  await b.engine.close()
  return { server, disk: forged(b.disk(), device?.id ?? '', audiences) }
}

function forged(disk: HeadlessDisk, device: string, audiences = /\/goods\//): HeadlessDisk {
  const journals = disk.store.journals.map((kept) => {
    const last = kept.records.at(-1)
    const decoded = last === undefined ? undefined : decodeRecord(last.bytes)
    const isTarget = audiences.test(kept.journal.journal) && kept.journal.journal.endsWith(device)
    if (!isTarget || last === undefined || decoded?.ok !== true) return kept
    const { record } = decoded.value
    const body = record.body as { readonly legs?: readonly Json[] }
    const legs = body.legs?.map((leg) => ({ ...(leg as object), quantity: -990_000 }))
    const forgedBody = legs === undefined ? body : { ...body, legs }
    const bytes = encodeRecord({ ...record, body: forgedBody as Json }, new Uint8Array(64))
    const again = decodeRecord(bytes)
    if (!again.ok) throw new Error('the forged record cannot be read')
    const journal = { ...kept.journal, hash: again.value.hash }
    return { ...kept, journal, records: [...kept.records.slice(0, -1), { ...last, bytes }] }
  })
  return { ...disk, store: { ...disk.store, journals } }
}

async function refusal({ engine }: Headless) {
  return (await engine.read('status', {})).refused
}

describe('a copy that does not hold', () => {
  it('[ENG15] leaves the figures when its device did not sign it, and the device is named', async () => {
    const { disk } = await tamperedShop()
    const b = await open(undefined, { disk })
    expect(await onHand(b.engine)).toBe(-99)
    await eventually(async () => expect(await onHand(b.engine)).toBe(0))
    const named = { code: 'journal-broken', facts: { device: '前台一号', branch: 'Main street' } }
    expect(await refusal(b)).toMatchObject(named)
    await b.engine.close()
    const again = await open(undefined, { disk: b.disk() })
    expect(await onHand(again.engine)).toBe(0)
    const { bytes } = await act(again.engine, 'exportUnsent', {})
    const file = JSON.parse(new TextDecoder().decode(bytes))
    expect(file.setAside).toMatchObject([{ code: 'bad-signature', records: expect.any(Array) }])
    expect(await refusal(again)).toMatchObject(named)
  })

  it('[ENG15] leaves with every other one that is found at the same time', async () => {
    const { disk } = await tamperedShop(/\/(?:goods|sales)\//)
    const b = await open(undefined, { disk })
    // Each is found when it has been quiet for three seconds, the second after the engine began again.
    await vi.waitFor(
      () => {
        const aside = b.disk().store.values['set-aside'] as readonly { readonly code: string }[]
        expect(aside?.map(({ code }) => code)).toEqual(['bad-signature', 'bad-signature'])
      },
      { timeout: 40_000, interval: 50 },
    )
    expect(await onHand(b.engine)).toBe(0)
  })

  it('[ENG16] is thrown away and fetched again when the server has signed another', async () => {
    const { server, disk } = await tamperedShop()
    const b = await open(server, { disk })
    await eventually(async () => expect(await onHand(b.engine)).toBe(-1))
    await synced(b.engine)
    expect(await refusal(b)).toBeUndefined()
  })
})
