/**
 * Guard against oracle: what the guard accepts is applied to a copy of the journal, where it must do
 * what the guard said and nothing else. `GUARD_CASES` cases (200,000 where nothing is said; 10,000,000
 * take an hour or two of one core) from `GUARD_SEED` on; the table of classes is printed at the end.
 */

import { afterAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  type AcceptedAppends,
  checkJournalUpdate,
  encodeAccepted,
  type KnownJournal,
} from './guard.ts'
import {
  appendStruct,
  binaryContent,
  mutated,
  type RawStruct,
  rawUpdate,
} from './hostile-update.examples.ts'
import {
  appendEntries,
  clientClocks,
  createJournalDoc,
  journalPieces,
  journalTail,
  knownJournal,
  readEntries,
} from './journal.ts'
import { type Chance, makeChance } from './random.examples.ts'

const cases = Number(process.env['GUARD_CASES'] ?? 200_000)
const firstSeed = Number(process.env['GUARD_SEED'] ?? 1)
const limitClients = 12
/** Journals that are made before others are made: judging costs less than making. */
const worldsAtOnce = 300
const casesOfWorlds = 50_000

/** A device's journal, and a server that knows it up to somewhere. */
interface World {
  readonly chance: Chance
  readonly author: Y.Doc
  /** One update for each commit of the author, in order. */
  readonly updates: readonly Uint8Array[]
  readonly server: Y.Doc
  readonly firstSeq: number
  readonly known: KnownJournal
}

function makeWorld(seed: number): World {
  const chance = makeChance(seed)
  const firstSeq = chance.pick([0, 0, 7, 99])
  const updates: Uint8Array[] = []
  let author = createJournalDoc()
  let seq = firstSeq
  for (let commit = chance.int(9); commit >= 0; commit--) {
    if (chance.isLucky(30)) author = reopened(chance, author)
    const count = 1 + chance.int(3)
    const news = Array.from({ length: count }, () => ({
      seq: seq++,
      bytes: chance.bytes(chance.int(9)),
    }))
    updates.push(appendEntries(author, news))
  }
  const server = createJournalDoc()
  for (const update of updates.slice(0, chance.int(updates.length + 1)))
    Y.applyUpdate(server, update)
  return {
    chance,
    author,
    updates,
    server,
    firstSeq,
    known: knownJournal(server, firstSeq, limitClients),
  }
}

/** The same journal in a new page load, with a client id that sorts anywhere. */
function reopened(chance: Chance, before: Y.Doc): Y.Doc {
  const doc = createJournalDoc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(before))
  doc.clientID = chance.int(2 ** 32)
  return doc
}

function cloneOf(doc: Y.Doc): Y.Doc {
  const clone = createJournalDoc()
  Y.applyUpdate(clone, Y.encodeStateAsUpdate(doc))
  return clone
}

/** What honest devices send: sync step 2, single and merged updates, pieces, repeats of all of them. */
const honest: readonly ((world: World) => Uint8Array)[] = [
  ({ author }) => Y.encodeStateAsUpdate(author),
  ({ author, server }) => Y.encodeStateAsUpdate(author, Y.encodeStateVector(server)),
  ({ updates }) => Y.mergeUpdates([...updates]),
  ({ updates, chance }) => Y.mergeUpdates(updates.slice(0, 1 + chance.int(updates.length))),
  ({ updates, server, firstSeq }) => nextUpdate(updates, server, firstSeq),
  ({ author, known }) => journalPieces(author, known.nextSeq, 64)[0] ?? Uint8Array.of(0, 0),
  ({ author, firstSeq }) => journalPieces(author, firstSeq, 1_000_000)[0] ?? Uint8Array.of(0, 0),
  ({ server }) => Y.encodeStateAsUpdate(server),
  ({ server }) => Y.encodeStateAsUpdate(server, Y.encodeStateVector(server)),
  ({ author, server }) => Y.diffUpdate(Y.encodeStateAsUpdate(author), Y.encodeStateVector(server)),
]

/** The first commit that the server has not got. */
function nextUpdate(updates: readonly Uint8Array[], server: Y.Doc, firstSeq: number): Uint8Array {
  const clone = createJournalDoc()
  for (const update of updates) {
    Y.applyUpdate(clone, update)
    const last = journalTail(clone)?.lastSeq ?? firstSeq - 1
    if (last > (journalTail(server)?.lastSeq ?? firstSeq - 1)) return update
  }
  return Uint8Array.of(0, 0)
}

/** What no honest device sends, made by Yjs itself from the author's copy. */
const hostileActs: readonly ((world: World, doc: Y.Doc) => void)[] = [
  ({ known }, doc) => doc.getMap('r').delete(String(known.nextSeq - 1)),
  ({ known, chance }, doc) => doc.getMap('r').set(String(known.nextSeq - 1), chance.bytes(3)),
  ({ known }, doc) => doc.getMap('r').set(String(known.nextSeq), new Y.Map()),
  ({ known }, doc) => doc.getMap('r').set(String(known.nextSeq), 'text'),
  ({ known }, doc) => doc.getMap('r').set(String(known.nextSeq), { approved: true }),
  ({ known, chance }, doc) => doc.getMap('r').set(String(known.nextSeq + 1), chance.bytes(3)),
  ({ chance }, doc) => doc.getMap('r').set('__proto__', chance.bytes(3)),
  ({ chance, known }, doc) => doc.getMap('x').set(String(known.nextSeq), chance.bytes(3)),
  ({ chance }, doc) => doc.getArray('list').push([chance.bytes(3)]),
  (_, doc) => doc.getText('text').insert(0, 'hello'),
  ({ known, chance }, doc) => {
    doc.getMap('r').set(String(known.nextSeq), chance.bytes(3))
    doc.getMap('r').delete(String(known.nextSeq))
  },
]

/** Blind overwriting, stolen clocks, gaps, garbage: written by hand. */
const hostileBytes: readonly ((world: World) => Uint8Array)[] = [
  ({ known, chance }) =>
    oneStruct(4_294_967_295, 0, appendStruct(known.nextSeq - 1, chance.bytes(4))),
  ({ known, chance }) => oneStruct(1, 0, appendStruct(known.nextSeq - 1, chance.bytes(4))),
  ({ known, chance }) =>
    oneStruct(77, 1 + chance.int(9), appendStruct(known.nextSeq, chance.bytes(4))),
  ({ known, chance }) =>
    stolenClocks(known, { info: 0, content: Uint8Array.of(1 + chance.int(99)) }),
  ({ known, chance }) =>
    stolenClocks(known, { info: 10, content: Uint8Array.of(1 + chance.int(99)) }),
  ({ known }) =>
    oneStruct(77, 0, {
      ...appendStruct(known.nextSeq, Uint8Array.of(1)),
      info: 0x83,
      origin: [5, 5],
    }),
  ({ known }) =>
    oneStruct(77, 0, { ...appendStruct(known.nextSeq, Uint8Array.of(1)), parent: [5, 5] }),
  () => Uint8Array.of(1, 0xff, 0xff, 0xff, 0x0f, 5, 0),
  ({ chance }) => Uint8Array.of(0xff, 0xff, 0xff, 0x0f, ...chance.bytes(9)),
]

function oneStruct(client: number, clock: number, struct: RawStruct): Uint8Array {
  return rawUpdate([{ client, clock, structs: [struct] }])
}

/** A struct over the next clocks of a page load that is known: it would swallow what comes after. */
function stolenClocks(known: KnownJournal, struct: RawStruct): Uint8Array {
  const [client, clock] = [...known.clocks][0] ?? [77, 0]
  return oneStruct(client, clock, struct)
}

/** Structs of any kind in any place. */
function randomUpdate({ chance, known }: World): Uint8Array {
  const clients = [...known.clocks.keys(), 77, 4_294_967_295]
  const blocks = Array.from({ length: 1 + chance.int(3) }, () => {
    const client = chance.pick(clients)
    const clock = Math.max(0, (known.clocks.get(client) ?? 0) + chance.int(4) - 2)
    const structs = Array.from({ length: 1 + chance.int(3) }, (_, i) =>
      randomStruct(chance, known.nextSeq + i),
    )
    return { client, clock, structs }
  })
  const client = chance.pick(clients)
  const deletes = chance.isLucky(10)
    ? [{ client, ranges: [[chance.int(3), 1 + chance.int(3)] as const] }]
    : []
  return rawUpdate(blocks, deletes)
}

function randomStruct(chance: Chance, seq: number): RawStruct {
  const honestOne = appendStruct(
    seq + (chance.isLucky(80) ? 0 : chance.int(7) - 3),
    chance.bytes(chance.int(5)),
  )
  if (chance.isLucky(60)) return honestOne
  const info = chance.isLucky(50) ? chance.int(256) : 0x20 | chance.int(12)
  const content = chance.isLucky(50) ? chance.bytes(chance.int(6)) : binaryContent(chance.bytes(3))
  return { ...honestOne, info, content, parent: chance.pick(['r', 'd', '']) }
}

/** What an accepted update did to a copy of the server's document that it must not do. */
function harmOf(server: Y.Doc, update: Uint8Array, accepted: AcceptedAppends): string | undefined {
  const before = readEntries(server, 0)
  const clone = cloneOf(server)
  let deletes = 0
  clone.on('afterTransaction', (transaction: Y.Transaction) => {
    deletes += transaction.deleteSet.clients.size
  })
  Y.applyUpdate(clone, update)
  if (deletes > 0) return 'deletes something'
  if (clone.store.pendingStructs !== null || clone.store.pendingDs !== null)
    return 'leaves something pending'
  const roots = [...clone.share].filter(([, type]) => type._start !== null || type._map.size > 0)
  if (roots.some(([name]) => name !== 'r')) return 'touches another root'
  if (clone.getMap('r')._start !== null) return 'adds an entry without key'
  if (clone.getMap('r').size !== before.length + accepted.entries.length) return 'adds other keys'
  const expected = [...before, ...accepted.entries.map(({ seq, bytes }) => ({ seq, bytes }))]
  if (!isSame(readEntries(clone, 0), expected)) return 'differs from what was accepted'
  const clocks = new Map([...clientClocks(server), ...accepted.clients])
  if (!isSame(sorted(clientClocks(clone)), sorted(clocks))) return 'moves other clocks'
  const canonical = cloneOf(server)
  Y.applyUpdate(canonical, encodeAccepted(accepted))
  const isCanonical = isSame(Y.encodeStateAsUpdate(canonical), Y.encodeStateAsUpdate(clone))
  return isCanonical ? undefined : 'is not what was written anew'
}

function sorted(clocks: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return [...clocks].sort(([before], [after]) => before - after)
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function judge(
  world: World,
  update: Uint8Array,
): { readonly isAccepted: boolean; readonly harm: string | undefined } {
  const checked = checkJournalUpdate(update, world.known)
  if (!checked.ok) return { isAccepted: false, harm: undefined }
  return { isAccepted: true, harm: harmOf(world.server, update, checked.value) }
}

const worlds = new Map<number, World>()
const tally = new Map<string, { cases: number; accepted: number }>()
let spentMs = 0

/** One of many journals, with fresh chance; after a while others. */
function worldOf(seed: number): World {
  const which = Math.floor(seed / casesOfWorlds) * worldsAtOnce + (seed % worldsAtOnce)
  const world = worlds.get(which) ?? makeWorld(which)
  if (worlds.size >= 2 * worldsAtOnce) worlds.clear()
  worlds.set(which, world)
  return { ...world, chance: makeChance(seed + 1_000_003) }
}

/** Runs `check` on `percent` of all cases; the seeds for which it says what is wrong. */
function failures(percent: number, check: (world: World) => string | undefined): string[] {
  const found: string[] = []
  const begun = performance.now()
  const end = firstSeed + Math.ceil((cases * percent) / 100)
  for (let seed = firstSeed; seed < end && found.length < 5; seed++) {
    const wrong = check(worldOf(seed))
    if (wrong !== undefined) found.push(`seed ${seed}: ${wrong}`)
  }
  spentMs += performance.now() - begun
  return found
}

/** Judges, has the oracle look at what is accepted, and counts by class. */
function judgeAs(name: string, world: World, update: Uint8Array) {
  const judged = judge(world, update)
  const { cases: before, accepted } = tally.get(name) ?? { cases: 0, accepted: 0 }
  tally.set(name, { cases: before + 1, accepted: accepted + (judged.isAccepted ? 1 : 0) })
  return judged
}

/** One of the makers and the name of its class. */
function pickNamed<Maker>(
  { chance }: World,
  makers: readonly Maker[],
  group: string,
): readonly [name: string, maker: Maker] {
  const maker = chance.pick(makers)
  return [`${group} ${makers.indexOf(maker) + 1}`, maker]
}

afterAll(() => {
  const rows = [...tally].map(([name, each]) => `${name}\t${each.cases}\t${each.accepted}`)
  const done = [...tally.values()].reduce((sum, each) => sum + each.cases, 0)
  const rate = Math.round(done / (spentMs / 1_000))
  console.log(['class\tcases\taccepted', ...rows.sort()].join('\n'))
  console.log(`guard of journals: ${done} cases in ${tally.size} classes, ${rate} per second`)
})

describe('guard of journals, against the oracle', () => {
  it('[GRD2] refuses no honest update and does what it says', { timeout: 7_200_000 }, () => {
    const found = failures(25, (world) => {
      const [name, make] = pickNamed(world, honest, 'honest')
      const { isAccepted, harm } = judgeAs(name, world, make(world))
      if (!isAccepted) return `${name}, but refused`
      return harm
    })
    expect(found).toEqual([])
  })

  it('[GRD3] [GRD5] [GRD6] accepts nothing that Yjs makes of a hostile act', {
    timeout: 7_200_000,
  }, () => {
    const found = failures(20, (world) => {
      const doc = cloneOf(world.server)
      doc.clientID = world.chance.int(2 ** 32)
      if (journalTail(doc) === undefined)
        appendEntries(doc, [{ seq: world.firstSeq, bytes: Uint8Array.of(1) }])
      const known = knownJournal(doc, world.firstSeq, limitClients)
      const before = Y.encodeStateVector(doc)
      const [name, act] = pickNamed(world, hostileActs, 'by Yjs')
      doc.transact(() => act({ ...world, known }, doc))
      const update = Y.encodeStateAsUpdate(doc, before)
      const { isAccepted } = judgeAs(name, { ...world, known }, update)
      return isAccepted ? `${name}, but accepted` : undefined
    })
    expect(found).toEqual([])
  })

  it('[GRD3] [GRD4] [GRD5] accepts nothing hostile that was written by hand', {
    timeout: 7_200_000,
  }, () => {
    const found = failures(20, (world) => {
      if (journalTail(world.server) === undefined) return undefined
      const [name, make] = pickNamed(world, hostileBytes, 'by hand')
      return judgeAs(name, world, make(world)).isAccepted ? `${name}, but accepted` : undefined
    })
    expect(found).toEqual([])
  })

  it('[GRD8] accepts of mutated updates only what is harmless', { timeout: 7_200_000 }, () => {
    const found = failures(20, (world) => {
      const update = mutated(world.chance, world.chance.pick(honest)(world))
      return judgeAs('mutated', world, update).harm
    })
    expect(found).toEqual([])
  })

  it('[GRD8] accepts of random structs only what is harmless', { timeout: 7_200_000 }, () => {
    const found = failures(10, (world) => {
      return judgeAs('random structs', world, randomUpdate(world)).harm
    })
    expect(found).toEqual([])
    // The grammar must reach the accepting side too, or it proves nothing.
    expect(tally.get('random structs')?.accepted).toBeGreaterThan(cases / 1_000)
  })

  it('[GRD8] accepts of random bytes only what is harmless', { timeout: 7_200_000 }, () => {
    const found = failures(
      5,
      (world) => judgeAs('random bytes', world, world.chance.bytes(world.chance.int(60))).harm,
    )
    expect(found).toEqual([])
  })
})
