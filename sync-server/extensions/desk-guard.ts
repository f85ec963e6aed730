/**
 * Judges an update to a desk: the bytes by the strict parser in `domain/replica`, and who may write
 * under which client id. Desks have many writers and no authority; this keeps one of them from
 * spoiling the document for the others.
 */
import type { Doc } from 'yjs'
import {
  type AcceptedDesk,
  checkDeskUpdate,
  encodeAcceptedDesk,
} from '#domain/replica/desk-guard.ts'
import { deskWriter, knownDesk } from '#domain/replica/known-desk.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { limitDeskClients, limitDeskDeviceClients } from '../limits.ts'
import type { Objection } from './guard.ts'

export interface JudgedDesk {
  /** What is new, as this server writes it; undefined when all was known. */
  readonly update: Uint8Array | undefined
}

/** `device` writes under its own client ids alone; undefined is held to no id. */
export function judgeDesk(
  update: Uint8Array,
  doc: Doc,
  device: string | undefined,
): Result<JudgedDesk, Objection> {
  const mayWriteAs = (client: number) =>
    device === undefined || (deskWriter(doc, client) ?? device) === device
  const checked = checkDeskUpdate(
    update,
    knownDesk(doc, { limitClients: limitDeskClients, mayWriteAs }),
  )
  if (!checked.ok) {
    const { code } = checked.problem
    return fail(code === 'missing-dependency' ? { code, isAhead: true } : { code })
  }
  if (device !== undefined && clientsAfter(checked.value, doc, device) > limitDeskDeviceClients) {
    return fail({ code: 'too-many-clients' })
  }
  return done({ update: checked.value.hasNews ? encodeAcceptedDesk(checked.value) : undefined })
}

/** How many client ids the device would have used; 0 where the update brings no new one. */
function clientsAfter({ clients }: AcceptedDesk, doc: Doc, device: string): number {
  const known = doc.store.clients
  const fresh = [...clients.keys()].filter((client) => !known.has(client)).length
  if (fresh === 0) return 0
  const own = [...known.keys()].filter((client) => deskWriter(doc, client) === device).length
  return own + fresh
}
