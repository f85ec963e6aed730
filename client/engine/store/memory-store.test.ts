import { describe } from 'vitest'
import { openMemoryStore } from './memory-store.ts'
import { describeStore } from './store-contract.ts'

describe('the store in memory', () => {
  describeStore(async () => {
    const store = openMemoryStore()
    await store.open()
    return { store, reopen: async () => openMemoryStore(structuredClone(store.dump())) }
  })
})
