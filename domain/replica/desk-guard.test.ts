import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { hlc } from '#domain/values/hybrid-clock.ts'
import {
  addScan,
  createDeskDoc,
  readDraft,
  removeDraft,
  removeLine,
  setDraftFields,
} from './desk.ts'
import {
  checkDeskUpdate,
  type DeskGuardCode,
  encodeAcceptedDesk,
  type KnownDesk,
} from './desk-guard.ts'
import { limitUpdateBytes } from './guard.ts'
import { type RawStruct, rawUpdate } from './hostile-update.examples.ts'
import { knownDesk } from './known-desk.ts'

const rights = { limitClients: 10, mayWriteAs: () => true }
const draftId = 'd1'
const lineId = 'l1'

/** ContentAny of one value: `{ hlc: 5 }`. */
const fiveAt = Uint8Array.of(1, 118, 1, 3, 0x68, 0x6c, 0x63, 125, 5)

let ms = 1_000

function act(device = 'a') {
  ms += 1
  return { device, hlc: hlc(ms, 0) }
}

function edit(doc: Y.Doc, price: number, device?: string): void {
  const lines = [{ lineId, fields: { price } }]
  setDraftFields(doc, act(device), { draftId, type: 'shipment', lines })
}

/** A desk on which page load 1000 has typed one price twice. */
function typedDesk(): Y.Doc {
  const doc = createDeskDoc()
  doc.clientID = 1_000
  edit(doc, 1)
  edit(doc, 2)
  return doc
}

const server = typedDesk()
const known = knownDesk(server, rights)

function copyOf(doc: Y.Doc, clientID = 2_000): Y.Doc {
  const copy = createDeskDoc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  copy.clientID = clientID
  return copy
}

function codeOf(update: Uint8Array, knowing: KnownDesk = known): DeskGuardCode | undefined {
  const checked = checkDeskUpdate(update, knowing)
  return checked.ok ? undefined : checked.problem.code
}

function encoded(update: Uint8Array, knowing: KnownDesk = known): Uint8Array {
  const checked = checkDeskUpdate(update, knowing)
  if (!checked.ok) throw new Error(checked.problem.code)
  return encodeAcceptedDesk(checked.value)
}

function struct(fields: Partial<RawStruct> = {}): RawStruct {
  return { info: 0x28, parent: 'd', key: 'd1|h|note|b', content: fiveAt, ...fields }
}

function one(fields: Partial<RawStruct> = {}, client = 3_000, clock = 0): Uint8Array {
  return rawUpdate([{ client, clock, structs: [struct(fields)] }])
}

/** An item that follows another under the same key: the key is not written. */
function following(origin: readonly [number, number], fields: Partial<RawStruct> = {}) {
  const { key: _, parent: __, ...rest } = struct()
  return { ...rest, info: 0xa8, origin, ...fields }
}

describe('honest updates of a desk', () => {
  it('[GRD10] are accepted: typing, typing over, scanning, removing lines and drafts', () => {
    const doc = copyOf(server)
    const replica = copyOf(server, 2_001)
    doc.on('update', (update: Uint8Array) => {
      Y.applyUpdate(replica, encoded(update, knownDesk(replica, rights)))
    })
    edit(doc, 3)
    edit(doc, 4, 'b')
    addScan(doc, act('b'), { draftId, lineId, step: 10_000 })
    expect(readDraft(replica, draftId)).toEqual(readDraft(doc, draftId))
    removeLine(doc, act(), { draftId, lineId })
    expect(readDraft(replica, draftId)).toEqual(readDraft(doc, draftId))
    removeDraft(doc, draftId)
    expect(replica.getMap('d').size).toBe(0)
  })

  it('[GRD10] are accepted as full state, with runs of deletes that are half known', () => {
    const doc = copyOf(server, 1_000)
    for (let price = 3; price < 9; price++) edit(doc, price)
    const full = Y.encodeStateAsUpdate(doc)
    const difference = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server))
    for (const update of [full, difference]) {
      const replica = copyOf(server)
      Y.applyUpdate(replica, encoded(update))
      expect(Y.encodeStateAsUpdate(replica)).toEqual(full)
    }
    expect(encoded(full)).toEqual(encoded(difference))
  })

  it('[GRD10] are accepted merged: Yjs leaves the key bit out there', () => {
    const doc = copyOf(server)
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let price = 3; price < 7; price++) edit(doc, price, 'b')
    const replica = copyOf(server, 2_001)
    Y.applyUpdate(replica, encoded(Y.mergeUpdates(updates)))
    expect(Y.encodeStateAsUpdate(replica)).toEqual(Y.encodeStateAsUpdate(doc))
  })

  it('[GRD10] with nothing new leave nothing to store', () => {
    const repeat = checkDeskUpdate(Y.encodeStateAsUpdate(server), known)
    expect(repeat).toMatchObject({ ok: true, value: { hasNews: false } })
    expect(encoded(Y.encodeStateAsUpdate(server))).toEqual(Uint8Array.of(0, 0))
  })
})

describe('hostile updates of a desk', () => {
  it('[GRD11] cannot hold anything but values under keys of a desk', () => {
    expect(codeOf(one())).toBeUndefined()
    expect(codeOf(one({ parent: 'r' }))).toBe('foreign-root')
    expect(codeOf(one({ parent: [1_000, 0] }))).toBe('foreign-root')
    for (const key of ['x', '__proto__', 'd1|h|constructor|b', `d1|h|note|${'b'.repeat(65)}`]) {
      expect([key, codeOf(one({ key }))]).toEqual([key, 'bad-key'])
    }
    const { key: _, ...listed } = struct()
    expect(
      codeOf(rawUpdate([{ client: 3_000, clock: 0, structs: [{ ...listed, info: 8 }] }])),
    ).toBe('no-key')
    for (const content of [2, 3, 4, 5, 6, 7, 9, 11, 31]) {
      expect([content, codeOf(one({ info: 0x20 | content }))]).toEqual([content, 'foreign-content'])
    }
    expect(codeOf(one({ info: 0x68, rightOrigin: [1_000, 0] }))).toBe('has-right-origin')
  })

  it('[GRD11] cannot hold values that a reader would stumble over', () => {
    const bad: readonly (readonly [DeskGuardCode, readonly number[]])[] = [
      ['bad-value', [0]],
      ['bad-value', [2, ...fiveAt.subarray(1), ...fiveAt.subarray(1)]],
      ['bad-value', [1, 125, 5]],
      ['bad-value', [1, 119, 1, 0x61]],
      ['bad-value', [1, 117, 0]],
      ['bad-value', [1, 118, 0]],
      ['bad-value', [1, 118, 1, 3, 0x68, 0x6c, 0x63, 125, 0x45]],
      ['value-not-json', [1, 126]],
      ['value-not-json', [1, 127]],
      ['value-not-json', [1, 120]],
      ['value-not-json', [1, 122, 0, 0, 0, 0, 0, 0, 0, 1]],
      ['value-not-json', [1, 116, 1, 1]],
      ['value-not-json', [1, 123, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]],
      ['value-not-json', [1, 124, 0x3f, 0, 0, 0]],
      ['not-canonical', [1, 123, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0]],
      ['not-canonical', [1, 124, 0x3f, 0x80, 0, 0]],
      ['not-canonical', [1, 125, 0x40]],
      ['not-canonical', [1, 125, 0x85, 0]],
      ['not-canonical', [1, 119, 1, 0xff]],
      ['name-forbidden', [1, 118, 1, 9, ...new TextEncoder().encode('__proto__'), 125, 5]],
      ['not-canonical', [1, 118, 2, 1, 0x61, 125, 5, 1, 0x61, 125, 5]],
      ['value-too-deep', [1, 117, 1, 117, 1, 117, 1, 117, 1, 117, 1, 117, 1, 117, 1, 125, 1]],
      ['truncated', [1, 117, 0xff, 0xff, 0xff, 0x0f]],
      ['truncated', [1, 118, 0xff, 0xff, 0xff, 0x0f]],
    ]
    for (const [code, content] of bad) {
      expect([content, codeOf(one({ content: Uint8Array.from(content) }))]).toEqual([content, code])
    }
    const long = Uint8Array.from([1, 119, 0x80, 0x80, 1, ...new Uint8Array(16_384).fill(0x61)])
    expect(codeOf(one({ content: long }))).toBe('value-too-large')
  })

  it('[GRD12] cannot build on what is not there, nor in circles', () => {
    const at = (client: number, origin: readonly [number, number]) => ({
      ...{ client, clock: 0 },
      structs: [following(origin)],
    })
    expect(codeOf(rawUpdate([at(3_000, [1_000, 0])]))).toBeUndefined()
    expect(codeOf(rawUpdate([at(3_000, [1_000, 99])]))).toBe('missing-dependency')
    expect(codeOf(rawUpdate([at(3_000, [7, 0])]))).toBe('missing-dependency')
    expect(codeOf(rawUpdate([at(3_000, [3_000, 0])]))).toBe('missing-dependency')
    expect(codeOf(rawUpdate([at(3_000, [3_001, 0]), at(3_001, [3_000, 0])]))).toBe(
      'missing-dependency',
    )
    expect(codeOf(rawUpdate([at(3_000, [3_001, 0]), at(3_001, [1_000, 0])]))).toBeUndefined()
    expect(codeOf(rawUpdate([at(3_001, [3_000, 0]), at(3_000, [1_000, 0])]))).toBeUndefined()
    expect(codeOf(one({}, 3_000, 1))).toBe('missing-dependency')
    const ranges = (clock: number, length: number) => [
      { client: 1_000, ranges: [[clock, length] as const] },
    ]
    expect(codeOf(rawUpdate([], ranges(0, 1)))).toBeUndefined()
    expect(codeOf(rawUpdate([], ranges(0, 99)))).toBe('missing-dependency')
    expect(codeOf(rawUpdate([], [{ client: 7, ranges: [[0, 1]] }]))).toBe('missing-dependency')
  })

  it('[GRD13] cannot use the client ids of other devices, nor too many', () => {
    const own = { ...known, mayWriteAs: (client: number) => client === 3_000 }
    expect(codeOf(one({}, 3_000), own)).toBeUndefined()
    expect(codeOf(one({}, 3_001), own)).toBe('foreign-client')
    const nextClock = known.clocks.get(1_000) ?? 0
    expect(codeOf(one({}, 1_000, nextClock), own)).toBe('foreign-client')
    // Repeating what is known is everybody's right.
    expect(codeOf(Y.encodeStateAsUpdate(server), own)).toBeUndefined()
    expect(codeOf(one({}, 3_000), { ...known, limitClients: 1 })).toBe('too-many-clients')
    expect(codeOf(one({}, 2 ** 32))).toBe('bad-client-id')
  })

  it('[GRD13] cannot use up the clocks of a page load: no garbage, no skips', () => {
    const next = known.clocks.get(1_000) ?? 0
    const filler = (info: number) =>
      rawUpdate([{ client: 1_000, clock: next, structs: [{ info, content: Uint8Array.of(9) }] }])
    expect(codeOf(filler(0))).toBe('has-gc')
    expect(codeOf(filler(10))).toBe('has-skip')
    expect(codeOf(filler(0xea))).toBe('has-skip')
  })

  it('[GRD14] have one spelling and are bounded before anything is made for them', () => {
    expect(codeOf(Uint8Array.of(1, 0xff, 0xff, 0xff, 0x0f, 5, 0))).toBe('truncated')
    expect(codeOf(Uint8Array.of(0, 0xff, 0xff, 0xff, 0x0f))).toBe('truncated')
    expect(codeOf(Uint8Array.of(0, 1, 5, 0xff, 0xff, 0xff, 0x0f))).toBe('truncated')
    expect(codeOf(new Uint8Array(limitUpdateBytes + 1))).toBe('too-large')
    const honest = one()
    for (let end = 0; end < honest.length; end++) {
      expect([end, codeOf(honest.subarray(0, end))]).toEqual([end, 'truncated'])
    }
    expect(codeOf(Uint8Array.of(...honest, 0))).toBe('not-canonical')
    const block = { client: 3_000, clock: 0, structs: [struct()] }
    expect(codeOf(rawUpdate([block, block]))).toBe('not-canonical')
    expect(
      codeOf(
        rawUpdate([
          { ...block, structs: [] },
          { ...block, client: 5 },
        ]),
      ),
    ).toBe('not-canonical')
    const empty = { info: 0x21, content: Uint8Array.of(0) }
    expect(codeOf(one(empty))).toBe('not-canonical')
    const deletes = (...ranges: (readonly [number, number])[]) =>
      rawUpdate([], [{ client: 1_000, ranges }])
    expect(codeOf(deletes([0, 1], [1, 1]))).toBeUndefined()
    expect(codeOf(deletes([1, 1], [0, 1]))).toBe('not-canonical')
    expect(codeOf(deletes([0, 2], [1, 1]))).toBe('not-canonical')
    expect(codeOf(deletes([0, 0]))).toBe('not-canonical')
    expect(codeOf(deletes())).not.toBeUndefined()
    const run = {
      info: 0x21,
      content: Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f),
    }
    expect(codeOf(one(run))).toBe('too-many-clocks')
  })
})
