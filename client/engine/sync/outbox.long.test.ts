import { applyUpdate, type Doc, encodeStateAsUpdate } from 'yjs'
import { describe, expect, it } from 'vitest'
import { createJournalDoc, journalTail } from '#domain/replica/journal.ts'
import { makeOutbox } from './outbox.ts'
import { openMemoryStore } from '../store/memory-store.ts'
import type { ChannelEvents, Wire } from '../ports.ts'
import type { UpdateRow } from '../store/store.ts'
import { penOf } from './test-journals.ts'

const own = '01900000-0000-7000-8000-000000000003'

/** A server that takes what it is sent, and a device with `commits` of about `bytes` each waiting. */
async function wired(commits: number, bytes: number) {
  const store = openMemoryStore()
  const { term } = await store.takeTerm()
  const pen = penOf(own)
  const rows: UpdateRow[] = []
  const write = async (): Promise<UpdateRow> => {
    const { journal, sealed, update } = await pen.write(Math.ceil(bytes / 150), 0, 'n'.repeat(100))
    const [first] = sealed.entries
    const row = { journal, fromSeq: first?.seq ?? 0, toSeq: sealed.tail.seq, bytes: update }
    const { seq, hash } = sealed.tail
    const tail = { journal, firstSeq: 0, firstPrev: '', seq, hash, hlc: 0 }
    await store.commit({ term, appends: [{ journal: tail, updates: [row], records: [] }] })
    rows.push(row)
    return row
  }
  for (let i = 0; i < commits; i++) await write()
  const journal = rows[0]?.journal ?? ''

  const server = createJournalDoc()
  const frames: number[] = []
  let events: ChannelEvents | undefined
  let doc: Doc | undefined
  const wire: Wire = {
    connect: () => {},
    disconnect: () => {},
    hurry: () => {},
    openPresence: () => ({ put: () => {}, close: () => {} }),
    open(_name, opened, channelEvents) {
      doc = opened
      events = channelEvents
      opened.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === 'server') return
        frames.push(update.length)
        applyUpdate(server, update)
      })
      return { close: () => {} }
    },
  }
  let covered = -1
  const refusals: string[] = []
  const outbox = makeOutbox({
    store,
    wire,
    covered: () => covered,
    onRefused: (_journal, reason) => refusals.push(reason),
    onFailure: (error) => {
      throw error
    },
  })
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5))
  return {
    ...{ outbox, journal, frames, refusals, write, settle },
    atServer: () => journalTail(server)?.lastSeq ?? -1,
    last: () => rows.at(-1)?.toSeq ?? -1,
    openDoc: () => doc,
    async connect() {
      outbox.open(journal)
      await settle()
      if (doc !== undefined) applyUpdate(doc, encodeStateAsUpdate(server), 'server')
      events?.onSynced()
      await settle()
    },
    async confirm() {
      covered = journalTail(server)?.lastSeq ?? -1
      outbox.advance(journal)
      await settle()
    },
    refuse: (reason: string) => events?.onRefused(reason),
  }
}

const window = 262_144

describe('what goes out', () => {
  it('[OUT1] leaves in pieces of a window, each after the one before was confirmed', async () => {
    const { outbox, connect, confirm, frames, atServer, last, journal } = await wired(12, 90_000)
    await connect()
    expect(atServer()).toBeLessThan(last())
    for (let i = 0; i < 12 && atServer() < last(); i++) await confirm()
    expect(atServer()).toBe(last())
    expect(Math.max(...frames)).toBeLessThanOrEqual(window)
    expect(frames.length).toBeGreaterThan(3)
    expect(outbox.isOpen(journal)).toBe(true)
  })

  it('[OUT2] nothing is sent before the server has said what it holds', async () => {
    const { outbox, journal, settle, frames } = await wired(2, 1_000)
    outbox.open(journal)
    await settle()
    expect(frames).toEqual([])
  })

  it('[OUT3] a post leaves at once when what was before it has left', async () => {
    const { connect, write, outbox, atServer, last } = await wired(1, 1_000)
    await connect()
    const row = await write()
    outbox.offer([row])
    expect(atServer()).toBe(last())
  })

  it('[OUT3] a post behind a full window waits for its turn', async () => {
    const { connect, confirm, write, outbox, atServer, last, settle } = await wired(6, 90_000)
    await connect()
    outbox.offer([await write()])
    await settle()
    expect(atServer()).toBeLessThan(last())
    for (let i = 0; i < 8 && atServer() < last(); i++) await confirm()
    expect(atServer()).toBe(last())
  })

  it('[OUT4] after a lost socket it begins where the heads are, and sends the rest', async () => {
    const { connect, confirm, outbox, frames, atServer, last, openDoc } = await wired(6, 90_000)
    await connect()
    await confirm()
    const confirmed = atServer()
    outbox.closeAll()
    frames.length = 0
    await connect()
    const doc = openDoc()
    expect(doc === undefined ? -1 : (journalTail(doc)?.firstSeq ?? -1)).toBe(0)
    for (let i = 0; i < 8 && atServer() < last(); i++) await confirm()
    expect(atServer()).toBe(last())
    expect(confirmed).toBeGreaterThan(0)
    expect(Math.max(...frames)).toBeLessThanOrEqual(window)
  })

  it('[OUT5] a refusal closes the journal and is told, and nothing is taken away', async () => {
    const { connect, refuse, outbox, journal, refusals, write } = await wired(1, 1_000)
    await connect()
    refuse('refused:fork')
    expect(refusals).toEqual(['refused:fork'])
    expect(outbox.isOpen(journal)).toBe(false)
    outbox.offer([await write()])
  })
})
