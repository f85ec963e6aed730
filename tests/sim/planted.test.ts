/**
 * Proof that the simulator bites: each fault is planted at one port of an otherwise whole world, and must
 * be found, by one of the rules that speak of it, within a few seeds.
 */
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { encodeRecord } from '#domain/records/record-bytes.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import { type KeptRecord, keptRecord } from './decoded.ts'
import { spans } from './faults.ts'
import type { DownMessage } from './server.ts'
import { type Planted, runWorld } from './world.ts'

interface PlantedFault {
  readonly what: string
  /** Fresh for each world: some faults happen once in it. */
  readonly plant: () => Planted
  /** Rules of which one at least must be broken. */
  readonly rules: readonly string[]
}

const faults: readonly PlantedFault[] = [
  {
    what: 'a store that answers before it keeps',
    rules: ['saved-act-lost', 'half-document'],
    plant: () => ({
      disk: (store) => ({
        ...store,
        async commit(change) {
          store.commit(change).catch(() => undefined)
        },
      }),
    }),
  },
  {
    what: 'a disk that forgets its last commit at a crash',
    rules: ['saved-act-lost', 'record-id-used-twice', 'number-used-twice'],
    plant: () => ({ isDiskForgetful: true }),
  },
  {
    what: 'a disk that keeps half of a commit',
    rules: ['half-document', 'fault', 'never-at-rest'],
    plant: () => ({
      disk: (store) => ({
        ...store,
        commit: (change) => store.commit(withoutLastOf(change, 'appends')),
      }),
      tablet: 'A',
    }),
  },
  {
    what: 'a counter of numbers that starts again with each start',
    rules: ['number-used-twice'],
    plant: () => ({
      disk: (store) => ({
        ...store,
        commit: ({ engine, ...change }) =>
          store.commit(
            engine === undefined ? change : { ...change, engine: { ...engine, counters: {} } },
          ),
      }),
    }),
  },
  {
    what: 'a server that confirms before it keeps',
    rules: ['confirmed-record-lost'],
    plant: () => ({
      serverStore: (store) => ({
        ...store,
        async commit(changes) {
          store.commit(changes).catch(() => undefined)
        },
      }),
    }),
  },
  {
    what: 'a server that now and then keeps the end of a journal without the record',
    rules: ['confirmed-record-lost', 'record-not-on-server'],
    plant: () => {
      const isTenth = everyNth(10)
      return {
        serverStore: (store) => ({
          ...store,
          commit: (changes) =>
            store.commit(isTenth() ? changes.filter(({ put }) => put !== 'update') : changes),
        }),
      }
    },
  },
  {
    what: 'a network that changes a quantity on its way',
    rules: ['replicas-differ', 'stock-wrong', 'value-wrong', 'never-at-rest'],
    plant: () => ({ message: changedLegs(), tablet: 'B' }),
  },
  {
    what: 'a network that loses messages and goes on',
    rules: ['never-at-rest', 'replicas-differ', 'stock-wrong'],
    plant: () => {
      const isFifth = everyNth(5)
      const nothing = new Uint8Array([0, 0])
      return {
        message: (message) =>
          message.kind === 'update' && isFifth() ? { ...message, update: nothing } : message,
        tablet: 'A',
      }
    },
  },
  {
    what: 'a fold that goes by the order of arrival',
    rules: ['fold-depends-on-arrival', 'document-wrong'],
    plant: () => ({ entry: stampedByArrival }),
  },
]

const limitSeeds = 6
const small = { days: 2, rests: 1, machines: 3 } as const
/** Crashes come often, so that small worlds see enough of them. */
const climate = {
  crashMs: { low: spans.hour, high: 12 * spans.hour },
  serverCrashMs: { low: 2 * spans.hour, high: 12 * spans.hour },
}

it.each(faults)('finds $what', { timeout: 300_000 }, async ({ plant, rules }) => {
  const found = new Set<string>()
  for (let seed = 1; seed <= limitSeeds && !rules.some((rule) => found.has(rule)); seed += 1) {
    const { violations } = await runWorld({ seed, ...small, climate, planted: plant() })
    for (const { rule } of violations) found.add(rule)
  }
  expect([...found].filter((rule) => rules.includes(rule))).not.toEqual([])
})

function everyNth(n: number): () => boolean {
  let count = 0
  return () => {
    count += 1
    return count % n === 0
  }
}

function withoutLastOf<
  Name extends string,
  Change extends { readonly [Key in Name]?: readonly unknown[] },
>(change: Change, name: Name): Change {
  const rows = change[name]
  return rows === undefined || rows.length < 2 ? change : { ...change, [name]: rows.slice(0, -1) }
}

function stampedByArrival(kept: KeptRecord, order: number): KeptRecord {
  return { ...kept, record: { ...kept.record, hlc: order as Hlc } }
}

/** Of every third journal message the last record, where it has legs, says one base step more. */
function changedLegs(): (message: DownMessage) => DownMessage {
  const isThird = everyNth(3)
  return (message) => {
    const isJournal = 'name' in message && message.name.startsWith('j/')
    if (!isJournal || !isThird()) return message
    const update = changedUpdate(message.name, message.update)
    return update === undefined ? message : { ...message, update }
  }
}

/** In place: a step more seldom takes more bytes. */
function changedUpdate(journal: string, update: Uint8Array): Uint8Array | undefined {
  const last = Y.decodeUpdate(update).structs.at(-1)
  if (!(last instanceof Y.Item) || !(last.content instanceof Y.ContentBinary)) return undefined
  const bytes = last.content.content
  const { record, signature } = keptRecord({ journal, seq: -1, bytes })
  const changed = withMoreGoods(record)
  if (changed === undefined) return undefined
  const other = encodeRecord(changed, signature)
  if (other.length !== bytes.length) return undefined
  const whole = Buffer.from(update)
  whole.set(other, whole.indexOf(bytes))
  return new Uint8Array(whole)
}

function withMoreGoods(record: JournalRecord): JournalRecord | undefined {
  const { legs, ...body } = record.body as { readonly legs?: readonly { quantity: number }[] }
  if (legs === undefined || legs.length === 0) return undefined
  const more = legs.map((leg) => ({ ...leg, quantity: leg.quantity + 1 }))
  return { ...record, body: { ...body, legs: more } }
}
