/** What the guard of desks needs to know, taken from a desk's document. */

import * as Y from 'yjs'
import type { KnownDesk } from './desk-guard.ts'
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
