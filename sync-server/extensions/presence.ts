/**
 * Who is where. One awareness state per socket, at most 2 KB, and who it belongs to is stamped by
 * the server: nobody can pose as somebody else, overwrite another's state, or leave states behind.
 */
import type { Extension } from '@hocuspocus/server'
import type { Directory } from '../identity/directory.ts'
import { limitPresenceBytes } from '../limits.ts'
import { SyncRefusal } from '../refusal.ts'
import type { SyncContext, SyncSocket } from '../socket/sync-socket.ts'

export function presence(directory: Directory): Extension<SyncContext> {
  return {
    extensionName: 'presence',

    async beforeHandleAwareness({ awareness, documentName, states, connection }) {
      const { socket } = connection?.context ?? {}
      const isShown = documentName.startsWith('presence/') && socket?.session !== undefined
      const own = isShown ? ownState(socket, states, awareness.getStates()) : undefined
      states.clear()
      if (own === undefined || socket?.session === undefined) return
      const { device, user } = socket.session
      const name = directory.users.get(user)?.name ?? ''
      const stamped = { ...own.state, name, user, device }
      if (JSON.stringify(stamped).length > limitPresenceBytes) {
        throw new SyncRefusal('presence-too-large')
      }
      states.set(own.client, stamped)
    },
  }
}

type States = ReadonlyMap<number, Record<string, unknown>>

/**
 * The first client id that a socket shows is its own for good, unless another device is shown under
 * it.
 */
function ownState(
  socket: SyncSocket,
  states: States,
  shown: States,
): { client: number; state: Record<string, unknown> } | undefined {
  const device = socket.session?.device
  // The first entry belongs to the scratch copy that Hocuspocus decoded the message into.
  const [, ...clients] = states.keys()
  socket.presenceClient ??= clients.find(
    (client) => (shown.get(client)?.['device'] ?? device) === device,
  )
  const client = socket.presenceClient
  const state = client === undefined ? undefined : states.get(client)
  return client === undefined || state === undefined ? undefined : { client, state }
}
