/**
 * Entry of the store's worker thread: takes one request at a time, so requests are served strictly
 * in order.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from './sqlite-database.ts'
import type { StoreChange } from './store.ts'

/** What the main thread asks; `id` comes back with the answer. */
export type StoreRequest = { readonly id: number } & (
  | { readonly ask: 'commit'; readonly units: readonly (readonly StoreChange[])[] }
  | { readonly ask: 'state' }
  | { readonly ask: 'document'; readonly name: string }
  | { readonly ask: 'relays'; readonly limit: number }
  | { readonly ask: 'receipts'; readonly limit: number }
  | { readonly ask: 'compact'; readonly name: string }
  | { readonly ask: 'close' }
)

export type StoreAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly problem: string }

const port = parentPort
if (port === null) throw new Error('the store worker needs a parent')
const database = openDatabase(String(workerData))

port.on('message', (request: StoreRequest) => {
  port.postMessage(answer(request))
  if (request.ask === 'close') port.close()
})

function answer(request: StoreRequest): StoreAnswer {
  try {
    return { id: request.id, ok: true, value: serve(request) }
  } catch (error) {
    return {
      id: request.id,
      ok: false,
      problem: error instanceof Error ? error.message : String(error),
    }
  }
}

function serve(request: StoreRequest): unknown {
  switch (request.ask) {
    case 'commit':
      return database.commit(request.units)
    case 'state':
      return database.readState()
    case 'document':
      return database.loadDocument(request.name)
    case 'relays':
      return database.openRelays(request.limit)
    case 'receipts':
      return database.openReceipts(request.limit)
    case 'compact':
      return database.compact(request.name)
    case 'close':
      return database.close()
  }
}
