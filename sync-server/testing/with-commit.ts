/** A store whose commits go another way, such as past a gate or a full disk; all else as it is. */
import type { Store } from '../storage/store.ts'

export function withCommit(store: Store, commit: Store['commit']): Store {
  return {
    readState: () => store.readState(),
    loadDocument: (name) => store.loadDocument(name),
    openRelays: (limit) => store.openRelays(limit),
    openReceipts: (limit) => store.openReceipts(limit),
    compact: (name) => store.compact(name),
    close: () => store.close(),
    commit,
  }
}
