import { describe, expect, it, vi } from 'vitest'
import { readEntries } from '#domain/replica/journal.ts'
import { eventually } from '#tests/builders/eventually.ts'
import {
  limitDeviceSockets,
  limitDocumentSessions,
  limitEarlySockets,
  limitPendingDocuments,
} from '../limits.ts'

import { kinds, RawClient } from '../testing/raw-client.ts'
import { categoryBody, headSeq, type TestDevice } from '../testing/test-device.ts'
import { call, type TestServer } from '../testing/test-server.ts'
import { withCommit } from '../testing/with-commit.ts'
import { openWorld, patience } from '../testing/world.ts'

const world = openWorld()

async function rawClient(server: TestServer): Promise<RawClient> {
  const client = new RawClient(server)
  world.later(() => client.leave())
  await client.opened()
  return client
}

async function signedIn(server: TestServer, device: TestDevice): Promise<RawClient> {
  const client = await rawClient(server)
  client.authenticate(device.headsName(), device.token)
  await eventually(() => expect(client.heardOf(kinds.auth, device.headsName())).toBeDefined())
  return client
}

/** The server is alive and does its work. */
async function expectWorking(device: TestDevice): Promise<void> {
  const { journal, tail } = await device.write('goods', 'Fruit')
  const heads = device.open(device.headsName())
  device.open(journal)
  await eventually(() => expect(headSeq(heads.doc, journal)).toBe(tail.seq))
}

describe('a socket', () => {
  it('[LIM1] that sends an oversized frame is closed', async () => {
    const server = await world.server()
    const [rogue, honest] = [await world.device(server), await world.device(server)]
    const client = await signedIn(server, rogue)
    client.update(rogue.headsName(), new Uint8Array(1_100_000))
    expect((await client.closed).code).toBe(1009)
    await expectWorking(honest)
    const { body } = await call(server, '/api/devices', { token: honest.token })
    expect(body['devices']).toContainEqual(
      expect.objectContaining({
        id: rogue.enrolled.device,
        lastRefusal: expect.objectContaining({ reason: 'frame-too-large' }),
      }),
    )
  })

  it('[LIM2] may send little before it has said who it is', async () => {
    const server = await world.server()
    const honest = await world.device(server)
    const loud = await rawClient(server)
    for (let i = 0; i < 10; i++) loud.update(honest.headsName(), new Uint8Array(60_000))
    expect((await loud.closed).code).toBe(4429)
    const chatty = await rawClient(server)
    for (let i = 0; i < 1_001; i++)
      chatty.raw(honest.headsName(), kinds.stateless, new Uint8Array([0]))
    expect((await chatty.closed).code).toBe(4429)
    await expectWorking(honest)
  })

  it('[LIM2] has ten seconds to say who it is', async () => {
    const server = await world.server()
    const silent = await rawClient(server)
    server.advance(11_000)
    expect(await silent.closed).toEqual({ code: 4401, reason: 'not-authenticated' })
  })

  it('[LIM14] of a newcomer opens however many strangers stand at the same address', async () => {
    const server = await world.server()
    const honest = await world.device(server)
    const crowd: RawClient[] = []
    for (let i = 0; i <= limitEarlySockets; i++) crowd.push(await rawClient(server))
    expect(await crowd[0]?.closed).toEqual({ code: 4429, reason: 'too-many-sockets' })
    await expectWorking(honest)
    expect(server.nowMs() - Date.now()).toBeLessThan(1_000)
  })

  it('[LIM2] gives way when all who have not said who they are have said too much', async () => {
    const server = await world.server()
    const honest = await world.device(server)
    const loud: RawClient[] = []
    for (let i = 0; i < 50; i++) loud.push(await rawClient(server))
    for (const client of loud) {
      for (let k = 0; k < 8; k++) client.update(honest.headsName(), new Uint8Array(60_000))
    }
    expect((await loud[0]?.closed)?.code).toBe(4429)
    await expectWorking(honest)
  })

  it('[LIM15] that has sent more than a device may in a day is told to wait, and loses nothing', async () => {
    const server = await world.server({ bounds: { deviceBytesPerDay: 20_000 } })
    const [device, other] = [await world.device(server), await world.device(server)]
    const heads = device.open(device.headsName())
    const client = await signedIn(server, device)
    const names = Array.from({ length: 4 }, (_, i) => `${i}`.repeat(6_000))
    let journal = ''
    const updates: Uint8Array[] = []
    for (const name of names) {
      const sealed = await device.seal('goods', [categoryBody(name)])
      journal = sealed.journal
      updates.push(device.append(sealed))
    }
    const send = async () => {
      client.heard.length = 0
      client.authenticate(journal, device.token)
      for (const update of updates) client.update(journal, update)
      await vi.waitFor(() => expect(client.heardOf(kinds.close, journal)).toBeDefined(), patience)
      return client.heardOf(kinds.close, journal)?.text
    }
    expect(await send()).toBe('retry:over-quota')
    await vi.waitFor(() => expect(headSeq(heads.doc, journal)).toBe(2), patience)
    expect(await send()).toBe('retry:over-quota')
    await expectWorking(other)
    const { body } = await call(server, '/api/devices', { token: other.token })
    expect(body['devices']).toContainEqual(
      expect.objectContaining({
        id: device.enrolled.device,
        lastRefusal: expect.objectContaining({ reason: 'over-quota' }),
      }),
    )
  })

  it('[LIM3] may ask for many documents at once, but not for any number', async () => {
    const server = await world.server()
    const device = await world.device(server)
    const { organizationId: org } = device.enrolled
    const client = await rawClient(server)
    const name = (i: number) => `desk/${org}/${device.branch}/area-${i}/goods`
    for (let i = 0; i < limitPendingDocuments + 1; i++) {
      client.raw(name(i), kinds.stateless, new Uint8Array([0]))
    }
    expect((await client.closed).code).toBe(4205)
    const honest = Array.from({ length: 250 }, (_, i) => device.open(name(i)).synced)
    await Promise.all(honest)
  })

  it('[LIM12] opens a document in a few sessions, not in any number', async () => {
    const server = await world.server()
    const device = await world.device(server)
    const client = await rawClient(server)
    const name = (i: number) => `${device.headsName()}\0${i}`
    const answers: string[] = []
    for (let i = 0; i <= limitDocumentSessions; i++) {
      client.authenticate(name(i), device.token)
      await eventually(() => expect(client.heardOf(kinds.auth, name(i))).toBeDefined())
      answers.push(client.heardOf(kinds.auth, name(i))?.text ?? '')
    }
    expect(answers.slice(0, -1).every((answer) => answer === 'readonly')).toBe(true)
    expect(answers.at(-1)).toBe('refused:too-many-documents')
  })

  it('[LIM12] is closed when its device has opened many newer ones', async () => {
    const server = await world.server()
    const device = await world.device(server)
    const first = await signedIn(server, device)
    const newer: RawClient[] = []
    for (let i = 0; i < limitDeviceSockets; i++) newer.push(await signedIn(server, device))
    expect(await first.closed).toEqual({ code: 4429, reason: 'too-many-sockets' })
    newer[0]?.heard.splice(0)
    newer[0]?.authenticate(device.headsName('all'), device.token)
    await eventually(() => {
      expect(newer[0]?.heardOf(kinds.auth, device.headsName('all'))).toBeDefined()
    })
  })

  it('[LIM13] that is refused all the time costs one line in the store each second', async () => {
    let commits = 0
    const server = await world.server({
      around: (store) =>
        withCommit(store, (changes) => {
          commits += 1
          return store.commit(changes)
        }),
    })
    const rogue = await world.device(server)
    const client = await signedIn(server, rogue)
    const before = commits
    const started = performance.now()
    for (let i = 0; i < 200; i++) {
      const branch = i % 2 === 0 ? 'x' : rogue.enrolled.device
      client.authenticate(`heads/${rogue.branch}/${branch}\0${i}`, rogue.token)
    }
    expect(await client.closed).toEqual({ code: 4422, reason: 'refused:too-often' })
    const seconds = (performance.now() - started) / 1_000
    expect(commits - before).toBeLessThanOrEqual(2 + seconds)
  })

  it('[LIM4] that is refused again and again is closed', async () => {
    const server = await world.server()
    const [rogue, honest] = [await world.device(server), await world.device(server)]
    const { journal } = await rogue.seal('goods', [categoryBody('Fruit')], { isKept: false })
    const client = await rawClient(server)
    for (let i = 0; i < 5; i++) {
      client.heard.length = 0
      client.authenticate(journal, rogue.token)
      client.update(journal, new Uint8Array([7, 7, 7]))
      if (i < 4) await eventually(() => expect(client.heardOf(kinds.close, journal)).toBeDefined())
    }
    expect(await client.closed).toEqual({ code: 4422, reason: 'refused:too-often' })
    await expectWorking(honest)
  })

  it('[LIM5] that sends nonsense in every form leaves the server as it was', async () => {
    const server = await world.server()
    const [rogue, honest] = [await world.device(server), await world.device(server)]
    const name = rogue.headsName()
    for (const kind of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]) {
      const client = await signedIn(server, rogue)
      client.raw(name, kind, crypto.getRandomValues(new Uint8Array(100)))
      client.raw(name, kind, new Uint8Array())
      client.raw(name, kind, new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]))
      client.send(crypto.getRandomValues(new Uint8Array(20)))
    }
    await expectWorking(honest)
  })

  it('[LIM6] is told "not applied", not refused, when something before its update is still to come', async () => {
    const server = await world.server()
    const device = await world.device(server)
    const first = await device.seal('goods', [categoryBody('Fruit')])
    const second = await device.seal('goods', [categoryBody('Tea')])
    const [one, two] = [device.append(first), device.append(second)]
    const client = await rawClient(server)
    client.authenticate(first.journal, device.token)
    client.update(first.journal, two)
    await eventually(() => expect(client.heardOf(8, first.journal)).toBeDefined())
    // The server asks what lies between; then the update is welcome.
    await eventually(() => expect(client.heardOf(kinds.sync, first.journal)).toBeDefined())
    client.update(first.journal, one)
    client.update(first.journal, two)
    const reader = await world.device(server)
    const copy = reader.open(first.journal)
    await eventually(() => expect(readEntries(copy.doc, 0)).toHaveLength(2))
    expect(client.heardOf(kinds.close, first.journal)).toBeUndefined()
  })
})
