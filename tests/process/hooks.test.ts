/**
 * What we rely on in the installed Hocuspocus: in which order its hooks run, that what they await is
 * awaited, and that none of them, whatever it throws, ends the process or stops the others.
 */
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { type Extension, Hocuspocus } from '@hocuspocus/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Doc } from 'yjs'
import { wrapHooks } from '#server/extensions/wrap.ts'
import { FrontDoor } from '#server/socket/front-door.ts'
import type { SyncContext } from '#server/socket/sync-socket.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { world } from '#tests/road/shop.ts'

const name = 'test/document'

/** In the order in which they run from the first frame to the last goodbye. */
const hookNames = [
  'onConnect',
  'onAuthenticate',
  'onCreateDocument',
  'onLoadDocument',
  'afterLoadDocument',
  'beforeHandleMessage',
  'connected',
  'beforeSync',
  'afterHandleMessage',
  'beforeHandleAwareness',
  'onAwarenessUpdate',
  'onStateless',
  'onChange',
  'onTokenSync',
  'beforeBroadcastStateless',
  'onStoreDocument',
  'afterStoreDocument',
  'onDisconnect',
  'beforeUnloadDocument',
  'afterUnloadDocument',
] as const

type Hooks = Partial<Record<(typeof hookNames)[number], (payload: never) => Promise<unknown>>>

async function openDoor(hooks: Hooks) {
  const faults: string[] = []
  const onFault = (where: string) => faults.push(where)
  const extension = wrapHooks(hooks as Extension<SyncContext>, onFault)
  const hocuspocus = new Hocuspocus<SyncContext>({
    ...{ quiet: true, extensions: [extension], debounce: 0, maxDebounce: 0 },
  })
  const server: Server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const door = new FrontDoor({
    ...{ server, hocuspocus, nowMs: () => Date.now(), onFault, onRefused: () => undefined },
    isOriginAllowed: () => true,
  })
  world.later(async () => {
    await door.close()
    server.close()
  })
  const { port } = server.address() as { readonly port: number }
  return { url: `ws://127.0.0.1:${port}/sync`, hocuspocus, faults }
}

function visit(url: string, token = 'a token') {
  const socket = new HocuspocusProviderWebsocket({ url, delay: 20, minDelay: 20, jitter: false })
  const provider = new HocuspocusProvider({
    ...{ websocketProvider: socket, name, document: new Doc(), token, sessionAwareness: true },
  })
  provider.attach()
  const leave = () => {
    provider.destroy()
    socket.destroy()
  }
  world.later(leave)
  return { provider, leave }
}

/** Everything that a client can make happen. */
function exercise(
  { provider }: ReturnType<typeof visit>,
  hocuspocus: Hocuspocus<SyncContext>,
): void {
  provider.document.getMap('map').set('key', Math.random())
  provider.awareness?.setLocalStateField('name', 'somebody')
  provider.sendStateless('hello')
  void provider.sendToken()
  hocuspocus.documents.get(name)?.broadcastStateless('to all')
}

const rejections: unknown[] = []
const note = (reason: unknown) => void rejections.push(reason)

beforeAll(() => void process.on('unhandledRejection', note))
afterAll(() => void process.off('unhandledRejection', note))

describe('hooks of the installed Hocuspocus', () => {
  it('[HKC1] run in the order that we rely on, and a message waits for the hook before it', async () => {
    const order: string[] = []
    const seen = new Set<string>()
    let letThrough = () => {}
    const opened = new Promise<void>((resolve) => {
      letThrough = resolve
    })
    const gated: string[] = []
    const hooks: Hooks = {}
    for (const hook of hookNames) {
      hooks[hook] = async () => {
        if (!seen.has(hook)) order.push(hook)
        seen.add(hook)
      }
    }
    const isGated = (payload: { type: number }) => payload.type === 2
    hooks.beforeSync = async (payload: { type: number; document: Doc }) => {
      seen.add('beforeSync')
      order.push('beforeSync')
      if (!isGated(payload)) return
      gated.push('asked')
      await opened
    }
    const { url, hocuspocus } = await openDoor(hooks)
    const visitor = visit(url)
    await eventually(() => expect(visitor.provider.synced).toBe(true))
    await eventually(() => expect(visitor.provider.unsyncedChanges).toBe(0))
    visitor.provider.document.getMap('map').set('key', 1)
    await eventually(() => expect(gated).toHaveLength(1))
    // Neither applied nor acknowledged before the hook says so; what comes behind it waits too.
    visitor.provider.document.getMap('map').set('key', 2)
    visitor.provider.sendStateless('behind')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(hocuspocus.documents.get(name)?.getMap('map').get('key')).toBeUndefined()
    expect(visitor.provider.unsyncedChanges).toBe(2)
    expect(gated).toHaveLength(1)
    expect(seen.has('onStateless')).toBe(false)
    letThrough()
    await eventually(() => expect(visitor.provider.unsyncedChanges).toBe(0))
    exercise(visitor, hocuspocus)
    await eventually(() => expect(seen.size).toBeGreaterThan(hookNames.length - 5))
    visitor.leave()
    await eventually(() => expect(seen).toContain('afterUnloadDocument'))
    const before = (one: string, other: string) =>
      expect(order.indexOf(one), `${one} before ${other}`).toBeLessThan(order.indexOf(other))
    before('onConnect', 'onAuthenticate')
    before('onAuthenticate', 'onCreateDocument')
    before('onCreateDocument', 'onLoadDocument')
    before('onLoadDocument', 'afterLoadDocument')
    before('afterLoadDocument', 'beforeSync')
    before('beforeHandleMessage', 'beforeSync')
    before('beforeSync', 'onChange')
    before('onChange', 'afterUnloadDocument')
    before('onDisconnect', 'beforeUnloadDocument')
    before('beforeUnloadDocument', 'afterUnloadDocument')
    expect([...seen].sort()).toEqual([...hookNames].sort())
  }, 120_000)

  it('[HKC2] whatever one of them throws, the process goes on and so do the others', async () => {
    const thrown: readonly (() => unknown)[] = [
      () => Promise.reject(new Error('a bug')),
      () => Promise.reject('a text'),
      () => Promise.reject(undefined),
      () => {
        throw new TypeError('at once')
      },
    ]
    for (const hook of hookNames) {
      let bug: (() => unknown) | undefined
      let called = 0
      const throwing = async () => {
        called += 1
        return bug?.()
      }
      const { url, hocuspocus, faults } = await openDoor({ [hook]: throwing })
      for (const each of thrown) {
        bug = each
        const before = called
        const visitor = visit(url)
        const busy = setInterval(() => exercise(visitor, hocuspocus), 10)
        await vi
          .waitFor(() => expect(called, hook).toBeGreaterThan(before), { timeout: 1_000 })
          .catch(() => undefined)
        clearInterval(busy)
        visitor.leave()
        await eventually(() => expect(called, hook).toBeGreaterThan(before))
      }
      bug = undefined
      expect(faults, hook).toContain(hook)
      const honest = visit(url)
      await eventually(() => expect(honest.provider.synced, hook).toBe(true))
      honest.leave()
    }
    expect(rejections).toEqual([])
  }, 180_000)
})
