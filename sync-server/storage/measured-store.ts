/** A store that is watched: commit times, failures, and whether it works now. */
import type { Log, Metrics } from '../metrics.ts'
import { type Store, StoreFailure } from './store.ts'

export interface MeasuredStore extends Store {
  /** Whether the last commit was kept. */
  isWorking(): boolean
}

/** Whoever asked can tell trouble of the store from a bug. */
async function named<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked
  } catch (error) {
    throw new StoreFailure(error)
  }
}

export function measureStore(store: Store, metrics: Metrics, log: Log): MeasuredStore {
  let isWorking = true
  return {
    readState: () => named(store.readState()),
    loadDocument: (name) => named(store.loadDocument(name)),
    openRelays: (limit) => named(store.openRelays(limit)),
    openReceipts: (limit) => named(store.openReceipts(limit)),
    compact: (name) => named(store.compact(name)),
    close: () => store.close(),
    isWorking: () => isWorking,

    async commit(changes) {
      const observe = metrics.commitSeconds.startTimer()
      try {
        await store.commit(changes)
        isWorking = true
      } catch (error) {
        isWorking = false
        metrics.commitFailures.inc()
        const failure = new StoreFailure(error)
        log.error({ error: failure.message }, 'the store keeps nothing')
        throw failure
      } finally {
        observe()
      }
    },
  }
}
