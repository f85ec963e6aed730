/**
 * Runs in a page: 20,000 records through the engine's own appender into its own store, beside the same
 * number of Yjs updates of the same size through y-indexeddb. Built by g8-burst.bench.ts.
 */
import { IndexeddbPersistence } from 'y-indexeddb'
import { Doc } from 'yjs'
import { makeAppender, type PlannedRecord } from '#client/engine/own/append.ts'
import { makeDeviceClock } from '#client/engine/own/device-clock.ts'
import { openDexieStore } from '#client/engine/store/dexie-store.ts'
import { webCryptoKeys } from '#client/engine/people/web-crypto-keys.ts'
import {
  exampleBranch,
  exampleDevice,
  exampleOrg,
  examplePosting,
  exampleUser,
  exampleUuid,
} from '#domain/records/record.examples.ts'
import { done } from '#domain/values/result.ts'
import { instant } from '#domain/values/instant.ts'

export interface BurstResult {
  /** Until every act was answered as durable. */
  readonly durableMs: number
  /** Until every row lay in the tables that are read by index, too. */
  readonly settledMs: number
  readonly bytesEach: number
}

declare global {
  interface Window {
    benchBurst: {
      ours(count: number): Promise<BurstResult>
      theirs(count: number, bytesEach: number): Promise<number>
    }
  }
}

window.benchBurst = { ours, theirs }

async function ours(count: number): Promise<BurstResult> {
  const store = openDexieStore('bench-burst')
  await store.open()
  const engine = await store.takeTerm()
  const keys = webCryptoKeys(crypto.subtle)
  const { handle } = await keys.createDeviceKey()
  let bytes = 0
  const random = { uuid: () => crypto.randomUUID(), bits: () => 12_345 }
  const appender = makeAppender({
    ...{ org: exampleOrg, device: exampleDevice, build: 'bench', store, random, engine },
    clock: makeDeviceClock({ nowMs: () => Date.now() }, undefined),
    signer: keys.signerOf(handle),
    journals: [],
    onAppended: ({ appends }) => {
      for (const { updates } of appends) for (const row of updates) bytes += row.bytes.length
    },
    onStopped: (problem) => {
      throw new Error(problem.code)
    },
    onTermLost: () => {},
  })
  const records = Array.from({ length: count }, (_, index) => recordOf(index))
  const begun = performance.now()
  const answers = await Promise.all(
    records.map((record, index) =>
      appender.submit({
        commandId: `c${index}`,
        by: exampleUser,
        plan: () => done({ records: [record], result: index }),
      }),
    ),
  )
  const durableMs = performance.now() - begun
  if (answers.some(({ ok }) => !ok)) throw new Error('a record was refused')
  await store.commit({ term: engine.term, commandsKept: 2_000 })
  const settledMs = performance.now() - begun
  store.close()
  return { durableMs, settledMs, bytesEach: Math.round(bytes / count) }
}

function recordOf(index: number): PlannedRecord {
  return {
    ...{ id: exampleUuid(index), kind: 'posted.v1', branch: exampleBranch, audience: 'goods' },
    ...{ at: instant(Date.now()), body: examplePosting('goods', 5, index) },
  }
}

/** Each update on its own, as it would be called by the posts of a shop; until the last one is on disk. */
async function theirs(count: number, bytesEach: number): Promise<number> {
  const doc = new Doc()
  const persistence = new IndexeddbPersistence('bench-stock-burst', doc)
  await persistence.whenSynced
  const posted = doc.getMap<Uint8Array>('posted')
  const begun = performance.now()
  for (let index = 0; index < count; index++) {
    posted.set(exampleUuid(index), new Uint8Array(bytesEach).fill(index))
  }
  const { db } = persistence
  if (db === null) throw new Error('y-indexeddb did not open')
  // Transactions on one table come to their ends in order: this one stands behind all of them.
  await new Promise<void>((resolve, reject) => {
    const last = db.transaction('updates', 'readwrite')
    last.oncomplete = () => resolve()
    last.onabort = () => reject(last.error)
    last.objectStore('updates').count()
  })
  const ms = performance.now() - begun
  await persistence.destroy()
  return ms
}
