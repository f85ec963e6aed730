/**
 * The one wrapper that every hook goes through. Hocuspocus leaves some hooks unawaited, where an
 * exception ends the process, and looks for `code` in what others throw, where a thrown non-object
 * does. So: nothing but a `SyncRefusal` or `SyncRetry` leaves a deciding hook, and nothing at all
 * leaves a telling one.
 */
import type { Extension, HookName } from '@hocuspocus/server'
import { SyncRefusal, SyncRest, SyncRetry } from '../refusal.ts'
import type { SyncContext } from '../socket/sync-socket.ts'

/** Hooks whose exception Hocuspocus awaits and turns into a refusal of what was asked. */
const decidingHooks: ReadonlySet<string> = new Set<HookName>([
  'onConnect',
  'onAuthenticate',
  'onTokenSync',
  'onCreateDocument',
  'onLoadDocument',
  'afterLoadDocument',
  'connected',
  'beforeHandleMessage',
  'beforeHandleAwareness',
  'beforeSync',
  'beforeUnloadDocument',
])

export type HookFault = (hook: string, error: unknown) => void

/** The extension with every hook wrapped; `onFault` hears what only a bug can cause. */
export function wrapHooks(
  extension: Extension<SyncContext>,
  onFault: HookFault,
): Extension<SyncContext> {
  const wrapped = Object.entries(extension).map(([name, hook]) =>
    typeof hook === 'function' ? [name, wrapHook(name, hook, onFault)] : [name, hook],
  )
  return Object.fromEntries(wrapped)
}

type Hook = (payload: unknown) => unknown

function wrapHook(name: string, hook: Hook, onFault: HookFault): Hook {
  const isDeciding = decidingHooks.has(name)
  return async (payload) => {
    try {
      return await hook(payload)
    } catch (thrown) {
      if (!(thrown instanceof SyncRefusal || thrown instanceof SyncRetry)) onFault(name, thrown)
      if (isDeciding) throw decide(thrown, payload)
      return undefined
    }
  }
}

/**
 * A refusal closes the channel, and so does what the document must wait for. Anything else is the server's own trouble: the socket closes, the
 * device comes again.
 */
function decide(thrown: unknown, payload: unknown): SyncRefusal | SyncRetry {
  if (thrown instanceof SyncRefusal || thrown instanceof SyncRest) return thrown
  const retry = thrown instanceof SyncRetry ? thrown : new SyncRetry('internal')
  socketOf(payload)?.close(retry.code, retry.reason)
  return retry
}

function socketOf(payload: unknown): SyncContext['socket'] | undefined {
  if (typeof payload !== 'object' || payload === null || !('context' in payload)) return undefined
  return (payload.context as SyncContext | undefined)?.socket
}
