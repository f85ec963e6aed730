import { describe, expect, it } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { createEncoder, toUint8Array, writeVarUint8Array } from 'lib0/encoding'
import { Doc } from 'yjs'
import { eventually } from '#tests/builders/eventually.ts'
import { kinds, RawClient } from '../testing/raw-client.ts'
import type { Opened, TestDevice } from '../testing/test-device.ts'
import type { TestServer } from '../testing/test-server.ts'
import { openWorld } from '../testing/world.ts'

const world = openWorld()

function presenceName(device: TestDevice): string {
  return `presence/${device.enrolled.organizationId}/${device.branch}`
}

/** What others are shown: all states but the watcher's own. */
function shownTo({ provider, doc }: Opened): Record<string, unknown>[] {
  const states = [...(provider.awareness?.getStates() ?? [])]
  return states.filter(([client]) => client !== doc.clientID).map(([, state]) => state)
}

async function sendStates(
  server: TestServer,
  device: TestDevice,
  states: readonly (readonly [client: number, state: object])[],
): Promise<RawClient> {
  const client = new RawClient(server)
  world.later(() => client.leave())
  await client.opened()
  client.authenticate(presenceName(device), device.token)
  await eventually(() => expect(client.heardOf(kinds.auth, presenceName(device))).toBeDefined())
  const awareness = new Awareness(new Doc())
  for (const [id, state] of states) {
    awareness.states.set(id, state)
    awareness.meta.set(id, { clock: 9, lastUpdated: 0 })
  }
  const encoder = createEncoder()
  const ids = states.map(([id]) => id)
  writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, ids))
  client.raw(presenceName(device), kinds.awareness, toUint8Array(encoder))
  awareness.destroy()
  return client
}

describe('presence', () => {
  it('[PRS1] says who somebody is by the token, not by what is claimed', async () => {
    const server = await world.server()
    const [a, b] = [await world.device(server), await world.device(server)]
    const watching = b.open(presenceName(b))
    const speaking = a.open(presenceName(a))
    await speaking.synced
    speaking.provider.awareness?.setLocalState({ name: 'Somebody else', docId: 'd1' })
    await eventually(() => expect(shownTo(watching)).toHaveLength(1))
    expect(shownTo(watching)).toEqual([
      { name: 'Boss', docId: 'd1', user: a.enrolled.user.id, device: a.enrolled.device },
    ])
    a.leave()
    await eventually(() => expect(shownTo(watching)).toEqual([]))
  })

  it('[PRS2] is one state per socket, and nobody can take or overwrite that of another', async () => {
    const server = await world.server()
    const [a, b, rogue] = [
      await world.device(server),
      await world.device(server),
      await world.device(server),
    ]
    const watching = b.open(presenceName(b))
    const speaking = a.open(presenceName(a))
    await speaking.synced
    speaking.provider.awareness?.setLocalState({ docId: 'mine' })
    await eventually(() => expect(shownTo(watching)).toHaveLength(1))
    await sendStates(server, rogue, [
      [speaking.doc.clientID, { docId: 'overwritten' }],
      [7, { docId: 'rogue' }],
      [8, { docId: 'rogue too' }],
      [9, { docId: 'and again' }],
    ])
    await eventually(() => expect(shownTo(watching)).toHaveLength(2))
    expect(new Set(shownTo(watching).map(({ docId }) => docId))).toEqual(new Set(['mine', 'rogue']))
  })

  it('[PRS3] is small', async () => {
    const server = await world.server()
    const rogue = await world.device(server)
    const large = await sendStates(server, rogue, [[7, { docId: 'x'.repeat(3_000) }]])
    await eventually(() => expect(large.heardOf(kinds.close, presenceName(rogue))).toBeDefined())
    const huge = await sendStates(server, rogue, [[7, { docId: 'x'.repeat(10_000) }]])
    expect(await huge.closed).toEqual({ code: 4422, reason: 'refused:frame-malformed' })
  })

  it('[PRS4] shows nothing on documents that hold facts', async () => {
    const server = await world.server()
    const [a, b] = [await world.device(server), await world.device(server)]
    const { journal } = await a.write('goods', 'Fruit')
    a.open(journal)
    const client = new RawClient(server)
    world.later(() => client.leave())
    await client.opened()
    client.authenticate(journal, b.token)
    await eventually(() => expect(client.heardOf(kinds.auth, journal)).toBeDefined())
    const awareness = new Awareness(new Doc())
    awareness.setLocalState({ name: 'Boss' })
    const encoder = createEncoder()
    writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID]))
    client.raw(journal, kinds.awareness, toUint8Array(encoder))
    client.raw(journal, 3, new Uint8Array())
    awareness.destroy()
    await expect
      .poll(() => client.heardOf(kinds.awareness, journal), { timeout: 200 })
      .toBeUndefined()
  })
})
