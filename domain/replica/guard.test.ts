import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { limitStoredBytes } from '#domain/records/record-bytes.ts'
import {
  checkJournalUpdate,
  encodeAccepted,
  type GuardCode,
  type KnownJournal,
  limitUpdateBytes,
} from './guard.ts'
import { appendStruct, binaryContent, rawUpdate } from './hostile-update.examples.ts'
import { appendEntries, createJournalDoc, type JournalEntry, knownJournal } from './journal.ts'

const value = Uint8Array.of(1, 2, 3)
const none = new Uint8Array(0)
const anyOne = Uint8Array.of(1, 125, 1)

function entries(fromSeq: number, count: number): JournalEntry[] {
  return Array.from({ length: count }, (_, i) => ({
    seq: fromSeq + i,
    bytes: Uint8Array.of(fromSeq + i, 7),
  }))
}

/** A journal whose first page load (client 1000) wrote 0–4 and whose second (client 2000) 5–9. */
function twoPageLoads(): Y.Doc {
  const first = createJournalDoc()
  first.clientID = 1_000
  appendEntries(first, entries(0, 5))
  const second = createJournalDoc()
  Y.applyUpdate(second, Y.encodeStateAsUpdate(first))
  second.clientID = 2_000
  appendEntries(second, entries(5, 5))
  return second
}

const doc = twoPageLoads()
const known = knownJournal(doc, 0, 10)

function check(update: Uint8Array, knowing: KnownJournal = known) {
  return checkJournalUpdate(update, knowing)
}

function codeOf(update: Uint8Array, knowing: KnownJournal = known): GuardCode | undefined {
  const checked = check(update, knowing)
  return checked.ok ? undefined : checked.problem.code
}

/** An update of one struct by a fresh page load. */
function one(struct: Parameters<typeof rawUpdate>[0][number]['structs'][number], client = 3_000) {
  return rawUpdate([{ client, clock: 0, structs: [struct] }])
}

describe('what Yjs writes', () => {
  it('[GRD1] is one Item for each entry: byte 0x23, root, key, bytes, and no delete set', () => {
    const fresh = createJournalDoc()
    fresh.clientID = 5
    const update = appendEntries(fresh, [{ seq: 57, bytes: value }])
    const item = [0x23, 1, 1, 0x72, 2, 0x35, 0x37, 3, 1, 2, 3]
    expect([...update]).toEqual([1, 1, 5, 0, ...item, 0])
  })

  it('[GRD1] has no origin in the second and third append of one page load either', () => {
    const fresh = createJournalDoc()
    fresh.clientID = 5
    appendEntries(fresh, entries(0, 1))
    const second = appendEntries(fresh, entries(1, 1))
    expect([...second]).toEqual([1, 1, 5, 1, 0x23, 1, 1, 0x72, 1, 0x31, 2, 1, 7, 0])
    const structs = fresh.store.clients.get(5) ?? []
    expect(structs.map(({ length }) => length)).toEqual([1, 1])
  })
})

describe('honest updates', () => {
  it('[GRD1] are accepted: the next append, by a known page load or a fresh one', () => {
    const clone = createJournalDoc()
    Y.applyUpdate(clone, Y.encodeStateAsUpdate(doc))
    const fresh = check(appendEntries(clone, entries(10, 2)))
    expect(fresh).toMatchObject({ ok: true, value: { known: 0 } })
    expect(fresh.ok && fresh.value.entries.map(({ seq }) => seq)).toEqual([10, 11])
    const again = check(
      rawUpdate([{ client: 2_000, clock: 5, structs: [appendStruct(10, value)] }]),
    )
    expect(again.ok && [...again.value.clients]).toEqual([[2_000, 6]])
  })

  it('[GRD2] are accepted as full state, as difference, merged and empty', () => {
    const author = createJournalDoc()
    Y.applyUpdate(author, Y.encodeStateAsUpdate(doc))
    const updates = [appendEntries(author, entries(10, 2)), appendEntries(author, entries(12, 1))]
    const full = check(Y.encodeStateAsUpdate(author))
    expect(full.ok && full.value.known).toBe(10)
    expect(full.ok && full.value.entries.map(({ seq }) => seq)).toEqual([10, 11, 12])
    const difference = Y.encodeStateAsUpdate(author, Y.encodeStateVector(doc))
    const merged = Y.mergeUpdates(updates)
    for (const update of [difference, merged]) {
      const checked = check(update)
      expect(checked.ok && encodeAccepted(checked.value)).toEqual(difference)
    }
    expect(check(Uint8Array.of(0, 0))).toMatchObject({ ok: true, value: { known: 0, entries: [] } })
  })

  it('[GRD2] by several page loads come in the order of client ids and leave in that of numbers', () => {
    const empty = knownJournal(createJournalDoc(), 0, 10)
    const checked = check(Y.encodeStateAsUpdate(doc), empty)
    expect(checked.ok && checked.value.entries.map(({ seq }) => seq)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ])
    expect(checked.ok && encodeAccepted(checked.value)).toEqual(Y.encodeStateAsUpdate(doc))
  })

  it('[GRD2] may repeat what is known, whoever hands it in', () => {
    const repeat = check(Y.encodeStateAsUpdate(doc))
    expect(repeat).toMatchObject({ ok: true, value: { known: 10, entries: [] } })
    expect(repeat.ok && encodeAccepted(repeat.value)).toEqual(Uint8Array.of(0, 0))
  })

  it('[GRD2] go on from the chain in a new monthly shard', () => {
    const shard = createJournalDoc()
    const update = appendEntries(shard, entries(57, 2))
    const next = knownJournal(createJournalDoc(), 57, 10)
    expect(check(update, next)).toMatchObject({ ok: true })
    expect(codeOf(update, knownJournal(createJournalDoc(), 56, 10))).toBe('key-not-next')
    expect(codeOf(update, knownJournal(createJournalDoc(), 58, 10))).toBe('key-not-next')
  })

  it('[GRD9] are stored as copies, without what came with them', () => {
    const update = rawUpdate([{ client: 3_000, clock: 0, structs: [appendStruct(10, value)] }])
    const checked = check(update)
    const encoded = checked.ok ? encodeAccepted(checked.value) : none
    expect(encoded).toEqual(update)
    update.fill(0)
    expect(checked.ok && checked.value.entries[0]?.bytes).toEqual(value)
  })
})

describe('hostile updates', () => {
  it('[GRD3] cannot delete', () => {
    expect(codeOf(rawUpdate([], [{ client: 1_000, ranges: [[0, 1]] }]))).toBe('has-delete-set')
    const clone = createJournalDoc()
    Y.applyUpdate(clone, Y.encodeStateAsUpdate(doc))
    clone.getMap('r').delete('3')
    expect(codeOf(Y.encodeStateAsUpdate(clone))).not.toBeUndefined()
    expect(codeOf(Y.encodeStateAsUpdate(clone, Y.encodeStateVector(clone)))).toBe('has-delete-set')
  })

  it('[GRD3] cannot overwrite, knowingly or blind', () => {
    const clone = createJournalDoc()
    Y.applyUpdate(clone, Y.encodeStateAsUpdate(doc))
    clone.getMap('r').set('3', value)
    const knowing = Y.encodeStateAsUpdate(clone, Y.encodeStateVector(doc))
    expect(codeOf(knowing)).toBe('has-origin')
    expect(codeOf(one(appendStruct(3, value), 4_000_000_000))).toBe('fork')
    expect(codeOf(one(appendStruct(3, Uint8Array.of(3, 7)), 4_000_000_000))).toBe('key-taken')
    const right = { ...appendStruct(10, value), info: 0x63 }
    expect(codeOf(one({ ...right, rightOrigin: [1_000, 3] }))).toBe('has-origin')
  })

  it('[GRD4] cannot tell another past under an id that is known', () => {
    const other = rawUpdate([{ client: 1_000, clock: 0, structs: [appendStruct(0, value)] }])
    expect(codeOf(other)).toBe('fork')
    const ahead = rawUpdate([{ client: 1_000, clock: 4, structs: [appendStruct(10, value)] }])
    expect(codeOf(ahead)).toBe('fork')
    const problem = check(other)
    expect(problem).toMatchObject({ problem: { code: 'fork', seq: 0 } })
  })

  it('[GRD5] cannot leave a gap, in numbers or in clocks', () => {
    expect(codeOf(one(appendStruct(11, value)))).toBe('key-not-next')
    const structs = [appendStruct(10, value), appendStruct(12, value)]
    expect(codeOf(rawUpdate([{ client: 3_000, clock: 0, structs }]))).toBe('key-not-next')
    const back = [appendStruct(11, value), appendStruct(10, value)]
    expect(codeOf(rawUpdate([{ client: 3_000, clock: 0, structs: back }]))).toBe('key-not-next')
    const twice = [appendStruct(10, value), appendStruct(10, value)]
    expect(codeOf(rawUpdate([{ client: 3_000, clock: 0, structs: twice }]))).toBe('key-not-next')
    const both = [3_000, 3_001].map((client) => ({
      client,
      clock: 0,
      structs: [appendStruct(10, value)],
    }))
    expect(codeOf(rawUpdate(both))).toBe('key-not-next')
    const late = rawUpdate([{ client: 3_000, clock: 1, structs: [appendStruct(10, value)] }])
    expect(codeOf(late)).toBe('missing-dependency')
  })

  it('[GRD5] cannot use up the clocks of a page load: no garbage, no skips', () => {
    const gc = { info: 0, content: Uint8Array.of(100) }
    expect(codeOf(rawUpdate([{ client: 2_000, clock: 5, structs: [gc] }]))).toBe('has-gc')
    const skip = { info: 10, content: Uint8Array.of(100) }
    expect(codeOf(rawUpdate([{ client: 2_000, clock: 5, structs: [skip] }]))).toBe('has-skip')
    const flagged = { info: 0xea, content: Uint8Array.of(100) }
    expect(codeOf(rawUpdate([{ client: 2_000, clock: 5, structs: [flagged] }]))).toBe('has-skip')
    const deleted = { ...appendStruct(10, value), info: 0x21, content: Uint8Array.of(1) }
    expect(codeOf(one(deleted))).toBe('not-binary')
  })

  it('[GRD6] cannot hold anything but bytes under a number of the one root', () => {
    const item = appendStruct(10, value)
    for (const content of [1, 2, 4, 5, 6, 7, 8, 9, 11, 31]) {
      expect([content, codeOf(one({ ...item, info: 0x20 | content, content: anyOne }))]).toEqual([
        content,
        'not-binary',
      ])
    }
    expect(codeOf(one({ ...item, parent: 'd' }))).toBe('foreign-root')
    expect(codeOf(one({ ...item, parent: 'rr' }))).toBe('foreign-root')
    expect(codeOf(one({ ...item, parent: [1_000, 0] }))).toBe('foreign-root')
    const { key: _, ...listed } = item
    expect(codeOf(one({ ...listed, info: 3 }))).toBe('no-key')
    const keys = [
      '__proto__',
      '',
      '010',
      '1e1',
      '-1',
      '10 ',
      '１０',
      '9007199254740993',
      '0x0a',
      '10.0',
    ]
    for (const key of keys) expect([key, codeOf(one({ ...item, key }))]).toEqual([key, 'bad-key'])
  })

  it('[GRD7] are bounded before anything is made for them', () => {
    const claim = Uint8Array.of(1, 0xff, 0xff, 0xff, 0x0f, 5, 0)
    expect(claim).toHaveLength(7)
    expect(codeOf(claim)).toBe('truncated')
    expect(codeOf(Uint8Array.of(0xff, 0xff, 0xff, 0x0f, 0))).toBe('truncated')
    const long = { ...appendStruct(10, value), content: Uint8Array.of(0xff, 0xff, 0x7f) }
    expect(codeOf(one(long))).toBe('value-too-large')
    const fits = appendStruct(10, new Uint8Array(limitStoredBytes))
    expect(codeOf(one(fits))).toBeUndefined()
    const large = appendStruct(10, new Uint8Array(limitStoredBytes + 1))
    expect(codeOf(one(large))).toBe('value-too-large')
    expect(codeOf(new Uint8Array(limitUpdateBytes + 1))).toBe('too-large')
  })

  it('[GRD7] cannot bring more client ids than a document may have', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({
      client: 3_000 + i,
      clock: 0,
      structs: [appendStruct(10 + i, value)],
    }))
    expect(codeOf(rawUpdate(many))).toBe('too-many-clients')
    expect(
      codeOf(
        rawUpdate(
          many.slice(1).map((block, i) => ({ ...block, structs: [appendStruct(10 + i, value)] })),
        ),
      ),
    ).toBeUndefined()
    expect(codeOf(one(appendStruct(10, value), 2 ** 32))).toBe('bad-client-id')
    expect(codeOf(one(appendStruct(10, value), 2 ** 32 - 1))).toBeUndefined()
  })

  it('[GRD8] have one spelling: what is cut, goes on, or says things twice is refused', () => {
    const honest = one(appendStruct(10, value))
    for (let end = 0; end < honest.length; end++) {
      expect([end, codeOf(honest.subarray(0, end))]).toEqual([end, 'truncated'])
    }
    expect(codeOf(Uint8Array.of(...honest, 0))).toBe('not-canonical')
    expect(codeOf(Uint8Array.of(0x81, 0, ...honest.subarray(1)))).toBe('not-canonical')
    expect(codeOf(rawUpdate([{ client: 3_000, clock: 0, structs: [] }]))).not.toBeUndefined()
    const block = { client: 1_000, clock: 0, structs: [appendStruct(0, Uint8Array.of(0, 7))] }
    expect(codeOf(rawUpdate([block, block]))).toBe('not-canonical')
    const emptyFirst = rawUpdate([{ client: 9, clock: 0, structs: [] }, block])
    expect(codeOf(emptyFirst)).toBe('not-canonical')
    expect(
      codeOf(one({ ...appendStruct(10, value), content: binaryContent(none) })),
    ).toBeUndefined()
  })
})
