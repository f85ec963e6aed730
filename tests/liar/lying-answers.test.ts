/** A server that lies in what it answers: over its JSON interface, and frame by frame on the socket. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { fetchApi } from '#client/engine/people/fetch-api.ts'
import type { Headless } from '#client/engine/start/headless.ts'
import type { Api } from '#client/engine/ports.ts'
import { uuidv7 } from 'uuidv7'
import { done, fail } from '#domain/values/result.ts'
import { owner } from '#server/testing/test-server.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { enrolled, onHand, sell, stockRoom, synced, world } from '../road/shop.ts'
import { type Lies, lyingLine } from './liar.ts'
import { frameLies, LyingSocket } from './lying-socket.ts'

function status({ engine }: Headless) {
  return engine.read('status', {})
}

/** Instead of the answers to one path. */
function answering(path: string, answer: (honest: unknown) => Awaited<ReturnType<Api['call']>>) {
  const api: NonNullable<Lies['api']> =
    (honest) =>
    async (method, asked, ...rest) => {
      const answered = await honest(method, asked, ...rest)
      return asked === path ? answer(answered.ok ? answered.value : undefined) : answered
    }
  return { api }
}

const wish = { login: owner.login, password: owner.password, deviceName: 'A', kind: 'pc' } as const

describe('a server that answers something else', () => {
  it('[LIE10] to an enrolment leaves the device as it was, and says so', async () => {
    const server = await world.server()
    const line = await lyingLine(server)
    const { engine } = await line.open()
    const withRoles = (role: string) => (honest: unknown) => {
      const { user, ...answer } = honest as { readonly user: object }
      return done({ ...answer, user: { ...user, roles: [{ branch: 'all', role }] } })
    }
    for (const answer of [
      () => done({ isSetUp: true, companyName: 'Another request' }),
      () => done(null),
      () => done([1, 2, 3]),
      withRoles('emperor'),
      (honest: unknown) => done({ ...(honest as object), audiences: ['goods', 'everything'] }),
      (honest: unknown) => done({ ...(honest as object), serverKey: 'none' }),
    ]) {
      line.lies = answering('/api/enrol', answer)
      const made = await engine.command('enrol', wish, uuidv7())
      expect(made).toMatchObject({ ok: false, problem: [{ code: 'answer-malformed' }] })
    }
    line.lies = {}
    await act(engine, 'enrol', wish)
  })

  it('[LIE11] with a time that no clock shows does not move the device’s clock, and it posts on', async () => {
    const server = await world.server()
    for (const serverTimeMs of [1e300, 8_796_093_022_207, -5, 0.5]) {
      const line = await lyingLine(server)
      line.lies = answering('/api/enrol', (honest) => done({ ...(honest as object), serverTimeMs }))
      const a = await line.enrolled('A')
      line.lies = {}
      expect(Math.abs((await status(a)).clockOffsetMs)).toBeLessThan(60_000)
      await sell(a.engine, await stockRoom(a.engine), 1)
      await synced(a.engine)
      await a.engine.close()
    }
  })

  it('[LIE12] to a renewal, or that the device is revoked, takes nothing away', async () => {
    const server = await world.server()
    const line = await lyingLine(server)
    const a = await line.enrolled('A')
    const warehouse = await stockRoom(a.engine)
    await synced(a.engine)
    await a.engine.close()
    line.lies = answering('/api/session/renew', () => done({ isSetUp: true }))
    const b = await line.open({ disk: a.disk() }, a.cookies)
    await sell(b.engine, warehouse, 1)
    expect(await status(b)).toMatchObject({ documentsWaiting: 1 })
    await b.engine.close()
    line.lies = answering('/api/session/renew', () => fail({ code: 'device-revoked' }))
    const c = await line.open({ disk: b.disk() }, a.cookies)
    await eventually(async () => expect((await status(c)).stopped?.code).toBe('device-revoked'))
    expect(await onHand(c.engine)).toBe(-1)
    const { bytes } = await act(c.engine, 'exportUnsent', {})
    expect(JSON.parse(new TextDecoder().decode(bytes)).journals).not.toEqual([])
    await c.engine.close()
    line.lies = {}
    const d = await line.open({ disk: c.disk() }, a.cookies)
    await synced(d.engine)
    expect(await onHand(d.engine)).toBe(-1)
  })

  it('[LIE13] without an end is given up before it fills the memory', async () => {
    let sent = 0
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const more = () => {
        const isOpen = !response.destroyed && sent < 256 * 1024 * 1024
        if (!isOpen) return void response.end()
        sent += 1024 * 1024
        if (response.write(' '.repeat(1024 * 1024))) setImmediate(more)
        else response.once('drain', more)
      }
      more()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    world.later(() => void server.close())
    const { port } = server.address() as AddressInfo
    const answered = await fetchApi(`http://127.0.0.1:${port}`, fetch).call('GET', '/api/state')
    expect(answered).toMatchObject({ ok: false, problem: { code: 'server-unreachable' } })
    expect(sent).toBeLessThan(64 * 1024 * 1024)
  })

  it('[LIE14] yes to a copy that is handed in, and loses it, is offered it again each time', async () => {
    const server = await world.server()
    const line = await lyingLine(server)
    const a = await enrolled(server, { deviceName: 'A' })
    await sell(a.engine, await stockRoom(a.engine), 1)
    await synced(a.engine)
    const b = await line.enrolled('B')
    await eventually(async () => expect(await onHand(b.engine)).toBe(-1))
    await synced(b.engine)
    const { device } = await a.engine.read('session', {})
    let handedIn = 0
    line.lies = {
      heads: (told) => told.filter(({ journal }) => !journal.endsWith(`/${device?.id}`)),
      api:
        (honest) =>
        async (...args) => {
          if (args[1] !== '/api/hand-in') return honest(...args)
          handedIn += 1
          return done({ seq: 0 })
        },
    }
    for (let round = 1; round <= 2; round++) {
      handedIn = 0
      line.cut()
      b.engine.hurry()
      await eventually(async () => expect(handedIn).toBeGreaterThan(0))
    }
    expect((await status(b)).doubt).toMatchObject({ code: 'server-fell-back' })
    expect(await onHand(b.engine)).toBe(-1)
  })
})

describe('a server that breaks its frames', () => {
  it('[LIE15] by closing at each step, saying all twice, or talking nonsense, delays and spoils nothing', async () => {
    const server = await world.server()
    const line = await lyingLine(server, LyingSocket)
    const a = await line.enrolled('A')
    const warehouse = await stockRoom(a.engine)
    await synced(a.engine)
    const b = await enrolled(server, { deviceName: 'B' })
    const junk = [new Uint8Array([0xff, 0xff, 0xff]), new Uint8Array(1_000_000).fill(0xfe)]
    const stories: NonNullable<typeof frameLies.frames>[] = [
      ...[0, 1, 2, 3, 5, 8].map((last) => (frame: Uint8Array, n: number) => {
        return n === last ? ('close' as const) : [frame]
      }),
      (frame) => [frame, frame],
      (frame) => [frame, ...junk],
      (frame) => [frame.slice(0, Math.ceil(frame.length / 2)), frame],
    ]
    for (const [done, frames] of stories.entries()) {
      frameLies.frames = frames
      line.cut()
      a.engine.hurry()
      await sell(a.engine, warehouse, 1)
      expect(await onHand(a.engine)).toBe(-done - 1)
      await a.engine.read('status', {})
    }
    delete frameLies.frames
    line.cut()
    a.engine.hurry()
    await synced(a.engine)
    await eventually(async () => expect(await onHand(b.engine)).toBe(-stories.length))
    expect(await status(a)).toMatchObject({ documentsWaiting: 0 })
    expect((await status(a)).stopped).toBeUndefined()
  })
})
