/** What the guard of desks needs to know, taken from a desk's document. */

import * as Y from 'yjs'
import type { KnownDesk } from './desk-guard.ts'
import { parseDeskKey } from './desk-key.ts'
import { clientClocks } from './journal.ts'

/** As the document is now; `mayWriteAs` is the server's knowledge of who uses which client id. */
export function knownDesk(
  doc: Y.Doc,
  rights: Pick<KnownDesk, 'limitClients' | 'mayWriteAs'>,
): KnownDesk {
  return {
    ...rights,
    clocks: clientClocks(doc),
    keyAt: (client, clock) => keyAt(doc, client, clock),
    isDeleted: (client, clock, length) => isDeleted(doc, client, clock, length),
  }
}

/**
 * The device that writes under a client id: the one that the key of its first struct names. The document
 * says it by itself, so nothing is forgotten when it is let go. Undefined for an id that is not there.
 */
export function deskWriter(doc: Y.Doc, client: number): string | undefined {
  const key = keyAt(doc, client, 0)
  return key === undefined ? undefined : parseDeskKey(key)?.device
}

function keyAt({ store }: Y.Doc, client: number, clock: number): string | undefined {
  const structs = store.clients.get(client)
  if (structs === undefined || clock < 0 || clock >= Y.getState(store, client)) return undefined
  const struct = structs[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item ? (struct.parentSub ?? undefined) : undefined
}

function isDeleted({ store }: Y.Doc, client: number, clock: number, length: number): boolean {
  const structs = store.clients.get(client)
  const end = clock + length
  if (structs === undefined || end > Y.getState(store, client)) return false
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const struct = structs[i]
    if (struct === undefined || struct.id.clock >= end) return true
    if (!struct.deleted) return false
  }
  return true
}
