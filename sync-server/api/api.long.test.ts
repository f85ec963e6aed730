import { describe, expect, it } from 'vitest'
import { makeSigningKey } from '#domain/records/signature.ts'
import { signText, type TestDevice } from '../testing/test-device.ts'
import { call, openTestServer, owner, type TestServer } from '../testing/test-server.ts'
import { openWorld } from '../testing/world.ts'

const world = openWorld()
const company = { name: 'Test shop', taxpayer: 'general' }

async function signIn(server: TestServer, device: TestDevice, wish: object = {}) {
  const timestampMs = server.nowMs()
  const text = `session|${device.enrolled.device}|${timestampMs}`
  const proof = { timestampMs, signature: await signText(device, text) }
  const { login, password } = owner
  const body = { login, password, device: device.enrolled.device, proof, ...wish }
  return call(server, '/api/session', { body })
}

async function renew(server: TestServer, device: TestDevice, cookie = device.cookie, skewMs = 0) {
  const timestampMs = server.nowMs() + skewMs
  const signature = await signText(device, `renew|${device.enrolled.device}|${timestampMs}`)
  const body = { device: device.enrolled.device, timestampMs, signature }
  return call(server, '/api/session/renew', { body, cookie })
}

async function addUser(server: TestServer, by: TestDevice, login: string, role: string) {
  const roles = [{ branch: by.branch, role }]
  const body = { login, name: login, password: 'long enough', roles }
  return call(server, '/api/users', { body, token: by.token })
}

describe('set-up', () => {
  it('[IDN1] happens once', async () => {
    const server = await world.emptyServer()
    expect((await call(server, '/api/state')).body).toMatchObject({ isSetUp: false, epoch: 0 })
    const body = { company, owner, branch: { name: 'Main street' } }
    expect((await call(server, '/api/setup', { body })).status).toBe(201)
    const again = await call(server, '/api/setup', { body })
    expect([again.status, again.body]).toEqual([409, { code: 'already-set-up' }])
    const state = await call(server, '/api/state')
    expect(state.body).toMatchObject({ isSetUp: true, companyName: company.name, epoch: 1 })
  })

  it('[IDN1] founds one organisation when two people press at once', async () => {
    const server = await world.emptyServer()
    const body = { company, owner, branch: { name: 'Main street' } }
    const both = await Promise.all([1, 2].map(() => call(server, '/api/setup', { body })))
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 409]))
  })

  it('[IDN2] names the first field that is wrong', async () => {
    const server = await world.emptyServer()
    const body = { company, owner: { ...owner, password: 'short' }, branch: { name: 'Main' } }
    const answer = await call(server, '/api/setup', { body })
    expect([answer.status, answer.body]).toEqual([
      400,
      { code: 'body-malformed', field: 'owner.password' },
    ])
  })
})

describe('signing in', () => {
  it('[IDN3] needs the right password, and never says what was wrong', async () => {
    const server = await world.server()
    const device = await world.device(server)
    expect((await signIn(server, device)).status).toBe(200)
    const wrong = await signIn(server, device, { password: 'not this one' })
    const nobody = await signIn(server, device, { login: 'nobody' })
    expect([wrong.status, wrong.body]).toEqual([401, { code: 'sign-in-failed' }])
    expect([nobody.status, nobody.body]).toEqual([401, { code: 'sign-in-failed' }])
  })

  it('[IDN4] makes guessing slow, even with the right password at last', async () => {
    const server = await world.server()
    const device = await world.device(server)
    for (let i = 0; i < 5; i++) await signIn(server, device, { password: `guess ${i} guess` })
    const blocked = await signIn(server, device)
    expect([blocked.status, blocked.body['code']]).toEqual([429, 'too-many-attempts'])
    server.advance(5_001)
    expect((await signIn(server, device)).status).toBe(200)
  })

  it('[IDN4] is limited per address', async () => {
    const server = await world.server({ signInsPerMinute: 3 })
    const device = await world.device(server)
    for (let i = 0; i < 3; i++) await signIn(server, device)
    const blocked = await signIn(server, device)
    expect([blocked.status, blocked.body['code']]).toEqual([429, 'too-many-requests'])
  })

  it('[IDN14] is open to a device that proves itself while others guess and ask too much', async () => {
    const server = await world.server({ signInsPerMinute: 8 })
    const device = await world.device(server)
    const proof = { timestampMs: server.nowMs(), signature: 'A'.repeat(86) }
    const answers: unknown[] = []
    for (let i = 0; i < 9; i++) {
      const { body } = await signIn(server, device, { password: `guess ${i} guess`, proof })
      answers.push(body['code'])
    }
    expect(answers).toContain('too-many-attempts')
    expect(answers.at(-1)).toBe('too-many-requests')
    expect((await signIn(server, device)).status).toBe(200)
  })

  it('[IDN5] needs the key of the device', async () => {
    const server = await world.server()
    const [device, other] = [await world.device(server), await world.device(server)]
    const timestampMs = server.nowMs()
    const text = `session|${device.enrolled.device}|${timestampMs}`
    const proof = { timestampMs, signature: await signText(other, text) }
    const answer = await signIn(server, device, { proof })
    expect([answer.status, answer.body]).toEqual([401, { code: 'proof-invalid' }])
  })

  it('[IDN6] is refused on a device that holds what the person may not see', async () => {
    const server = await world.server()
    const device = await world.device(server)
    await addUser(server, device, 'kim', 'keeper')
    const answer = await signIn(server, device, { login: 'kim' })
    expect([answer.status, answer.body]).toEqual([403, { code: 'device-beyond-rights' }])
  })
})

describe('staying signed in', () => {
  it('[IDN7] needs the cookie and the signature of the device', async () => {
    const server = await world.server()
    const [device, other] = [await world.device(server), await world.device(server)]
    const renewed = await renew(server, device)
    expect(renewed.status).toBe(200)
    expect(renewed.body['expiresAt']).toBeGreaterThan(server.nowMs())
    expect((await renew(server, device, 'liancang-session=made.up')).body['code']).toBe(
      'session-ended',
    )
    expect((await renew(server, other, device.cookie)).body['code']).toBe('session-ended')
  })

  it('[IDN7] takes a proof once, and tells a device that its clock is off', async () => {
    const server = await world.server()
    const device = await world.device(server)
    const timestampMs = server.nowMs()
    const signature = await signText(device, `renew|${device.enrolled.device}|${timestampMs}`)
    const body = { device: device.enrolled.device, timestampMs, signature }
    const how = { body, cookie: device.cookie }
    expect((await call(server, '/api/session/renew', how)).status).toBe(200)
    const replayed = await call(server, '/api/session/renew', how)
    expect([replayed.status, replayed.body['code']]).toEqual([409, 'clock-off'])
    const late = await renew(server, device, device.cookie, -3_600_000)
    expect(late.body).toEqual({ code: 'clock-off', serverTimeMs: expect.any(Number) })
  })

  it('[IDN7] keeps the cookie away from scripts, other sites and other routes', async () => {
    const server = await world.server()
    const device = await world.device(server)
    const cookie = (await renew(server, device)).headers.get('set-cookie')
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(cookie).toMatch(/Path=\/api\/session/)
  })

  it('[IDN8] ends with signing out', async () => {
    const server = await world.server()
    const device = await world.device(server)
    const out = await call(server, '/api/session', { method: 'DELETE', cookie: device.cookie })
    expect(out.status).toBe(200)
    expect((await renew(server, device)).body['code']).toBe('session-ended')
    const list = await call(server, '/api/devices', { token: device.token })
    expect([list.status, list.body]).toEqual([401, { code: 'session-ended' }])
  })

  it('[IDN8] ends after the session has lived its time', async () => {
    const server = await world.server()
    const device = await world.device(server)
    server.advance(86_400_001)
    expect((await renew(server, device)).body['code']).toBe('session-ended')
  })
})

describe('devices', () => {
  it('[IDN9] are enrolled within the rights of the person', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    await addUser(server, boss, 'kim', 'keeper')
    const kim = { login: 'kim', password: 'long enough' }
    const tablet = await world.device(server, kim)
    expect(tablet.enrolled.audiences).toEqual(['goods'])
    const wish = { ...kim, audiences: ['goods', 'buying'] as const }
    await expect(world.device(server, wish)).rejects.toThrow('beyond-rights')
    await expect(world.device(server, { ...kim, branches: ['all'] })).rejects.toThrow(
      'beyond-rights',
    )
  })

  it('[IDN10] have two-letter codes that are never used again, not even after a revocation', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    const gone = await world.device(server)
    const path = `/api/devices/${gone.enrolled.device}/revoke`
    await call(server, path, { body: { reason: 'lost' }, token: boss.token })
    const next = await world.device(server)
    const codes = [boss, gone, next].map(({ enrolled }) => enrolled.deviceCode)
    expect(codes).toEqual(['01', '02', '03'])
  })

  it('[IDN15] are enrolled by a keeper in bounded numbers, by who manages as many as there are codes', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    await addUser(server, boss, 'kim', 'keeper')
    const kim = { login: 'kim', password: 'long enough' }
    for (let i = 0; i < 30; i++) await world.device(server, kim)
    await expect(world.device(server, kim)).rejects.toThrow('too-many-devices')
    await world.device(server)
    server.advance(31 * 86_400_000)
    await world.device(server, kim)
  })

  it('[IDN9] cannot share a key', async () => {
    const server = await world.server()
    const { publicKey } = await makeSigningKey(crypto.subtle)
    const body = { ...owner, deviceName: 'Twin', kind: 'pc', publicKey }
    expect((await call(server, '/api/enrol', { body })).status).toBe(201)
    const twin = await call(server, '/api/enrol', { body })
    expect([twin.status, twin.body]).toEqual([409, { code: 'key-already-enrolled' }])
  })

  it('[IDN8] lose everything when revoked, and are told so when they prove who they are', async () => {
    const server = await world.server()
    const [boss, lost] = [await world.device(server), await world.device(server)]
    const path = `/api/devices/${lost.enrolled.device}/revoke`
    const how = { body: { reason: 'lost' }, token: boss.token }
    expect((await call(server, path, how)).status).toBe(200)
    expect((await renew(server, lost)).body).toEqual({ code: 'device-revoked' })
    expect((await signIn(server, lost)).body).toEqual({ code: 'device-revoked' })
    const { body } = await call(server, '/api/devices', { token: boss.token })
    expect(body['devices']).toMatchObject([
      { isRevoked: false },
      { isRevoked: true, kind: 'tablet' },
    ])
  })
})

describe('people', () => {
  it('[IDN11] are managed by owners, and by managers within their branch and below them', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    expect((await addUser(server, boss, 'mia', 'manager')).status).toBe(201)
    const mia = await world.device(server, { login: 'mia', password: 'long enough' })
    expect((await addUser(server, mia, 'kim', 'keeper')).status).toBe(201)
    expect((await addUser(server, mia, 'max', 'manager')).body).toEqual({ code: 'not-allowed' })
    const kim = await world.device(server, { login: 'kim', password: 'long enough' })
    expect((await addUser(server, kim, 'eve', 'keeper')).body).toEqual({ code: 'not-allowed' })
    const users = await call(server, '/api/users', { token: kim.token })
    expect(users.body['users']).toEqual([])
  })

  it('[IDN11] have logins of their own, in branches that exist', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    expect((await addUser(server, boss, owner.login, 'keeper')).body).toEqual({
      code: 'login-taken',
    })
    const roles = [{ branch: crypto.randomUUID(), role: 'keeper' }]
    const body = { login: 'kim', name: 'Kim', password: 'long enough', roles }
    expect((await call(server, '/api/users', { body, token: boss.token })).body).toEqual({
      code: 'branch-unknown',
    })
  })

  it('[IDN8] who are revoked are signed out everywhere, and the last owner cannot be', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    const added = await addUser(server, boss, 'kim', 'keeper')
    const kim = await world.device(server, { login: 'kim', password: 'long enough' })
    const revoke = (id: unknown) =>
      call(server, `/api/users/${id}/revoke`, { method: 'POST', token: boss.token })
    expect((await revoke(added.body['id'])).status).toBe(200)
    expect((await renew(server, kim)).body['code']).toBe('session-ended')
    expect((await signIn(server, kim, { login: 'kim' })).body['code']).toBe('sign-in-failed')
    expect((await revoke(boss.enrolled.user.id)).body).toEqual({ code: 'last-owner' })
  })

  it('[IDN8] who lose a role lose the sessions on devices that hold more than the rest', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    const added = await addUser(server, boss, 'sam', 'seller')
    const sam = await world.device(server, { login: 'sam', password: 'long enough' })
    const roles = [{ branch: boss.branch, role: 'keeper' }]
    const path = `/api/users/${added.body['id']}/grant`
    expect((await call(server, path, { body: { roles }, token: boss.token })).status).toBe(200)
    expect((await renew(server, sam)).body['code']).toBe('session-ended')
  })

  it('[IDN8] with a new password sign in with it alone', async () => {
    const server = await world.server()
    const boss = await world.device(server)
    const path = `/api/users/${boss.enrolled.user.id}/password`
    const how = { body: { password: 'another long one' }, token: boss.token }
    expect((await call(server, path, how)).status).toBe(200)
    expect((await renew(server, boss)).body['code']).toBe('session-ended')
    expect((await signIn(server, boss)).status).toBe(401)
    expect((await signIn(server, boss, { password: 'another long one' })).status).toBe(200)
  })
})

describe('a restart', () => {
  it('[IDN12] forgets nobody', async () => {
    const first = await world.server()
    const boss = await world.device(first)
    await first.close()
    const second = await openTestServer({ folder: first.folder })
    world.later(() => second.close())
    expect((await renew(second, boss)).status).toBe(200)
    expect((await signIn(second, boss)).status).toBe(200)
    await second.close()
  })
})
