import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { call, type TestServer } from '../testing/test-server.ts'
import { openWorld } from '../testing/world.ts'

const world = openWorld()
const page = { accept: 'text/html,*/*' }

async function builtServer(): Promise<TestServer> {
  const app = await mkdtemp(join(tmpdir(), 'liancang-app-'))
  world.later(() => rm(app, { recursive: true, force: true }))
  await mkdir(join(app, 'assets'))
  await writeFile(join(app, 'index.html'), '<!doctype html><title>app</title>')
  await writeFile(join(app, 'sw.js'), '// worker')
  await writeFile(join(app, 'assets', 'main-abc.js'), 'export {}')
  await writeFile(join(app, 'assets', 'main-abc.js.gz'), gzipSync('export {}'))
  return world.emptyServer({ app })
}

function get(server: TestServer, path: string, headers: Record<string, string> = {}) {
  return fetch(`${server.url}${path}`, { headers })
}

describe('every answer', () => {
  it('[WEB1] tells the browser what to refuse', async () => {
    const server = await builtServer()
    const { host } = new URL(server.url)
    for (const path of ['/', '/api/state', '/assets/main-abc.js', '/nothing']) {
      const { headers } = await get(server, path, page)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
      expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host};`)
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe-inline')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
  })
})

describe('the app', () => {
  it('[WEB2] is served with assets for ever and the page never from a cache', async () => {
    const server = await builtServer()
    const index = await get(server, '/')
    expect([index.status, index.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    const worker = await get(server, '/sw.js')
    expect(worker.headers.get('cache-control')).toBe('no-cache')
    const asset = await get(server, '/assets/main-abc.js', { 'accept-encoding': 'gzip' })
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(asset.headers.get('content-encoding')).toBe('gzip')
    expect(await asset.text()).toBe('export {}')
  })

  it('[WEB3] answers every route of a person, and nothing else, with the page', async () => {
    const server = await builtServer()
    for (const path of ['/stock', '/documents/shipment?from=1', '/apiary']) {
      const answer = await get(server, path, page)
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('app')])
      expect(answer.headers.get('cache-control')).toBe('no-cache')
    }
    for (const path of ['/assets/gone-123.js', '/api/nothing', '/sync', '/../../etc/passwd.x']) {
      const answer = await get(server, path, path.startsWith('/.') ? {} : page)
      expect([path, answer.status]).toEqual([path, 404])
    }
    expect((await get(server, '/stock', { accept: 'application/json' })).status).toBe(404)
  })

  it('[WEB3] is not there before it is built, and the API is', async () => {
    const server = await world.emptyServer()
    const answer = await get(server, '/', page)
    expect([answer.status, await answer.json()]).toEqual([404, { code: 'not-found' }])
    expect((await get(server, '/api/state')).status).toBe(200)
  })
})

describe('the API', () => {
  it('[WEB4] answers every mistake with a code', async () => {
    const server = await world.emptyServer()
    const post = (path: string, body: string, headers: Record<string, string> = {}) =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      })
    const wrong = [
      [await post('/api/setup', '{not json'), 400, 'request-malformed'],
      [
        await post('/api/setup', JSON.stringify({ a: 'x'.repeat(70_000) })),
        413,
        'request-malformed',
      ],
      [await post('/api/setup', 'null'), 400, 'body-malformed'],
      [await post('/api/setup', '{"__proto__": {"a": 1}}'), 400, 'request-malformed'],
      [await post('/api/setup', 'a=b', { 'content-type': 'text/plain' }), 415, 'request-malformed'],
      [await post('/api/setup', '{}', { 'sec-fetch-site': 'cross-site' }), 403, 'not-allowed'],
      [await get(server, '/api/devices'), 401, 'token-missing'],
      [await get(server, '/api/devices', { authorization: 'Bearer x' }), 401, 'token-invalid'],
    ] as const
    for (const [answer, status, code] of wrong) {
      expect([answer.status, await answer.json()]).toMatchObject([status, { code }])
    }
  })

  it('[WEB5] tells whether it works, what time it is, and, on this machine, its figures', async () => {
    const server = await world.server()
    expect((await call(server, '/healthz')).body).toEqual({ ok: true, ready: true })
    const { nowMs } = (await call(server, '/api/time')).body as unknown as { nowMs: number }
    expect(Math.abs(nowMs - Date.now())).toBeLessThan(5_000)
    const { body } = await call(server, '/metrics')
    expect(body['text']).toMatch(/liancang_commit_seconds_count \d/)
    expect(body['text']).toMatch(/liancang_records_total \d/)
  })
})
