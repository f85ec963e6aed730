import { Hocuspocus, type Extension } from '@hocuspocus/server'
import { describe, expect, it } from 'vitest'
import { SyncRefusal, SyncRetry } from '../refusal.ts'
import type { SyncContext } from '../socket/sync-socket.ts'
import { wrapHooks } from './wrap.ts'

/**
 * Every hook that Hocuspocus calls without waiting for it, where an exception would end the
 * process.
 */
const telling = [
  'onChange',
  'onStateless',
  'onAwarenessUpdate',
  'beforeBroadcastStateless',
  'onDisconnect',
  'afterUnloadDocument',
  'onUpgrade',
  'onRequest',
  'onStoreDocument',
  'afterHandleMessage',
] as const

const thrown: readonly unknown[] = [new Error('bug'), 'a text', undefined, null, 42]

type AnyHook = (payload: unknown) => Promise<unknown>

function wrapped(name: string, error: unknown, faults: string[]): AnyHook {
  const extension = { [name]: () => Promise.reject(error) } as unknown as Extension<SyncContext>
  const hooks = wrapHooks(extension, (hook) => faults.push(hook))
  return (hooks as unknown as Record<string, AnyHook>)[name]!
}

describe('a hook', () => {
  it('[HKS1] that only tells never throws, whatever happens in it', async () => {
    for (const name of telling) {
      const faults: string[] = []
      for (const error of thrown) await wrapped(name, error, faults)({})
      expect(faults).toEqual(thrown.map(() => name))
    }
  })

  it('[HKS2] that decides throws a refusal or a retry and nothing else', async () => {
    for (const error of thrown) {
      const closed: string[] = []
      const socket = { close: (_code: number, reason: string) => closed.push(reason) }
      const hook = wrapped('beforeSync', error, [])
      await expect(hook({ context: { socket } })).rejects.toMatchObject({
        reason: 'retry:internal',
      })
      expect(closed).toEqual(['retry:internal'])
    }
    const refusing = wrapped('beforeSync', new SyncRefusal('fork'), [])
    await expect(refusing({})).rejects.toMatchObject({ reason: 'refused:fork', code: 4422 })
    const socket = { closed: '', close: (_: number, reason: string) => (socket.closed = reason) }
    const retrying = wrapped('beforeSync', new SyncRetry('store-failing'), [])
    await expect(retrying({ context: { socket } })).rejects.toBeInstanceOf(SyncRetry)
    expect(socket.closed).toBe('retry:store-failing')
  })

  it('[HKS3] keeps what it is called with and gives back what it returns', async () => {
    const seen: unknown[] = []
    const extension: Extension<SyncContext> = {
      extensionName: 'name',
      async onConfigure(payload) {
        seen.push(payload)
      },
      async onStateless() {
        return 'value'
      },
    }
    const hooks = wrapHooks(extension, () => undefined)
    expect(hooks.extensionName).toBe('name')
    expect(await hooks.onStateless?.({} as never)).toBe('value')
    const hocuspocus = new Hocuspocus({ quiet: true, extensions: [hooks] })
    await expect.poll(() => seen).toHaveLength(1)
    expect((seen[0] as { instance: unknown }).instance).toBe(hocuspocus)
  })
})
