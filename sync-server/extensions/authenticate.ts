/**
 * [S1] Who may open what. The token says which device speaks; the device's branches and audiences
 * say what it may open. One socket speaks for one device. Whether the session still holds is asked
 * again on every message.
 */
import type { Extension } from '@hocuspocus/server'
import { parseDocumentName } from '#domain/replica/document-name.ts'
import type { IdentityParts } from '../identity/parts.ts'
import { accessTo } from '../identity/rights.ts'
import { readToken } from '../identity/sessions.ts'
import { limitSocketDocuments } from '../limits.ts'
import { closeCodes, SyncRefusal } from '../refusal.ts'
import { messageKindOf, messageKinds } from '../socket/frame.ts'
import type { SyncContext, SyncSocket } from '../socket/sync-socket.ts'

export function authenticate(identity: IdentityParts): Extension<SyncContext> {
  const { directory, nowMs } = identity
  return {
    extensionName: 'authenticate',

    async onAuthenticate({ token, documentName, connectionConfig, context: { socket } }) {
      await acceptToken(identity, socket, token)
      const name = parseDocumentName(documentName)
      if (!name.ok) throw new SyncRefusal(name.problem.code)
      const device = directory.activeDevice(socket.session?.device ?? '')
      const org = directory.organization?.id ?? ''
      const access = device === undefined ? 'none' : accessTo(name.value, device, org)
      if (access === 'none') throw new SyncRefusal('not-allowed')
      if (socket.documents.size >= limitSocketDocuments) throw new SyncRefusal('too-many-documents')
      socket.documents.add(documentName)
      connectionConfig.readOnly = access === 'read'
    },

    async connected({ connection, context: { socket } }) {
      socket.requestToken = () => connection.requestToken()
    },

    async onTokenSync({ token, context: { socket } }) {
      await acceptToken(identity, socket, token)
    },

    async beforeHandleMessage({ update, context: { socket } }) {
      if (socket.isClosed) throw new SyncRefusal('socket-closed')
      const { session } = socket
      // A fresh token is the one thing that may still be said after the old one has ended.
      if (messageKindOf(update) === messageKinds.auth) return
      const isExpired = session === undefined || session.expiresAt <= nowMs()
      if (isExpired) throw sendAway(socket, 'token-expired')
      if (directory.validSession(session.session, nowMs()) === undefined) {
        throw sendAway(socket, 'session-ended')
      }
    },

    async onDisconnect({ documentName, context: { socket } }) {
      socket.documents.delete(documentName)
    },
  }
}

/** Binds the socket to the token's device, or renews what it was bound to. */
async function acceptToken(
  identity: IdentityParts,
  socket: SyncSocket,
  token: string,
): Promise<void> {
  const { session: bound } = socket
  // Three hundred documents are opened with one token.
  const isSame = bound?.token === token && bound.expiresAt > identity.nowMs()
  if (isSame && identity.directory.validSession(bound.session, identity.nowMs())) return
  const claims = await readToken(identity, token)
  if (!claims.ok) throw sendAway(socket, claims.problem.code)
  const { device, user, session, expiresAt } = claims.value
  if (socket.session !== undefined && socket.session.device !== device) {
    throw sendAway(socket, 'other-device')
  }
  socket.session = { device, user, session, expiresAt, token }
}

/**
 * The whole socket, not the channel alone: a closed channel would stay silent for half a minute.
 */
function sendAway(socket: SyncSocket, fact: string): SyncRefusal {
  const code = fact === 'session-ended' ? closeCodes.revoked : closeCodes.unauthorized
  socket.close(code, fact)
  return new SyncRefusal(fact)
}
