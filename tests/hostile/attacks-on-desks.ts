/** Desks have many writers and no authority: typing over others is fine, spoiling the document is not. */
import * as Y from 'yjs'
import {
  type RawBlock,
  type RawStruct,
  rawUpdate,
} from '#domain/replica/hostile-update.examples.ts'
import { limitDeskValueBytes } from '#domain/replica/desk-value.ts'
import type { Arena } from './arena.ts'
import { type Attack, attackDocument, attackWithUpdate } from './attack.ts'
import { syncFrame, updateFrame } from './visitor.ts'

function desk(
  id: string,
  what: string,
  answer: RegExp,
  make: (arena: Arena) => Uint8Array,
): Attack {
  return {
    ...{ id, what, answer, by: 'same branch' },
    act: (arena) => attackWithUpdate(arena, arena.keeper, arena.desk, make(arena)),
  }
}

const draft = 'hostile-draft'

function key({ keeper }: Arena, field = 'note'): string {
  return `${draft}|h|${field}|${keeper.enrolled.device}`
}

/** What Yjs makes of values under keys of the desk. */
function set(entries: readonly (readonly [key: string, value: unknown])[], root = 'd'): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const [at, value] of entries) doc.getMap(root).set(at, value)
  })
  return Y.encodeStateAsUpdate(doc)
}

function value(v: unknown): unknown {
  return { hlc: 1, v }
}

function nested(depth: number): unknown {
  let inner: unknown = 1
  for (let i = 0; i < depth; i++) inner = [inner]
  return inner
}

function struct(arena: Arena, more: Partial<RawStruct>): RawStruct {
  const content = Uint8Array.of(1, 118, 1, 3, 0x68, 0x6c, 0x63, 125, 1)
  return { info: 0x28, parent: 'd', key: key(arena), content, ...more }
}

function one(block: RawBlock): Uint8Array {
  return rawUpdate([block])
}

const refused = /^refused:/

export const attacksOnDesks: readonly Attack[] = [
  desk('desk-01', 'another root', /^refused:foreign-root/, (arena) =>
    set([[key(arena), value(1)]], 'x'),
  ),
  desk('desk-02', 'a key that is none', /^refused:bad-key/, () => set([['nonsense', value(1)]])),
  desk('desk-03', 'the key __proto__', /^refused:bad-key/, () => set([['__proto__', value(1)]])),
  desk('desk-04', 'a key of 10,000 letters', /^refused:bad-key/, (arena) =>
    set([[key(arena, 'x'.repeat(10_000)), value(1)]]),
  ),
  desk('desk-05', 'a bare text', /^refused:bad-value/, (arena) => set([[key(arena), 'x']])),
  desk('desk-06', 'NaN', refused, (arena) => set([[key(arena), value(Number.NaN)]])),
  desk('desk-07', 'undefined', refused, (arena) => set([[key(arena), undefined]])),
  desk('desk-08', 'a bigint', refused, (arena) => set([[key(arena), value(1n)]])),
  desk('desk-09', 'a fraction', refused, (arena) => set([[key(arena), value(0.5)]])),
  desk('desk-10', 'null', refused, (arena) => set([[key(arena), value(null)]])),
  desk('desk-11', 'true', refused, (arena) => set([[key(arena), value(true)]])),
  desk('desk-12', 'bytes', refused, (arena) => set([[key(arena), new Uint8Array(9)]])),
  desk('desk-13', 'the field __proto__ in a value', /^refused:name-forbidden/, (arena) =>
    set([[key(arena), { hlc: 1, v: JSON.parse('{"__proto__":{"approved":1}}') as object }]]),
  ),
  desk('desk-14', 'a value 7 levels deep', refused, (arena) =>
    set([[key(arena), value(nested(7))]]),
  ),
  desk('desk-15', 'a value 1,000 levels deep', /^refused:value-too-deep/, (arena) =>
    set([[key(arena), value(nested(1_000))]]),
  ),
  desk('desk-16', 'a value above 16 KB', /^refused:value-too-large/, (arena) =>
    set([[key(arena), value('x'.repeat(limitDeskValueBytes))]]),
  ),
  desk('desk-17', 'a nested map', refused, (arena) => set([[key(arena), new Y.Map()]])),
  desk('desk-18', 'a sub-document', refused, (arena) => set([[key(arena), new Y.Doc()]])),
  desk('desk-19', 'a GC struct', /^refused:has-gc/, () =>
    one({ client: 5, clock: 0, structs: [{ info: 0, content: Uint8Array.of(99, 0, 0, 0) }] }),
  ),
  desk('desk-20', 'clocks used up', /^refused:(too-many-clocks|not-canonical|missing)/, (arena) =>
    one({
      ...{ client: 5, clock: 0 },
      structs: [
        struct(arena, {
          info: 0x21,
          content: Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f),
        }),
      ],
    }),
  ),
  desk('desk-21', 'a right origin', refused, (arena) =>
    one({ client: 5, clock: 0, structs: [struct(arena, { info: 0x68, rightOrigin: [1, 1] })] }),
  ),
  desk('desk-22', 'deletes of what is not there', /^(not applied|refused:|retry:)/, () =>
    rawUpdate([], [{ client: 4_294_967_295, ranges: [[0, 1_000_000]] }]),
  ),
  desk('desk-23', 'a build on what is not there', /^not applied$/, (arena) =>
    one({
      client: 5,
      clock: 0,
      structs: [{ info: 0x88, origin: [77, 77], content: struct(arena, {}).content }],
    }),
  ),
  desk('desk-24', '3,000 fresh client ids', /^refused:too-many-clients/, (arena) =>
    rawUpdate(
      Array.from({ length: 3_000 }, (_, i) => {
        return { client: 30_000 - i, clock: 0, structs: [struct(arena, {})] }
      }),
    ),
  ),
  {
    ...{ id: 'desk-25', what: '2,000 answers to a desk that announce 33,554,431 structs' },
    ...{ by: 'same branch', answer: refused },
    act: (arena) =>
      attackDocument(
        arena,
        arena.keeper,
        arena.desk,
        Array.from({ length: 2_000 }, () =>
          syncFrame(arena.desk, 1, Uint8Array.of(1, 0xff, 0xff, 0xff, 0x0f, 5, 0)),
        ),
      ),
  },
  {
    ...{ id: 'desk-26', what: "a value under a colleague's client id" },
    ...{ by: 'same branch', answer: /^refused:foreign-client/ },
    async act(arena) {
      const { boss, keeper, desk: name } = arena
      const doc = new Y.Doc()
      doc.getMap('d').set(`${draft}|t|${boss.enrolled.device}`, { hlc: 1, v: 'shipment' })
      const victim = await arena.enter(boss, name)
      await victim.tell(name, [updateFrame(name, Y.encodeStateAsUpdate(doc))])
      victim.leave()
      await victim.ended()
      const stolen = one({ client: doc.clientID, clock: 1, structs: [struct(arena, {})] })
      return attackWithUpdate(arena, keeper, name, stolen)
    },
  },
]
