/** A store that tells when something that answers follow from is changed, and whether a change is on its way. */
import type { EnginePorts } from '../ports.ts'
import { type Change, isOnlyDerived, type Store } from './store.ts'
import { storeOver } from './store-over.ts'

export interface WatchedStore extends Store {
  /** Changes so far; undefined while one is on its way. What follows from the store alone is not counted. */
  readonly changes: number | undefined
  onChange(act: () => void): () => void
}

/** The ports of an engine that keeps a glance. */
export interface WatchedPorts extends EnginePorts {
  readonly store: WatchedStore
}

export function watchedStore(store: Store): WatchedStore {
  const listeners = new Set<() => void>()
  let changes = 0
  let underway = 0

  async function commit(change: Change): Promise<void> {
    if (isOnlyDerived(change)) return store.commit(change)
    changes += 1
    underway += 1
    try {
      await store.commit(change)
    } finally {
      underway -= 1
      for (const act of listeners) act()
    }
  }

  return {
    ...storeOver(store, { commit }),
    get changes() {
      return underway > 0 ? undefined : changes
    },
    onChange(act) {
      listeners.add(act)
      return () => listeners.delete(act)
    },
  }
}
