import { describe, expect, it } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { Engine } from '#client/engine/engine.ts'
import type { HandedInRow, HeldDevice } from '#client/engine/face/face.ts'
import type { Headless } from '#client/engine/start/headless.ts'
import type { TestServer } from '#server/testing/test-server.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { enrolled, onHand, open, sell, stockRoom, synced, world } from './shop.ts'

/** A tablet that sold five and two bottles without a network, in this order, and was revoked meanwhile. */
async function scene(server: TestServer): Promise<{ office: Engine; lost: Headless }> {
  const { engine: office } = await enrolled(server)
  const warehouse = await stockRoom(office)
  const tablet = await enrolled(server, { deviceName: 'Tablet' })
  await eventually(async () => expect(await onHand(tablet.engine)).toBe(0))
  await synced(tablet.engine)
  await tablet.engine.close()
  const offline = await open(undefined, { disk: tablet.disk() })
  await sell(offline.engine, warehouse, 5)
  await sell(offline.engine, warehouse, 2)
  const { device } = await offline.engine.read('session', {})
  await offline.engine.close()
  await act(office, 'revokeDevice', { device: device?.id ?? '', reason: 'lost' })
  return { office, lost: await open(server, { disk: offline.disk() }) }
}

async function handedIn({ engine }: Headless): Promise<HandedInRow | undefined> {
  return (await engine.read('status', {})).handedIn
}

/** Everything that came, once all of it has. */
async function held(office: Engine): Promise<HeldDevice> {
  return eventually(async () => {
    const [device] = (await office.read('heldDevices', {})) ?? []
    if (device === undefined || device.documents.length < 2) throw new Error('not all is there')
    return device
  })
}

describe('the whole road: a device that was shut out', () => {
  it('[ENG21] hands in what it had not sent; a manager sees it and takes it into the figures', async () => {
    const server = await world.server()
    const { office, lost } = await scene(server)
    await eventually(async () =>
      expect(await handedIn(lost)).toEqual({ state: 'waiting', mayWipe: true }),
    )
    const device = await held(office)
    expect(device).toMatchObject({ name: 'Tablet', isWaiting: true, hiddenJournals: 0 })
    expect(device.documents).toMatchObject([
      { act: 'posted', type: 'retail-sale', amount: 1_750, isAfterRevocation: false },
      { act: 'posted', type: 'retail-sale', amount: 700, isAfterRevocation: false },
    ])
    expect(await onHand(office)).toBe(0)
    await act(office, 'adoptHeld', { device: device.device })
    await eventually(async () => expect(await onHand(office)).toBe(-7))
    const after = (await office.read('heldDevices', {}))?.[0]
    expect(after).toMatchObject({ isWaiting: false, documents: [] })
    expect(after?.decision).toMatchObject({ verdict: 'adopted' })
    const { rows } = await office.read('documents', { offset: 0, limit: 9, type: 'retail-sale' })
    expect(rows).toHaveLength(2)
  })

  it('[ENG22] up to one document, and the rest is declined with a reason that the device is told', async () => {
    const server = await world.server()
    const { office, lost } = await scene(server)
    const device = await held(office)
    const [first] = device.documents
    const before = first?.before
    if (before === undefined) throw new Error('the first of two knows where the second begins')
    await act(office, 'adoptHeld', { device: device.device, before })
    await eventually(async () => expect(await onHand(office)).toBe(-5))
    const reason = 'Made after it was stolen'
    await act(office, 'declineHeld', { device: device.device, reason })
    await lost.engine.close()
    const again = await open(server, { disk: lost.disk() })
    await eventually(async () =>
      expect(await handedIn(again)).toEqual({ state: 'declined', reason, mayWipe: true }),
    )
    expect(await onHand(office)).toBe(-5)
  })

  it('[ENG23] forgets everything when a person says so and the server has signed for all of it', async () => {
    const server = await world.server()
    const { lost } = await scene(server)
    await eventually(async () => expect(await handedIn(lost)).toMatchObject({ mayWipe: true }))
    await act(lost.engine, 'wipeDevice', {})
    expect(lost.disk().store.journals).toEqual([])
    expect(await lost.engine.read('session', {})).toMatchObject({ stage: 'sign-in' })
  })

  it('[ENG23] and never before: not shut out, or not asked, it keeps everything', async () => {
    const server = await world.server()
    const device = await enrolled(server)
    await stockRoom(device.engine)
    const refused = await device.engine.command('wipeDevice', {}, uuidv7())
    expect(refused.ok ? '' : refused.problem[0]?.code).toBe('not-handed-in')
    expect(device.disk().store.journals.length).toBeGreaterThan(0)
  })
})
