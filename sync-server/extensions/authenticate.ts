/**
 * [S1] Who may open what. The token says which device speaks; the device's branches and audiences
 * say what it may open. One socket speaks for one device. Whether the session still holds is asked
 * again on every message.
 */
import type { Extension } from '@hocuspocus/server'
import { parseDocumentName } from '#domain/replica/document-name.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { IdentityParts } from '../identity/parts.ts'
import { type Access, accessTo } from '../identity/rights.ts'
import { readToken } from '../identity/sessions.ts'
import { limitDocumentSessions, limitSocketDocuments } from '../limits.ts'
import { closeCodes, SyncRefusal } from '../refusal.ts'
import { messageKindOf, messageKinds } from '../socket/frame.ts'
import type { SyncContext, SyncSocket } from '../socket/sync-socket.ts'
import type { Refused } from './write-ahead.ts'

interface AccessProblem {
  readonly code: string
}

export function authenticate(
  identity: IdentityParts,
  onRefused: (refused: Refused) => void,
): Extension<SyncContext> {
  /** Tells of what no honest device of ours asks for. */
  function refuse(socket: SyncSocket, document: string, { code }: AccessProblem): SyncRefusal {
    socket.noteDenial()
    onRefused({ device: socket.session?.device ?? '', document, code })
    return new SyncRefusal(code)
  }

  return {
    extensionName: 'authenticate',

    async onAuthenticate({ token, documentName, connectionConfig, context: { socket } }) {
      const accepted = await acceptToken(identity, socket, token)
      if (!accepted.ok) throw refuse(socket, documentName, accepted.problem)
      const access = accessOf(identity, socket, documentName)
      if (!access.ok) throw refuse(socket, documentName, access.problem)
      socket.openedDocument(documentName)
      connectionConfig.readOnly = access.value === 'read'
    },

    async connected({ connection, context: { socket } }) {
      socket.requestToken = () => connection.requestToken()
    },

    async onTokenSync({ token, documentName, context: { socket } }) {
      const accepted = await acceptToken(identity, socket, token)
      if (!accepted.ok) throw refuse(socket, documentName, accepted.problem)
    },

    async beforeHandleMessage({ update, context: { socket } }) {
      if (socket.isClosed) throw new SyncRefusal('socket-closed')
      // A fresh token is the one thing that may still be said after the old one has ended.
      if (messageKindOf(update) === messageKinds.auth) return
      const held = checkHeld(identity, socket)
      if (!held.ok) throw new SyncRefusal(held.problem.code)
    },

    async onDisconnect({ documentName, context: { socket } }) {
      socket.closedDocument(documentName)
    },
  }
}

/** Binds the socket to the token's device, or renews what it was bound to; otherwise closes it. */
async function acceptToken(
  identity: IdentityParts,
  socket: SyncSocket,
  token: string,
): Promise<Result<undefined, AccessProblem>> {
  // Three hundred documents are opened with one token.
  if (socket.session?.token === token) return checkHeld(identity, socket)
  const claims = await readToken(identity, token)
  if (!claims.ok) return sendAway(socket, claims.problem.code)
  const { device, user, session, expiresAt } = claims.value
  const isForeign = socket.session !== undefined && socket.session.device !== device
  if (isForeign) return sendAway(socket, 'other-device')
  socket.bind({ device, user, session, expiresAt, token })
  return done(undefined)
}

/** Whether the socket's token and session still hold; otherwise closes it. */
export function isHeld(identity: IdentityParts, socket: SyncSocket): boolean {
  return checkHeld(identity, socket).ok
}

function checkHeld(
  { directory, nowMs }: IdentityParts,
  socket: SyncSocket,
): Result<undefined, AccessProblem> {
  const { session } = socket
  if (session === undefined || session.expiresAt <= nowMs()) {
    return sendAway(socket, 'token-expired')
  }
  const isHeld = directory.validSession(session.session, nowMs()) !== undefined
  return isHeld ? done(undefined) : sendAway(socket, 'session-ended')
}

function accessOf(
  { directory }: IdentityParts,
  socket: SyncSocket,
  documentName: string,
): Result<Access, AccessProblem> {
  const name = parseDocumentName(documentName)
  if (!name.ok) return fail({ code: name.problem.code })
  const { branches, organization } = directory
  const device = directory.activeDevice(socket.session?.device ?? '')
  const company = { id: organization?.id, branches }
  const access = device === undefined ? 'none' : accessTo(name.value, device, company)
  if (access === 'none') return fail({ code: 'not-allowed' })
  const sessions = socket.documents.get(documentName) ?? 0
  const isFull = socket.documents.size >= limitSocketDocuments || sessions >= limitDocumentSessions
  return isFull ? fail({ code: 'too-many-documents' }) : done(access)
}

/** The whole socket, not the channel alone: a closed channel would stay silent for half a minute. */
function sendAway(socket: SyncSocket, fact: string): Result<undefined, AccessProblem> {
  const code = fact === 'session-ended' ? closeCodes.revoked : closeCodes.unauthorized
  socket.close(code, fact)
  return fail({ code: fact })
}
