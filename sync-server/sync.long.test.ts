import { describe, expect, it } from 'vitest'
import { Doc } from 'yjs'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { headDigest, readHeads } from '#domain/replica/heads.ts'
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { webCryptoVerifier } from '#domain/records/signature.ts'
import { createDeskDoc, readDraft, setDraftFields } from '#domain/replica/desk.ts'
import { readEntries } from '#domain/replica/journal.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { categoryBody, headSeq, type Opened } from './testing/test-device.ts'
import { openTestServer } from './testing/test-server.ts'
import { openWorld } from './testing/world.ts'

const world = openWorld()

describe('journals', () => {
  it('[SYN1] reach other devices, and heads signed by the server say that they are durable', async () => {
    const server = await world.server()
    const [a, b] = [await world.device(server), await world.device(server)]
    const { journal } = await a.write('goods', 'Fruit', 'Tea')
    const heads = b.open(b.headsName())
    a.open(journal)
    const copy = b.open(journal)
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(1))
    await eventually(() => expect(readEntries(copy.doc, 0)).toHaveLength(2))
    await a.write('goods', 'Milk')
    await eventually(() => expect(readEntries(copy.doc, 0)).toHaveLength(3))
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(2))
    const head = readHeads(heads.doc).get(journal)!
    const verifier = webCryptoVerifier(crypto.subtle)
    const signature = bytesOfBase64(head.signature)
    expect(await verifier.verify(b.enrolled.serverKey, headDigest(head), signature)).toBe(true)
  })

  it('[SYN6] [SYN7] come in pieces to a device that lacks much, and not to one that has them', async () => {
    const server = await world.server()
    const [a, b] = [await world.device(server), await world.device(server)]
    const bodies = Array.from({ length: 60 }, (_, i) => categoryBody(`${i}`.repeat(1_500)))
    const sealed = await a.seal('goods', bodies)
    a.append(sealed)
    const { journal } = sealed
    const own = framesOf(a.open(journal))
    const copy = b.open(journal)
    const frames = framesOf(copy)
    await eventually(() => expect(readEntries(copy.doc, 0)).toHaveLength(60))
    b.leave()
    const late = b.open(journal, new Doc())
    const pieces = framesOf(late)
    await late.synced
    expect(readEntries(late.doc, 0)).toHaveLength(60)
    expect(pieces.length).toBeGreaterThan(3)
    expect(Math.max(...pieces)).toBeLessThan(40_000)
    expect(frames.length).toBeGreaterThan(0)
    expect(own.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(2_000)

    // The last one has left, so the journal is read anew for the next.
    a.leave()
    b.leave()
    const again = b.open(journal, late.doc)
    const heard = framesOf(again)
    await again.synced
    await b.open(b.headsName()).synced
    expect(heard.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(2_000)
  })

  it('[SYN2] of a newer month wait for the rest of the older one', async () => {
    const server = await world.server()
    const a = await world.device(server)
    const october = Date.UTC(2026, 9, 31, 12)
    const november = Date.UTC(2026, 10, 1, 12)
    const older = await a.seal('goods', [categoryBody('Fruit')], { hlc: hlc(october, 0) })
    const newer = await a.seal('goods', [categoryBody('Tea')], { hlc: hlc(november, 0) })
    expect(newer.journal).not.toBe(older.journal)
    a.append(older)
    a.append(newer)
    const heads = a.open(a.headsName())
    const early = a.open(newer.journal)
    await early.synced
    a.open(older.journal)
    await eventually(() => expect(headSeq(heads.doc, newer.journal)).toBe(1))
    expect(headSeq(heads.doc, older.journal)).toBe(0)
  })

  it('[SYN3] come back after a restart, and go on where they ended', async () => {
    const first = await world.server()
    const a = await world.device(first)
    const b = await world.device(first)
    const { journal } = await a.write('goods', 'Fruit')
    const heads = a.open(a.headsName())
    a.open(journal)
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(0))
    a.leave()
    await first.close()

    const second = await openTestServer({ folder: first.folder })
    world.later(() => second.close())
    a.server = second
    b.server = second
    await a.write('goods', 'Tea')
    a.open(journal)
    const copy = b.open(journal)
    const again = b.open(b.headsName())
    await eventually(() => expect(readEntries(copy.doc, 0)).toHaveLength(2))
    await eventually(() => expect(headSeq(again.doc, journal)).toBe(1))
    await second.close()
  })

  it('[SYN4] can be sent again and again without a second copy', async () => {
    const server = await world.server()
    const a = await world.device(server)
    const { journal } = await a.write('goods', 'Fruit', 'Tea')
    const heads = a.open(a.headsName())
    a.open(journal)
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(1))
    a.leave()
    const again = a.open(journal)
    await again.synced
    await eventually(() => expect(again.provider.unsyncedChanges).toBe(0))
    expect(readEntries(again.doc, 0)).toHaveLength(2)
  })
})

describe('desks', () => {
  it('[SYN5] are shared by the devices that may read them, and survive a restart', async () => {
    const server = await world.server()
    const [a, b] = [await world.device(server), await world.device(server)]
    const name = `desk/${a.enrolled.organizationId}/${a.branch}/stock/goods`
    const [deskA, deskB] = [createDeskDoc(), createDeskDoc()]
    a.open(name, deskA)
    b.open(name, deskB)
    const act = { device: a.enrolled.device, hlc: hlc(Date.now(), 0) }
    const edit = { draftId: 'd1', type: 'write-off', header: { note: 'broken' } }
    expect(setDraftFields(deskA, act, edit).ok).toBe(true)
    await eventually(() => expect(readDraft(deskB, 'd1')?.header['note']).toBe('broken'))
    const later = { device: b.enrolled.device, hlc: hlc(Date.now() + 1, 0) }
    setDraftFields(deskB, later, { draftId: 'd1', header: { note: 'spoilt' } })
    await eventually(() => expect(readDraft(deskA, 'd1')?.header['note']).toBe('spoilt'))
    a.leave()
    b.leave()
    await server.close()

    const second = await openTestServer({ folder: server.folder })
    world.later(() => second.close())
    a.server = second
    const reopened = a.open(name, new Doc())
    await reopened.synced
    expect(readDraft(reopened.doc, 'd1')?.header['note']).toBe('spoilt')
    a.leave()
    await second.close()
  })
})

/** Lengths of the frames that come for a document from now on. */
function framesOf({ provider }: Opened): number[] {
  const lengths: number[] = []
  provider.on('message', ({ event }: { event: { data: ArrayBuffer } }) => {
    lengths.push(event.data.byteLength)
  })
  return lengths
}
