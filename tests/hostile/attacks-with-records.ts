/** Records in honest form that say what their writer may not say, or that the chain does not allow. */
import { uuidv7 } from 'uuidv7'
import { appendEntries, createJournalDoc } from '#domain/replica/journal.ts'
import { packJson } from '#domain/records/pack-json.ts'
import { exampleRecord } from '#domain/records/record.examples.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { encodeRecord, packRecord, storedBytes } from '#domain/records/record-bytes.ts'
import { makeSigningKey, type Signer, webCryptoSigner } from '#domain/records/signature.ts'
import { sha256Bytes } from '#domain/values/digest.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { categoryBody } from '#server/testing/test-device.ts'
import type { Arena } from './arena.ts'
import { type Attack, attackWithUpdate } from './attack.ts'
import { keptOf } from './kept-journal.ts'

type Bytes = (record: JournalRecord, signer: Signer) => Uint8Array | Promise<Uint8Array>

/** The keeper's next record, honestly sealed and then changed, in place of the honest one. */
function changed(id: string, what: string, answer: RegExp, bytesOf: Bytes): Attack {
  return {
    ...{ id, what, answer, by: 'same branch' },
    async act(arena) {
      const { journal } = await keptOf(arena)
      const { keeper } = arena
      const sealed = await keeper.seal('goods', [categoryBody('next')], { isKept: false })
      const [entry] = sealed.entries
      if (entry === undefined) throw new Error('nothing was sealed')
      const bytes = await bytesOf(entry.record, keeper.signer)
      const update = appendEntries(createJournalDoc(), [{ seq: entry.seq, bytes }])
      return attackWithUpdate(arena, keeper, journal, update)
    },
  }
}

/** The record with other fields, signed by the device all the same. */
function says(
  id: string,
  what: string,
  answer: RegExp,
  fields: (of: JournalRecord) => object,
): Attack {
  return changed(id, what, answer, (record, signer) =>
    signed({ ...record, ...fields(record) } as JournalRecord, signer),
  )
}

async function signed(record: JournalRecord, signer: Signer): Promise<Uint8Array> {
  const packed = packRecord(record)
  return storedBytes(packed, await signer.sign(sha256Bytes(packed)))
}

function serverKind(id: string, kind: string, body: (arena: Arena) => Json): Attack {
  return {
    ...{ id, what: `a record of the server: ${kind}`, by: 'same branch' },
    answer: /^refused:kind-not-allowed/,
    async act(arena) {
      const { journal } = await keptOf(arena)
      const { keeper } = arena
      const sealed = await keeper.seal('goods', [body(arena)], { kind, isKept: false })
      return attackWithUpdate(arena, keeper, journal, updateOf(sealed.entries))
    },
  }
}

function updateOf(entries: readonly { readonly seq: number; readonly bytes: Uint8Array }[]) {
  return appendEntries(createJournalDoc(), entries)
}

const elsewhere = uuidv7()
const differs = /^refused:(envelope-differs|malformed-record)/
const malformed = /^refused:malformed-record/
const november = hlc(Date.UTC(2026, 10, 2), 0)

const envelopes: readonly Attack[] = [
  says('record-01', "another device's id", differs, () => ({ device: elsewhere })),
  says('record-02', "the server's name", differs, () => ({ device: 'server-1' })),
  says('record-03', 'another branch', differs, () => ({ branch: elsewhere })),
  says('record-04', 'the whole company', differs, () => ({ branch: 'all' })),
  says('record-05', 'another audience', differs, () => ({ audience: 'books' })),
  says('record-06', 'another shard', differs, () => ({ shard: '2026-12' })),
  says('record-07', 'another organisation', differs, () => ({ org: elsewhere })),
  says('record-08', 'another number than its key', differs, ({ seq }) => ({ seq: seq + 1 })),
  says('record-09', 'another record before it', /^refused:fork/, () => ({ prev: 'ab'.repeat(32) })),
  says('record-10', 'a clock below zero', malformed, () => ({ hlc: -1 })),
  says('record-11', 'a trade moment after 2248', malformed, () => ({ at: 2 ** 43 })),
  says('record-12', 'a field too many', malformed, () => ({ approved: 1 })),
  says('record-13', 'a kind that is no name', malformed, () => ({ kind: 'Posted' })),
  says('record-14', 'a build of 10,000 letters', malformed, () => ({ build: 'x'.repeat(10_000) })),
]

const bodies: readonly Attack[] = [
  says('record-20', 'a body that its kind does not have', malformed, () => ({
    body: { changes: 1 },
  })),
  says('record-21', '1,001 changes in one record', malformed, () => ({
    body: { changes: Array.from({ length: 1_001 }, () => categoryBody('x')) },
  })),
  says('record-22', 'a document of 1,001 lines', malformed, () => ({
    kind: 'posted.v1',
    body: { lines: Array.from({ length: 1_001 }, (_, i) => ({ lineId: `l${i}` })) },
  })),
  says('record-23', 'a reversal of nothing', malformed, () => ({ kind: 'reversed.v1', body: {} })),
  changed(
    'record-24',
    'a record above the limit',
    /^refused:(value-too-large|too-large)/,
    (record) =>
      encodeRecord({ ...record, body: Array.from({ length: 300 }, (_, i) => `${i}`.repeat(500)) }),
  ),
  changed('record-25', 'text in place of a record', /^refused:/, () =>
    new TextEncoder().encode('{"kind":"posted.v1"}'),
  ),
  changed('record-26', 'a form that nobody knows', /^refused:unknown-form/, (record) => {
    const bytes = encodeRecord(record).slice()
    bytes[0] = 9
    return bytes
  }),
  changed('record-27', 'fields out of order', /^refused:not-canonical/, (record) =>
    storedBytes(Uint8Array.of(1, ...[...packJson(record as unknown as Json)].reverse())),
  ),
  changed('record-28', 'a count of 2^40 items in 12 bytes', /^refused:/, () =>
    storedBytes(Uint8Array.of(1, 0xfa, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0)),
  ),
  changed('record-29', 'no signature at its end', /^refused:unsigned-tail/, (record) =>
    encodeRecord(record),
  ),
  changed('record-30', 'a signature of another key', /^refused:bad-signature/, async (record) => {
    const { privateKey } = await makeSigningKey(crypto.subtle)
    return signed(record, webCryptoSigner(crypto.subtle, privateKey))
  }),
  changed('record-31', 'a signature of zeros', /^refused:bad-signature/, (record) =>
    encodeRecord(record, new Uint8Array(64)),
  ),
  changed(
    'record-32',
    'the signature of another record',
    /^refused:bad-signature/,
    async (record, signer) => {
      const other = packRecord({ ...exampleRecord(), id: record.id })
      return encodeRecord(record, await signer.sign(sha256Bytes(other)))
    },
  ),
]

const others: readonly Attack[] = [
  serverKind('record-40', 'user-granted.v1', ({ keeper, branch }) => ({
    user: keeper.enrolled.user.id,
    name: 'Kim',
    roles: [{ branch, role: 'owner' }],
  })),
  serverKind('record-41', 'user-revoked.v1', ({ boss }) => ({ user: boss.enrolled.user.id })),
  serverKind('record-42', 'device-revoked.v1', ({ boss }) => ({
    device: boss.enrolled.device,
    reason: 'mine now',
  })),
  {
    ...{ id: 'record-43', what: "a colleague's record, replayed in an own journal" },
    ...{ by: 'same branch', answer: differs },
    async act(arena) {
      const { journal } = await keptOf(arena)
      const theirs = await arena.boss.seal('goods', [categoryBody('x')], { isKept: false })
      const entries = theirs.entries.map(({ bytes }) => ({ seq: 1, bytes }))
      return attackWithUpdate(arena, arena.keeper, journal, updateOf(entries))
    },
  },
  {
    ...{ id: 'record-44', what: 'its own first record again under the next number' },
    ...{ by: 'same branch', answer: /^refused:(envelope-differs|key-taken|fork)/ },
    async act(arena) {
      const { journal, update } = await keptOf(arena)
      const doc = createJournalDoc()
      const { applyUpdate } = await import('yjs')
      applyUpdate(doc, update)
      const bytes = doc.getMap<Uint8Array>('r').get('0') ?? new Uint8Array()
      return attackWithUpdate(arena, arena.keeper, journal, updateOf([{ seq: 1, bytes }]))
    },
  },
  {
    ...{ id: 'record-45', what: 'two records of which the second is missing its signature' },
    ...{ by: 'same branch', answer: /^refused:unsigned-tail/ },
    async act(arena) {
      const { journal } = await keptOf(arena)
      const bodiesOfTwo = [categoryBody('a'), categoryBody('b')]
      const { entries } = await arena.keeper.seal('goods', bodiesOfTwo, { isKept: false })
      return attackWithUpdate(arena, arena.keeper, journal, updateOf(entries.slice(0, 1)))
    },
  },
  {
    ...{ id: 'record-46', what: 'a later month that continues another history' },
    ...{ by: 'same branch', answer: /^refused:fork/ },
    async act(arena) {
      await keptOf(arena)
      const { keeper } = arena
      const sealed = await keeper.seal('goods', [categoryBody('x')], {
        hlc: november,
        isKept: false,
      })
      const [entry] = sealed.entries
      if (entry === undefined) throw new Error('nothing was sealed')
      const bytes = await signed({ ...entry.record, prev: 'cd'.repeat(32) }, keeper.signer)
      return attackWithUpdate(arena, keeper, sealed.journal, updateOf([{ seq: entry.seq, bytes }]))
    },
  },
]

export const attacksWithRecords: readonly Attack[] = [...envelopes, ...bodies, ...others]
