/** A server that lies in what it hands on of others: keeps it back, changes it, makes it up. */
import { describe, expect, it } from 'vitest'
import type { Headless } from '#client/engine/start/headless.ts'
import { decodeRecord, encodeRecord } from '#domain/records/record-bytes.ts'
import { appendEntries, createJournalDoc, type JournalEntry } from '#domain/replica/journal.ts'
import type { Head } from '#domain/replica/heads.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { enrolled, onHand, sell, stockRoom, synced, world } from '../road/shop.ts'
import { type Lies, lyingLine } from './liar.ts'

/** A is honest and close to the server; B is at the end of the liar's line and knows what A sold first. */
async function twoDevices() {
  const server = await world.server()
  const line = await lyingLine(server)
  const a = await enrolled(server, { deviceName: '前台一号' })
  const warehouse = await stockRoom(a.engine)
  await sell(a.engine, warehouse, 1)
  await synced(a.engine)
  const b = await line.enrolled('B')
  await eventually(async () => expect(await onHand(b.engine)).toBe(-1))
  await synced(b.engine)
  const { device } = await a.engine.read('session', {})
  const isOfA = (name: string) => name.includes('/goods/') && name.endsWith(`/${device?.id}`)
  return { server, line, a, b, warehouse, isOfA }
}

function status({ engine }: Headless) {
  return engine.read('status', {})
}

/** What is new in one journal as `change` makes it, under client ids of the liar's. */
function changing(
  isTarget: (name: string) => boolean,
  change: (entry: JournalEntry) => Uint8Array,
): NonNullable<Lies['down']> {
  return (name, update, fresh) => {
    if (!isTarget(name)) return update
    const changed = fresh().map((entry) => ({ ...entry, bytes: change(entry) }))
    return changed.length === 0 ? undefined : appendEntries(createJournalDoc(), changed)
  }
}

describe('a server that lies about what others wrote', () => {
  it('[LIE5] and keeps back what its heads name is told to its face, and asked again', async () => {
    const { line, a, b, warehouse, isOfA } = await twoDevices()
    line.lies = { down: (name, update) => (isOfA(name) ? undefined : update) }
    line.cut()
    await sell(a.engine, warehouse, 2)
    const withheld = { code: 'journal-withheld', facts: { device: '前台一号' } }
    await eventually(async () => expect((await status(b)).doubt).toMatchObject(withheld))
    await eventually(async () => expect(await status(b)).toMatchObject({ journalsBehind: 1 }))
    expect(await onHand(b.engine)).toBe(-1)
    line.lies = {}
    line.cut()
    await eventually(async () => expect(await onHand(b.engine)).toBe(-3))
    await synced(b.engine)
  })

  it('[LIE6] and never names a journal cannot be seen through, except by comparing codes', async () => {
    const { line, a, b, warehouse, isOfA } = await twoDevices()
    line.lies = {
      heads: (told) => told.filter(({ journal }) => !isOfA(journal)),
      down: (name, update) => (isOfA(name) ? undefined : update),
    }
    const fresh = await line.enrolled('C')
    await synced(fresh.engine)
    await sell(a.engine, warehouse, 2)
    await synced(a.engine)
    expect(await onHand(fresh.engine)).toBe(0)
    expect((await status(fresh)).doubt).toBeUndefined()
    const codes = await Promise.all([a, fresh].map(({ engine }) => engine.read('agreement', {})))
    expect(new Set(codes).size).toBe(2)
    expect(await onHand(b.engine)).toBe(-1)
  })

  const changes: readonly [string, (bytes: Uint8Array) => Uint8Array][] = [
    ['changes a byte', (bytes) => bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte))],
    ['cuts a record short', (bytes) => bytes.slice(0, -10)],
    ['sends nonsense', () => new Uint8Array([1, 2, 3])],
  ]
  it.each(changes)('[LIE7] and %s is not believed, and asked again', async (_what, change) => {
    const { line, a, b, warehouse, isOfA } = await twoDevices()
    line.lies = { down: (name, update) => (isOfA(name) ? undefined : update) }
    await sell(a.engine, warehouse, 2)
    await synced(a.engine)
    line.lies = { down: changing(isOfA, ({ bytes }) => change(bytes)) }
    line.cut()
    await eventually(async () => expect((await status(b)).refused?.code).toBe('journal-broken'))
    await eventually(async () => expect(await status(b)).toMatchObject({ journalsBehind: 1 }))
    // Stopped at the door; or counted before its head came, and then the whole copy has left.
    expect([-1, 0]).toContain(await onHand(b.engine))
    line.lies = {}
    line.cut()
    await eventually(async () => expect(await onHand(b.engine)).toBe(-3))
    await synced(b.engine)
    expect((await status(b)).refused).toBeUndefined()
  })

  it('[LIE8] and signs for a record that its device never wrote is found out by the signature', async () => {
    const { line, a, b, warehouse, isOfA } = await twoDevices()
    const made = new Map<string, Omit<Head, 'signature'>>()
    line.lies = {
      down: changing(isOfA, (entry) => forgedSale(entry, made)),
      heads: (told, sign) =>
        Promise.all(
          told.map(async (head) => (isOfA(head.journal) ? sign(made.get('head') ?? head) : head)),
        ),
    }
    await sell(a.engine, warehouse, 2)
    await eventually(async () => expect(made.size).toBeGreaterThan(0))
    await eventually(async () => {
      const { refused } = await status(b)
      expect(refused).toMatchObject({ code: 'journal-broken', facts: { device: '前台一号' } })
      expect(await onHand(b.engine)).not.toBe(-100)
    })
    expect(await onHand(a.engine)).toBe(-3)
  })

  it('[LIE9] and denies what a device has signed does not take it out of the figures', async () => {
    const { line, a, b, warehouse, isOfA } = await twoDevices()
    line.lies = {
      heads: (told, sign) =>
        Promise.all(
          told.map(async ({ journal, seq, hash, signature }) =>
            isOfA(journal)
              ? sign({ journal, seq, hash: 'f'.repeat(64) })
              : { journal, seq, hash, signature },
          ),
        ),
    }
    await line.tell()
    const rewrote = { code: 'server-rewrote', facts: { device: '前台一号' } }
    await eventually(async () => expect((await status(b)).doubt).toMatchObject(rewrote))
    expect(await onHand(b.engine)).toBe(-1)
    line.lies = {}
    line.cut()
    await sell(a.engine, warehouse, 2)
    await eventually(async () => expect(await onHand(b.engine)).toBe(-3))
    const { bytes } = await act(b.engine, 'exportUnsent', {})
    expect(JSON.parse(new TextDecoder().decode(bytes)).setAside).toEqual([])
  })
})

/** The same record with ninety-nine bottles in it, under the signature of the real one. */
function forgedSale(
  { seq, bytes }: JournalEntry,
  made: Map<string, Omit<Head, 'signature'>>,
): Uint8Array {
  const decoded = decodeRecord(bytes)
  if (!decoded.ok) return bytes
  const { record, signature } = decoded.value
  const body = record.body as { readonly legs?: readonly Json[] }
  if (body.legs === undefined) return bytes
  const legs = body.legs.map((leg) => ({ ...(leg as object), quantity: -990_000 }))
  const forged = encodeRecord({ ...record, body: { ...body, legs } as Json }, signature)
  const again = decodeRecord(forged)
  if (!again.ok) throw new Error('the forged record cannot be read')
  const { org, branch, audience, shard, device } = record
  const journal = `j/${org}/${branch}/${audience}/${shard}/${device}`
  made.set('head', { journal, seq, hash: again.value.hash })
  return forged
}
