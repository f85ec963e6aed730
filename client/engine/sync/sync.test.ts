import { applyUpdate, type Doc } from 'yjs'
import { describe, expect, it } from 'vitest'
import { type Head, putHeads } from '#domain/replica/heads.ts'
import { journalTail } from '#domain/replica/journal.ts'
import type { Desks } from '../drafts/desks.ts'
import { makeHeadBook } from './head-book.ts'
import { makeInbox, type ReceivedRecord } from './inbox.ts'
import { openMemoryStore } from '../store/memory-store.ts'
import { type Store, StoreFailure } from '../store/store.ts'
import { makeOutbox } from './outbox.ts'
import type { ChannelEvents, Wire, WireEvents } from '../ports.ts'
import { makePresenceLine } from './presence-line.ts'
import { makeSync } from './sync.ts'
import { penOf, places, type Written } from './test-journals.ts'

const { org, branch } = places
const own = '01900000-0000-7000-8000-000000000003'

interface Opened {
  readonly doc: Doc
  readonly events: ChannelEvents
  isClosed: boolean
}

/** A wire whose other end is the test: it says what is opened, and answers when told. */
function testWire() {
  const opened = new Map<string, Opened>()
  const log: string[] = []
  let events: WireEvents | undefined
  const wire: Wire = {
    connect: (wireEvents) => {
      events = wireEvents
    },
    disconnect: () => {},
    hurry: () => {},
    open(name, doc, channelEvents) {
      const channel = { doc, events: channelEvents, isClosed: false }
      log.push(name)
      opened.set(name, channel)
      return {
        close: () => {
          channel.isClosed = true
        },
      }
    },
    openPresence(name) {
      const close = () => void opened.delete(name)
      opened.set(name, { doc: undefined as never, events: undefined as never, isClosed: false })
      return { put: () => {}, close }
    },
  }
  const names = () => [...opened].filter(([, { isClosed }]) => !isClosed).map(([name]) => name)
  return { wire, opened, log, names, events: () => events }
}

const settle = async () => {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setImmediate(resolve))
}

async function station(
  ownWritten: readonly Written[] = [],
  around: (store: Store) => Store = (store) => store,
  fail: (error: unknown) => void = (error) => {
    throw error
  },
) {
  const store = around(openMemoryStore())
  const { term } = await store.takeTerm()
  const ownKept: Written[] = []
  /** A commit of this device, of which nobody hears. */
  const keep = async (written: Written) => {
    const { journal, sealed, update } = written
    ownKept.push(written)
    const [first] = sealed.entries
    const { seq, hash } = sealed.tail
    const fromSeq = first?.seq ?? 0
    const tail = { journal, firstSeq: fromSeq, firstPrev: '', seq, hash, hlc: 0 }
    const updates = [{ journal, fromSeq, toSeq: seq, bytes: update }]
    await store.commit({ term, appends: [{ journal: tail, updates, records: [] }] })
  }
  for (const written of ownWritten) await keep(written)
  const { wire, opened, log, names, events } = testWire()
  const received: ReceivedRecord[] = []
  const due: { delayMs: number; act: () => void }[] = []
  let hasToken = true
  const inbox = makeInbox({
    ...{ store, term, journals: [], onStoreFailure: fail, onTrouble: fail },
    ...{ headOf: (journal) => heads.of(journal), heads: () => heads.all() },
    onReceived: (records) => {
      received.push(...records)
      sync.received(records.map(({ journal }) => journal))
    },
  })
  const heads = makeHeadBook({
    ...{ store, term, kept: [], onFailure: fail, onForged: fail },
    serverKey: { crv: 'P-256', kty: 'EC', x: '', y: '' },
    verifier: { verify: async () => true },
    isOwn: (journal) => journal.endsWith(own),
    onMoved: async (moved) => sync.headsMoved(moved),
    onLost: async () => undefined,
    isForked: async () => false,
    onFellBack: () => undefined,
    onForked: async () => undefined,
  })
  const outbox = makeOutbox({
    ...{ store, wire, onFailure: fail },
    covered: (journal) => heads.coveredSeq(journal),
    onRefused: (journal) => sync.refused(journal),
  })
  const presence = makePresenceLine({ org, branchId: () => branch, onChanged: () => {} })
  const connections: string[] = []
  const short: string[] = []
  const sync = makeSync({
    ...{ wire, heads, inbox, outbox, presence, org, device: own, onFailure: fail },
    timers: {
      after(delayMs, act) {
        const entry = { delayMs, act }
        due.push(entry)
        return () => void (due.includes(entry) && due.splice(due.indexOf(entry), 1))
      },
    },
    random: { uuid: () => '', bits: () => 0 },
    ...{
      coveredSeq: () => -1,
      missing: () => [],
      begin: async () => 'fetch',
      onHeardAll: () => {},
    },
    handIn: { heard: async () => undefined, stop: () => undefined },
    audiences: ['goods'],
    desks: { connect: () => {}, disconnect: () => {} } as unknown as Desks,
    branches: () => [branch],
    ownJournals: () => ownKept.map(({ journal, sealed }) => ({ journal, seq: sealed.tail.seq })),
    token: async () => {
      if (!hasToken) throw new Error('none')
      return 'token'
    },
    onTokenRefused: () => {},
    onHeard: () => {},
    onBehind: () => {},
    onShort: ({ journal }) => short.push(journal),
    onConnection: (connection) => connections.push(connection),
  })
  sync.start()
  return {
    ...{ sync, opened, log, names, received, due, connections, short, store, keep },
    async online() {
      events()?.onOnline()
      await settle()
    },
    async offline() {
      events()?.onOffline()
      await settle()
    },
    withoutToken: () => {
      hasToken = false
    },
    /** The server answers for the heads of a branch. */
    async heads(of: string, written: readonly Written[]) {
      const channel = opened.get(`heads/${org}/${of}`)
      if (channel !== undefined) putHeads(channel.doc, 1, written.map(headOf))
      channel?.events.onSynced()
      await settle()
    },
    async sends({ journal, update }: Written) {
      const channel = opened.get(journal)
      if (channel === undefined) throw new Error(`not open: ${journal}`)
      applyUpdate(channel.doc, update)
      channel.events.onSynced()
      await settle()
    },
  }
}

function headOf({ journal, sealed }: Written): Head {
  const { seq, hash } = sealed.tail
  return { journal, seq, hash, signature: `AAA${seq % 10}` }
}

const journalsIn = (names: readonly string[]) => names.filter((name) => name.startsWith('j/'))

describe('what is open on the wire', () => {
  it('[OPN1] presence and heads first; a journal when its head says that something is missing', async () => {
    const neighbour = await penOf('01900000-0000-7000-8000-00000000000a').write(2)
    const { online, heads, names, sends, received, sync } = await station()
    await online()
    expect(names().sort()).toEqual([
      `heads/${org}/${branch}`,
      `heads/${org}/all`,
      `presence/${org}/${branch}`,
    ])
    await heads(branch, [neighbour])
    expect(journalsIn(names())).toEqual([neighbour.journal])
    // Besides the journal, the company's heads have not been heard yet.
    expect(sync.behind).toBe(2)
    await heads('all', [])
    await sends(neighbour)
    expect(received).toHaveLength(2)
    expect(sync.behind).toBe(0)
  })

  it('[OPN2] at most fifty documents wait for their first answer', async () => {
    const many = await Promise.all(
      Array.from({ length: 70 }, (_, i) =>
        penOf(`01900000-0000-7000-8000-0000000001${String(i).padStart(2, '0')}`).write(1),
      ),
    )
    const { online, heads, names, sends, received } = await station()
    await online()
    await heads(branch, many)
    expect(journalsIn(names())).toHaveLength(50)
    for (const written of many) await sends(written)
    expect(received).toHaveLength(70)
  })

  it('[OPN8] a journal that could not be read is opened again when the store answers', async () => {
    const neighbour = await penOf('01900000-0000-7000-8000-00000000000a').write(2)
    let isFailing = true
    const failures: unknown[] = []
    const failing = (store: Store): Store => ({
      ...store,
      updatesOf: async (journal, afterSeq) => {
        if (isFailing) throw new StoreFailure('store-failed', 'unreadable')
        return store.updatesOf(journal, afterSeq)
      },
    })
    const { online, heads, names, sends, received, sync } = await station([], failing, (error) =>
      failures.push(error),
    )
    await online()
    await heads(branch, [neighbour])
    expect([journalsIn(names()), failures.length > 0]).toEqual([[], true])
    isFailing = false
    sync.reread()
    await settle()
    expect(journalsIn(names())).toEqual([neighbour.journal])
    await sends(neighbour)
    expect(received).toHaveLength(2)
  })

  it('[OPN14] a journal that is still being read when the socket goes is opened once on the next', async () => {
    const neighbour = await penOf('01900000-0000-7000-8000-00000000000a').write(2)
    let answer: () => void = () => {}
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    const slow = (store: Store): Store => ({
      ...store,
      updatesOf: (journal, afterSeq) => asked.then(() => store.updatesOf(journal, afterSeq)),
    })
    const { online, offline, heads, log, sends, received } = await station([], slow)
    await online()
    await heads(branch, [neighbour])
    await offline()
    await online()
    await heads(branch, [neighbour])
    answer()
    await settle()
    expect(journalsIn(log)).toEqual([neighbour.journal])
    await sends(neighbour)
    expect(received).toHaveLength(2)
  })

  it('[OPN3] nothing own is sent before the heads are heard, and an older month goes first', async () => {
    const pen = penOf(own)
    const [november, december] = [await pen.write(1, 0), await pen.write(1, 20)]
    const { online, heads, names } = await station([november, december])
    await online()
    expect(journalsIn(names())).toEqual([])
    await heads(branch, [])
    expect(journalsIn(names())).toEqual([november.journal])
    await heads(branch, [november])
    expect(journalsIn(names())).toContain(december.journal)
  })

  it('[OUT6] what was kept unheard leaves when the store answers, on the socket that is there', async () => {
    const pen = penOf(own)
    const mine = await pen.write(1)
    const { online, heads, opened, keep, sync } = await station([mine])
    await online()
    await heads(branch, [])
    const channel = opened.get(mine.journal)
    channel?.events.onSynced()
    await settle()
    await keep(await pen.write(1))
    sync.reread()
    await settle()
    expect(channel && journalTail(channel.doc)).toEqual({ firstSeq: 0, lastSeq: 1 })
  })

  it('[OPN4] journals of other audiences and branches are left alone', async () => {
    const prices = await penOf('01900000-0000-7000-8000-00000000000a', 'buying').write(1)
    const { online, heads, names, sync } = await station()
    await online()
    await heads(branch, [prices])
    await heads('all', [])
    expect(journalsIn(names())).toEqual([])
    expect(sync.behind).toBe(0)
  })

  it('[OPN5] without a token nothing is opened, and it is asked for again later', async () => {
    const { online, withoutToken, names, due, connections } = await station()
    withoutToken()
    await online()
    expect(names()).toEqual([])
    expect(connections).toEqual(['connecting'])
    expect(due).toHaveLength(1)
  })

  it('[OPN6] a lost socket closes everything; the next one opens what still differs', async () => {
    const pen = penOf('01900000-0000-7000-8000-00000000000a')
    const [one, two] = [await pen.write(1), await pen.write(1)]
    const { online, offline, heads, names, sends, received } = await station()
    await online()
    await heads(branch, [one])
    await sends(one)
    await offline()
    expect(journalsIn(names())).toEqual([])
    await online()
    await heads(branch, [two])
    await sends(two)
    expect(received.map(({ record }) => record.seq)).toEqual([0, 1])
  })

  it('[OPN6] a store that recovers without a network keeps nothing from being opened later', async () => {
    const neighbour = await penOf('01900000-0000-7000-8000-00000000000a').write(1)
    const { online, offline, heads, names, sync } = await station()
    await online()
    await heads(branch, [neighbour])
    await offline()
    sync.reread()
    await settle()
    await online()
    await heads(branch, [neighbour])
    expect(journalsIn(names())).toEqual([neighbour.journal])
  })

  it('[OPN7] a refused journal rests, longer each time', async () => {
    const neighbour = await penOf('01900000-0000-7000-8000-00000000000a').write(1)
    const { online, heads, opened, due } = await station()
    await online()
    await heads(branch, [neighbour])
    const delays: number[] = []
    for (let i = 0; i < 3; i++) {
      opened.get(neighbour.journal)?.events.onRefused('refused:not-allowed')
      const [retry] = due.splice(0)
      delays.push(retry?.delayMs ?? 0)
      retry?.act()
      await settle()
    }
    expect(delays).toEqual([5_000, 10_000, 20_000])
  })

  it('[OPN9] an own journal that rests is offered at once when its chain has moved', async () => {
    const pen = penOf(own)
    const [older, newer] = [await pen.write(1), await pen.write(1)]
    const { online, heads, opened, names, due } = await station([newer])
    await online()
    await heads(branch, [])
    for (const delayMs of [5_000, 10_000]) {
      opened.get(newer.journal)?.events.onRefused('retry:record-missing')
      expect(names()).not.toContain(newer.journal)
      expect(due.map((entry) => entry.delayMs)).toEqual([delayMs])
      if (delayMs === 5_000) due.splice(0)[0]?.act()
      await settle()
    }
    await heads(branch, [older])
    expect(names()).toContain(newer.journal)
    expect(due).toEqual([])
  })

  it('[OPN7] an own journal that was refused is offered again, though nothing else happens', async () => {
    const mine = await penOf(own).write(1)
    const { online, heads, opened, names, due } = await station([mine])
    await online()
    await heads(branch, [])
    opened.get(mine.journal)?.events.onRefused('refused:not-allowed')
    expect(names()).not.toContain(mine.journal)
    due.splice(0)[0]?.act()
    await settle()
    expect(names()).toContain(mine.journal)
  })
})
