import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { openDexieStore } from './dexie-store.ts'
import { describeStore } from './store-contract.ts'

let count = 0

describe('the store in IndexedDB', () => {
  describeStore(async () => {
    count += 1
    const name = `contract-${count}`
    const store = openDexieStore(name)
    await store.open()
    return { store, reopen: async () => openDexieStore(name) }
  })

  it('[STO8] opens again by itself after its handle was closed', async () => {
    const store = openDexieStore('closed')
    await store.open()
    const { term } = await store.takeTerm()
    store.close()
    await store.commit({ term, values: { a: 1 } })
    store.close()
    await store.commit({ term, appends: [], commands: [{ id: 'c', result: 1 }] })
    store.close()
    expect(await store.value('a')).toBe(1)
    expect(await store.commands(1)).toEqual([{ id: 'c', result: 1 }])
  })
})
