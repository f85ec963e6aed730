import { describe, expect, it } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { base64Text } from '#domain/records/base64.ts'
import { sealCommit } from '#domain/records/seal-commit.ts'
import { makeSigningKey, webCryptoSigner } from '#domain/records/signature.ts'
import {
  appendEntries,
  createJournalDoc,
  type JournalEntry,
  readEntries,
} from '#domain/replica/journal.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { categoryBody, headSeq, type TestDevice } from '../testing/test-device.ts'
import { call, type TestServer } from '../testing/test-server.ts'
import { openWorld } from '../testing/world.ts'

const world = openWorld()

/** What `by` answers for, of whichever journal. */
async function handIn(server: TestServer, by: TestDevice, journal: string, update: Uint8Array) {
  const body = { journal, update: base64Text(update) }
  const { status, body: answer } = await call(server, '/api/hand-in', { body, token: by.token })
  return status === 200 ? (answer['seq'] as unknown as number) : String(answer['code'])
}

function updateOf({ entries }: { readonly entries: readonly JournalEntry[] }): Uint8Array {
  return appendEntries(createJournalDoc(), entries)
}

/** A company whose server has nothing of what the author wrote; a neighbour has a copy. */
async function scene() {
  const server = await world.server()
  const [author, neighbour] = [await world.device(server), await world.device(server)]
  const sealed = await author.seal('goods', [categoryBody('Fruit'), categoryBody('Tea')])
  return { server, author, neighbour, sealed, update: author.append(sealed) }
}

describe('a copy of a journal that is handed in', () => {
  it('[RCV1] is taken from a neighbour, once, and what its author sends then is known', async () => {
    const { server, author, neighbour, sealed, update } = await scene()
    expect(await handIn(server, neighbour, sealed.journal, update)).toBe(1)
    expect(await handIn(server, neighbour, sealed.journal, update)).toBe(1)
    const heads = author.open(author.headsName())
    author.open(sealed.journal)
    await author.write('goods', 'Milk')
    await eventually(() => expect(headSeq(heads.doc, sealed.journal)).toBe(2))
    const copy = neighbour.open(sealed.journal)
    await eventually(() => expect(readEntries(copy.doc, 0)).toHaveLength(3))
    const { body } = await call(server, '/api/devices', { token: author.token })
    expect(JSON.stringify(body)).not.toContain('lastRefusal')
  })

  it('[RCV2] is judged by the key of its author, whoever brings it', async () => {
    const { server, author, neighbour, sealed } = await scene()
    const stranger = await makeSigningKey(crypto.subtle)
    const signer = webCryptoSigner(crypto.subtle, stranger.privateKey)
    const how = { signer, isKept: false }
    const forged = await author.seal('sales', [categoryBody('Fruit')], how)
    const mine = { ...how, signer: neighbour.signer }
    const inName = await author.seal('sales', [categoryBody('Tea')], mine)
    for (const wrong of [forged, inName]) {
      expect(await handIn(server, neighbour, wrong.journal, updateOf(wrong))).toBe('bad-signature')
    }
    const cut = { entries: sealed.entries.slice(0, 1) }
    const { journal } = sealed
    expect(await handIn(server, neighbour, journal, updateOf(cut))).toBe('unsigned-tail')
    const theirs = await neighbour.seal('goods', [categoryBody('Salt')])
    expect(await handIn(server, neighbour, journal, updateOf(theirs))).toBe('envelope-differs')
    expect(await handIn(server, neighbour, journal, new Uint8Array([1, 1, 9]))).toMatch(/./)
    const { body } = await call(server, '/api/devices', { token: author.token })
    const devices = body['devices'] as unknown as { id: string; status: string }[]
    // Who brings it is named; the author, who may be far away, is not accused.
    expect(devices.find(({ id }) => id === author.enrolled.device)).not.toHaveProperty(
      'lastRefusal',
    )
    expect(devices.find(({ id }) => id === neighbour.enrolled.device)).toHaveProperty('lastRefusal')
    expect(devices.map(({ status }) => status)).toEqual(['active', 'active'])
  })

  it('[RCV2] cannot say something else under a number that is known', async () => {
    const { server, neighbour, sealed, update } = await scene()
    expect(await handIn(server, neighbour, sealed.journal, update)).toBe(1)
    const other = await world.device(server)
    const [first] = sealed.entries
    const fork = { entries: [{ seq: 0, bytes: new Uint8Array([...(first?.bytes ?? []), 0]) }] }
    expect(await handIn(server, other, sealed.journal, updateOf(fork))).toBe('copy-differs')
  })

  it('[RCV3] comes only from devices that may read it, and only from the company', async () => {
    const { server, author, sealed, update } = await scene()
    const body = { journal: sealed.journal, update: base64Text(update) }
    expect((await call(server, '/api/hand-in', { body })).body['code']).toBe('token-missing')
    const books = await author.seal('books', [categoryBody('Fruit')])
    const keeper = await world.device(server, { audiences: ['goods'] })
    expect(await handIn(server, keeper, books.journal, updateOf(books))).toBe('not-allowed')
    const foreign = sealed.journal.replace(/^j\/[^/]+/, `j/${crypto.randomUUID()}`)
    expect(await handIn(server, author, foreign, update)).toBe('not-allowed')
    const unknown = sealed.journal.replace(/[^/]+$/, crypto.randomUUID())
    expect(await handIn(server, author, unknown, update)).toBe('author-unknown')
  })

  it('[RCV3] of a revoked device is taken only while a restored server is collecting', async () => {
    const { server, author, neighbour, sealed, update } = await scene()
    const path = `/api/devices/${author.enrolled.device}/revoke`
    await call(server, path, { body: { reason: 'stolen' }, token: neighbour.token })
    expect(await handIn(server, neighbour, sealed.journal, update)).toBe('author-revoked')
  })

  it('[RCV4] of the server itself needs the signature of the server', async () => {
    const { server, neighbour } = await scene()
    const { organizationId: org, user } = neighbour.enrolled
    const body = { user: user.id, name: 'Boss', roles: [{ branch: 'all', role: 'owner' }] }
    const draft = {
      kind: 'user-granted.v1',
      branch: 'all',
      audience: 'goods',
      by: 'server',
    } as const
    const sealed = await sealCommit({
      ...{ org, device: 'server-9', build: 'test', signer: neighbour.signer },
      drafts: [
        {
          ...{ ...draft, body, id: asId<RecordId>(uuidv7()), hlc: hlc(1_790_000_000_000, 0) },
          ...{ at: instant(1_790_000_000_000), offset: { ms: 0, ageMs: 0 } },
        },
      ],
      tailOf: () => undefined,
    })
    const [own] = sealed.ok ? sealed.value : []
    const update = updateOf({ entries: own?.entries ?? [] })
    expect(await handIn(server, neighbour, own?.journal ?? '', update)).toBe('bad-signature')
    expect((await call(server, '/api/state')).body['epoch']).toBe(1)
  })
})
