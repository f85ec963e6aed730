/** A store that does some things in its own way and leaves the rest to the one beneath it. */
import type { Store } from './store.ts'

export function storeOver(store: Store, own: Partial<Store>): Store {
  return {
    open: () => store.open(),
    close: () => store.close(),
    takeTerm: () => store.takeTerm(),
    commit: (change) => store.commit(change),
    wipe: () => store.wipe(),
    engine: () => store.engine(),
    value: (name) => store.value(name),
    journals: () => store.journals(),
    heads: () => store.heads(),
    updatesOf: (journal, afterSeq) => store.updatesOf(journal, afterSeq),
    recordsOf: (journal, fromSeq, limit) => store.recordsOf(journal, fromSeq, limit),
    recordsOfDocuments: (docIds) => store.recordsOfDocuments(docIds),
    commands: (limit) => store.commands(limit),
    blob: (name) => store.blob(name),
    ...own,
  }
}
