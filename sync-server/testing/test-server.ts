/** A real server on a free loopback port with a data folder of its own, for tests. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyFileName, openServerKeys } from '../identity/keys.ts'
import type { Bounds } from '../kernel.ts'
import { openServer } from '../server.ts'
import { openCheckpointShelf } from '../seals/checkpoint-shelf.ts'
import { placeMark } from '../storage/place-mark.ts'
import { openSqliteStore } from '../storage/sqlite.ts'
import type { Store } from '../storage/store.ts'

export interface TestServer {
  readonly url: string
  readonly folder: string
  /** Moves the server's clock. */
  advance(ms: number): void
  nowMs(): number
  close(): Promise<void>
  /** Closes and removes the folder. */
  remove(): Promise<void>
}

export interface TestServerOptions {
  /** An existing data folder, for restarts. */
  readonly folder?: string
  /** Folder of a built app. */
  readonly app?: string
  /** Puts something between the server and its store. */
  readonly around?: (store: Store) => Store
  /** As with the flag `--restored`. */
  readonly isRestored?: boolean
  /** False where the file system cannot tell a copy: a backup written into the old files. */
  readonly isPlaceKnown?: boolean
  readonly accessTokenMs?: number
  readonly signInsPerMinute?: number
  readonly bounds?: Bounds
}

export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'liancang-')))
  const file = join(folder, 'liancang.sqlite')
  const sqlite = await openSqliteStore(file, () => undefined)
  const keys = await openServerKeys(folder)
  const mark = await placeMark([file, join(folder, keyFileName)])
  const isRestored = options.isRestored ?? false
  let aheadMs = 0
  const nowMs = () => Date.now() + aheadMs
  const server = await openServer(
    {
      ...{ port: 0, host: '127.0.0.1', data: folder, app: options.app ?? join(folder, 'no-app') },
      ...{
        tls: undefined,
        logLevel: process.env['LOG_LEVEL'] ?? 'silent',
        build: 'test',
        origins: [],
        isRestored,
      },
    },
    {
      ...{ store: options.around?.(sqlite) ?? sqlite, keys, nowMs },
      shelf: openCheckpointShelf(join(folder, 'checkpoints')),
      ...(options.bounds === undefined ? {} : { bounds: options.bounds }),
      ...(options.isPlaceKnown === false ? {} : { place: { mark, isRestored } }),
      accessTokenMs: options.accessTokenMs ?? 600_000,
      sessionMs: 86_400_000,
      signInsPerMinute: options.signInsPerMinute ?? 1_000,
    },
  )
  return {
    url: `http://127.0.0.1:${server.port}`,
    folder,
    nowMs,
    advance(ms) {
      aheadMs += ms
    },
    close: () => server.close(),
    async remove() {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface ApiAnswer {
  readonly status: number
  readonly body: Record<string, never> & { readonly [name: string]: unknown }
  readonly headers: Headers
}

export interface ApiCall {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly body?: unknown
  readonly token?: string
  readonly cookie?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One request to the API; a body makes it a POST. */
export async function call(
  server: TestServer,
  path: string,
  how: ApiCall = {},
): Promise<ApiAnswer> {
  const { body, token, cookie } = how
  const response = await fetch(`${server.url}${path}`, {
    method: how.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...how.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  return {
    status: response.status,
    body: isJson ? JSON.parse(text) : { text },
    headers: response.headers,
  }
}

export const owner = { login: 'boss', name: 'Boss', password: 'long enough' } as const

/** Sets an empty server up with one branch and its owner. */
export async function setUpCompany(server: TestServer): Promise<void> {
  const company = { name: 'Test shop', taxpayer: 'general' }
  const branch = { name: 'Main street' }
  const { status } = await call(server, '/api/setup', { body: { company, owner, branch } })
  if (status !== 201) throw new Error(`set-up answered ${status}`)
}
