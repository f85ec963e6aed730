import { applyUpdate, type Doc } from 'yjs'
import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { putHeads } from '#domain/replica/heads.ts'
import { done } from '#domain/values/result.ts'
import { eventually } from '#tests/builders/eventually.ts'
import {
  enrolLone,
  lone,
  openLoneDevice,
  order,
  saleOfOne,
  stockLone,
} from '../start/lone-device.ts'
import { openMemoryStore } from '../store/memory-store.ts'
import type { ChannelEvents, Wire, WireEvents } from '../ports.ts'
import { penOf, type Written } from '../sync/test-journals.ts'

const neighbour = '01900000-0000-7000-8000-00000000000a'
const noon = 1_790_000_000_000
const dayMs = 86_400_000

/** A server that holds one journal of a neighbour, and answers at once. */
function wireWith({ journal, sealed, update }: Written): Wire {
  const answer = (name: string, doc: Doc) => {
    if (name === `heads/${lone.organization}/${lone.branch}`) {
      const { seq, hash } = sealed.tail
      putHeads(doc, 1, [{ journal, seq, hash, signature: '' }])
    }
    if (name === journal) applyUpdate(doc, update)
  }
  return {
    connect: (events: WireEvents) => void setImmediate(() => events.onOnline()),
    disconnect: () => {},
    hurry: () => {},
    open(name: string, doc: Doc, events: ChannelEvents) {
      setImmediate(() => {
        answer(name, doc)
        events.onSynced()
      })
      return { close: () => {} }
    },
    openPresence: () => ({ put: () => {}, close: () => {} }),
  }
}

it('[CLK4] what is written after a foreign record was read compares greater than it', async () => {
  const tenHoursAhead = (noon + dayMs * (10 / 24) - Date.UTC(2026, 10, 20)) / dayMs
  const theirs = await penOf(neighbour).write(1, tenHoursAhead)
  const store = openMemoryStore()
  const enrolling = await openLoneDevice({ store })
  await enrolLone(enrolling)
  await enrolling.close()

  const serverTimeMs = noon
  const renewed = { accessToken: 'token', expiresAt: noon + dayMs, serverTimeMs }
  const network = { api: { call: async () => done(renewed) }, wire: wireWith(theirs) }
  const engine = await openLoneDevice({ store, ports: { network } })
  const heard = theirs.sealed.entries[0]?.record.hlc ?? 0
  await eventually(async () => expect(await store.recordsOf(theirs.journal, 0, 1)).toHaveLength(1))
  await engine.settled()
  expect(await stockLone(engine)).toMatchObject({ ok: true })
  expect(await order(engine, 'postDraft', saleOfOne(uuidv7()))).toMatchObject({ ok: true })

  const own = (await store.journals()).filter(({ journal }) => {
    const name = parseJournalName(journal)
    return name.ok && name.value.device === lone.device
  })
  const rows = await Promise.all(own.map(({ journal }) => store.recordsOf(journal, 0, 10)))
  const stamps = rows.flat().flatMap(({ bytes }) => {
    const decoded = decodeRecord(bytes)
    return decoded.ok ? [decoded.value.record.hlc] : []
  })
  expect(stamps.length).toBeGreaterThan(1)
  for (const stamp of stamps) expect(stamp).toBeGreaterThan(heard)
  await engine.close()
})
