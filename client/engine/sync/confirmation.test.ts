import { describe, expect, it } from 'vitest'
import { base64Text } from '#domain/records/base64.ts'
import { type Head, headDigest } from '#domain/replica/heads.ts'
import { makeHeadBook } from './head-book.ts'
import { openMemoryStore } from '../store/memory-store.ts'
import { penOf, type Written } from './test-journals.ts'
import { openUnconfirmed } from '../own/unconfirmed.ts'
import { webCryptoKeys } from '../people/web-crypto-keys.ts'

const own = '01900000-0000-7000-8000-000000000003'
const keys = webCryptoKeys(crypto.subtle)

/** Own records in a store, and a server key that signs heads of them. */
async function confirmedWorld(sizes: readonly number[]) {
  const store = openMemoryStore()
  const { term } = await store.takeTerm()
  const pen = penOf(own)
  const written: Written[] = []
  for (const size of sizes) {
    const commit = await pen.write(size)
    const { journal, sealed } = commit
    const { seq, hash } = sealed.tail
    const records = sealed.entries.map((entry) => ({ journal, seq: entry.seq, bytes: entry.bytes }))
    const tail = { journal, firstSeq: 0, firstPrev: '', seq, hash, hlc: 0 }
    await store.commit({ term, appends: [{ journal: tail, updates: [], records }] })
    written.push(commit)
  }
  const server = await keys.createDeviceKey()
  const journal = written[0]?.journal ?? ''
  const hashAt = (seq: number) =>
    written.flatMap(({ sealed }) => sealed.entries).find((entry) => entry.seq === seq)?.hash ?? ''
  const headAt = async (seq: number, hash = hashAt(seq)): Promise<Head> => {
    const said = { journal, seq, hash }
    const signature = base64Text(await keys.signerOf(server.handle).sign(headDigest(said)))
    return { ...said, signature }
  }
  return { store, term, journal, headAt, serverKey: server.publicKey }
}

describe('what the server has confirmed', () => {
  it('[HED1] counts only when the server signed it', async () => {
    const { store, term, headAt, serverKey, journal } = await confirmedWorld([3])
    const forged: string[] = []
    const moved: number[] = []
    const book = makeHeadBook({
      ...{ store, term, kept: [], serverKey, verifier: keys.verifier },
      isOwn: () => true,
      onMoved: async (heads) => void moved.push(...heads.map(({ seq }) => seq)),
      onLost: async () => undefined,
      isForked: async () => false,
      onFellBack: () => undefined,
      onForked: async () => undefined,
      onForged: (name) => forged.push(name),
      onFailure: (error) => expect(error).toBeUndefined(),
    })
    const genuine = await headAt(1)
    book.take([{ ...genuine, seq: 2 }])
    await book.settled()
    expect([forged, moved, book.coveredSeq(journal)]).toEqual([[journal], [], -1])
    book.take([genuine])
    book.take([genuine])
    await book.settled()
    expect([moved, book.coveredSeq(journal)]).toEqual([[1], 1])
    expect(await store.heads()).toEqual([genuine])
  })

  it('[HED2] own records wait until their head comes', async () => {
    const { store, journal, headAt } = await confirmedWorld([2, 2])
    const unconfirmed = await openUnconfirmed(store, [journal], () => -1)
    expect(unconfirmed.recordCount()).toBe(4)
    expect(await unconfirmed.confirm(await headAt(1))).toEqual({ kind: 'confirmed', documents: [] })
    expect(unconfirmed.recordCount()).toBe(2)
    expect(unconfirmed.hasAny(journal)).toBe(true)
    await unconfirmed.confirm(await headAt(3))
    expect(unconfirmed.hasAny(journal)).toBe(false)
  })

  it('[HED3] another history of this device is a fork, whether ours is longer or shorter', async () => {
    const { store, journal, headAt } = await confirmedWorld([3])
    const unconfirmed = await openUnconfirmed(store, [journal], () => -1)
    const other = await headAt(1, 'f'.repeat(64))
    expect(await unconfirmed.confirm(other)).toEqual({ kind: 'forked', seq: 1 })
    const beyond = await headAt(7, 'e'.repeat(64))
    expect(await unconfirmed.confirm(beyond)).toEqual({ kind: 'forked', seq: 7 })
  })

  it('[HED6] nothing stops waiting because the store cannot be read', async () => {
    const { store, journal, headAt } = await confirmedWorld([2, 2])
    let isFailing = false
    const flaky = {
      ...store,
      recordsOf: async (...args: Parameters<typeof store.recordsOf>) => {
        if (isFailing) throw new Error('the disk cannot be read')
        return store.recordsOf(...args)
      },
    }
    const unconfirmed = await openUnconfirmed(flaky, [journal], () => 1)
    isFailing = true
    await expect(unconfirmed.reload([journal], () => 1)).rejects.toThrow('cannot be read')
    expect(unconfirmed.recordCount()).toBe(2)
    isFailing = false
    await unconfirmed.reload([journal], () => 1)
    expect(unconfirmed.recordCount()).toBe(2)
    await unconfirmed.confirm(await headAt(3))
    expect(unconfirmed.recordCount()).toBe(0)
  })

  it('[HED4] what a restored server has lost waits again', async () => {
    const { store, journal, headAt } = await confirmedWorld([2, 2, 2])
    const unconfirmed = await openUnconfirmed(store, [journal], () => 3)
    expect(unconfirmed.recordCount()).toBe(2)
    await unconfirmed.confirm(await headAt(1))
    expect(unconfirmed.recordCount()).toBe(4)
    await unconfirmed.confirm(await headAt(5))
    expect(unconfirmed.recordCount()).toBe(0)
  })
})
