import { describe, expect, it } from 'vitest'
import { done, fail } from '#domain/values/result.ts'
import { makeDeviceClock } from '../own/device-clock.ts'
import type { Problem } from '../face/face.ts'
import type { Grant, KeptIdentity, KeptPerson } from './identity.ts'
import type { Api, Keys } from '../ports.ts'
import { openSessions, type SessionChange } from './session.ts'

const noon = 1_790_000_000_000
const dayMs = 86_400_000
const point = 'A'.repeat(43)
const branch = '01900000-0000-7000-8000-000000000002'

const identity: KeptIdentity = {
  organizationId: '01900000-0000-7000-8000-000000000001',
  device: { id: '01900000-0000-7000-8000-000000000003', code: 'A7', name: 'Till' },
  key: 'key',
  serverKey: { crv: 'P-256', kty: 'EC', x: point, y: point },
  branches: [{ id: branch, code: '001' }],
  audiences: ['goods', 'sales'],
}

const seller: KeptPerson = {
  id: 'lin',
  login: 'lin',
  name: 'Lin',
  grants: [{ branch, role: 'seller' }],
  signedInAtMs: noon,
}

const keys: Keys = {
  createDeviceKey: async () => ({ handle: 'key', publicKey: identity.serverKey }),
  signerOf: () => ({ sign: async () => new Uint8Array(64) }),
  verifier: { verify: async () => true },
  stretch: async (pin, salt) => `${pin}|${salt}`,
}

type Answer = Awaited<ReturnType<Api['call']>>

interface Opened {
  readonly people?: readonly KeptPerson[]
  readonly isLocked?: boolean
  readonly activeAtMs?: number
  readonly api?: (path: string, body: unknown) => Answer
  readonly grants?: readonly Grant[]
}

function atDevice(opened: Opened = {}) {
  const { people = [seller], isLocked = false, activeAtMs = noon } = opened
  const kept: SessionChange[] = []
  const calls: { path: string; body: Record<string, unknown> }[] = []
  const time = { nowMs: noon }
  const wallClock = { nowMs: () => time.nowMs }
  const sessions = openSessions({
    kept: {
      identity,
      session: { people, currentId: 'lin', branchId: branch, isLocked, activeAtMs },
    },
    ...{ keys, wallClock, clock: makeDeviceClock(wallClock, undefined) },
    random: { uuid: () => 'salt', bits: () => 1 },
    api: {
      async call(_method, path, body) {
        calls.push({ path, body: (body ?? {}) as Record<string, unknown> })
        return opened.api?.(path, body) ?? fail({ code: 'server-unreachable' })
      },
    },
    grantsOf: () => opened.grants,
    keep: async (change) => void kept.push(change),
    onChanged: () => {},
    onEnrolled: async () => {},
  })
  const pass = (ms: number) => {
    time.nowMs += ms
  }
  return { sessions, kept, calls, pass }
}

function tokenOf(nowMs: number, text = 'token'): Answer {
  return done({ accessToken: text, expiresAt: nowMs + 600_000, serverTimeMs: nowMs })
}

describe('who works on this device', () => {
  it('[SES1] stays signed in without a server for thirty days, and no longer', () => {
    const { sessions, pass } = atDevice()
    expect(sessions.stage).toBe('ready')
    pass(30 * dayMs)
    expect(sessions.stage).toBe('ready')
    pass(1)
    expect(sessions.stage).toBe('sign-in')
    expect(sessions.actor()).toEqual(fail([{ code: 'signed-out' }]))
  })

  it('[SES2] a device with a PIN that nobody touched asks for it', async () => {
    const { sessions: fresh } = atDevice()
    await fresh.setPin('2580')
    const pin = fresh.person?.pin
    if (pin === undefined) throw new Error('no PIN was kept')
    const people = [{ ...seller, pin }]
    const { sessions } = atDevice({ people, activeAtMs: noon - 15 * 60_000 - 1 })
    expect(sessions.stage).toBe('locked')
    expect(sessions.actor()).toEqual(fail([{ code: 'device-locked' }]))
    expect(await sessions.unlock({ pin: '1111' })).toEqual(fail([{ code: 'pin-wrong' }]))
    expect(await sessions.unlock({ pin: '2580' })).toEqual(done({}))
    expect(sessions.stage).toBe('ready')
  })

  it('[SES2] many tries at once each count as one', async () => {
    const { sessions: fresh } = atDevice()
    await fresh.setPin('2580')
    const people = [{ ...seller, ...fresh.person }]
    const { sessions } = atDevice({ people, isLocked: true })
    const tries = Array.from({ length: 8 }, () => sessions.unlock({ pin: '1111' }))
    const codes = (await Promise.all(tries)).map(codeOf)
    expect(codes).toEqual([...Array(5).fill('pin-wrong'), ...Array(3).fill('pin-wait')])
    expect(sessions.person?.pin?.failures).toBe(5)
  })

  it('[SES3] locks with a PIN, and signs out without one', async () => {
    const { sessions: plain } = atDevice()
    await plain.lock()
    expect(plain.stage).toBe('sign-in')
    const { sessions } = atDevice()
    await sessions.setPin('2580')
    await sessions.lock()
    expect(sessions.stage).toBe('locked')
  })

  it('[SES4] may do what the records grant, as soon as they say so', () => {
    const { sessions } = atDevice({ grants: [{ branch: 'all', role: 'keeper' }] })
    expect(sessions.actor()).toMatchObject(done({ roles: ['keeper'], audiences: ['goods'] }))
    const { sessions: withdrawn } = atDevice({ grants: [] })
    expect(withdrawn.actor()).toMatchObject(done({ roles: [], audiences: [] }))
    const { sessions: unsaid } = atDevice()
    expect(unsaid.actor()).toMatchObject(done({ roles: ['seller'] }))
  })
})

describe('the door to the server', () => {
  it('[SES5] keeps a token in memory until shortly before it ends, and asks once for all who wait', async () => {
    let given = 0
    const { sessions, calls, pass, kept } = atDevice({
      api: () => {
        given += 1
        return tokenOf(noon + (given - 1) * 511_000, `token${given}`)
      },
    })
    const { door } = sessions
    expect(await Promise.all([door.token(), door.token()])).toEqual(['token1', 'token1'])
    pass(509_000)
    expect(await door.token()).toBe('token1')
    pass(2_000)
    expect(await door.token()).toBe('token2')
    expect(calls).toHaveLength(2)
    expect(JSON.stringify(kept)).not.toContain('token')
  })

  it('[SES6] measures a clock that is off, and asks again', async () => {
    const serverMs = noon + 3_600_000
    const { sessions, calls } = atDevice({
      api: (_path, body) => {
        const { timestampMs } = body as { timestampMs: number }
        const isOff = Math.abs(timestampMs - serverMs) > 60_000
        const facts = { serverTimeMs: serverMs }
        return isOff ? fail({ code: 'clock-off', facts }) : tokenOf(serverMs)
      },
    })
    expect(await sessions.door.token()).toBe('token')
    expect(calls.map(({ body }) => body['timestampMs'])).toEqual([noon, serverMs])
  })

  it('[SES7] a clear no is shown, is not asked about at every redial, and is over after a sign-in', async () => {
    const refusal: Problem = { code: 'device-revoked' }
    let isRevoked = true
    const { sessions, calls, pass } = atDevice({
      api: () => (isRevoked ? fail(refusal) : tokenOf(noon + 61_000)),
    })
    const { door } = sessions
    await expect(door.token()).rejects.toThrow()
    await expect(door.token()).rejects.toThrow()
    expect(calls).toHaveLength(1)
    expect([door.isSignInNeeded, door.isRevoked]).toEqual([true, true])
    expect(sessions.stage).toBe('ready')
    isRevoked = false
    pass(61_000)
    expect(await door.token()).toBe('token')
    expect([door.isSignInNeeded, door.isRevoked]).toEqual([false, false])
  })

  it('[SES7] a clear no does not last longer because the clock was set back', async () => {
    let isRefused = true
    const { sessions, calls, pass } = atDevice({
      api: () => (isRefused ? fail({ code: 'session-ended' }) : tokenOf(noon)),
    })
    await expect(sessions.door.token()).rejects.toThrow()
    isRefused = false
    pass(-5 * 3_600_000)
    expect(await sessions.door.token()).toBe('token')
    expect(calls).toHaveLength(2)
  })

  it('[SES8] an unreachable server changes nothing', async () => {
    const { sessions } = atDevice()
    await expect(sessions.door.token()).rejects.toThrow()
    expect([sessions.door.isSignInNeeded, sessions.stage]).toEqual([false, 'ready'])
  })
})

function codeOf(acted: { ok: boolean; problem?: readonly Problem[] }): string {
  return acted.problem?.[0]?.code ?? 'done'
}
