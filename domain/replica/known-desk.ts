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
    isDeleted: (client, clock, length) => isDeleted(doc, client, clock, length),
  }
}

function isDeleted(doc: Y.Doc, client: number, clock: number, length: number): boolean {
  const { store } = doc
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
