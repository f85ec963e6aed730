import { describe, expect, it } from 'vitest'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { checkChain } from '#domain/records/chain.ts'
import type { Signer } from '#domain/records/signature.ts'
import { createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { done, fail } from '#domain/values/result.ts'
import { instant } from '#domain/values/instant.ts'
import { applyUpdate } from 'yjs'
import { type Act, type Appended, makeAppender } from './append.ts'
import { makeDeviceClock } from './device-clock.ts'
import { EngineGone } from '../face/relay.ts'
import { type MemoryStore, openMemoryStore } from '../store/memory-store.ts'
import { type Change, type Store, StoreFailure } from '../store/store.ts'

const org = '01900000-0000-7000-8000-000000000001'
const branch = '01900000-0000-7000-8000-000000000002'
const device = '01900000-0000-7000-8000-000000000003'
const user = '01900000-0000-7000-8000-000000000004'
const noon = 1_790_000_000_000

let ids = 0
function uuid(): string {
  ids += 1
  return `01900000-0000-7000-8000-${String(ids).padStart(12, '0')}`
}

const signer: Signer = { sign: async () => new Uint8Array(64).fill(7) }

async function deviceOver(store: Store, signed: Signer = signer) {
  const shown: Appended[] = []
  const stops: string[] = []
  let isOver = false
  let bits = 1
  await store.open()
  const engine = await store.takeTerm()
  const appender = makeAppender({
    org,
    device,
    build: 'test',
    store,
    clock: makeDeviceClock({ nowMs: () => noon }, undefined),
    random: { uuid, bits: () => bits++ },
    signer: signed,
    engine,
    journals: await store.journals(),
    onAppended: (appended) => shown.push(appended),
    onStopped: ({ code }) => stops.push(code),
    onTermLost: () => {
      isOver = true
    },
  })
  const numbers = () =>
    shown.flatMap(({ journals }) =>
      journals.flatMap(({ entries }) => entries.map(({ record }) => numberIn(record.body))),
    )
  return { appender, shown, stops, numbers, isOver: () => isOver }
}

function numberIn(body: unknown): string {
  const { changes } = body as { changes: readonly { fields: { note: string } }[] }
  return changes[0]?.fields.note ?? ''
}

/** Writes one record into each audience; its number stands in the body. */
function act(
  commandId: string,
  audiences: readonly ('goods' | 'sales')[] = ['goods', 'sales'],
): Act {
  return {
    commandId,
    by: user,
    plan(planning) {
      const number = `N${planning.count('shipment')}`
      return done({
        records: audiences.map((audience) => ({
          id: uuid(),
          kind: 'masters-changed.v1',
          branch,
          audience,
          at: instant(noon),
          body: { changes: [{ entity: 'company', id: org, fields: { note: number } }] },
        })),
        result: { number },
      })
    },
  }
}

async function keptNumbers(store: Store): Promise<string[]> {
  const numbers: string[] = []
  for (const { journal } of await store.journals()) {
    for (const row of await store.recordsOf(journal, 0, 1_000)) {
      const decoded = decodeRecord(row.bytes)
      if (!decoded.ok) throw new Error('kept what cannot be read')
      numbers.push(numberIn(decoded.value.record.body))
    }
  }
  return numbers
}

/** Fails the commits whose turn is listed, before or after they have happened. */
function failing(store: MemoryStore, when: 'before' | 'after', turns: readonly number[]): Store {
  let turn = 0
  return {
    ...store,
    async commit(change: Change) {
      turn += 1
      const isFailing = turns.includes(turn)
      if (isFailing && when === 'before') throw new StoreFailure('store-full', 'disk full')
      await store.commit(change)
      if (isFailing) throw new StoreFailure('store-closed', 'closed')
    },
  }
}

describe('appending own records', () => {
  it('[APP1] a post is one transaction over journals, records, counters and its result', async () => {
    const memory = openMemoryStore()
    const changes: Change[] = []
    const store: Store = {
      ...memory,
      commit: (change) => {
        changes.push(change)
        return memory.commit(change)
      },
    }
    const { appender } = await deviceOver(store)
    expect(await appender.submit(act('c1'))).toEqual(done({ number: 'N1' }))
    expect(changes).toHaveLength(1)
    const [change] = changes
    expect(change?.engine?.counters).toEqual({ shipment: 1 })
    expect(change?.appends).toHaveLength(2)
    expect(change?.commands).toEqual([{ id: 'c1', result: done({ number: 'N1' }) }])
  })

  it('[APP2] records chain, end signed, and the Yjs updates hold the same bytes', async () => {
    const store = openMemoryStore()
    const { appender } = await deviceOver(store)
    for (const id of ['c1', 'c2', 'c3']) await appender.submit(act(id))
    for (const { journal, seq } of await store.journals()) {
      expect(seq).toBe(2)
      const rows = await store.recordsOf(journal, 0, 10)
      const entries = rows.map((row) => {
        const decoded = decodeRecord(row.bytes)
        if (!decoded.ok) throw new Error(decoded.problem.code)
        return decoded.value
      })
      expect(checkChain(undefined, entries).ok).toBe(true)
      expect(entries.every((entry) => entry.signature !== undefined)).toBe(true)
      const doc = createJournalDoc()
      for (const update of await store.updatesOf(journal, -1)) applyUpdate(doc, update.bytes)
      expect(readEntries(doc, 0).map((entry) => entry.bytes)).toEqual(rows.map((row) => row.bytes))
    }
  })

  it('[APP3] acts that wait together share a transaction and a signature, and see each other', async () => {
    const store = openMemoryStore()
    let signatures = 0
    const { appender, shown } = await deviceOver(store, {
      sign: async () => {
        signatures += 1
        return new Uint8Array(64)
      },
    })
    const pending: number[] = []
    const watching = (id: string): Act => {
      const inner = act(id, ['goods'])
      return {
        ...inner,
        plan(planning) {
          pending.push(planning.pending.length)
          return inner.plan(planning)
        },
      }
    }
    const acts = ['c1', 'c2', 'c3', 'c4'].map((id) => appender.submit(watching(id)))
    expect((await Promise.all(acts)).every((result) => result.ok)).toBe(true)
    expect(shown).toHaveLength(1)
    expect(signatures).toBe(1)
    expect(pending).toEqual([0, 1, 2, 3])
    expect(await keptNumbers(store)).toEqual(['N1', 'N2', 'N3', 'N4'])
  })

  it('[APP4] an act that is refused or broken reserves nothing and harms no other', async () => {
    const store = openMemoryStore()
    const { appender } = await deviceOver(store)
    const refused: Act = {
      ...act('c1'),
      plan(planning) {
        planning.count('shipment')
        return fail([{ code: 'no-lines' }])
      },
    }
    const broken: Act = {
      ...act('c2'),
      plan() {
        throw new Error('a bug')
      },
    }
    const results = await Promise.allSettled(
      [refused, broken, act('c3')].map(appender.submit.bind(appender)),
    )
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await keptNumbers(store)).toEqual(['N1', 'N1'])
  })

  it('[APP5] a failing store keeps, shows and numbers nothing; it goes on when the store answers', async () => {
    const memory = openMemoryStore()
    const { appender, stops, numbers } = await deviceOver(failing(memory, 'before', [2, 3]))
    await appender.submit(act('c1'))
    const failed = appender.submit(act('c2'))
    for (let turn = 0; turn < 3; turn++) await Promise.resolve()
    const behind = appender.submit(act('c2b'))
    expect(await failed).toMatchObject({ problem: [{ code: 'store-full' }] })
    expect(await behind).toMatchObject({ problem: [{ code: 'store-full' }] })
    expect(stops).toEqual(['store-full'])
    // Until recovery nothing is even tried.
    expect((await appender.submit(act('c3'))).ok).toBe(false)
    await expect(appender.recover()).rejects.toMatchObject({ code: 'store-full' })
    await appender.recover()
    expect(await appender.submit(act('c4'))).toEqual(done({ number: 'N2' }))
    expect(numbers()).toEqual(['N1', 'N1', 'N2', 'N2'])
    expect(await keptNumbers(memory)).toEqual(['N1', 'N2', 'N1', 'N2'])
  })

  it('[APP5] a commit whose end was not heard is found by recovery, its number is not used twice', async () => {
    const memory = openMemoryStore()
    const { appender } = await deviceOver(failing(memory, 'after', [1]))
    expect((await appender.submit(act('c1'))).ok).toBe(false)
    await appender.recover()
    expect(await appender.submit(act('c2'))).toEqual(done({ number: 'N2' }))
    expect(await keptNumbers(memory)).toEqual(['N1', 'N2', 'N1', 'N2'])
    expect((await memory.commands(5)).map((row) => row.id)).toEqual(['c2', 'c1'])
  })

  it('[APP6] a record that cannot be signed takes its own act down, and no other', async () => {
    const store = openMemoryStore()
    let calls = 0
    const { appender, stops } = await deviceOver(store, {
      sign: async () => {
        calls += 1
        // The shared transaction, and then the second of the three acts by itself.
        if (calls === 1 || calls === 3) throw new Error('no key')
        return new Uint8Array(64)
      },
    })
    const acts = ['c1', 'c2', 'c3'].map((id) => appender.submit(act(id, ['goods'])))
    const results = await Promise.allSettled(acts)
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await keptNumbers(store)).toEqual(['N1', 'N2'])
    expect(stops).toEqual([])
  })

  it('[APP7] an engine whose term is over answers nothing and leaves its acts to the next', async () => {
    const store = openMemoryStore()
    const before = await deviceOver(store)
    await before.appender.submit(act('c1'))
    const after = await deviceOver(store)
    await expect(before.appender.submit(act('c2'))).rejects.toBeInstanceOf(EngineGone)
    expect(before.isOver()).toBe(true)
    await expect(before.appender.submit(act('c3'))).rejects.toBeInstanceOf(EngineGone)
    expect(await after.appender.submit(act('c2'))).toEqual(done({ number: 'N2' }))
    expect(await keptNumbers(store)).toEqual(['N1', 'N2', 'N1', 'N2'])
  })

  it('[APP8] a device that starts again goes on where its store ends', async () => {
    const store = openMemoryStore()
    const first = await deviceOver(store)
    await first.appender.submit(act('c1'))
    await first.appender.close()
    const again = openMemoryStore(structuredClone(store.dump()))
    const second = await deviceOver(again)
    expect(await second.appender.submit(act('c2'))).toEqual(done({ number: 'N2' }))
    const hlcs = (await again.journals()).map((row) => row.hlc)
    expect(new Set(hlcs).size).toBe(2)
  })

  it('[APP9] much at once goes into several updates, each of them signed, in one transaction', async () => {
    const store = openMemoryStore()
    const { appender, shown } = await deviceOver(store)
    const large: Act = {
      commandId: 'c1',
      by: user,
      plan: () =>
        done({
          result: {},
          records: Array.from({ length: 6 }, () => ({
            id: uuid(),
            kind: 'masters-changed.v1',
            branch,
            audience: 'goods' as const,
            at: instant(noon),
            body: {
              changes: [{ entity: 'company', id: org, fields: { note: '字'.repeat(4_500) } }],
            },
          })),
        }),
    }
    expect((await appender.submit(large)).ok).toBe(true)
    expect(shown).toHaveLength(1)
    const [row] = await store.journals()
    const updates = await store.updatesOf(row?.journal ?? '', -1)
    expect(updates.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ])
    for (const update of updates) expect(update.bytes.length).toBeLessThan(32_768)
  })
})
