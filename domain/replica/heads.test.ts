import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { base64Text, bytesOfBase64 } from '#domain/records/base64.ts'
import { journalNameText } from '#domain/records/journal-name.ts'
import { journalOf } from '#domain/records/record.ts'
import { exampleRecord, exampleUuid } from '#domain/records/record.examples.ts'
import { makeSigningKey, webCryptoSigner, webCryptoVerifier } from '#domain/records/signature.ts'
import {
  createHeadsDoc,
  type Head,
  headDigest,
  putHead,
  putHeads,
  readHeads,
  renewHeads,
  watchHeads,
} from './heads.ts'

const hash = 'ab'.repeat(32)
const signature = base64Text(new Uint8Array(64))

function head(seq: number, device = 3): Head {
  const journal = journalNameText({ ...journalOf(exampleRecord()), device: exampleUuid(device) })
  return { journal, seq, hash, signature }
}

function seqsOf(doc: Y.Doc): number[] {
  return [...readHeads(doc).values()].map(({ seq }) => seq)
}

describe('heads', () => {
  it('[HDS1] put all heads of a batch in one transaction, and only what changed', () => {
    const doc = createHeadsDoc()
    let updates = 0
    doc.on('update', () => {
      updates += 1
    })
    putHeads(doc, 1, [head(4), head(9, 8)])
    putHeads(doc, 1, [head(4), head(9, 8)])
    expect(updates).toBe(1)
    putHead(doc, 1, head(5))
    expect(readHeads(doc).get(head(5).journal)).toEqual(head(5))
    expect(seqsOf(doc)).toEqual([5, 9])
  })

  it('[HDS2] are those of the latest run, whichever client id is higher', () => {
    for (const [earlier, later] of [
      [1, 4_000_000_000],
      [4_000_000_000, 1],
    ]) {
      const device = createHeadsDoc()
      for (const [run, clientID, seq] of [
        [1, earlier, 9],
        [2, later, 4],
      ] as const) {
        const server = createHeadsDoc()
        server.clientID = clientID ?? 0
        putHead(server, run, head(seq))
        Y.applyUpdate(device, Y.encodeStateAsUpdate(server))
      }
      // A restored server knows less, and says so.
      expect(seqsOf(device)).toEqual([4])
    }
  })

  it('[HDS2] leave frozen; what is malformed is not there', () => {
    const doc = createHeadsDoc()
    putHead(doc, 1, head(4))
    const root = doc.getMap('h')
    const { journal } = head(4)
    const text = '{"hash":"x"}'
    for (const [key, value] of [
      [`2|${journal}`, text],
      [`02|${journal}`, root.get(`1|${journal}`)],
      [`3|${journal}x`, root.get(`1|${journal}`)],
      [journal, root.get(`1|${journal}`)],
      ['x', 1],
      [`4|${journal}`, new Y.Map()],
    ] as const) {
      root.set(key, value)
    }
    expect(seqsOf(doc)).toEqual([4])
    expect(Object.isFrozen(readHeads(doc).get(journal))).toBe(true)
  })

  it('[HDS3] are told when they change, and a listener that throws does no harm', () => {
    const doc = createHeadsDoc()
    const told: number[][] = []
    const problems: unknown[] = []
    const stop = watchHeads(doc, (heads) => told.push(heads.map(({ seq }) => seq)))
    watchHeads(
      doc,
      () => {
        throw new Error('again')
      },
      (problem) => problems.push(problem.code),
    )
    putHeads(doc, 1, [head(4), head(9, 8)])
    putHead(doc, 1, head(5))
    putHead(doc, 0, head(3))
    stop()
    putHead(doc, 1, head(6))
    expect(told).toEqual([[4, 9], [5], [5]])
    expect(problems).toHaveLength(4)
    expect(seqsOf(doc)).toEqual([6, 9])
  })

  it('[HDS5] begin anew without a trace, for those who follow and for those who come', () => {
    const server = createHeadsDoc()
    const follower = createHeadsDoc()
    server.on('update', (update) => Y.applyUpdate(follower, update))
    const told: number[][] = []
    watchHeads(follower, (heads) => told.push(heads.map(({ seq }) => seq)))
    for (let seq = 0; seq < 300; seq++) putHeads(server, 1, [head(seq), head(2 * seq, 8)])
    const worn = Y.encodeStateAsUpdate(server).length
    renewHeads(server, 2)
    expect(Y.encodeStateAsUpdate(server).length).toBeLessThan(worn / 3)
    expect([seqsOf(server), seqsOf(follower)]).toEqual([
      [299, 598],
      [299, 598],
    ])
    putHead(server, 2, head(300))
    expect(told.at(-1)).toEqual([300])
    // Whoever was away meanwhile asks with the clocks of the old history.
    const late = createHeadsDoc()
    putHead(late, 1, head(7))
    Y.applyUpdate(late, Y.encodeStateAsUpdate(server, Y.encodeStateVector(late)))
    for (const copy of [server, follower, late])
      expect(seqsOf(copy).sort((a, b) => a - b)).toEqual([300, 598])
    expect(follower.store.pendingStructs).toBeNull()
  })

  it('[HDS4] are signed over what they say', async () => {
    const { subtle } = globalThis.crypto
    const key = await makeSigningKey(subtle)
    const said = head(4)
    const signer = webCryptoSigner(subtle, key.privateKey)
    const signed = { ...said, signature: base64Text(await signer.sign(headDigest(said))) }
    const doc = createHeadsDoc()
    putHead(doc, 1, signed)
    const read = readHeads(doc).get(said.journal) ?? said
    const verifier = webCryptoVerifier(subtle)
    const raw = bytesOfBase64(read.signature)
    expect(await verifier.verify(key.publicKey, headDigest(read), raw)).toBe(true)
    expect(await verifier.verify(key.publicKey, headDigest({ ...read, seq: 5 }), raw)).toBe(false)
  })
})
