import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeJwt, SignJWT } from 'jose'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { documentNameText } from '#domain/replica/document-name.ts'
import { readEntries } from '#domain/replica/journal.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { categoryBody, headSeq, type TestDevice } from '../testing/test-device.ts'
import { RawClient, kinds } from '../testing/raw-client.ts'
import { call, type TestServer } from '../testing/test-server.ts'
import { openWorld } from '../testing/world.ts'

const world = openWorld()

async function addKeeper(server: TestServer, boss: TestDevice): Promise<TestDevice> {
  const roles = [{ branch: boss.branch, role: 'keeper' }]
  const body = { login: 'kim', name: 'Kim', password: 'long enough', roles }
  await call(server, '/api/users', { body, token: boss.token })
  return world.device(server, { login: 'kim', password: 'long enough' })
}

function rawClient(server: TestServer, headers?: Record<string, string>): RawClient {
  const client = new RawClient(server, headers)
  world.later(() => client.leave())
  return client
}

describe('documents', () => {
  it('[ACC1] of other audiences stay closed to a keeper, journals and desks', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    const kim = await addKeeper(server, boss)
    const { organizationId: org } = kim.enrolled
    for (const audience of ['sales', 'buying', 'books'] as const) {
      const { journal } = await boss.write(audience, 'Secret')
      expect(await kim.open(journal).refused).toBe('refused:not-allowed')
      const desk = `desk/${org}/${kim.branch}/sales/${audience}`
      expect(await kim.open(desk).refused).toBe('refused:not-allowed')
    }
    const { journal } = await boss.write('goods', 'Open')
    await kim.open(journal).synced
  })

  it('[ACC1] of other branches and organisations stay closed', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    const kim = await addKeeper(server, boss)
    const [org, branch] = [kim.enrolled.organizationId, kim.branch]
    const elsewhere = crypto.randomUUID()
    for (const name of [
      `heads/${org}/${elsewhere}`,
      `heads/${elsewhere}/${branch}`,
      `desk/${org}/${elsewhere}/stock/goods`,
      `presence/${elsewhere}/${branch}`,
      `j/${elsewhere}/${branch}/goods/2026-11/${kim.enrolled.device}`,
    ]) {
      expect(await kim.open(name).refused).toBe('refused:not-allowed')
    }
    for (const name of ['heads/x/y', `heads/${org}/${branch}/`, `j/${org}/${branch}`]) {
      expect(await kim.open(name).refused).toBe('refused:malformed-document-name')
    }
    for (const name of ['nonsense', '__proto__', 'toString', `heads/${'x'.repeat(600)}`]) {
      const client = rawClient(server)
      await client.opened()
      client.authenticate(name, kim.token)
      expect(await client.closed).toEqual({ code: 4422, reason: 'refused:frame-malformed' })
    }
  })

  it('[ACC1] of a branch of the company stay closed to a device that was given another one', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    const org = boss.enrolled.organizationId
    const second = uuidv7()
    const fields = { code: '002', name: 'Harbour' }
    const changes = [{ entity: 'branch', id: second, fields }]
    const branches = await boss.seal('goods', [{ changes }])
    boss.append(branches)
    const heads = boss.open(boss.headsName())
    boss.open(branches.journal)
    await eventually(() => expect(headSeq(heads.doc, branches.journal)).toBe(0))
    const there = await boss.seal('goods', [categoryBody('Tea')], { branch: second })
    boss.append(there)
    const secondHeads = boss.open(boss.headsName(second))
    boss.open(there.journal)
    await eventually(() => expect(headSeq(secondHeads.doc, there.journal)).toBe(0))

    const kim = await addKeeper(server, boss)
    expect(kim.enrolled.branches.map(({ id }) => id)).toEqual([boss.branch])
    for (const name of [
      boss.headsName(second),
      there.journal,
      `j/${org}/${second}/goods/2026-11/${kim.enrolled.device}`,
      `desk/${org}/${second}/stock/goods`,
      `presence/${org}/${second}`,
    ]) {
      expect(await kim.open(name).refused).toBe('refused:not-allowed')
    }
    await kim.open(kim.headsName()).synced
  })

  it('[ACC2] of other devices can be read and not written', async () => {
    const server = await world.server()
    const [a, b] = [await world.device(server), await world.device(server)]
    const { journal } = await a.write('goods', 'Fruit')
    const heads = a.open(a.headsName())
    a.open(journal)
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(0))

    const copy = b.open(journal)
    await copy.synced
    expect(copy.provider.authorizedScope).toBe('readonly')
    copy.doc.getMap('r').set('1', new Uint8Array([1, 2, 3]))
    copy.doc.getMap('r').set('0', new Uint8Array([1, 2, 3]))
    const fresh = b.open(journal, undefined)
    await fresh.synced
    await a.write('goods', 'Tea')
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(1))
    const witness = await world.device(server)
    const seen = witness.open(journal)
    await eventually(() => expect(readEntries(seen.doc, 0)).toHaveLength(2))
    expect(readEntries(seen.doc, 0)[0]!.bytes.length).toBeGreaterThan(3)
  })

  it('[ACC2] of the server cannot be written by any device', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    const heads = boss.open(boss.headsName('all'))
    await heads.synced
    expect(heads.provider.authorizedScope).toBe('readonly')
    const org = boss.enrolled.organizationId
    const name = { kind: 'journal', org, branch: 'all', audience: 'goods' } as const
    const shard = new Date(server.nowMs()).toISOString().slice(0, 7) as never
    const own = boss.open(documentNameText({ ...name, shard, device: 'server-1' }))
    await own.synced
    expect(own.provider.authorizedScope).toBe('readonly')
    await eventually(() => expect(readEntries(own.doc, 0).length).toBeGreaterThan(2))
  })
})

describe('tokens', () => {
  it('[ACC3] that are made up or foreign open nothing', async () => {
    const server = await world.server()
    const other = await world.server()
    const [device, stranger] = [await world.device(server), await world.device(other)]
    for (const token of ['', 'nonsense', stranger.token, `${device.token}x`]) {
      const client = rawClient(server)
      await client.opened()
      client.authenticate(device.headsName(), token)
      expect(await client.closed).toEqual({ code: 4401, reason: 'token-invalid' })
    }
  })

  it('[ACC3] that have expired open nothing, and close what they had opened', async () => {
    const server = await world.server()
    const device = await world.device(server)
    const client = rawClient(server)
    await client.opened()
    client.authenticate(device.headsName(), device.token)
    await eventually(() => expect(client.heardOf(kinds.auth, device.headsName())).toBeDefined())
    server.advance(600_001)
    client.update(device.headsName(), new Uint8Array([0, 0]))
    expect(await client.closed).toEqual({ code: 4401, reason: 'token-expired' })
    const late = rawClient(server)
    await late.opened()
    late.authenticate(device.headsName(), device.token)
    expect(await late.closed).toEqual({ code: 4401, reason: 'token-expired' })
  })

  it('[ACC7] that say another device or person than their session open nothing', async () => {
    const server = await world.server()
    const [device, boss] = [await world.device(server), await world.device(server)]
    const keys = JSON.parse(await readFile(join(server.folder, 'server-keys.json'), 'utf8')) as {
      readonly tokenSecret: string
    }
    const secret = Buffer.from(keys.tokenSecret, 'base64url')
    const claims = decodeJwt(device.token)
    for (const change of [{ dev: boss.enrolled.device }, { sub: crypto.randomUUID() }]) {
      const token = await new SignJWT({ ...claims, ...change })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .sign(secret)
      const client = rawClient(server)
      await client.opened()
      client.authenticate(device.headsName(), token)
      expect(await client.closed).toEqual({ code: 4401, reason: 'token-invalid' })
    }
  })

  it('[ACC4] are renewed on the open socket before they end', async () => {
    const server = await world.server({ accessTokenMs: 61_500 })
    const device = await world.device(server)
    const heads = device.open(device.headsName())
    await heads.synced
    let asked = 0
    heads.provider.configuration.token = () => {
      asked += 1
      return device.token
    }
    await eventually(() => expect(asked).toBeGreaterThan(0))
  })

  it('[ACC4] of another device are refused on a socket that has its device', async () => {
    const server = await world.server()
    const [a, b] = [await world.device(server), await world.device(server)]
    const client = rawClient(server)
    await client.opened()
    client.authenticate(a.headsName(), a.token)
    await eventually(() => expect(client.heardOf(kinds.auth, a.headsName())).toBeDefined())
    client.authenticate(a.headsName('all'), b.token)
    expect(await client.closed).toEqual({ code: 4401, reason: 'other-device' })
  })

  it('[ACC5] of a revoked device are worth nothing from that moment, and its sockets close', async () => {
    const server = await world.server()
    const [boss, lost] = [await world.device(server), await world.device(server)]
    const { journal } = await lost.write('goods', 'Fruit')
    const heads = lost.open(lost.headsName())
    lost.open(journal)
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(0))
    const closed = new Promise<string>((resolve) => {
      lost.socket.on('close', ({ event }: { event: { reason: string } }) => resolve(event.reason))
    })
    const path = `/api/devices/${lost.enrolled.device}/revoke`
    await call(server, path, { body: { reason: 'lost' }, token: boss.token })
    expect(await closed).toBe('session-ended')
    await lost.write('goods', 'Tea')
    const again = rawClient(server)
    await again.opened()
    again.authenticate(journal, lost.token)
    expect((await again.closed).code).toBe(4403)
    const seen = boss.open(boss.headsName())
    await seen.synced
    expect(headSeq(seen.doc, journal)).toBe(0)
  })
})

describe('pages', () => {
  it('[ACC6] of other origins cannot open the socket', async () => {
    const server = await world.server()
    const foreign = rawClient(server, { origin: 'https://evil.example' })
    expect((await foreign.closed).reason).toContain('403')
    const own = rawClient(server, { origin: server.url })
    await own.opened()
  })
})
