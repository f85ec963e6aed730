/** The keeper's journal with its one honest record: what attacks on an own journal start from. */
import { categoryBody } from '#server/testing/test-device.ts'
import type { Arena } from './arena.ts'
import { updateFrame } from './visitor.ts'

export interface Kept {
  readonly journal: string
  /** The update that added record 0, and the client id in it. */
  readonly update: Uint8Array
  readonly client: number
}

const keptByArena = new WeakMap<Arena, Promise<Kept>>()

export function keptOf(arena: Arena): Promise<Kept> {
  const kept = keptByArena.get(arena) ?? writeOne(arena)
  keptByArena.set(arena, kept)
  return kept
}

async function writeOne(arena: Arena): Promise<Kept> {
  const { keeper } = arena
  const sealed = await keeper.seal('goods', [categoryBody('honest, of an attacker')])
  const { journal } = sealed
  const update = keeper.append(sealed)
  const visitor = await arena.enter(keeper, journal)
  const verdict = await visitor.tell(journal, [updateFrame(journal, update)])
  if (verdict !== 'applied') throw new Error(`an honest record was answered ${verdict}`)
  const client = keeper.docByJournal.get(journal)?.clientID ?? 0
  return { journal, update, client }
}
