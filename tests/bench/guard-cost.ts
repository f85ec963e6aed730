/**
 * Processor time that the guard takes for one record, in one process without network or disk: the
 * steady figure behind G9. `node tests/bench/guard-cost.ts [--cpu-prof]` prints µs per record for each
 * shape of frames: reading alone, and judging with signatures; the lowest of many rounds.
 */
import * as Y from 'yjs'
import { makeSigningKey, webCryptoSigner, webCryptoVerifier } from '#domain/records/signature.ts'
import { parseDocumentName } from '#domain/replica/document-name.ts'
import { exampleBranch, exampleDevice, exampleOrg } from '#domain/records/record.examples.ts'
import { judgeAppends } from '#server/extensions/guard.ts'
import type { TestDevice } from '#server/testing/test-device.ts'
import { sealedLoad } from './sealed-load.ts'

const recordsPerRound = 400
const rounds = Number(process.argv[2] ?? 40)
const { subtle } = globalThis.crypto
const trusting = { verify: () => Promise.resolve(true) }
const shapes = [200, 10, 1] as const

const key = await makeSigningKey(subtle)
const device = {
  branch: exampleBranch,
  signer: webCryptoSigner(subtle, key.privateKey),
  enrolled: { organizationId: exampleOrg, device: exampleDevice, user: { id: exampleDevice } },
} as unknown as TestDevice

for (const records of shapes) {
  const load = sealedLoad(device, 1)
  const name = parseDocumentName(load.journal)
  if (!name.ok || name.value.kind !== 'journal') throw new Error('no journal')
  const doc = new Y.Doc()
  const costs = { reading: [] as number[], judging: [] as number[] }
  let tail: { seq: number; hash: string; shard: typeof name.value.shard } | undefined
  for (let round = 0; round < rounds; round++) {
    const frames: Uint8Array[] = []
    for (let made = 0; made < recordsPerRound; made += records)
      frames.push(await load.next(records))
    const state = { name: name.value, doc, tail, publicKey: key.publicKey }
    for (const [what, verifier] of [
      ['reading', trusting],
      ['judging', webCryptoVerifier(subtle)],
    ] as const) {
      await verifier.verify(key.publicKey, new Uint8Array(32), new Uint8Array(64))
      const before = process.cpuUsage()
      const judged = await judgeAppends(frames, state, verifier)
      const { user, system } = process.cpuUsage(before)
      costs[what].push((user + system) / recordsPerRound)
      if (judged.objection !== undefined) throw new Error(judged.objection.code)
      if (what === 'reading') continue
      Y.applyUpdate(doc, judged.update)
      const last = judged.records.at(-1)
      if (last !== undefined) tail = { seq: last.seq, hash: last.hash, shard: name.value.shard }
    }
  }
  for (const [what, spent] of Object.entries(costs)) {
    const sorted = [...spent].sort((a, b) => a - b)
    const figure = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1)
    console.log(
      `${records} per frame, ${what}: ${figure(0)} least, ${figure(0.5)} median µs/record`,
    )
  }
}
