/**
 * Model `ledger`: every operation becomes a document, every document records, and figures are read
 * from the fold over them: in the order of entry first, then of every order of arrival.
 */

import { openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { audiences } from '#domain/records/audience.ts'
import { permutations, seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { exactOf, type Figure } from '../figures.ts'
import { dayEnd, momentOf } from '../moments.ts'
import { NotYet, type Play } from '../play.ts'
import {
  type Expectation,
  type GoldenCase,
  nameOf,
  type Operation,
  type Variant,
} from '../read-cases.ts'
import { score } from '../scored.ts'
import { paperOf } from './ledger-documents.ts'
import { type Books, figureOf } from './ledger-figures.ts'
import { referencePrice, setUpMasters } from './ledger-settings.ts'
import { LedgerWorld } from './ledger-world.ts'

class LedgerPlay implements Play {
  readonly world: LedgerWorld
  readonly refused = new Set<number>()
  readonly #golden: GoldenCase
  readonly #variant: Variant

  constructor(golden: GoldenCase, variant: Variant) {
    this.#golden = golden
    this.#variant = variant
    this.world = new LedgerWorld(dayEnd(lastDay(golden.ops, variant)))
    setUpMasters(this.world, variant.setup, golden.ops)
  }

  enter(op: Operation): void {
    if (op.op === 'fallback_rate') return this.#putReferencePrice(op)
    const { draft, without } = paperOf(op, this.#golden.ops)
    const posting = this.world.post(op.n, draft, {
      audiences: audiences.filter((each) => each !== without),
    })
    if (!posting.ok) this.refused.add(op.n)
  }

  read(expectation: Expectation): Figure {
    return figureOf(this.booksOf(this.world.fold), expectation)
  }

  booksOf(fold: Books['fold']): Books {
    const isByWarehouse = this.#variant.setup['scope'] === 'wh'
    return { fold, ops: this.#golden.ops, refused: this.refused, isByWarehouse }
  }

  #putReferencePrice(op: Operation): void {
    const price = referencePrice(exactOf(op['price'], 'price'))
    this.world.changeMaster(op.n, 'sku', idOf('sku', nameOf(op['sku'])), price, momentOf(op))
  }
}

const plays = new WeakMap<Variant, LedgerPlay>()

export function playLedger(golden: GoldenCase, variant: Variant): Play {
  const play = new LedgerPlay(golden, variant)
  plays.set(variant, play)
  return play
}

/** Today, or the day after everything that a case speaks of. */
function lastDay(ops: readonly Operation[], { setup }: Variant): string {
  if (typeof setup['today'] === 'string') return setup['today']
  const days = ops.flatMap(({ at }) => (typeof at === 'string' ? [at.slice(0, 10)] : []))
  return days.sort().at(-1) ?? '2026-01-01'
}

const limitAll = 6
const randomOrders = 500

/** Who wrote which operation: on two devices and on three, in turns and in blocks. */
const splits: readonly ((index: number, count: number) => number)[] = [
  (index) => index % 2,
  (index, count) => Math.floor((index * 3) / count),
  (index, count) => Math.floor((index * 2) / count),
  (index) => index % 3,
]

/**
 * What a final figure becomes when the same records come otherwise; undefined where every order of
 * arrival, on two and on three devices, gives what is expected.
 */
export function arrivalProblems(golden: GoldenCase, variant: Variant): string | undefined {
  const play = plays.get(variant)
  if (play === undefined) throw new NotYet('a case is played before it is delivered')
  const last = golden.ops.at(-1)?.n
  const finals = variant.expect.filter(({ after }) => after === undefined || after === last)
  const numbers = [...play.world.written.keys()]
  const orders = ordersOf(numbers.length)
  for (const [index, split] of splits.entries()) {
    const deliveries = writtenBy(play.world, numbers, split)
    // Two of the splits see every order, the other two every fourth.
    const seen = index < 2 ? orders : orders.filter((_, order) => order % 4 === 0)
    for (const order of seen) {
      const fold = openFold()
      fold.apply(deliveries.settings)
      for (const at of order) fold.apply(deliveries.byOperation[at] ?? [])
      const wrong = wrongFigure(play.booksOf(fold), finals)
      if (wrong !== undefined) return `arrived as ${order.map((at) => numbers[at])}: ${wrong}`
    }
  }
  return undefined
}

function wrongFigure(books: Books, finals: readonly Expectation[]): string | undefined {
  for (const expectation of finals) {
    const scored = score(expectation, figureOf(books, expectation))
    if (!scored.isRight) {
      const { what, about, expected, got } = scored
      return `${what} ${about} is ${JSON.stringify(got)}, not ${JSON.stringify(expected)}`
    }
  }
  return undefined
}

function writtenBy(
  world: LedgerWorld,
  numbers: readonly number[],
  split: (index: number, count: number) => number,
): { readonly settings: FoldEntry[]; readonly byOperation: FoldEntry[][] } {
  const writer = new JournalWriter()
  const settings = world.settings.map((each) => writer.write({ ...each, device: 'server-1' }))
  const byOperation = numbers.map((n, index) => {
    const device = `device-${split(index, numbers.length)}`
    return (world.written.get(n) ?? []).map((each) => writer.write({ ...each, device }))
  })
  return { settings, byOperation }
}

/** All orders of few operations, 500 random ones of more; the same ones every time. */
function ordersOf(count: number): number[][] {
  const inOrder = Array.from({ length: count }, (_, index) => index)
  if (count <= limitAll) return permutations(inOrder)
  const random = seededRandom(count)
  return Array.from({ length: randomOrders }, () => shuffled(inOrder, random))
}
