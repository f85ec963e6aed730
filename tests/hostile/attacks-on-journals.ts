/** Updates to journals that no honest device sends: bytes, structs and values of every other kind. */
import * as Y from 'yjs'
import {
  appendStruct,
  binaryContent,
  type RawDelete,
  type RawStruct,
  rawUpdate,
} from '#domain/replica/hostile-update.examples.ts'
import { appendEntries, createJournalDoc } from '#domain/replica/journal.ts'
import type { Arena } from './arena.ts'
import { type Attack, attackDocument, attackWithUpdate } from './attack.ts'
import { keptOf, type Kept } from './kept-journal.ts'
import { syncFrame, updateFrame } from './visitor.ts'

type Make = (kept: Kept) => Uint8Array | Promise<Uint8Array>

/** By the owner of a journal that has one honest record, to that journal. */
function own(id: string, what: string, answer: RegExp, make: Make): Attack {
  return {
    ...{ id, what, answer, by: 'same branch' },
    async act(arena) {
      const kept = await keptOf(arena)
      return attackWithUpdate(arena, arena.keeper, kept.journal, await make(kept))
    },
  }
}

/** By a colleague who may read the journal of the honest device, to that journal. */
function foreign(id: string, what: string, make: (arena: Arena) => readonly Uint8Array[]): Attack {
  return {
    ...{ id, what, answer: /^(not applied|ignored|Reset Connection)$/, by: 'same branch' },
    act: (arena) => attackDocument(arena, arena.keeper, arena.honest.journal, make(arena)),
  }
}

const fresh = 4_294_967_295

function one(client: number, clock: number, struct: RawStruct, deletes: RawDelete[] = []) {
  return rawUpdate([{ client, clock, structs: [struct] }], deletes)
}

/** What Yjs makes of an act on a copy of the journal. */
function byYjs({ update }: Kept, act: (map: Y.Map<unknown>, doc: Y.Doc) => void): Uint8Array {
  const doc = createJournalDoc()
  Y.applyUpdate(doc, update)
  const before = Y.encodeStateVector(doc)
  doc.transact(() => act(doc.getMap('r'), doc))
  return Y.encodeStateAsUpdate(doc, before)
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = [value]
  return value
}

/** The value that a struct of Yjs's ContentAny would hold: `depth` lists in one another. */
function deepAny(depth: number): Uint8Array {
  const bytes = new Uint8Array(2 * depth + 3)
  bytes[0] = 1
  for (let i = 0; i < depth; i++) bytes.set([117, 1], 1 + 2 * i)
  bytes.set([125, 1], 2 * depth + 1)
  return bytes
}

const bytes = Uint8Array.of(1, 2, 3)

const ownForms: readonly Attack[] = [
  own('journal-01', 'random bytes', /^(refused:|not applied)/, () =>
    crypto.getRandomValues(new Uint8Array(300)),
  ),
  own('journal-02', '7 bytes that announce 33,554,431 structs', /^refused:truncated/, () =>
    Uint8Array.of(1, 0xff, 0xff, 0xff, 0x0f, 5, 0),
  ),
  own('journal-03', 'a count of 2^53 blocks', /^refused:/, () =>
    Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 1),
  ),
  own('journal-04', 'a GC struct over clocks of its own', /^refused:has-gc/, ({ client }) =>
    one(client, 1, { info: 0, content: Uint8Array.of(99) }),
  ),
  own('journal-05', 'a skip struct', /^refused:has-skip/, ({ client }) =>
    one(client, 1, { info: 10, content: Uint8Array.of(99) }),
  ),
  own('journal-06', 'a delete set over its record', /^refused:has-delete-set/, ({ client }) =>
    rawUpdate([], [{ client, ranges: [[0, 1]] }]),
  ),
  own('journal-07', 'deletes of what never was (pending)', /^refused:has-delete-set/, () =>
    rawUpdate([], [{ client: 7, ranges: [[1_000, 5]] }]),
  ),
  own('journal-08', 'map.delete of its record', /^refused:has-delete-set/, (kept) =>
    byYjs(kept, (map) => map.delete('0')),
  ),
  own('journal-09', 'map.set over its record, knowing it', /^refused:/, (kept) =>
    byYjs(kept, (map) => map.set('0', bytes)),
  ),
  own('journal-10', 'the same blind, under a higher client id', /^refused:fork/, () =>
    one(fresh, 0, appendStruct(0, bytes)),
  ),
  own('journal-11', 'the same blind, under a lower client id', /^refused:fork/, () =>
    one(0, 0, appendStruct(0, bytes)),
  ),
  own('journal-12', 'an overwrite with its origin stripped', /^refused:/, ({ client }) =>
    one(client, 1, appendStruct(0, bytes)),
  ),
  own('journal-13', 'an origin kept where none belongs', /^refused:has-origin/, ({ client }) =>
    one(client, 1, { info: 0xa3, origin: [client, 0], content: binaryContent(bytes) }),
  ),
  own('journal-14', 'a right origin', /^refused:has-origin/, ({ client }) =>
    one(client, 1, { info: 0x63, rightOrigin: [client, 0], content: binaryContent(bytes) }),
  ),
  own('journal-15', 'an array', /^refused:/, (kept) =>
    byYjs(kept, (_, doc) => doc.getArray('list').push([bytes])),
  ),
  own('journal-16', 'a text with formats', /^refused:/, (kept) =>
    byYjs(kept, (_, doc) => doc.getText('t').insert(0, 'hello', { bold: true })),
  ),
  own('journal-17', 'a nested map', /^refused:not-binary/, (kept) =>
    byYjs(kept, (map) => map.set('1', new Y.Map())),
  ),
  own('journal-18', 'a sub-document', /^refused:not-binary/, (kept) =>
    byYjs(kept, (map) => map.set('1', new Y.Doc())),
  ),
  own('journal-19', 'another root', /^refused:foreign-root/, (kept) =>
    byYjs(kept, (_, doc) => doc.getMap('x').set('1', bytes)),
  ),
  own('journal-20', 'an entry without a key', /^refused:/, ({ client }) =>
    one(client, 1, { info: 3, parent: 'r', content: binaryContent(bytes) }),
  ),
  own('journal-21', 'a struct that hangs on an item', /^refused:/, ({ client }) =>
    one(client, 1, { info: 0x23, parent: [client, 0], key: '1', content: binaryContent(bytes) }),
  ),
  own('journal-22', 'the key __proto__', /^refused:bad-key/, (kept) =>
    byYjs(kept, (map) => map.set('__proto__', bytes)),
  ),
  own('journal-23', 'the key 01', /^refused:bad-key/, ({ client }) =>
    one(client, 1, appendStruct('01', bytes)),
  ),
]

const ownValues: readonly Attack[] = [
  own('journal-30', 'a text for a value', /^refused:not-binary/, (kept) =>
    byYjs(kept, (map) => map.set('1', 'text')),
  ),
  own('journal-31', 'JSON for a value, with approved: true', /^refused:not-binary/, (kept) =>
    byYjs(kept, (map) => map.set('1', { approved: true })),
  ),
  own('journal-32', 'NaN', /^refused:not-binary/, (kept) =>
    byYjs(kept, (map) => map.set('1', Number.NaN)),
  ),
  own('journal-33', 'undefined', /^refused:not-binary/, (kept) =>
    byYjs(kept, (map) => map.set('1', undefined)),
  ),
  own('journal-34', 'a bigint', /^refused:not-binary/, (kept) =>
    byYjs(kept, (map) => map.set('1', 2n ** 62n)),
  ),
  own('journal-35', 'JSON content of the old kind', /^refused:not-binary/, ({ client }) =>
    one(client, 1, { ...appendStruct(1, bytes), info: 0x22, content: Uint8Array.of(1, 1, 0x31) }),
  ),
  own('journal-36', 'a value 100 levels deep', /^refused:not-binary/, (kept) =>
    byYjs(kept, (map) => map.set('1', nested(100))),
  ),
  own('journal-37', 'a value 5,000 levels deep', /^refused:not-binary/, ({ client }) =>
    one(client, 1, { ...appendStruct(1, bytes), info: 0x28, content: deepAny(5_000) }),
  ),
  own('journal-38', 'a value of 900 KB', /^refused:value-too-large/, ({ client }) =>
    one(client, 1, appendStruct(1, new Uint8Array(900_000))),
  ),
  own('journal-39', 'an update with bytes after its end', /^refused:not-canonical/, ({ update }) =>
    Uint8Array.of(...update, 0),
  ),
  own('journal-40', 'a number written longer than it is', /^refused:not-canonical/, () =>
    Uint8Array.of(0x81, 0x00, 0),
  ),
  own('journal-41', 'client ids above 2^32', /^refused:bad-client-id/, () =>
    one(2 ** 40, 0, appendStruct(1, bytes)),
  ),
  own('journal-42', '20,000 fresh client ids', /^refused:too-many-clients/, () =>
    rawUpdate(
      Array.from({ length: 20_000 }, (_, i) => {
        return { client: 30_000 - i, clock: 0, structs: [appendStruct(1 + i, bytes)] }
      }),
    ),
  ),
  {
    ...{ id: 'journal-43', what: '8,000 updates whose dependency is missing' },
    ...{ by: 'same branch', answer: /^not applied$/ },
    async act(arena) {
      const { journal } = await keptOf(arena)
      const frames = Array.from({ length: 8_000 }, (_, i) =>
        updateFrame(journal, one(77, 1 + i, appendStruct(2 + i, bytes))),
      )
      return attackDocument(arena, arena.keeper, journal, frames)
    },
  },
  {
    ...{ id: 'journal-44', what: 'an answer that leaves a gap in the numbers' },
    ...{ by: 'same branch', answer: /^retry:record-missing/ },
    async act(arena) {
      const { journal } = await keptOf(arena)
      const gap = one(78, 0, appendStruct(9, bytes))
      return attackDocument(arena, arena.keeper, journal, [syncFrame(journal, 1, gap)])
    },
  },
]

/** The client id under which the honest device writes is on show for every reader; here any one. */
const victims: readonly Attack[] = [
  foreign('journal-50', "a GC struct over a colleague's next clocks, 10 bytes", ({ honest }) => [
    updateFrame(honest.journal, one(1, 0, { info: 0, content: Uint8Array.of(99) })),
  ]),
  foreign('journal-51', "an append to a colleague's journal", ({ honest }) => [
    updateFrame(honest.journal, appendEntries(createJournalDoc(), [{ seq: 1_000_000, bytes }])),
  ]),
  foreign('journal-52', "an overwrite of a colleague's record", ({ honest }) => [
    updateFrame(honest.journal, one(fresh, 0, appendStruct(0, bytes))),
  ]),
  foreign('journal-53', "a delete set over a colleague's journal", ({ honest }) => [
    updateFrame(honest.journal, rawUpdate([], [{ client: 1, ranges: [[0, 1_000]] }])),
  ]),
  foreign(
    'journal-54',
    '2,000 answers that announce 33,554,431 structs, as a reader',
    ({ honest }) =>
      Array.from({ length: 2_000 }, () =>
        syncFrame(honest.journal, 1, Uint8Array.of(1, 0xff, 0xff, 0xff, 0x0f, 5, 0)),
      ),
  ),
  foreign('journal-55', 'an answer of 1 MB of random bytes, as a reader', ({ honest }) => [
    syncFrame(honest.journal, 1, new Uint8Array(1_000_000).fill(0xff)),
  ]),
  foreign('journal-56', '2,000 questions for everything at once', ({ honest }) =>
    Array.from({ length: 2_000 }, () => syncFrame(honest.journal, 0, Uint8Array.of(0))),
  ),
]

export const attacksOnJournals: readonly Attack[] = [...ownForms, ...ownValues, ...victims]
