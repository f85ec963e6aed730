/** [S5] One record that the server does not take, and a thousand good ones behind it. */
import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { Headless } from '#client/engine/start/headless.ts'
import type { KeptIdentity } from '#client/engine/people/identity.ts'
import { openMemoryStore } from '#client/engine/store/memory-store.ts'
import { rechain } from '#client/engine/own/rechain.ts'
import { makeStaging } from '#client/engine/own/staging.ts'
import { unsentChains } from '#client/engine/own/unsent-chains.ts'
import { webCryptoKeys } from '#client/engine/people/web-crypto-keys.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { enrolled, open, synced, world } from './shop.ts'

const good = 1_000

/** The device's own disk, with its first unsent record made unreadable for the server. */
async function poisoned(device: Headless) {
  const disk = device.disk()
  const store = openMemoryStore(disk.store)
  const identity = disk.store.values['identity'] as KeptIdentity
  const heads = new Map(disk.store.heads.map((head) => [head.journal, head.seq]))
  const [chain] = await unsentChains(store, identity.device.id, (each) => heads.get(each) ?? -1)
  const [[first, ...rest] = [], ...others] = chain?.commits ?? []
  if (chain === undefined || first === undefined) throw new Error('nothing is unsent')
  const commits = [[{ ...first, body: { changes: 'none' } }, ...rest], ...others]
  const appends = await rechain(commits, {
    ...{ device: identity.device.id, tail: chain.tail, kept: chain.kept },
    signer: webCryptoKeys(crypto.subtle).signerOf(identity.key),
    staging: makeStaging({ uuid: uuidv7, bits: () => 4_711 }),
  })
  const { term } = await store.engine()
  await store.commit({ term, dropped: chain.journals, appends })
  return { ...disk, store: store.dump() }
}

describe('a record that the server does not take', () => {
  it('[ENG17] [ASD2] is set aside, shown and handed out; all that were made after it arrive', async () => {
    const server = await world.server()
    const { engine: office } = await enrolled(server)
    const device = await enrolled(server, { audiences: ['goods'] })
    await synced(device.engine)
    await device.engine.close()
    const offline = await open(undefined, { disk: device.disk() })
    const named = (name: string) =>
      act(offline.engine, 'changeMasters', {
        changes: [{ entity: 'category', id: uuidv7(), fields: { name } }],
      })
    await Promise.all(Array.from({ length: good + 1 }, (_, i) => named(`K${i}`)))
    await offline.engine.close()
    const back = await open(server, { disk: await poisoned(offline) })
    const page = { entity: 'category', offset: 0, limit: 1 }
    await eventually(async () => {
      expect((await office.read('masters', page)).total).toBe(good)
    })
    await eventually(async () => {
      expect((await back.engine.read('status', {})).recordsWaiting).toBe(0)
    })
    const status = await back.engine.read('status', {})
    expect(status.stopped).toBeUndefined()
    expect(status.refused).toMatchObject({ code: 'record-refused', facts: { count: 1 } })
    const { bytes } = await act(back.engine, 'exportUnsent', {})
    const { setAside } = JSON.parse(new TextDecoder().decode(bytes))
    expect(setAside).toMatchObject([{ code: 'malformed-record', records: [expect.any(String)] }])
    const [row] = await back.engine.read('setAside', {})
    expect(row).toMatchObject({ isOwn: true, canTakeBack: false, code: 'malformed-record' })
    await act(back.engine, 'offerAgain', { key: row?.key ?? '' })
    expect(await back.engine.read('setAside', {})).toEqual([])
    await act(back.engine, 'changeMasters', {
      changes: [{ entity: 'category', id: uuidv7(), fields: { name: 'later' } }],
    })
    await eventually(async () => {
      expect(await back.engine.read('setAside', {})).toMatchObject([{ key: row?.key }])
    })
    await eventually(async () => {
      expect((await office.read('masters', page)).total).toBe(good + 1)
    })
  })
})
