import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { Headless } from '#client/engine/start/headless.ts'
import { repairJournal } from '#client/engine/own/quarantine.ts'
import type { KeptIdentity } from '#client/engine/people/identity.ts'
import { webCryptoKeys } from '#client/engine/people/web-crypto-keys.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { cola, enrolled, onHand, open, sell, stockRoom, synced, world } from './shop.ts'

/** The disk of a device whose unsent documents were all set aside, as after refusals. */
async function allSetAside(device: Headless) {
  const disk = device.disk()
  const store = openMemoryStore(disk.store)
  const identity = disk.store.values['identity'] as KeptIdentity
  const { term } = await store.engine()
  const heads = new Map(disk.store.heads.map((head) => [head.journal, head.seq]))
  const repair = {
    ...{ store, term, identity, keys: webCryptoKeys(crypto.subtle) },
    random: { uuid: uuidv7, bits: () => 4_711 },
  }
  const unsent = disk.store.journals.filter(
    ({ journal: { journal, seq } }) =>
      journal.endsWith(identity.device.id) && seq > (heads.get(journal) ?? -1),
  )
  for (const { journal } of unsent) {
    await repairJournal(repair, journal.journal, 'refused:kind-not-allowed')
  }
  return { ...disk, store: store.dump() }
}

/** A tablet whose sale of five bottles was set aside, on line again, and the office. */
async function scene() {
  const server = await world.server()
  const { engine: office } = await enrolled(server)
  const warehouse = await stockRoom(office)
  const tablet = await enrolled(server)
  await eventually(async () => expect(await onHand(tablet.engine)).toBe(0))
  await synced(tablet.engine)
  await tablet.engine.close()
  const offline = await open(undefined, { disk: tablet.disk() })
  await sell(offline.engine, warehouse, 5)
  await offline.engine.close()
  const { engine } = await open(server, { disk: await allSetAside(offline) })
  await synced(engine)
  return { office, engine }
}

describe('a document that was set aside', () => {
  it('[ASD1] [ASD2] is shown whole with its reason, and offered again it arrives', async () => {
    const { office, engine } = await scene()
    const [row, ...others] = await engine.read('setAside', {})
    expect(others).toEqual([])
    expect(row).toMatchObject({
      ...{ isOwn: true, code: 'kind-not-allowed', records: 2, canTakeBack: true },
      document: { type: 'retail-sale', act: 'posted', amount: 1_750 },
    })
    expect(await onHand(engine)).toBe(0)
    await act(engine, 'offerAgain', { key: row?.key ?? '' })
    await eventually(async () => expect(await onHand(office)).toBe(-5))
    expect(await engine.read('setAside', {})).toEqual([])
    const number = row?.document?.number
    const { rows } = await office.read('documents', { offset: 0, limit: 9, type: 'retail-sale' })
    expect(rows).toMatchObject([{ number }])
  })

  it('[ASD3] goes back to a draft under its own id, and counts once when that is posted', async () => {
    const { office, engine } = await scene()
    const [row] = await engine.read('setAside', {})
    const key = row?.key ?? ''
    const { docId, type } = await act(engine, 'takeBackToDraft', { key })
    expect({ docId, type }).toEqual({ docId: key, type: 'retail-sale' })
    const draft = await engine.read('draft', { docId })
    expect(draft?.lines).toMatchObject([{ skuId: cola.sku, quantity: 50_000 }])
    expect(await act(engine, 'takeBackToDraft', { key })).toEqual({ docId, type })
    await act(engine, 'post', { docId })
    await eventually(async () => expect(await onHand(office)).toBe(-5))
    expect(await engine.read('setAside', {})).toMatchObject([{ isPosted: true }])
    const again = await engine.command('offerAgain', { key }, uuidv7())
    expect(again.ok ? '' : again.problem[0]?.code).toBe('already-posted')
  })
})
