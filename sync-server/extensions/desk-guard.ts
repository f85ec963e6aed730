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
import { deskShareBytes } from '#domain/replica/desk-share.ts'
import { deskWriter, knownDesk } from '#domain/replica/known-desk.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { limitDeskClients, limitDeskDeviceClients, limitDeskShareBytes } from '../limits.ts'
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
  const { hasNews, blocks } = checked.value
  const news = hasNews ? encodeAcceptedDesk(checked.value) : undefined
  // What only deletes makes room.
  const bytes = blocks.length === 0 ? 0 : (news?.length ?? 0)
  if (bytes > 0 && device !== undefined && !takesShare(doc, device, bytes)) {
    return fail({ code: 'desk-share-used-up' })
  }
  return done({ update: news })
}

/** What a device has on a desk: as it was counted last, and what was added since. */
interface Share {
  readonly counted: number
  readonly countedAt: number
  added: number
}

const sharesByDesk = new WeakMap<Doc, Map<string, Share>>()
/** Counting looks at all that the device has there: not at every update of one whose share is full. */
const countingRestMs = 1_000

/** Counted anew where the share seems full: what was typed over or removed no longer counts. */
function takesShare(doc: Doc, device: string, bytes: number): boolean {
  const shares = sharesByDesk.get(doc) ?? new Map<string, Share>()
  sharesByDesk.set(doc, shares)
  const isFull = ({ counted, added }: Share) => counted + added + bytes > limitDeskShareBytes
  let share = shares.get(device) ?? countShare(doc, device)
  if (isFull(share) && performance.now() - share.countedAt > countingRestMs) {
    share = countShare(doc, device)
  }
  shares.set(device, share)
  if (isFull(share)) return false
  share.added += bytes
  return true
}

function countShare(doc: Doc, device: string): Share {
  return { counted: deskShareBytes(doc, device), countedAt: performance.now(), added: 0 }
}

/** How many client ids the device would have used; 0 where the update brings no new one. */
function clientsAfter({ clients }: AcceptedDesk, doc: Doc, device: string): number {
  const known = doc.store.clients
  const fresh = [...clients.keys()].filter((client) => !known.has(client)).length
  if (fresh === 0) return 0
  const own = [...known.keys()].filter((client) => deskWriter(doc, client) === device).length
  return own + fresh
}
