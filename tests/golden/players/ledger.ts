/**
 * Model `ledger`: every operation becomes a document, every document records, and figures are read
 * from the fold over them: in the order of entry first, then of every order of arrival.
 */

import { openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { audiences } from '#domain/records/audience.ts'
import { permutations, seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { oneRatio } from '#domain/values/ratio.ts'
import { exactIn, exactOf, type Figure } from '../figures.ts'
import { dayEnd, momentOf } from '../moments.ts'
import { NotYet, type Play } from '../play.ts'
import {
  type Expectation,
  type GoldenCase,
  nameOf,
  type Operation,
  type Variant,
  type Table,
} from '../read-cases.ts'
import { score } from '../scored.ts'
import { docIdOf, paperOf } from './ledger-documents.ts'
import { type Books, figureOf } from './ledger-figures.ts'
import { companyId, methodChange, referencePrice, setUpMasters } from './ledger-settings.ts'
import { LedgerWorld, writtenOn } from './ledger-world.ts'

class LedgerPlay implements Play {
  readonly world: LedgerWorld
  readonly refused = new Set<number>()
  readonly #golden: GoldenCase
  readonly #variant: Variant
  /** By operation: the last edit of it, and what it says since. */
  readonly #versions = new Map<number, number>()
  readonly #edits = new Map<number, Operation>()

  constructor(golden: GoldenCase, variant: Variant) {
    this.#golden = golden
    this.#variant = variant
    this.world = new LedgerWorld(dayEnd(lastDay(golden.ops, variant)))
    setUpMasters(this.world, variant.setup, golden.ops)
  }

  enter(op: Operation): void {
    if (op.op === 'fallback_rate') return this.#putReferencePrice(op)
    if (op.op === 'change_method') return this.#changeMethod(op)
    const isDone = isCorrection(op) ? this.#correct(op) : this.#replace(op) && this.#post(op.n, op)
    if (!isDone) this.refused.add(op.n)
  }

  /** A count in the place of an earlier one (复盘): that one is taken back. */
  #replace(op: Operation): boolean {
    const replaced = op['replaces']
    if (replaced === undefined) return true
    return this.world.reverse(op.n, this.#standing(Number(replaced))).ok
  }

  /** What `op` says, entered as operation `n`. */
  #post(n: number, op: Operation): boolean {
    const { draft, without } = paperOf(op, this.#golden.ops, (of) => this.#standing(of))
    const held = audiences.filter((each) => each !== without)
    return this.world.post(n, { ...draft, docId: docIdOf(n) }, { audiences: held }).ok
  }

  /** The document is taken back at its own moment; edited, it is written as it should have been. */
  #correct(op: Operation): boolean {
    const of = Number(op['of'])
    const origin = this.#golden.ops.find(({ n }) => n === of)
    if (origin === undefined || this.refused.has(of)) return false
    if (!this.world.reverse(op.n, this.#standing(of)).ok) return false
    const changes = { ...(op['qty'] !== undefined && { qty: op['qty'] }), ...priceOf(op, origin) }
    if (op.op === 'cancel' || isNothing(changes)) return true
    const edited = { ...origin, ...this.#edits.get(of), ...changes }
    this.#edits.set(of, edited)
    this.#versions.set(of, op.n)
    return this.#post(op.n, edited)
  }

  /** The document that stands for operation `n` now. */
  #standing(n: number): string {
    return docIdOf(this.#versions.get(n) ?? n)
  }

  read(expectation: Expectation): Figure {
    return figureOf(this.booksOf(this.world.fold), expectation)
  }

  booksOf(fold: Books['fold']): Books {
    const isByWarehouse = this.#variant.setup['scope'] === 'wh'
    const standing = (n: number) => this.#standing(n)
    return { fold, ops: this.#golden.ops, refused: this.refused, isByWarehouse, standing }
  }

  #putReferencePrice(op: Operation): void {
    const price = referencePrice(exactOf(op['price'], 'price'))
    this.world.changeMaster(op.n, 'sku', idOf('sku', nameOf(op['sku'])), price, momentOf(op))
  }

  /** 成本方法转换: of the company, from the beginning of a month on (policy 5). */
  #changeMethod(op: Operation): void {
    this.world.changeMaster(op.n, 'company', companyId, methodChange(op), momentOf(op))
  }
}

function isCorrection({ op }: Operation): boolean {
  return op === 'cancel' || op === 'edit'
}

/** Nothing is left of an operation of which the quantity is edited to nothing. */
function isNothing(changes: Table): boolean {
  return exactIn(changes, 'qty', oneRatio).numerator === 0n
}

function priceOf(op: Operation, origin: Operation): Table {
  if (op['price'] === undefined) return {}
  return origin.op === 'out' ? { sell_price: op['price'] } : { price: op['price'] }
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
    return (world.written.get(n) ?? []).map((each) => writer.write(writtenOn(device, each)))
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
