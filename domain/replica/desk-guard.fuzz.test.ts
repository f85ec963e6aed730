/**
 * Guard of desks against oracle: a server that takes only what the guard wrote anew must end with the
 * same drafts as devices that met directly, and nothing accepted may spoil its document.
 * A tenth of `GUARD_CASES` (200,000 where nothing is said) from `GUARD_SEED` on.
 */

import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { hlc } from '#domain/values/hybrid-clock.ts'
import {
  addScan,
  createDeskDoc,
  listDrafts,
  removeDraft,
  removeLine,
  setDraftFields,
} from './desk.ts'
import { type AcceptedDesk, checkDeskUpdate, encodeAcceptedDesk } from './desk-guard.ts'
import { parseDeskKey } from './desk-key.ts'
import { deskValueOf } from './desk-value.ts'
import { mutated, type RawStruct, rawUpdate } from './hostile-update.examples.ts'
import { clientClocks } from './journal.ts'
import { knownDesk } from './known-desk.ts'
import { type Chance, makeChance } from './random.examples.ts'

const cases = Number(process.env['GUARD_CASES'] ?? 200_000) / 10
const firstSeed = Number(process.env['GUARD_SEED'] ?? 1)
/** Whole days of three devices cost a hundred times as much as one update. */
const days = Math.ceil(cases / 100)
const rights = { limitClients: 50, mayWriteAs: () => true }

interface Device {
  readonly name: string
  doc: Y.Doc
  /** Updates since the last meeting with the server, as the provider queues them. */
  queue: Uint8Array[]
}

interface World {
  readonly chance: Chance
  readonly devices: readonly Device[]
  readonly server: Y.Doc
  refused: string | undefined
  ms: number
}

function makeWorld(seed: number, acts: number): World {
  const chance = makeChance(seed)
  const devices = ['a', 'b', 'c'].map((name) => ({ name, doc: openedDoc(chance), queue: [] }))
  const world: World = { chance, devices, server: createDeskDoc(), refused: undefined, ms: 1_000 }
  for (const each of devices) listen(each)
  for (let i = 0; i < acts; i++) step(world)
  return world
}

function openedDoc(chance: Chance): Y.Doc {
  const doc = createDeskDoc()
  doc.clientID = chance.int(2 ** 32)
  return doc
}

function listen(device: Device): void {
  device.doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') device.queue.push(update)
  })
}

function step(world: World): void {
  const device = world.chance.pick(world.devices)
  act(world, device)
  if (world.chance.isLucky(10)) reload(world.chance, device)
  if (world.chance.isLucky(35)) meet(world, device)
}

function act({ chance, ms }: World, { doc, name }: Device): void {
  const now = { device: name, hlc: hlc(ms + chance.int(1_000), 0) }
  const line = { draftId: chance.pick(['d1', 'd2']), lineId: chance.pick(['l1', 'l2']) }
  const fields = {
    [chance.pick(['price', 'quantity', 'note'])]: chance.pick([1, 'x', [1], 2 ** 40]),
  }
  const kind = chance.int(10)
  if (kind < 2) addScan(doc, now, { ...line, type: 'shipment', step: chance.int(9) })
  else if (kind === 2) removeLine(doc, now, line)
  else if (kind === 3) removeDraft(doc, line.draftId)
  else {
    const lines = [{ lineId: line.lineId, fields }]
    setDraftFields(doc, now, { draftId: line.draftId, type: 'shipment', header: fields, lines })
  }
}

/** A new page load: the same content, a fresh client id, nothing queued. */
function reload(chance: Chance, device: Device): void {
  const doc = openedDoc(chance)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(device.doc), 'server')
  device.doc = doc
  device.queue = []
  listen(device)
}

/** One of the ways in which a device and the server exchange what they have. */
function meet(world: World, device: Device): void {
  for (const update of outgoing(world.chance, device, world.server)) send(world, update)
  Y.applyUpdate(device.doc, Y.encodeStateAsUpdate(world.server), 'server')
  device.queue = []
}

function outgoing(chance: Chance, { doc, queue }: Device, server: Y.Doc): readonly Uint8Array[] {
  const step2 = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server))
  switch (chance.int(4)) {
    case 0:
      return [Y.encodeStateAsUpdate(doc)]
    case 1:
      return [step2, ...queue]
    case 2:
      return queue.length > 0 ? [step2, Y.mergeUpdates(queue)] : [step2]
    default:
      return [step2]
  }
}

function send(world: World, update: Uint8Array): void {
  const checked = checkDeskUpdate(update, knownDesk(world.server, rights))
  if (checked.ok) Y.applyUpdate(world.server, encodeAcceptedDesk(checked.value))
  else world.refused ??= checked.problem.code
}

function cloneOf(doc: Y.Doc): Y.Doc {
  const clone = createDeskDoc()
  Y.applyUpdate(clone, Y.encodeStateAsUpdate(doc))
  return clone
}

/** What an accepted update did to a copy of the server's document that it must not do. */
function harmOf(server: Y.Doc, update: Uint8Array, accepted: AcceptedDesk): string | undefined {
  const clone = cloneOf(server)
  Y.applyUpdate(clone, update)
  if (clone.store.pendingStructs !== null || clone.store.pendingDs !== null)
    return 'leaves something pending'
  const roots = [...clone.share].filter(([, type]) => type._start !== null || type._map.size > 0)
  if (roots.some(([name]) => name !== 'd') || clone.getMap('d')._start !== null)
    return 'leaves the map'
  for (const [key, value] of clone.getMap('d').entries()) {
    if (parseDeskKey(key) === undefined || deskValueOf(value) === undefined) return `writes ${key}`
  }
  const clocks = new Map([...clientClocks(server), ...accepted.clients])
  if (!isSame(sorted(clientClocks(clone)), sorted(clocks))) return 'moves other clocks'
  const canonical = cloneOf(server)
  Y.applyUpdate(canonical, encodeAcceptedDesk(accepted))
  if (!isSame(contentOf(canonical), contentOf(clone))) return 'is not what was written anew'
  const isCanonical = Y.equalSnapshots(Y.snapshot(canonical), Y.snapshot(clone))
  return isCanonical ? undefined : 'has another history than what was written anew'
}

/** Keys and values, whatever order they were integrated in: reading a desk does not depend on it. */
function contentOf(doc: Y.Doc): readonly (readonly [string, unknown])[] {
  const entries = [...doc.getMap('d').entries()]
  return entries.sort(([before], [after]) => (before < after ? -1 : 1))
}

function sorted(clocks: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return [...clocks].sort(([before], [after]) => before - after)
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function harmOfUpdate(world: World, update: Uint8Array): string | undefined {
  const checked = checkDeskUpdate(update, knownDesk(world.server, rights))
  return checked.ok ? harmOf(world.server, update, checked.value) : undefined
}

function failures(count: number, check: (seed: number) => string | undefined): string[] {
  const found: string[] = []
  for (let seed = firstSeed; seed < firstSeed + count && found.length < 5; seed++) {
    const wrong = check(seed)
    if (wrong !== undefined) found.push(`seed ${seed}: ${wrong}`)
  }
  return found
}

/** Structs of the kinds that desks know, with origins, keys and deletes that may or may not fit. */
function randomUpdate({ chance, server }: World): Uint8Array {
  const clocks = clientClocks(server)
  const clients = [...clocks.keys(), 77, 4_294_967_295]
  const id = () => {
    const client = chance.pick(clients)
    return [client, Math.max(0, (clocks.get(client) ?? 0) - 1 + chance.int(3))] as const
  }
  const blocks = Array.from({ length: 1 + chance.int(3) }, () => {
    const [client, clock] = id()
    return {
      client,
      clock,
      structs: Array.from({ length: 1 + chance.int(3) }, () => randomStruct(chance, id())),
    }
  })
  const deletes = chance.isLucky(30)
    ? [{ client: id()[0], ranges: [[chance.int(3), 1 + chance.int(3)] as const] }]
    : []
  return rawUpdate(blocks, deletes)
}

function randomStruct(chance: Chance, origin: readonly [number, number]): RawStruct {
  const value = Uint8Array.of(1, 118, 1, 3, 0x68, 0x6c, 0x63, 125, chance.int(64))
  const isDeleted = chance.isLucky(20)
  const held = isDeleted ? 1 : chance.pick([8, 8, 8, 8, chance.int(32)])
  const content = isDeleted ? Uint8Array.of(1 + chance.int(3)) : value
  if (chance.isLucky(50)) return { info: 0x80 | held | chance.pick([0, 0x20]), origin, content }
  const key = chance.pick(['d1|h|note|b', 'd1|h|note|a', 'd1|l|l1|price|a', 'd1|l|l1|+b', 'bad'])
  return { info: 0x20 | held, parent: chance.pick(['d', 'd', 'd', 'r']), key, content }
}

describe('guard of desks, against the oracle', () => {
  it('[GRD10] refuses no honest update, and ends as devices that met end', {
    timeout: 7_200_000,
  }, () => {
    const found = failures(days, (seed) => {
      const world = makeWorld(seed, 20)
      for (const device of [...world.devices, ...world.devices]) meet(world, device)
      if (world.refused !== undefined) return `honest but refused: ${world.refused}`
      const drafts = world.devices.map(({ doc }) => listDrafts(doc))
      return drafts.every((each) => isSame(each, listDrafts(world.server)))
        ? undefined
        : 'ends differently'
    })
    expect(found).toEqual([])
  })

  it('[GRD10] writes honest updates anew without changing what they do', {
    timeout: 7_200_000,
  }, () => {
    const found = failures(days, (seed) => {
      const world = makeWorld(seed + 1_000_000, 12)
      const device = world.chance.pick(world.devices)
      for (let i = 0; i < 3; i++) act(world, device)
      const [update] = outgoing(world.chance, device, world.server)
      return update === undefined ? undefined : harmOfUpdate(world, update)
    })
    expect(found).toEqual([])
  })

  it('[GRD14] accepts of mutated updates only what is harmless', { timeout: 7_200_000 }, () => {
    const found = failures(cases / 2, (seed) => {
      const world = worldOf(seed)
      const device = world.chance.pick(world.devices)
      const [update] = outgoing(world.chance, device, world.server)
      return harmOfUpdate(world, mutated(world.chance, update ?? Uint8Array.of(0, 0)))
    })
    expect(found).toEqual([])
  })

  it('[GRD11] [GRD12] accepts of random structs only what is harmless', {
    timeout: 7_200_000,
  }, () => {
    let accepted = 0
    const found = failures(cases / 2, (seed) => {
      const world = worldOf(seed)
      const update = randomUpdate(world)
      if (checkDeskUpdate(update, knownDesk(world.server, rights)).ok) accepted += 1
      return harmOfUpdate(world, update)
    })
    expect(found).toEqual([])
    // The grammar must reach the accepting side too, or it proves nothing.
    expect(accepted).toBeGreaterThan(cases / 200)
  })
})

/** Seeds that once failed. 907795: a known struct repeated with another origin changes key order. */
describe('desks that were once judged wrongly', () => {
  it('[GRD12] stay harmless', () => {
    for (const seed of [907_795]) {
      const world = worldOf(seed, seed % 40)
      expect([seed, harmOfUpdate(world, randomUpdate(world))]).toEqual([seed, undefined])
    }
  })
})

const worlds = new Map<number, World>()

/** One of forty desks, then of forty others: making a desk costs more than judging an update. */
function worldOf(seed: number, which = Math.floor(seed / 20_000) * 40 + (seed % 40)): World {
  if (worlds.size > 400) worlds.clear()
  const world = worlds.get(which) ?? makeWorld(which + 2_000_000, 15)
  worlds.set(which, world)
  return { ...world, chance: makeChance(seed + 3_000_000) }
}
