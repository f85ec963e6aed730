import { describe, expect, it } from 'vitest'
import type { PublicKeyJwk } from '#domain/records/signature.ts'
import type { JournalTrouble } from './inbox.ts'
import { openMemoryStore } from '../store/memory-store.ts'
import type { JournalRow } from '../store/store.ts'
import { penOf, type Written } from './test-journals.ts'
import { webCryptoKeys } from '../people/web-crypto-keys.ts'
import { makeWitness } from './witness.ts'

const neighbour = '01900000-0000-7000-8000-00000000000a'
const keys = webCryptoKeys(crypto.subtle)

async function keyPair() {
  const { handle, publicKey } = await keys.createDeviceKey()
  return { publicKey, signer: keys.signerOf(handle) }
}

/** A store with what came in, and a witness that knows the devices of `known`. */
async function court(before: readonly Written[], known: Map<string, PublicKeyJwk>) {
  const store = openMemoryStore()
  const { term } = await store.takeTerm()
  const rows = new Map<string, JournalRow>()
  const troubles: JournalTrouble[] = []
  const verified: string[] = []
  const heads = new Map<string, number>()
  let due: (() => void) | undefined
  async function keep({ journal, sealed }: Written): Promise<void> {
    const { entries } = sealed
    const last = entries.at(-1)
    if (last === undefined) throw new Error('nothing was written')
    const firstSeq = rows.get(journal)?.firstSeq ?? entries[0]?.seq ?? 0
    const row = { journal, firstSeq, firstPrev: '', seq: last.seq, hash: last.hash, hlc: 1 }
    const records = entries.map(({ seq, bytes }) => ({ journal, seq, bytes }))
    await store.commit({ term, appends: [{ journal: row, updates: [], records }] })
    rows.set(journal, row)
  }
  for (const each of before) await keep(each)
  const witness = makeWitness({
    store,
    journals: [...rows.values()],
    isOwn: () => false,
    timers: {
      after(_ms, act) {
        due = act
        return () => {}
      },
    },
    verifier: {
      verify(key, hash, signature) {
        verified.push(key.x)
        return keys.verifier.verify(key, hash, signature)
      },
    },
    serverKey: { crv: 'P-256', kty: 'EC', x: '', y: '' },
    keyOf: (device) => known.get(device),
    rowOf: (journal) => rows.get(journal),
    headSeqOf: (journal) => heads.get(journal),
    onForged: (trouble) => troubles.push(trouble),
    onFailure: (error) => expect(error).toBeUndefined(),
  })
  async function rest(): Promise<void> {
    due?.()
    due = undefined
    await witness.settled()
  }
  return { witness, keep, rest, troubles, verified, heads }
}

describe('who signed foreign journals', () => {
  it('[WIT1] finds a journal that another key has signed', async () => {
    const [own, other] = [await keyPair(), await keyPair()]
    const genuine = await penOf(neighbour, 'goods', own.signer).write(3)
    const forged = await penOf(neighbour, 'sales', other.signer).write(2)
    const { witness, keep, rest, troubles } = await court([], new Map([[neighbour, own.publicKey]]))
    for (const each of [genuine, forged]) await keep(each)
    witness.look([genuine.journal, forged.journal])
    await rest()
    expect(troubles).toEqual([{ journal: forged.journal, code: 'bad-signature', seq: 1 }])
  })

  it('[WIT2] waits until the device is known', async () => {
    const [own, other] = [await keyPair(), await keyPair()]
    const forged = await penOf(neighbour, 'goods', other.signer).write(2)
    const known = new Map<string, PublicKeyJwk>()
    const { witness, rest, troubles } = await court([forged], known)
    await rest()
    expect(troubles).toEqual([])
    known.set(neighbour, own.publicKey)
    witness.devicesChanged()
    await rest()
    expect(troubles).toHaveLength(1)
  })

  it('[WIT3] looks at one signature of the newest month after a start, and at none twice', async () => {
    const own = await keyPair()
    const pen = penOf(neighbour, 'goods', own.signer)
    const months = [await pen.write(2), await pen.write(3, 20), await pen.write(200, 21)]
    const { witness, keep, rest, troubles, verified } = await court(
      months,
      new Map([[neighbour, own.publicKey]]),
    )
    await rest()
    expect([troubles, verified.length]).toEqual([[], 1])
    const journal = months[2]?.journal ?? ''
    witness.look([journal])
    await rest()
    expect(verified).toHaveLength(1)
    await keep(await pen.write(1, 22))
    witness.look([journal])
    await rest()
    expect([troubles, verified.length]).toEqual([[], 2])
  })

  it('[WIT4] believes no bad signature where the head of the server says that more follows', async () => {
    const [own, other] = [await keyPair(), await keyPair()]
    const [inner, end] = [other.signer, own.signer]
    let signer = inner
    const pen = penOf(neighbour, 'goods', { sign: (hash) => signer.sign(hash) })
    const begun = await pen.write(1)
    signer = end
    const covered = await pen.write(1)
    const { journal } = begun
    const { witness, keep, rest, troubles, heads } = await court(
      [begun],
      new Map([[neighbour, own.publicKey]]),
    )
    heads.set(journal, 1)
    await rest()
    expect(troubles).toEqual([])
    await keep(covered)
    witness.look([journal])
    await rest()
    expect(troubles).toEqual([])
    expect(await witness.vouchesFor(journal)).toBe(true)
  })

  it('[WIT4] looks again when the head comes, and finds it', async () => {
    const [own, other] = [await keyPair(), await keyPair()]
    const forged = await penOf(neighbour, 'goods', other.signer).write(2)
    const { witness, rest, troubles, heads } = await court(
      [forged],
      new Map([[neighbour, own.publicKey]]),
    )
    heads.set(forged.journal, 9)
    await rest()
    expect(troubles).toEqual([])
    heads.set(forged.journal, 1)
    witness.headsMoved([forged.journal])
    await rest()
    expect(troubles).toEqual([{ journal: forged.journal, code: 'bad-signature', seq: 1 }])
  })
})
