/**
 * The engine without a browser: for the replay command, the simulator's real runs and the helpers of browser
 * tests. The same core over a store in memory, with the platform's own fetch and WebSocket.
 */
import { type Engine, type EngineOptions, openEngine } from '../engine.ts'
import { type MemoryStore, openMemoryStore, type StoreDump } from '../store/memory-store.ts'
import type { EnginePorts } from '../ports.ts'
import { memoryShelf } from '../drafts/shelf.ts'
import { platformPorts, networkTo } from './platform-ports.ts'

export interface HeadlessOptions extends EngineOptions {
  /** http(s)://host:port; without it the engine never leaves the device. */
  readonly baseUrl?: string
  /** What a device before this one left on its disk. */
  readonly disk?: HeadlessDisk
  /** Ports to use in place of the platform's own. */
  readonly ports?: Partial<EnginePorts>
}

/** What outlives a headless engine when its owner keeps it. */
export interface HeadlessDisk {
  readonly store: StoreDump
  readonly desks: ReadonlyMap<string, Uint8Array[]>
  readonly cookies: ReadonlyMap<string, string>
}

export interface Headless {
  readonly engine: Engine
  /** The disk as it is now. */
  disk(): HeadlessDisk
}

export async function openHeadless(options: HeadlessOptions = {}): Promise<Headless> {
  const { baseUrl, disk } = options
  const store: MemoryStore = openMemoryStore(disk?.store)
  const desks = new Map(disk?.desks)
  const cookies = new Map(disk?.cookies)
  const ports: EnginePorts = {
    store,
    ...platformPorts(),
    shelf: memoryShelf(desks),
    build: 'headless',
    ...(baseUrl === undefined ? {} : { network: networkTo(baseUrl, fetchWithCookies(cookies)) }),
    ...options.ports,
  }
  const engine = await openEngine(ports, options)
  return {
    engine,
    disk: () => ({
      store: store.dump(),
      desks: new Map([...desks].map(([name, updates]) => [name, [...updates]])),
      cookies: new Map(cookies),
    }),
  }
}

/** A browser keeps the refresh cookie by itself; here it is carried by hand. */
function fetchWithCookies(cookies: Map<string, string>): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    if (cookies.size > 0) {
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    }
    const response = await fetch(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line)
    return response
  }
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const at = pair.indexOf('=')
  if (at <= 0) return
  const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1)]
  if (value === '') cookies.delete(name)
  else cookies.set(name, value)
}
