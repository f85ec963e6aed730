/** Presence and the other messages that carry no update: as hostile as any other input. */
import {
  createEncoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'
import { kinds } from '#server/testing/raw-client.ts'
import type { Arena } from './arena.ts'
import { type Attack, attackDocument } from './attack.ts'
import { plainFrame, syncFrame } from './visitor.ts'

type State = readonly [client: number, clock: number, json: string]

/** An awareness update that says exactly this, well formed JSON or not. */
function awareness(states: readonly State[], count: number = states.length): Uint8Array {
  const inner = createEncoder()
  writeVarUint(inner, count)
  for (const [client, clock, json] of states) {
    writeVarUint(inner, client)
    writeVarUint(inner, clock)
    writeVarString(inner, json)
  }
  const outer = createEncoder()
  writeVarUint8Array(outer, toUint8Array(inner))
  return toUint8Array(outer)
}

function presenceOf({ organization, branch }: Arena): string {
  return `presence/${organization}/${branch}`
}

function presence(id: string, what: string, answer: RegExp, states: () => Uint8Array): Attack {
  return {
    ...{ id, what, answer, by: 'same branch' },
    async act(arena) {
      const name = presenceOf(arena)
      return attackDocument(arena, arena.keeper, name, [
        plainFrame(name, kinds.awareness, states()),
      ])
    },
  }
}

function message(
  id: string,
  what: string,
  answer: RegExp,
  kind: number,
  make: () => Uint8Array,
): Attack {
  return {
    ...{ id, what, answer, by: 'same branch' },
    async act(arena) {
      const name = arena.desk
      return attackDocument(arena, arena.keeper, name, [plainFrame(name, kind, make())])
    },
  }
}

function deep(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`
}

function text(value: string): Uint8Array {
  const encoder = createEncoder()
  writeVarString(encoder, value)
  return toUint8Array(encoder)
}

const closed = /^(refused:|4422|Reset Connection)/
const tooLarge = /^1009/

export const attacksOnPresence: readonly Attack[] = [
  presence('presence-01', 'a state of 5 MB', tooLarge, () =>
    awareness([[1, 1, JSON.stringify('x'.repeat(5_000_000))]]),
  ),
  presence('presence-02', 'a state of 9 KB', /^4422 refused:frame-malformed/, () =>
    awareness([[1, 1, JSON.stringify({ x: 'x'.repeat(9_000) })]]),
  ),
  presence('presence-03', 'a state of 3 KB', /^refused:presence-too-large/, () =>
    awareness([[1, 1, JSON.stringify({ x: 'x'.repeat(3_000) })]]),
  ),
  presence('presence-04', '50,000 forged ids', closed, () =>
    awareness(Array.from({ length: 50_000 }, (_, i) => [i, 1, '{}'])),
  ),
  presence('presence-05', '1,000 forged ids in 8 KB', /^ignored$/, () =>
    awareness(Array.from({ length: 1_000 }, (_, i) => [i, 1, '{}'])),
  ),
  presence('presence-06', 'a count of 2^32 states', closed, () => awareness([], 2 ** 32)),
  presence('presence-07', 'states that are no JSON', closed, () => awareness([[1, 1, '{"x":']])),
  presence('presence-08', 'a state that is a number', /^ignored$/, () => awareness([[1, 1, '5']])),
  presence('presence-09', 'a state 3,000 levels deep', /^(ignored|refused:|Reset)/, () =>
    awareness([[1, 1, deep(3_000)]]),
  ),
  presence('presence-10', 'a state with __proto__', /^ignored$/, () =>
    awareness([[1, 1, '{"__proto__":{"approved":true},"name":"Boss"}']]),
  ),
  presence('presence-11', 'a clock of 2^53 − 1', /^ignored$/, () =>
    awareness([[1, Number.MAX_SAFE_INTEGER, '{}']]),
  ),
  presence('presence-12', "the removal of everybody's states", /^ignored$/, () =>
    awareness(Array.from({ length: 500 }, (_, i) => [i, 9, 'null'])),
  ),
  message('message-01', 'presence on a desk, in the name of the owner', /^ignored$/, 1, () =>
    awareness([[1, 1, '{"name":"Boss"}']]),
  ),
  message('message-02', 'a stateless message of 900 KB', /^ignored$/, kinds.stateless, () =>
    text('x'.repeat(900_000)),
  ),
  message('message-03', 'a stateless message of 20 MB', tooLarge, kinds.stateless, () =>
    text('x'.repeat(20_000_000)),
  ),
  message('message-04', 'a broadcast to everybody', closed, kinds.broadcastStateless, () =>
    text('hi'),
  ),
  message('message-05', 'a kind that does not exist', /^ignored$/, 99, () => text('hi')),
  message('message-06', 'a sync step that does not exist', /^(refused:|Reset)/, 0, () =>
    Uint8Array.of(9, 1, 0),
  ),
  message('message-07', 'a question with 2^32 clients in 6 bytes', closed, 0, () =>
    Uint8Array.of(0, 5, 0xff, 0xff, 0xff, 0xff, 0x0f),
  ),
  message('message-08', 'a length beyond the end', closed, 0, () =>
    Uint8Array.of(2, 0xff, 0xff, 0xff, 0x7f),
  ),
  message('message-09', 'a question of 900 KB', /^ignored$/, 0, () => {
    const frame = syncFrame('', 0, new Uint8Array(900_000).fill(1))
    return frame.subarray(2)
  }),
]
