import { describe, expect, it } from 'vitest'
import { aReopening, aSeal } from '#tests/builders/a-seal.ts'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import {
  adjustingRecord,
  postingRecords,
  reversalRecord,
  type TestPosting,
  unapprovalRecord,
} from '#tests/builders/documents.ts'
import { foldState } from '#tests/builders/fold-state.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const sku = idOf('sku', 'apple')
const receiptId = idOf('document', 'r')
const dayMs = 86_400_000
/** Day of January 2026; February begins with day 32. */
const day = (number: number) => 1_767_225_600_000 + (number - 1) * dayMs

interface Said extends Partial<TestPosting> {
  readonly units?: number
  readonly value?: number
  readonly of?: string
}

/** What devices write, the first at clock 1, each next one later. */
class Story {
  readonly writer = new JournalWriter()
  readonly #batches: FoldEntry[][] = []
  #clock = 0

  post(document: string, said: Said): this {
    const { units = 10, value, of, ...more } = said
    const leg = { leg: '1', sku: 'apple', warehouse: 'shop', quantity: units * 10_000 }
    return this.#take(
      postingRecords(this.writer, {
        ...{ device: 'A', branch: 'main', document, at: day(1), writtenAt: this.#next() },
        type: typeOf(units, of),
        legs: [
          {
            ...leg,
            ...(value !== undefined && { value }),
            ...(of !== undefined && { origin: { document: of, leg: '1' } }),
          },
        ],
        ...more,
      }),
    )
  }

  /** `units` were there on a day. */
  count(document: string, units: number, on: number, version = 1): this {
    const leg = { leg: '1', sku: 'apple', warehouse: 'shop', quantity: 0, counted: units * 10_000 }
    const about = { device: 'B', branch: 'main', document, version, type: 'stock-count' }
    return this.#take(
      postingRecords(this.writer, { ...about, at: day(on), writtenAt: this.#next(), legs: [leg] }),
    )
  }

  unapprove(
    on: number,
    more: Partial<Pick<TestPosting, 'device' | 'version' | 'document'>> = {},
  ): this {
    const about = { device: 'A', branch: 'main', document: 'r', at: day(on), ...more }
    return this.#take([unapprovalRecord(this.writer, { ...about, writtenAt: this.#next() })])
  }

  reverse(on: number, device = 'B'): this {
    const about = { device, branch: 'main', document: 'r', at: day(on) }
    return this.#take([reversalRecord(this.writer, { ...about, writtenAt: this.#next() })])
  }

  /** Closes January over all that was written so far. */
  seal(): this {
    return this.#take([aSeal(this.writer, 'main', day(32), this.#batches.flat())])
  }

  reopen(): this {
    return this.#take([aReopening(this.writer, 'main', this.#batches.at(-1) ?? [])])
  }

  invoice(document: string, amount: number): this {
    const said = { document: 'r', leg: '1', kind: 'invoice', quantity: 100_000, amount } as const
    const about = { device: 'C', branch: 'main', document, at: day(8), writtenAt: this.#next() }
    return this.#take([adjustingRecord(this.writer, { ...about, adjustments: [said] })])
  }

  get batches(): readonly (readonly FoldEntry[])[] {
    return this.#batches
  }

  /** One state in every order of arrival, also from a checkpoint on the way; the fold in the order written. */
  folded(): Fold {
    const expected = foldOf(this.#batches)
    for (const order of arrivalsOf(this.#batches.length)) {
      const entries = order.map((index) => this.#batches[index] ?? [])
      expect(stateOf(foldOf(entries))).toEqual(stateOf(expected))
      const half = openFold()
      for (const batch of entries.slice(0, 2)) half.apply(batch)
      const opened = openFold({ checkpoint: half.checkpoint() })
      for (const batch of entries.slice(2)) opened.apply(batch)
      expect(stateOf(opened)).toEqual(stateOf(expected))
      expect(opened.audit()).toBeUndefined()
    }
    return expected
  }

  #take(entries: readonly FoldEntry[]): this {
    this.#batches.push([...entries])
    return this
  }

  #next(): number {
    this.#clock += 1_000
    return this.#clock
  }
}

function typeOf(units: number, of: string | undefined): string {
  if (of !== undefined) return 'purchase-return'
  return units < 0 ? 'shipment' : 'goods-receipt'
}

function foldOf(batches: readonly (readonly FoldEntry[])[]): Fold {
  const fold = openFold()
  for (const batch of batches) fold.apply(batch)
  return fold
}

const stateOf = (fold: Fold): unknown => foldState(fold, branch, 'apple')

const codes = (fold: Fold) => fold.findings().map(({ code }) => code)
const unitsOn = (fold: Fold, on: number) =>
  fold.stock
    .card(sku, { branch })
    .filter(({ at }) => at < day(on))
    .reduce((sum, { quantity }) => sum + quantity, 0) / 10_000
const valueOf = (fold: Fold) => fold.stock.pool(sku, branch)?.value
const isListed = (fold: Fold, version: number) =>
  fold.documents.get(version === 1 ? receiptId : `${receiptId}-v${version}`) !== undefined

describe('unapproval 反审核', () => {
  it('[VRS1] takes a version back at its own moment and at its own cost', () => {
    const fold = new Story().post('r', { value: 5_000 }).unapprove(5).folded()
    expect([unitsOn(fold, 4), unitsOn(fold, 6), valueOf(fold)]).toEqual([10, 0, 0])
    expect(fold.documents.get(receiptId)).toMatchObject({
      state: 'reversed',
      reversedBy: { isUnapproval: true, reason: 'test' },
    })
    expect(codes(fold)).toEqual([])
  })

  it('[VRS2] lets the next version count from then on, under the same number and its own date', () => {
    const story = new Story().post('r', { value: 5_000, number: 'N1' }).unapprove(5)
    const fold = story.post('r', { version: 2, units: 12, value: 7_200, number: 'N1' }).folded()
    expect([4, 6].map((on) => unitsOn(fold, on))).toEqual([10, 12])
    expect(valueOf(fold)).toBe(7_200)
    const second = fold.documents.get(`${receiptId}-v2`)
    expect(second).toMatchObject({ at: day(1), effectiveAt: day(5), number: 'N1' })
    expect(fold.documents.byNumber('N1')).toHaveLength(2)
    expect(codes(fold)).toEqual([])
  })

  it('[VRS2] a sale between the two keeps the cost of the first version', () => {
    const story = new Story().post('r', { value: 5_000 }).post('s', { units: -4, at: day(3) })
    const fold = story.unapprove(5).post('r', { version: 2, units: 12, value: 7_200 }).folded()
    expect(unitsOn(fold, 6)).toBe(8)
    expect(fold.stock.costOf(idOf('document', 's')).map(({ cost }) => cost)).toEqual([-2_000])
    expect(valueOf(fold)).toBe(5_000 - 2_000 - 5_000 + 7_200)
  })

  it('[VRS2] a count in between corrects neither of the two', () => {
    const story = new Story().post('r', {}).count('c', 10, 3).unapprove(5)
    const fold = story.post('r', { version: 2, units: 12 }).folded()
    expect([4, 6].map((on) => unitsOn(fold, on))).toEqual([10, 12])
  })

  it('[VRS2] a count that is counted otherwise holds at its own moment', () => {
    const story = new Story()
      .post('r', {})
      .post('s', { units: -2, at: day(4) })
      .count('c', 9, 3)
    const fold = story.unapprove(3, { document: 'c' }).count('c', 8, 3, 2).folded()
    expect([4, 6].map((on) => unitsOn(fold, on))).toEqual([8, 6])
  })

  it('[VRS2] a version that is dated later counts from its own date on', () => {
    const story = new Story().post('r', {}).unapprove(5)
    const fold = story.post('r', { version: 2, units: 12, at: day(9) }).folded()
    expect([6, 10].map((on) => unitsOn(fold, on))).toEqual([0, 12])
  })

  it('[VRS1] two devices that unapprove one version agree, and nobody is troubled', () => {
    const story = new Story().post('r', { value: 5_000 }).unapprove(5).unapprove(4, { device: 'B' })
    const fold = story.post('r', { version: 2, units: 12, value: 7_200 }).folded()
    expect([unitsOn(fold, 6), valueOf(fold), codes(fold)]).toEqual([12, 7_200, []])
  })

  it('[VRS1] a third version follows the second', () => {
    const story = new Story().post('r', {}).unapprove(5).post('r', { version: 2, units: 12 })
    const fold = story
      .unapprove(7, { version: 2 })
      .post('r', { version: 3, units: 13, device: 'B' })
      .folded()
    expect([4, 6, 8].map((on) => unitsOn(fold, on))).toEqual([10, 12, 13])
    expect([1, 2, 3].map((version) => isListed(fold, version))).toEqual([true, true, true])
  })

  it('[VRS3] the next version waits while the one before it stands, and says so', () => {
    const fold = new Story().post('r', {}).post('r', { version: 2, units: 12 }).folded()
    expect([unitsOn(fold, 6), isListed(fold, 2), codes(fold)]).toEqual([
      10,
      false,
      ['provisional-cost', 'version-waits'],
    ])
  })

  it('[VRS3] a reversal beside the unapproval takes back once; what was reopened counts', () => {
    const fold = new Story()
      .post('r', { value: 5_000 })
      .unapprove(5)
      .reverse(6)
      .post('r', { version: 2, units: 12, value: 7_200 })
      .folded()
    expect([unitsOn(fold, 9), valueOf(fold), codes(fold)]).toEqual([12, 7_200, ['reversed-twice']])
  })

  it('[VRS3] [FRC8] a return of a version that has to wait is told, in every order', () => {
    const leg = { leg: '1', sku: 'apple', warehouse: 'shop', quantity: -20_000 }
    const origin = { document: 'r', leg: '1', version: 2 }
    const fold = new Story()
      .post('r', { version: 2, value: 6_000 })
      .post('back', { at: day(3), type: 'purchase-return', legs: [{ ...leg, origin }] })
      .post('r', { value: 5_000 })
      .folded()
    expect(fold.findings().map(({ code }) => code)).toContain('link-broken')
  })

  it('[VRS3] two postings of one version: one counts', () => {
    const story = new Story().post('r', {}).unapprove(5).post('r', { version: 2, units: 12 })
    const again = { version: 2, units: 13, device: 'B', posting: 'again' }
    const fold = story.post('r', again).folded()
    expect([unitsOn(fold, 6), codes(fold)]).toEqual([12, ['posted-twice', 'provisional-cost']])
  })

  it('[VRS4] what a seal covered first stands; the unapproval and the next version are told', () => {
    const story = new Story().post('r', { value: 5_000 }).seal().unapprove(33)
    const fold = story.post('r', { version: 2, units: 12, value: 7_200 }).folded()
    expect([unitsOn(fold, 40), valueOf(fold)]).toEqual([10, 5_000])
    expect(codes(fold)).toEqual(['unapproved-when-closed', 'version-waits'])
    const mended = story.reverse(34).folded()
    expect([31, 33, 40].map((on) => unitsOn(mended, on))).toEqual([10, 10, 12])
    expect(codes(mended)).toEqual(['late-arrival'])
  })

  it('[VRS4] a reopened month gives the unapproval its effect back', () => {
    const story = new Story().post('r', { value: 5_000 }).seal().reopen().unapprove(5)
    expect([unitsOn(story.folded(), 40), codes(story.folded())]).toEqual([0, []])
  })

  it('[VRS4] what is sealed of both versions does not move', () => {
    const story = new Story().post('r', { value: 5_000 }).unapprove(5)
    const sealed = story.post('r', { version: 2, units: 12, value: 7_200 }).seal().folded()
    expect([4, 6].map((on) => unitsOn(sealed, on))).toEqual([10, 12])
    const late = story.unapprove(3, { device: 'B' }).folded()
    expect([4, 6].map((on) => unitsOn(late, on))).toEqual([10, 12])
    expect(valueOf(late)).toBe(7_200)
  })

  it('[VRS5] a return by somebody who had not heard of it is told, and money stays exact', () => {
    const story = new Story().post('r', { value: 5_000 }).unapprove(5)
    const fold = story.post('back', { units: -3, of: 'r', at: day(6), device: 'B' }).folded()
    const found = fold.findings().find(({ code }) => code === 'built-on-unapproved')
    expect(found?.documents).toEqual([receiptId, idOf('document', 'back')])
    expect(unitsOn(fold, 9)).toBe(-3)
    const rows = fold.stock.card(sku, { branch })
    expect(rows.reduce((sum, { cost }) => sum + (cost ?? 0), 0)).toBe(valueOf(fold))
  })

  it('[VRS5] an invoice of it prices nothing, and is known to build on it', () => {
    const story = new Story().post('r', { value: 5_000 }).unapprove(9).invoice('i', 6_000)
    const fold = story.folded()
    expect(codes(fold)).toEqual(['priced-reversed'])
    expect([unitsOn(fold, 10), valueOf(fold)]).toEqual([0, 0])
    expect(fold.documents.followersOf(receiptId)).toHaveLength(1)
  })
})
